"""`whowhom schema`: the JSON Schema of a coded document."""

from __future__ import annotations

import json
from typing import Any

from whowhom.cli.output import silence


def document_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every document printed by `whowhom code --format json` meets.

    Every field is required, also where its value is null, and there are no others.
    """
    from pydantic import TypeAdapter

    from whowhom.cli.field_notes import NOTES
    from whowhom.records import MAGNITUDES, Document

    found = TypeAdapter(Document).json_schema(mode="serialization")
    definitions = found.pop("$defs")
    del definitions["Block"]  # of a field that is not printed
    for name, definition in {**definitions, "Document": found}.items():
        properties = definition["properties"]
        for private in ("rule", "blocks"):
            properties.pop(private, None)
        for field, form in properties.items():
            form.pop("title", None)
            form.pop("default", None)
            form["description"] = NOTES[name][field]
        definition["required"] = list(properties)
        definition["additionalProperties"] = False
    definitions["Event"]["properties"]["magnitude"]["propertyNames"] = {"enum": list(MAGNITUDES)}
    definitions["Event"]["properties"]["confidence"] |= {"minimum": 0, "maximum": 1}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "$defs": definitions}


def schema() -> None:
    """Print the JSON Schema of a coded document.

    A line of --format jsonl is one document; --format json is one document, or a list of them where several were coded.

    Example: whowhom schema > document.schema.json
    """
    try:
        print(json.dumps(document_schema(), indent=2, ensure_ascii=False), flush=True)
    except BrokenPipeError:
        silence()
