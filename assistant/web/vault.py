"""The file that sign-in keeps: users, sessions, keys, tries. For the owner's eyes only."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs

from assistant.settings import Settings
from ingest.errors import InputError

_TABLES = """
CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY, subject TEXT NOT NULL UNIQUE, role TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL,
    role TEXT NOT NULL, started REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS keys (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, subject TEXT NOT NULL UNIQUE,
    made REAL NOT NULL, until REAL NOT NULL, used REAL);
CREATE TABLE IF NOT EXISTS flows (
    key TEXT PRIMARY KEY, held TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS tries (
    key TEXT PRIMARY KEY, failed INTEGER NOT NULL, until REAL NOT NULL, last REAL NOT NULL);
"""
NAME = "inloggning.db"
_WAIT = 10.0  # seconds for another process to finish writing


def place(settings: Settings) -> Path:
    """Where the file lies: beside the verdicts' database where that is a file, or the user's data.

    Its own file, so that whoever copies the verdicts does not copy passwords.
    """
    scheme, _, rest = settings.database.partition(":///")
    path = rest.partition("?")[0]
    on_disk = scheme.startswith("sqlite") and path not in ("", ":memory:")
    beside = Path(path).parent if on_disk else None
    return (beside or platformdirs.user_data_path("sip-assistenten")) / NAME


class Vault:
    """A SQLite file with mode 0600, shared by every thread and process of one machine."""

    def __init__(self, path: Path) -> None:
        """InputError where the file cannot be opened, made or read."""
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Made before SQLite opens it: its journals take the mode of the file.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
            self._open = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            self._open.execute("PRAGMA journal_mode=WAL")
            self._open.execute("PRAGMA secure_delete=ON")
            self._open.executescript(_TABLES)
        except (OSError, sqlite3.Error):
            raise InputError(
                f"Filen med inloggningar, {path}, går inte att öppna. Kontrollera att den är hel "
                "och att du får skriva i mappen."
            ) from None

    def one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row, None where there is none."""
        with self._lock:
            row: tuple[Any, ...] | None = self._open.execute(sql, values).fetchone()
            return row

    def all(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Every row."""
        with self._lock:
            return self._open.execute(sql, values).fetchall()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Reads and writes that hold together: all of them are kept or none."""
        with self._lock:
            self._open.execute("BEGIN IMMEDIATE")
            try:
                yield self._open
            except BaseException:
                self._open.execute("ROLLBACK")
                raise
            self._open.execute("COMMIT")

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._open.close()
