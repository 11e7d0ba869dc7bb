"""What is turned away before any route sees it, and what is said when a route fails."""

import json
import logging
import traceback
from urllib.parse import urlsplit

from assistant.web.headers import App, Message, Receive, Scope, Send

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_BODY = 600_000  # 20 turns of 4,000 characters, each escaped as six bytes, and some more
_READS = {"GET", "HEAD", "OPTIONS"}
_log = logging.getLogger(__name__)

FAILED = (
    "Något gick fel hos assistenten. Försök igen; hjälper det inte, hör av dig till den som "
    "sköter den."
)
TOO_LARGE = "Det som skickades är för stort. Korta texten och försök igen."
OTHER_SITE = "Anropet kom från en annan webbplats och har avvisats. Öppna sidan direkt."
OTHER_HOST = (
    "Utan inloggning kan sidan bara öppnas på den egna datorn: http://127.0.0.1 eller "
    "http://localhost."
)


class TooLarge(Exception):
    """More was sent than a question can need."""


class Gate:
    """ASGI middleware: other hosts, writes from other sites, bodies too large, faults of ours.

    `hosts` are the names that the page may be asked for by; None allows every name. Without
    sign-in that list is what stops a stranger's page from reaching this machine by a name of its
    own that points here (DNS rebinding).
    """

    def __init__(self, app: App, hosts: frozenset[str] | None = LOCAL) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refusal(scope, headers)
        if scope["type"] == "websocket":  # nothing of ours speaks it
            await send({"type": "websocket.close", "code": 1008})
        elif refused is not None:
            await say(send, *refused)
        else:
            await self._guarded(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[bytes, str]) -> tuple[int, str] | None:
        if self._hosts is not None and _name(headers.get(b"host", "")) not in self._hosts:
            return 421, OTHER_HOST
        if scope.get("method", "GET") not in _READS and _from_elsewhere(headers):
            return 403, OTHER_SITE
        length = headers.get(b"content-length", "0")
        if not (length.isascii() and length.isdigit() and int(length) <= MAX_BODY):
            return 413, TOO_LARGE
        return None

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0
        started = refused = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY:
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started, refused
            if read > MAX_BODY:
                # Whatever a route makes of the broken body, this is what was wrong.
                if not (started or refused):
                    refused = True
                    await say(send, 413, TOO_LARGE)
                return
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except TooLarge:
            if not (started or refused):
                await say(send, 413, TOO_LARGE)
        except Exception as error:
            # Never the error's own text: it may hold what was asked.
            where = traceback.extract_tb(error.__traceback__)[-1]
            _log.error("%s i %s rad %s", type(error).__name__, where.name, where.lineno)
            if not started:
                await say(send, 500, FAILED)


async def say(send: Send, status: int, text: str) -> None:
    """Send the text as the body of an error, as JSON."""
    body = json.dumps({"error": text}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _name(netloc: str) -> str:
    try:
        return (urlsplit(f"//{netloc}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _from_elsewhere(headers: dict[bytes, str]) -> bool:
    """Whether a browser says that another site sends this. A program says nothing of the kind."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:  # no script can set it
        return site not in ("same-origin", "none")
    origin = headers.get(b"origin")
    try:
        return origin is not None and urlsplit(origin).netloc != headers.get(b"host")
    except ValueError:
        return True
