"""What sign-in consists of, put together from the settings, and who a request comes from."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from fastapi import Request

from assistant.settings import Settings
from assistant.web.csrf import Csrf
from assistant.web.keys import Keys, sent_key
from assistant.web.person import LOCAL_USER, User
from assistant.web.sessions import BEFORE, SESSION, Sessions, cookie
from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.web.local_users import LocalUsers
    from assistant.web.oidc import Provider
    from assistant.web.throttle import Throttle

LEAST_SECRET = 32
# The page sends these by itself: nobody need be there.
_UNATTENDED = "/gradio_api/heartbeat/"


class NotSignedIn(Exception):
    """Whoever tried to sign in is not let in."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.said = said  # Swedish, for the person
        self.status = status


@dataclass(frozen=True)
class Visit:
    """Who sends a request, and what the forms that it is given are bound to."""

    user: User | None
    binding: str
    csrf: Csrf


class SignIn:
    """Sign-in turned off: everybody is the local user, since only this machine gets in."""

    on = False

    def __init__(self) -> None:
        self.csrf = Csrf(secrets.token_bytes(32))

    def visit(self, request: Request) -> Visit:
        """Who sends the request."""
        return Visit(LOCAL_USER, "lokal", self.csrf)


class WithSessions(SignIn):
    """Sign-in turned on: whoever has a session is known, everybody else is a stranger."""

    on = True

    def __init__(
        self,
        sessions: Sessions,
        csrf: Csrf,
        keys: Keys,
        *,
        users: "LocalUsers | None" = None,
        throttle: "Throttle | None" = None,
        provider: "Provider | None" = None,
    ) -> None:
        self.sessions = sessions
        self.csrf = csrf
        self.keys = keys
        self.users = users
        self.throttle = throttle
        self.provider = provider

    def visit(self, request: Request) -> Visit:
        """Who sends the request; looks into the vault. Whoever sends a key is known by it alone."""
        key = sent_key(request)
        if key is not None:
            return Visit(self.keys.find(key), "", self.csrf)
        token = cookie(request, SESSION)
        active = not request.url.path.startswith(_UNATTENDED)
        user = self.sessions.find(token, active=active) if token else None
        if user is not None:
            return Visit(user, self.sessions.key(token), self.csrf)
        return Visit(None, cookie(request, BEFORE), self.csrf)


def made(
    settings: Settings, vault: Path | None = None, clock: Callable[[], float] = time
) -> SignIn:
    """The sign-in that the settings ask for, kept in the file `vault`.

    InputError where a setting that it needs is missing.
    """
    if settings.sign_in == "av":
        return SignIn()
    secret = secret_of(settings)

    from assistant.web.local_users import LocalUsers
    from assistant.web.throttle import Throttle
    from assistant.web.vault import Vault, place

    held = Vault(vault or place(settings))
    sessions = Sessions(held, secret, settings.sign_in, clock)
    csrf, keys = Csrf(secret), Keys(held, clock)
    if settings.sign_in == "oidc":
        from assistant.web.oidc import Provider

        return WithSessions(sessions, csrf, keys, provider=Provider(settings, held, secret, clock))
    users = LocalUsers(held)
    if not users.listed():
        raise InputError(
            "Ingen kan logga in än. Lägg till den första med: sip user add NAMN --role admin"
        )
    users.ready()
    return WithSessions(sessions, csrf, keys, users=users, throttle=Throttle(held, secret, clock))


def secret_of(settings: Settings) -> bytes:
    """The secret that sessions are signed with. InputError where there is none worth the name."""
    secret = settings.secret.get_secret_value() if settings.secret else ""
    if len(secret) < LEAST_SECRET or len(set(secret)) < 8:
        raise InputError(
            f"Inloggning kräver en slumpad hemlighet, minst {LEAST_SECRET} tecken, i SIP_SECRET. "
            'Gör en med: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return secret.encode()
