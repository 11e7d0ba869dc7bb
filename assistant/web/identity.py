"""Sign-in as the rest of the site sees it: who somebody is and what they may do."""

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from time import time

from fastapi import FastAPI, HTTPException, Request

from assistant.settings import Settings
from assistant.web.csrf import check_csrf, csrf_token
from assistant.web.person import LOCAL_USER, Role, User
from assistant.web.protect import protect, sign_in_address, turned_away
from assistant.web.sign_in import made
from assistant.web.sign_in_pages import routes
from ingest.errors import InputError

__all__ = [
    "LOCAL_USER",
    "Role",
    "User",
    "check_binding",
    "check_csrf",
    "csrf_token",
    "current_user",
    "install",
    "notice",
    "require",
]


def install(
    app: FastAPI,
    settings: Settings,
    *,
    vault: Path | None = None,
    clock: Callable[[], float] = time,
) -> None:
    """Put sign-in into the app, before its other routes and whatever is mounted.

    `vault` is the file of users and sessions, the usual one if none. InputError where a setting
    that sign-in needs is missing.
    """
    sign_in = made(settings, vault, clock)
    app.include_router(routes(sign_in))
    protect(app, sign_in)


def current_user(request: Request) -> User | None:
    """Who sends the request, None for a stranger. Of a gr.Request, give its `.request`."""
    visit = request.scope.get("state", {}).get("visit")
    user: User | None = None if visit is None else visit.user
    return user


def require(role: Role) -> Callable[[Request], User]:
    """A FastAPI dependency that gives the user.

    A stranger gets 303 to the sign-in for a page and 401 for anything else; a user whose role is
    not enough gets 403.
    """

    def needed(request: Request) -> User:
        user = current_user(request)
        if user is None:
            if turned_away(request).status_code == 303:
                raise HTTPException(303, headers={"location": sign_in_address(request)})
            raise HTTPException(401)
        if user.role < role:
            raise HTTPException(403)
        return user

    return needed


def notice(settings: Settings) -> str:
    """What every page says about sign-in, empty where there is one."""
    if settings.sign_in != "av":
        return ""
    return (
        "Inloggning är avstängd. Sidan går bara att öppna på den här datorn, och den som sitter "
        "vid den kan göra allt."
    )


def check_binding(host: str, settings: Settings) -> None:
    """InputError where the site would be open to other machines without sign-in."""
    try:
        own = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        own = False
    if settings.sign_in == "av" and not own:
        raise InputError(
            f"Utan inloggning får sidan bara öppnas på den egna datorn, inte på {host}. Ta bort "
            "SIP_HOST, eller slå på inloggning med SIP_SIGN_IN=lokal eller SIP_SIGN_IN=oidc."
        )
