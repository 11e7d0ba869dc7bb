"""The MCP server as a route of the site: behind its sign-in, within its limits."""

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Route

from assistant.chain import Assistant
from assistant.mcp.server import server
from assistant.mcp.tools import tools
from assistant.web import identified
from assistant.web.faults import NOT_READ
from assistant.web.gate import MAX_BODY
from assistant.web.headers import Message, Receive, Scope, Send
from assistant.web.limits import Limiter, Workers

PATH = "/mcp"
_UNREAD = {PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMS}


class Endpoint:
    """ASGI application: a call in, its reply out, as JSON; it remembers nothing between them."""

    def __init__(
        self,
        assistant: Assistant,
        today: Callable[[], date],
        workers: Workers,
        limiter: Limiter,
        originals: Path | None = None,
    ) -> None:
        made = server(tools(assistant, today, originals), workers, limiter, identified.key)
        self._manager = StreamableHTTPSessionManager(
            made, json_response=True, stateless=True, max_request_body_size=MAX_BODY
        )

    def running(self) -> AbstractAsyncContextManager[None]:
        """Within it calls are answered. It can be entered once."""
        return self._manager.run()

    def route(self) -> Route:
        """The route to add to the site."""
        return Route(PATH, self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not identified.admitted(scope):
            raise HTTPException(401)
        if scope["method"] != "POST":  # nothing to subscribe to, no session to end
            raise HTTPException(405, headers={"Allow": "POST"})
        if not Headers(scope=scope).get("content-type", "").lower().startswith("application/json"):
            raise HTTPException(415)
        held: Message | None = None

        async def unquoted(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] == 400:
                held = message
            elif held is None:
                await send(message)
            else:
                body = _unquoted(message["body"])
                headers = [pair for pair in held["headers"] if pair[0] != b"content-length"]
                length = (b"content-length", str(len(body)).encode())
                await send({**held, "headers": [*headers, length]})
                await send({**message, "body": body})

        await self._manager.handle_request(scope, receive, unquoted)


def _unquoted(body: bytes) -> bytes:
    """The error; where it is that the message could not be read, without what it quotes of it."""
    said = json.loads(body)
    if said["id"] is not None or said["error"]["code"] not in _UNREAD:
        return body
    said["error"]["message"] = NOT_READ
    return json.dumps(said, ensure_ascii=False).encode()
