"""Who asks: the seam between the routes and sign-in."""

import hashlib
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from fastapi import Depends, FastAPI, Request

from assistant.settings import Settings
from assistant.web.headers import Scope
from ingest.errors import InputError

MODULE = "assistant.web.identity"


def identity() -> ModuleType | None:
    """The module of sign-in, None where the program was built without it."""
    try:
        return import_module(MODULE)
    except ModuleNotFoundError as error:
        if error.name != MODULE:
            raise
        return None


def install(app: FastAPI, settings: Settings) -> str:
    """Put sign-in into the app; the notice that every page shows, empty where there is none.

    InputError where the settings ask for sign-in and there is none to be had.
    """
    module = identity()
    if module is None:
        if settings.sign_in != "av":
            raise InputError("Inloggning finns inte i den här versionen. Sätt SIP_SIGN_IN=av.")
        return ""
    module.install(app, settings)
    notice: Callable[[Settings], str] | None = getattr(module, "notice", None)
    return notice(settings) if notice else ""


def users_only() -> Sequence[Any]:
    """The dependencies of a route that is for whoever may use the assistant."""
    module = identity()
    return [] if module is None else [Depends(module.require(module.Role.USER))]


def admitted(scope: Scope) -> bool:
    """Whether who asks may use the page: everybody where nobody signs in."""
    module = identity()
    return module is None or module.current_user(Request(scope)) is not None


def stamp(scope: Scope) -> str:
    """What tells the person who asks from others, and says nothing else of them."""
    return hashlib.sha256(f"stamp:{subject(Request(scope))}".encode()).hexdigest()[:24]


def key(request: Request) -> str:
    """Whose quota a request is drawn from: the person signed in, otherwise the address."""
    module = identity()
    user = None if module is None else module.current_user(request)
    if user is not None and user.subject != "lokal":
        return f"person:{user.subject}"
    return f"adress:{request.client.host if request.client else '?'}"


def subject(request: Request) -> str:
    """What is stored of who sends: a pseudonym, "lokal" where nobody signs in."""
    module = identity()
    user = None if module is None else module.current_user(request)
    return "lokal" if user is None else str(user.subject)
