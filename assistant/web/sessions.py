"""Sessions: a random token in the browser, everything else here. They end by idleness and age."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

from fastapi import Request, Response

from assistant.web.person import Role, User, role_written
from assistant.web.vault import Vault

IDLE = 30 * 60.0
LONGEST = 10 * 3600.0
_NOTED = 60.0  # seconds between the writes that say that a session is in use
_SKEW = 60.0  # a session from further into the future means that the clock was moved

SESSION = "sip"
BEFORE = "sip-fore"  # binds the form of sign-in to the browser that asked for it
BEFORE_AGE = 3600


class Sessions:
    """The sessions of one way of signing in. Only a keyed hash of each token is kept."""

    def __init__(
        self, vault: Vault, secret: bytes, kind: str, clock: Callable[[], float] = time.time
    ) -> None:
        """`kind` is the way of signing in; a session of another way is none here."""
        self._vault = vault
        self._secret = secret
        self._kind = kind
        self._clock = clock

    def start(self, user: User, old: str = "") -> str:
        """A new token for the user, never one that the browser had; `old` ends."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._vault.change() as change:
            change.execute("DELETE FROM sessions WHERE key = ?", (self.key(old),))
            change.execute(
                "DELETE FROM sessions WHERE started < ? OR seen < ?", (now - LONGEST, now - IDLE)
            )
            change.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self.key(token),
                    self._kind,
                    user.subject,
                    user.name,
                    user.role.written,
                    now,
                    now,
                ),
            )
        return token

    def find(self, token: str, *, active: bool = True) -> User | None:
        """Whose session it is, None where it has ended.

        `active` is whether a person is behind the request: only that keeps a session from being
        idle. A local user who was removed, or given another role, is so from this moment.
        """
        row = self._vault.one(
            "SELECT s.subject, s.name, s.role, s.started, s.seen, u.role FROM sessions s "
            "LEFT JOIN users u ON u.subject = s.subject WHERE s.key = ? AND s.kind = ?",
            self.key(token),
            self._kind,
        )
        if row is None:
            return None
        subject, name, written, started, seen, present = row
        now = self._clock()
        if not (-_SKEW <= now - started < LONGEST and -_SKEW <= now - seen < IDLE):
            self.end(token)
            return None
        if self._kind == "lokal" and present is None:
            return None
        if active and now - seen > _NOTED:
            with self._vault.change() as change:
                change.execute("UPDATE sessions SET seen = ? WHERE key = ?", (now, self.key(token)))
        return User(name, subject, role_written(present or written) or Role.USER)

    def end(self, token: str) -> None:
        """Sign out: the token is worth nothing any more, wherever it is kept."""
        with self._vault.change() as change:
            change.execute("DELETE FROM sessions WHERE key = ?", (self.key(token),))

    def key(self, token: str) -> str:
        """What the token is kept and bound by. Another secret ends every session."""
        return hmac.new(self._secret, b"session:" + token.encode(), hashlib.sha256).hexdigest()


def cookie_name(name: str, scheme: str) -> str:
    """The cookie's name; over https its prefix binds it to this host alone (RFC 6265bis)."""
    return f"__Host-{name}" if scheme == "https" else name


def cookie(request: Request, name: str) -> str:
    """What the browser sent, empty if nothing."""
    return request.cookies.get(cookie_name(name, request.url.scheme), "")


def set_cookie(
    request: Request, response: Response, name: str, value: str, *, seconds: int | None = None
) -> None:
    """Give the browser a cookie; without `seconds` until it is closed, an empty value takes it."""
    response.set_cookie(
        cookie_name(name, request.url.scheme),
        value,
        max_age=seconds if value else 0,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
