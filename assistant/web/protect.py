"""Middleware: says who each request comes from, and lets strangers see nothing but the sign-in."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.web.headers import App, Receive, Scope, Send
from assistant.web.sign_in import SignIn

SIGN_IN = "/logga-in"
START = "/logga-in/start"
ANSWER = "/logga-in/svar"
SIGN_OUT = "/logga-ut"
# Whole addresses, never beginnings: a list of what is open cannot be walked out of.
OPEN = frozenset({SIGN_IN, START, ANSWER, "/stil.css", "/tillganglighet", "/api/health"})
NEEDED = "Du behöver logga in."
_LONGEST = 2000


def protect(app: FastAPI, sign_in: SignIn) -> None:
    """Put the middleware around every route and everything mounted, Gradio's included."""
    app.add_middleware(Protect, sign_in=sign_in)


class Protect:
    """ASGI middleware."""

    def __init__(self, app: App, sign_in: SignIn) -> None:
        self._app = app
        self._sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and self._sign_in.on:
            # Nothing of ours speaks it, so nobody's session needs to be found for it.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        visit = (
            await run_in_threadpool(self._sign_in.visit, request)
            if self._sign_in.on
            else self._sign_in.visit(request)
        )
        request.state.visit = visit
        if visit.user is None and scope["path"] not in OPEN:
            await turned_away(request)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def turned_away(request: Request) -> Response:
    """To the sign-in for a person who opens a page, 401 for everything else."""
    path = request.scope["path"]
    opens = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    if opens and not path.startswith(("/api/", "/gradio_api/")):
        return RedirectResponse(sign_in_address(request), 303)
    headers = {"www-authenticate": "Bearer"} if path.startswith("/api/") else None
    return JSONResponse({"error": NEEDED}, 401, headers)


def sign_in_address(request: Request) -> str:
    """The sign-in page, and from there back to what was asked for."""
    path = request.scope["path"]
    query = request.scope.get("query_string", b"").decode("latin-1")
    wanted = onward(quote(path) + (f"?{query}" if query else ""))
    return SIGN_IN if wanted == "/" else f"{SIGN_IN}?till={quote(wanted, safe='/')}"


def onward(written: object) -> str:
    """The address on this site to go to, "/" where it is none or leads away from here."""
    if not isinstance(written, str) or len(written) > _LONGEST:
        return "/"
    fine = (
        written.startswith("/")
        # A browser reads "//" and "/\" as another host, and drops tabs and line ends first.
        and not written.startswith("//")
        and "\\" not in written
        and all("!" <= sign <= "~" for sign in written)
        and not written.startswith((SIGN_IN, SIGN_OUT))
    )
    return written if fine else "/"
