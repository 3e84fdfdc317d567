"""Pages: the desk as it was built, the list of calls, and plain pages where there is nothing else."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from whowhom.serve.errors import failure
from whowhom.serve.wishes import Wish

STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; }
td:first-child { white-space: nowrap; }
section { margin: 2rem 0; }
h3 { margin-bottom: 0; }
.method { display: inline-block; min-width: 4.5rem; }
"""


def page(title: str, body: str) -> str:
    """A plain page. `body` is HTML."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width, initial-scale=1"><title>{html.escape(title)} - whowhom</title>'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/plain.css"></head>'
        f"<body><h1>{html.escape(title)}</h1>{body}</body>"
        "</html>\n"
    )


_NOT_BUILT = page(
    "The page is not built",
    "<p>The server runs, and its calls answer (<a href='/docs'>what can be asked</a>), but the page was not built."
    " In the folder of the repository run <code>make desk</code>, or <code>npm ci &amp;&amp; npm run build</code> in"
    " <code>web/</code>, and load this page again.</p>",
)


class Desk:
    """Answers what is no call: files of the page, and the page itself at every other address."""

    def __init__(self, folder: Path = STATIC) -> None:
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] != "http":
            return
        await (await self._answer(scope))(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        path = scope["path"]
        if path == "/api" or path.startswith("/api/"):
            return failure(404, "there is no such call: /docs lists those that there are")
        if scope["method"] not in ("GET", "HEAD"):
            return failure(405, "this address does not take that method: /docs lists those that it takes",
                           headers={"Allow": "GET, HEAD"})  # fmt: skip
        if path not in ("/", "/index.html") and self.folder.is_dir():
            try:
                found = await StaticFiles(directory=self.folder).get_response(path.lstrip("/"), scope)
            except (HTTPException, ValueError):
                found = None
            if found is not None:
                found.headers["Cache-Control"] = _FOREVER if path.startswith("/assets/") else "no-cache"
                return found
        if path.startswith("/assets/") or path.rpartition("/")[2] in ("favicon.ico", "robots.txt"):
            return PlainTextResponse("not found\n", 404)
        return await self._index(scope)

    async def _index(self, scope: Scope) -> Response:
        if not (self.folder / "index.html").is_file():
            return HTMLResponse(_NOT_BUILT, 503, {"Cache-Control": "no-store"})
        found = await StaticFiles(directory=self.folder).get_response("index.html", scope)
        found.headers["Cache-Control"] = "no-cache"
        return found


def add_pages(app: FastAPI, folder: Path | None = None) -> None:
    """Let the app answer with pages where there is no call, and with a list of its calls at /docs."""
    made: list[str] = []

    async def docs(request: Request) -> Response:
        if not made:
            made.append(_docs(app.openapi()))
        return HTMLResponse(made[0])

    async def style(request: Request) -> Response:
        return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    app.router.add_route("/docs", docs, ["GET"])
    app.router.add_route("/docs/plain.css", style, ["GET"])
    app.router.default = Desk(folder or STATIC)


def _docs(schema: dict[str, Any]) -> str:
    """The list of calls, made from the schema without a script."""
    out = [
        "<p>Every answer is JSON in UTF-8 unless it says otherwise. Lists may be repeated"
        " (<code>?type=AID&amp;type=YIELD</code>). The same as <a href='/openapi.json'>OpenAPI 3.1</a>, for programs."
        " Errors have one form: <code>{&quot;error&quot;: {&quot;status&quot;: 404, &quot;code&quot;:"
        " &quot;not-found&quot;, &quot;message&quot;: &quot;...&quot;}}</code>. Answers to GET carry an ETag.</p>"
    ]
    fields = Wish.model_json_schema()["properties"].items()
    filters = _table([_row(name, "query", _form(one), one["description"]) for name, one in fields])
    out.append(
        f"<section><h3>The filters</h3><p>All must hold; of several values of one any may.</p>{filters}</section>"
    )
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            out.append(_call(path, method, call, schema))
    return page("What can be asked", "".join(out))


def _call(path: str, method: str, call: dict[str, Any], schema: dict[str, Any]) -> str:
    text = html.escape
    out = [
        f"<section><h3><code><span class=method>{text(method.upper())}</span> {text(path)}</code></h3>"
        f"<p>{text(call.get('summary', ''))}. {text(call.get('description', ''))}</p>"
    ]
    given = call.get("parameters", ())
    filtered = set(Wish.model_fields) <= {one["name"] for one in given}
    rows = [
        _row(one["name"], one["in"], _form(one["schema"]), one.get("description", one["schema"].get("description", "")))
        for one in given
        if not (filtered and one["name"] in Wish.model_fields)
    ]
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        named = schema["components"]["schemas"][body["$ref"].rpartition("/")[2]] if "$ref" in body else body
        rows += [
            _row(name, "body", _form(one), one.get("description", "")) for name, one in named["properties"].items()
        ]
    if filtered:
        out.append("<p>Takes the filters above.</p>")
    if rows:
        out.append(_table(rows))
    out.append("</section>")
    return "".join(out)


def _row(name: str, where: str, form: str, about: str) -> str:
    text = html.escape
    cells = (f"<code>{text(name)}</code>", text(where), f"<code>{text(form)}</code>", text(about))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _table(rows: list[str]) -> str:
    return f"<table><tr><th>name</th><th>in</th><th>value</th><th>what it is</th></tr>{''.join(rows)}</table>"


def _form(schema: dict[str, Any]) -> str:
    """What values a field takes, in short."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_form(one) for one in schema["anyOf"] if one.get("type") != "null")) or "null"
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_form(schema.get('items', {}))}"
    bounds = [f"{sign} {schema[name]:g}" for name, sign in (("minimum", "≥"), ("maximum", "≤")) if name in schema]
    default = f" = {json.dumps(schema['default'])}" if schema.get("default") not in (None, "", [], {}) else ""
    return " ".join([schema.get("type", "any"), *bounds]) + default
