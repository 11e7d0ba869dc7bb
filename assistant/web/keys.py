"""Keys for other programs: shown once, kept as a hash, good for the API alone and for a time."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from assistant.web.local_users import usable_name
from assistant.web.person import Role, User
from assistant.web.vault import Vault
from ingest.errors import InputError

DAYS = 365
_DAY = 24 * 3600.0
_NOTED = 3600.0  # seconds between the writes that say that a key is in use
_PREFIX = "sip_"  # so that a key that was left in a file can be found and recognised


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key. Times in seconds of the epoch, `used` None before the first use."""

    name: str
    made: float
    until: float
    used: float | None


class Keys:
    """The keys in a vault, the same whatever way people sign in."""

    def __init__(self, vault: Vault, clock: Callable[[], float] = time.time) -> None:
        self._vault = vault
        self._clock = clock

    def add(self, name: str, days: int = DAYS) -> str:
        """A new key for the program of that name; it cannot be had again.

        InputError where the name is taken or unusable.
        """
        name, now = usable_name(name), self._clock()
        # 256 random bits: nothing that a slow hash would protect against guessing.
        token = _PREFIX + secrets.token_urlsafe(32)
        subject = f"program-{secrets.token_hex(12)}"
        with self._vault.change() as change:
            if change.execute("SELECT 1 FROM keys WHERE name = ?", (name,)).fetchone():
                raise InputError(
                    f"Programmet {name} har redan en nyckel. Ta bort den först med: "
                    f"sip user remove-key {name}"
                )
            change.execute(
                "INSERT INTO keys VALUES (?, ?, ?, ?, ?, NULL)",
                (_hashed(token), name, subject, now, now + days * _DAY),
            )
        return token

    def remove(self, name: str) -> None:
        """The key is worth nothing from this moment. InputError where there is none."""
        name = name.strip().casefold()
        with self._vault.change() as change:
            gone = change.execute("DELETE FROM keys WHERE name = ?", (name,)).rowcount
        if not gone:
            raise InputError(f"Programmet {name} har ingen nyckel. Se dem med: sip user keys")

    def listed(self) -> list[Key]:
        """Every key, by the program's name."""
        rows = self._vault.all("SELECT name, made, until, used FROM keys ORDER BY name")
        return [Key(*row) for row in rows]

    def find(self, token: str) -> User | None:
        """The program whose key it is, None for a key that is unknown or whose time is out."""
        hashed = _hashed(token)
        row = self._vault.one("SELECT name, subject, until, used FROM keys WHERE hash = ?", hashed)
        now = self._clock()
        if row is None or now >= row[2]:
            return None
        if row[3] is None or now - row[3] > _NOTED:
            with self._vault.change() as change:
                change.execute("UPDATE keys SET used = ? WHERE hash = ?", (now, hashed))
        return User(row[0], row[1], Role.USER)


def sent_key(request: Request) -> str | None:
    """The key that a program sends, None where it sends none or asks for anything but the API.

    A key never opens a page: those are for people, who can be told what they are answerable for.
    """
    path = request.scope["path"]
    if not (path.startswith(("/api/", "/mcp/")) or path == "/mcp"):
        return None
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else None


def _hashed(token: str) -> str:
    return hashlib.sha256(b"api-key:" + token.encode("utf-8", "replace")).hexdigest()
