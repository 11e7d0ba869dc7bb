"""Local users: names, roles and argon2id hashes in the vault."""

import re
import secrets
import threading
import unicodedata
from functools import cached_property
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.web.limits import Busy
from assistant.web.person import Role, User, role_written
from assistant.web.vault import Vault
from ingest.errors import InputError

LEAST = 12
MOST = 1024  # characters; hashing more is work that a stranger could ask for
_DIFFERENT = 5
_NAME = re.compile(r"[a-zåäöéü0-9][a-zåäöéü0-9._@-]{0,63}")
# Each verification takes 64 MiB and a core; more at once would starve the answers.
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 10.0  # seconds in line for it


class Hasher(Protocol):
    """What we use of argon2's hasher."""

    def hash(self, password: str, /) -> str: ...
    def verify(self, hash: str, password: str, /) -> bool: ...
    def check_needs_rehash(self, hash: str, /) -> bool: ...


class LocalUsers:
    """Whoever may sign in with a password kept here."""

    def __init__(self, vault: Vault, hasher: Hasher | None = None) -> None:
        self._vault = vault
        self._hasher = hasher or PasswordHasher()

    def add(self, name: str, password: str, role: Role) -> User:
        """A new user. InputError where the name is taken or unusable, or the password weak."""
        name = usable_name(name)
        hashed = self._hashed(name, password)
        subject = secrets.token_hex(16)
        with self._vault.change() as change:
            if change.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchone():
                raise InputError(
                    f"Användaren {name} finns redan. Byt lösenord med: sip user password {name}"
                )
            change.execute(
                "INSERT INTO users VALUES (?, ?, ?, ?)", (name, subject, role.written, hashed)
            )
        return User(name, subject, role)

    def remove(self, name: str) -> None:
        """Takes the user and every session away. InputError where there is no such user."""
        with self._vault.change() as change:
            subject = self._subject(folded(name))
            change.execute("DELETE FROM sessions WHERE subject = ?", (subject,))
            change.execute("DELETE FROM users WHERE subject = ?", (subject,))

    def set_password(self, name: str, password: str) -> None:
        """A new password; whoever is signed in with the old one is signed out.

        InputError where there is no such user or the password is weak.
        """
        name = folded(name)
        self._subject(name)
        hashed = self._hashed(name, password)
        with self._vault.change() as change:
            subject = self._subject(name)
            change.execute("UPDATE users SET hash = ? WHERE subject = ?", (hashed, subject))
            change.execute("DELETE FROM sessions WHERE subject = ?", (subject,))

    def set_role(self, name: str, role: Role) -> None:
        """Another role, from this moment. InputError where there is no such user."""
        with self._vault.change() as change:
            subject = self._subject(folded(name))
            change.execute("UPDATE users SET role = ? WHERE subject = ?", (role.written, subject))

    def listed(self) -> list[User]:
        """Every user, by name."""
        rows = self._vault.all("SELECT name, subject, role FROM users ORDER BY name")
        return [_user(*row) for row in rows]

    def check(self, name: str, password: str) -> User | None:
        """The user whose password it is, otherwise None; as slow for a name that nobody has.

        Busy where too many are waiting for the same.
        """
        password = unicodedata.normalize("NFKC", password)
        row = self._vault.one(
            "SELECT name, subject, role, hash FROM users WHERE name = ?", folded(name)
        )
        hashed = self._nobodys if row is None else row[3]
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise Busy
        try:
            right = self._verified(hashed, password[:MOST])
            renewed = ""
            if right and row is not None and self._hasher.check_needs_rehash(hashed):
                renewed = self._hasher.hash(password)
        finally:
            _AT_ONCE.release()
        if row is None or not right or len(password) > MOST:
            return None
        if renewed:
            with self._vault.change() as change:
                change.execute(
                    "UPDATE users SET hash = ? WHERE subject = ? AND hash = ?",
                    (renewed, row[1], hashed),
                )
        return _user(*row[:3])

    @cached_property
    def _nobodys(self) -> str:
        """A hash that no password has, made with the same cost as the real ones."""
        return self._hasher.hash(secrets.token_urlsafe(32))

    def ready(self) -> None:
        """Do now what the first sign-in with an unknown name would else take extra time for."""
        _ = self._nobodys

    def _verified(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def _hashed(self, name: str, password: str) -> str:
        password = unicodedata.normalize("NFKC", password)
        fault = weakness(name, password)
        if fault:
            raise InputError(fault)
        return self._hasher.hash(password)

    def _subject(self, name: str) -> str:
        row = self._vault.one("SELECT subject FROM users WHERE name = ?", name)
        if row is None:
            raise InputError(f"Det finns ingen användare {name}. Se dem med: sip user list")
        return str(row[0])


def folded(name: str) -> str:
    """The name as it is kept: whoever writes it with a capital is the same person."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def usable_name(name: str) -> str:
    """The name folded; InputError where it cannot be one."""
    if not _NAME.fullmatch(folded(name)):
        raise InputError(
            "Namnet går inte att använda. Skriv högst 64 bokstäver, siffror, punkter eller "
            "bindestreck, till exempel anna.berg."
        )
    return folded(name)


def weakness(name: str, password: str) -> str:
    """Why the password will not do, empty where it does."""
    if len(password) < LEAST:
        return (
            f"Lösenordet är för kort. Välj minst {LEAST} tecken; fyra ord som inte hör ihop "
            "är lätta att minnas och svåra att gissa."
        )
    if len(password) > MOST:
        return f"Lösenordet är för långt. Välj högst {MOST} tecken."
    if len(set(password)) < _DIFFERENT:
        return "Lösenordet upprepar samma tecken. Välj ett med fler olika tecken."
    if len(name) > 2 and name in password.casefold():
        return "Lösenordet innehåller namnet. Välj ett utan."
    return ""


def _user(name: str, subject: str, role: str) -> User:
    return User(name, subject, role_written(role) or Role.USER)
