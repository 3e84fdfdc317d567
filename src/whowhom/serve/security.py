"""What stands before every call: whose host it is, who asks, from where, how much, and what goes out beside it."""

from __future__ import annotations

import hmac
import logging
import re
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whowhom.serve.errors import FAILED, Refusal, failure, told
from whowhom.serve.pages import page

log = logging.getLogger("whowhom.serve")
access = logging.getLogger("whowhom.serve.access")

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "font-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
))  # fmt: skip
"""Nothing from elsewhere, no script or style in the page itself, no page around it."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
LARGEST = {"/api/code": 2_000_000}
"""Bytes of a body; of all other calls `_SMALL`."""
_SMALL = 100_000
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask. `hosts` are the names that the server goes by, None: any; `token` is what callers must know."""

    hosts: frozenset[str] | None = LOCAL
    token: str | None = None
    cookie: str = "whowhom"
    largest: dict[str, int] = field(default_factory=lambda: dict(LARGEST))


class Guard:
    """Refuses what must not come in, before the app sees it, and answers what the app lets fall."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            answer = self._refused(scope)
            if answer is None:
                body = await self._body(scope, receive)
                answer = failure(413, _too_large(self._limit(scope))) if body is None else None
            if answer is not None:
                await answer(scope, receive, sending)
            else:
                await self.app(scope, _replayed(body or b"", receive), sending)
        except Exception as error:
            expected = told(error)
            if expected is None:
                log.exception("a fault in %s %s", scope["method"], _shown(scope))
            if status:
                raise
            await (expected or failure(500, FAILED))(scope, receive, sending)
        finally:
            access.info("%s %s %d %d ms", scope["method"], _shown(scope), status, (time.monotonic() - began) * 1000)

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to a call that must not come in."""
        headers = Headers(scope=scope)
        try:
            self._check_host(headers)
            if self.rules.token is not None:
                opened = self._check_token(scope, headers)
                if opened is not None:
                    return opened
            if scope["method"] not in _READING:
                _check_site(headers)
        except Refusal as refusal:
            if scope["path"].startswith("/api") or "text/html" not in headers.get("accept", ""):
                return failure(refusal.status, str(refusal), refusal.code, refusal.headers)
            return HTMLResponse(page("Not open", f"<p>{str(refusal).capitalize()}.</p>"), refusal.status)
        return None

    def _check_host(self, headers: Headers) -> None:
        """The name that is called must be ours: another one leads here by a trick with the name's address."""
        match = _HOST.fullmatch(headers.get("host", ""))
        if match is None or (self.rules.hosts is not None and match[1].lower() not in self.rules.hosts):
            raise Refusal(
                "this server does not go by that name: open it as it said when it began, or begin it with --host NAME",
                403, "wrong-host",
            )  # fmt: skip

    def _check_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Whether the caller knows the token. One who opens the page with it in the address keeps it as a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if given and scope["method"] in _READING and not scope["path"].startswith("/api"):
            if self._is_token(given[0]):
                rest = urlencode([(name, value) for name, value in query if name != "token"])
                answer = RedirectResponse(
                    _path(scope) + (f"?{rest}" if rest else ""), 303, {"Cache-Control": "no-store"}
                )
                answer.set_cookie(self.rules.cookie, given[0], max_age=90 * 86_400, httponly=True, samesite="lax",
                                  secure=scope.get("scheme") == "https")  # fmt: skip
                return answer
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(credentials.strip()):
            return None
        if self._is_token(_cookie(headers, self.rules.cookie)):
            return None
        raise Refusal(
            "this server asks for its token: open the address with ?token= that it printed when it began, or send"
            " Authorization: Bearer TOKEN",
            401, "token", {"WWW-Authenticate": "Bearer"},
        )  # fmt: skip

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(errors="replace"), (self.rules.token or "").encode())

    def _limit(self, scope: Scope) -> int:
        return self.rules.largest.get(scope["path"], _SMALL)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body, None where it is larger than allowed."""
        if scope["method"] in _READING:
            return b""
        limit = self._limit(scope)
        length = Headers(scope=scope).get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:18]) > limit:
            return None
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return bytes(body)
            body += message.get("body", b"")
            if len(body) > limit:
                return None
            if not message.get("more_body"):
                return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once, then whatever the server says next."""
    done = False

    async def again() -> Message:
        nonlocal done
        if done:
            return await receive()
        done = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _check_site(headers: Headers) -> None:
    """A call that writes must come from our own page or from a program, never from a page of another site."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if origin is not None:
        foreign = foreign or origin.partition("://")[2].lower() != headers.get("host", "").lower()
    if foreign:
        raise Refusal("another site may not write here: use the page of this server", 403, "cross-site")
    if headers.get("x-whowhom") != "desk":
        raise Refusal("a call that writes needs the header X-Whowhom: desk", 403, "header")


def _cookie(headers: Headers, name: str) -> str:
    for line in headers.getlist("cookie"):
        try:
            found = SimpleCookie(line).get(name)
        except CookieError:
            continue
        if found is not None:
            return str(found.value)
    return ""


def _path(scope: Scope) -> str:
    """The path of a call as it came, on this server whatever it looks like."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return "/" + raw.decode("latin-1").split("?")[0].lstrip("/\\")


def _shown(scope: Scope) -> str:
    """The address of a call for the log: in one line, and without the token."""
    query = scope["query_string"].decode("latin-1")
    query = re.sub(r"(?i)(^|&)([^=&]*(?:t|%74)(?:o|%6f)(?:k|%6b)(?:e|%65)(?:n|%6e)[^=&]*)=[^&]*", r"\1\2=...", query)
    text = _path(scope) + (f"?{query}" if query else "")
    return "".join(c if c.isprintable() else "?" for c in text)[:500]


def _too_large(limit: int) -> str:
    return f"the body is larger than {limit:,} bytes: send less, or code the file with `whowhom code`"
