"""The pages to sign in and out."""

import logging
import secrets
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.web.csrf import FIELD, check_csrf, csrf_token
from assistant.web.gate import LOCAL
from assistant.web.limits import Busy, Limiter
from assistant.web.pages import render
from assistant.web.person import User
from assistant.web.protect import ANSWER, SIGN_IN, SIGN_OUT, START, onward
from assistant.web.sessions import BEFORE, BEFORE_AGE, SESSION, cookie, set_cookie
from assistant.web.sign_in import NotSignedIn, SignIn, WithSessions

WRONG = "Namnet eller lösenordet stämmer inte. Försök igen."
STALE = "Sidan hade stått öppen för länge, eller så tar webbläsaren inte emot kakor. Försök igen."
IN_CLEAR = (
    "Inloggningen kräver en krypterad förbindelse. Öppna sidan med https:// i stället för http://."
)
SIGNED_OUT = "Du är utloggad."
SIGNED_OUT_HERE = (
    "Du är utloggad här. Du kan fortfarande vara inloggad hos identitetstjänsten; på en delad "
    "dator loggar du ut där också."
)
FLOWS_A_MINUTE = 30
_log = logging.getLogger(__name__)


def too_many(seconds: int) -> str:
    """What is said to whoever has to wait, the same for every name."""
    wait = f"{seconds} sekunder" if seconds < 120 else f"{-(-seconds // 60)} minuter"
    return f"Det har varit för många försök. Vänta {wait} och försök igen."


def routes(sign_in: SignIn) -> APIRouter:
    """The routes of sign-in; where it is off they lead to the start page."""
    router = APIRouter(include_in_schema=False)
    if not isinstance(sign_in, WithSessions):
        for path in (SIGN_IN, SIGN_OUT):
            router.add_api_route(path, _home, methods=["GET", "POST"])
        return router
    pages = _Pages(sign_in)
    router.add_api_route(SIGN_IN, pages.shown, methods=["GET"])
    router.add_api_route(SIGN_OUT, pages.leaving, methods=["GET"])
    router.add_api_route(SIGN_OUT, pages.left, methods=["POST"])
    if sign_in.provider is None:
        router.add_api_route(SIGN_IN, pages.tried, methods=["POST"])
    else:
        router.add_api_route(START, pages.sent_on, methods=["GET"])
        router.add_api_route(ANSWER, pages.came_back, methods=["GET"])
    return router


def _home() -> RedirectResponse:
    return RedirectResponse("/", 303)


class _Pages:
    def __init__(self, sign_in: WithSessions) -> None:
        self._in = sign_in
        self._flows = Limiter(FLOWS_A_MINUTE)

    def shown(self, request: Request, till: str = "/") -> Response:
        """The form, or the way on for whoever is signed in."""
        if request.state.visit.user is not None:
            return RedirectResponse(onward(till), 303)
        return self._form(request, onward(till))

    async def tried(self, request: Request) -> Response:
        """A name and a password."""
        form = await request.form()
        name, password = _text(form.get("namn")), _text(form.get("losenord"))
        till = onward(form.get("till"))
        if request.state.visit.user is not None:  # in another tab
            return RedirectResponse(till, 303)
        if _in_clear(request):
            return self._form(request, till, IN_CLEAR, 403)
        try:
            check_csrf(request, form.get(FIELD) or "")
        except HTTPException:
            return self._form(request, till, STALE, 403)
        user, said, status = await run_in_threadpool(
            self._checked, name, password, _address(request)
        )
        if user is None:
            return self._form(request, till, said, status)
        return await self._welcome(request, user, till)

    async def sent_on(self, request: Request, till: str = "/") -> Response:
        """To the identity provider."""
        provider = self._in.provider
        if provider is None:
            raise HTTPException(404)
        if _in_clear(request):
            return self._form(request, onward(till), IN_CLEAR, 403)
        wait = self._flows.wait(_address(request))
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(wait)})
        binding = _before(request)
        back = f"{request.url.scheme}://{request.url.netloc}{ANSWER}"
        try:
            address = await provider.start(binding, back, onward(till))
        except NotSignedIn as error:
            return self._form(request, onward(till), error.said, error.status)
        response = RedirectResponse(address, 303)
        set_cookie(request, response, BEFORE, binding, seconds=BEFORE_AGE)
        return response

    async def came_back(self, request: Request) -> Response:
        """From the identity provider."""
        provider = self._in.provider
        if provider is None:
            raise HTTPException(404)
        try:
            user, till = await provider.finish(cookie(request, BEFORE), request.query_params)
        except NotSignedIn as error:
            return self._form(request, "/", error.said, error.status)
        return await self._welcome(request, user, till)

    def leaving(self, request: Request) -> Response:
        """Whether to sign out: a link alone must not do it."""
        held = {"token": csrf_token(request), "person": request.state.visit.user.name}
        return render(request, "logout.html", **held)

    async def left(self, request: Request) -> Response:
        """Sign out. HTTPException 403 where our own page did not ask for it."""
        check_csrf(request, (await request.form()).get(FIELD) or "")
        await run_in_threadpool(self._in.sessions.end, cookie(request, SESSION))
        _log.info("utloggad: %s", request.state.visit.user.subject)
        said = SIGNED_OUT if self._in.provider is None else SIGNED_OUT_HERE
        response = self._form(request, "/", told=said)
        set_cookie(request, response, SESSION, "")
        return response

    def _checked(self, name: str, password: str, address: str) -> tuple[User | None, str, int]:
        users, throttle = self._in.users, self._in.throttle
        if users is None or throttle is None:
            return None, WRONG, 401
        wait = throttle.begin(name, address)
        if wait:
            _log.warning("inloggning bromsad")
            return None, too_many(wait), 429
        try:
            user = users.check(name, password)
        except Busy:
            return None, "Många loggar in just nu. Försök igen om en stund.", 503
        if user is None:
            _log.warning("inloggning misslyckades")
            return None, WRONG, 401
        throttle.succeeded(name, address)
        return user, "", 200

    async def _welcome(self, request: Request, user: User, till: str) -> Response:
        old = cookie(request, SESSION)
        token = await run_in_threadpool(self._in.sessions.start, user, old)
        _log.info("inloggad: %s, roll %s", user.subject, user.role.written)
        response = RedirectResponse(onward(till), 303)
        set_cookie(request, response, SESSION, token)
        set_cookie(request, response, BEFORE, "")
        return response

    def _form(
        self, request: Request, till: str, fault: str = "", status: int = 200, *, told: str = ""
    ) -> HTMLResponse:
        binding = _before(request)
        held: dict[str, Any] = {
            "local": self._in.provider is None,
            "token": self._in.csrf.token(binding),
            "till": till,
            "start": START,
            "fault": fault,
            "told": told,
        }
        response = render(request, "login.html", status, **held)
        set_cookie(request, response, BEFORE, binding, seconds=BEFORE_AGE)
        return response


def _before(request: Request) -> str:
    """What the forms of this browser are bound to: the same in every tab until it signs in."""
    return cookie(request, BEFORE) or secrets.token_urlsafe(32)


def _in_clear(request: Request) -> bool:
    """Whether a password would cross a network that others can read."""
    return request.url.scheme != "https" and request.url.hostname not in LOCAL


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"
