"""The Gradio page as it is served: only the routes it uses, its start page in Swedish."""

import re
import secrets
from collections.abc import Callable

from starlette.exceptions import HTTPException

from assistant.web.connection import PERSON, head
from assistant.web.headers import App, Message, Receive, Scope, Send, page_policy

SIGN_IN = "/logga-in"
# Everything that the page asks for; whatever else Gradio serves is closed (upload, proxy, run,
# call, component_server, stream, info, deep links, monitoring, its own sign-in).
_GET = re.compile(
    r"/|/config|/theme\.css|/favicon\.ico|/robots\.txt"
    r"|/(?:assets|static|svelte)/[\w./@+-]+"
    r"|/gradio_api/(?:startup-events|app_id|queue/data|heartbeat/\w+)"
    r"|/gradio_api/file=(?!.*://)(?!.*\.\.)(?!https?:).+"  # what the page itself has made to save
)
_POST = re.compile(r"/gradio_api/(?:queue/join|cancel|reset)/?")
_OUTSIDE = re.compile(r"\s*<meta\s[^>]*(?:property|name)=\"(?:og|twitter):[^>]*>", re.DOTALL)
_MANIFEST = re.compile(r"\s*<link rel=\"manifest\"[^>]*>")
_SCRIPT = re.compile(r"<script\b")
_NO_SCRIPT = (
    "<noscript><p>Samtalet kräver JavaScript. Riktlinjerna går att läsa utan: "
    '<a href="/riktlinjer">Riktlinjer</a>.</p></noscript>'
)


def is_open(method: str, path: str) -> bool:
    """Whether the page uses that route of Gradio's."""
    pattern = _GET if method in ("GET", "HEAD") else _POST if method == "POST" else None
    return pattern is not None and pattern.fullmatch(path) is not None and "\0" not in path


def start_page(html: str, nonce: str, person: str = "") -> str:
    """Gradio's start page in Swedish, with no address of another host, its scripts marked.

    `person` is the stamp of whom it is given to.
    """
    html = _MANIFEST.sub("", _OUTSIDE.sub("", html))
    html = re.sub(r'<html(\s+)lang="en"', r'<html\1lang="sv"', html, count=1)
    html = html.replace("<head>", f"<head><title>SIP-assistenten</title>{head(person)}", 1)
    html = _SCRIPT.sub(f'<script nonce="{nonce}"', html)
    return re.sub(r"(<body[^>]*>)", rf"\1{_NO_SCRIPT}", html, count=1)


class Mounted:
    """ASGI application around Gradio's own: nothing of it is given to whoever is not `admitted`.

    `stamp` tells people apart. A page that was opened by one and is used by another, who has signed
    in meanwhile in the same browser, gets 409: what it shows is not theirs to go on with.
    """

    def __init__(
        self, app: App, admitted: Callable[[Scope], bool], stamp: Callable[[Scope], str]
    ) -> None:
        self._app = app
        self._admitted = admitted
        self._stamp = stamp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not is_open(scope["method"], scope["path"]):
            raise HTTPException(404)  # said by the app, as for any other address
        elif not self._admitted(scope):
            if scope["path"] == "/":
                raise HTTPException(303, headers={"Location": SIGN_IN})
            raise HTTPException(401)
        elif self._is_anothers(scope):
            raise HTTPException(409)
        elif scope["path"] == "/":
            await self._start(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_anothers(self, scope: Scope) -> bool:
        opened_by = dict(scope["headers"]).get(PERSON.encode())
        return opened_by is not None and opened_by.decode("latin-1") != self._stamp(scope)

    async def _start(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Compressed it could not be rewritten.
        asked = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def gathered(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await self._send(start, bytes(body), scope, send)

        await self._app({**scope, "headers": asked}, receive, gathered)

    async def _send(self, start: Message, body: bytes, scope: Scope, send: Send) -> None:
        headers = dict(start["headers"])
        if start["status"] == 200 and b"text/html" in headers.get(b"content-type", b""):
            nonce = secrets.token_urlsafe(18)
            headers[b"content-security-policy"] = page_policy(nonce).encode()
            if scope["method"] != "HEAD":
                body = start_page(body.decode(), nonce, self._stamp(scope)).encode()
                headers[b"content-length"] = str(len(body)).encode()
        await send({**start, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": body})
