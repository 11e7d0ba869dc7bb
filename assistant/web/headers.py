"""The headers of every reply: what a browser may load, send and remember."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Our own pages: one style sheet, plain forms, no script at all.
PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
STEADY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",  # for browsers that do not know frame-ancestors
    "referrer-policy": "no-referrer",
    "permissions-policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), "
        "browsing-topics=(), clipboard-read=(), clipboard-write=(self)"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HSTS = "max-age=31536000"
_KEPT = ("/assets/", "/static/", "/svelte/", "/theme.css", "/stil.css", "/favicon.ico")


def page_policy(nonce: str) -> str:
    """What the Gradio page may load: from this server alone.

    Each relaxation of `PLAIN_POLICY` is one that Gradio 6.31 does not work without:
    - a nonce on the inline scripts of its start page; 'self' for the modules that they load;
    - 'unsafe-eval': it compiles the templates of gr.HTML and the `js=` of an event at run time;
    - 'unsafe-inline' for styles: its components write style attributes and style elements;
    - data: for pictures and fonts that stand in its own style sheets, blob: for saving a plot;
    - connect-src for its queue.
    """
    return (
        "default-src 'none'; "
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'"
    )


class Headers:
    """ASGI middleware that sets the headers; one that a route has set itself is left alone."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = completed(
                    list(message.get("headers", [])), scope["path"], scope.get("scheme", "http")
                )
            await send(message)

        await self._app(scope, receive, with_headers)


def completed(
    headers: list[tuple[bytes, bytes]], path: str, scheme: str
) -> list[tuple[bytes, bytes]]:
    """The headers of a reply with those that it lacks."""
    had = {name.lower(): value for name, value in headers if name.lower() != b"server"}
    wanted = dict(STEADY)
    if b"javascript" not in had.get(b"content-type", b""):
        # A worker's script is bound by the policy that it is itself served with.
        wanted["content-security-policy"] = PLAIN_POLICY
    if not path.startswith(_KEPT):
        wanted["cache-control"] = "no-store"
    if scheme == "https":
        wanted["strict-transport-security"] = HSTS
    missing = [(n.encode(), v.encode()) for n, v in wanted.items() if n.encode() not in had]
    return [pair for pair in headers if pair[0].lower() != b"server"] + missing
