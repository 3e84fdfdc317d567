"""`whowhom schema`: the JSON Schema of a coded document."""

from __future__ import annotations

import json
from typing import Any

import typer


def document_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every document printed by `whowhom code --format json` meets."""
    from pydantic import TypeAdapter

    from whowhom.records import Document

    found = TypeAdapter(Document).json_schema(mode="serialization")
    for definition in found.get("$defs", {}).values():
        definition.get("properties", {}).pop("rule", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def schema() -> None:
    """Print the JSON Schema of a coded document.

    Example: whowhom schema > document.schema.json
    """
    typer.echo(json.dumps(document_schema(), indent=2, ensure_ascii=False))
