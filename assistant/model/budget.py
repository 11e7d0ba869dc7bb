"""How many tokens each user has used of the model today; not a word of what for."""

import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ingest.errors import InputError

NAME = "sprakmodell.db"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS used (day TEXT NOT NULL, who TEXT NOT NULL, tokens INTEGER NOT "
    "NULL, PRIMARY KEY (day, who))"
)
_WAIT = 5.0  # seconds for another process to finish writing


class Budget:
    """Tokens by user and day, in a SQLite file or, without one, in memory."""

    def __init__(self, limit: int, today: Callable[[], date], path: Path | None = None) -> None:
        """`limit` is in tokens, 0 for none. InputError where the file cannot be used."""
        self.limit = limit
        self._today = today
        self._lock = threading.Lock()
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._file = sqlite3.connect(
                path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            self._file.execute(_TABLE)
        except (OSError, sqlite3.Error):
            raise InputError(
                f"Filen {path} för språkmodellens förbrukning går inte att använda. Flytta den "
                "eller ge rätt att skriva i mappen."
            ) from None

    def left(self, who: str) -> bool:
        """Whether the user, by pseudonym, may use more today."""
        return self.limit == 0 or self.used(who) < self.limit

    def used(self, who: str) -> int:
        """The user's tokens today."""
        row = self._run("SELECT tokens FROM used WHERE day = ? AND who = ?", self._day(), who)
        return row[0] if row else 0

    def used_by_all(self) -> int:
        """Everybody's tokens today."""
        row = self._run("SELECT COALESCE(SUM(tokens), 0) FROM used WHERE day = ?", self._day())
        return row[0] if row else 0

    def spend(self, who: str, tokens: int) -> None:
        """Count tokens that were used. Earlier days are forgotten."""
        day = self._day()
        self._run("DELETE FROM used WHERE day < ?", day)
        self._run(
            "INSERT INTO used VALUES (?, ?, ?) ON CONFLICT (day, who) "
            "DO UPDATE SET tokens = tokens + excluded.tokens",
            day,
            who,
            tokens,
        )

    def _day(self) -> str:
        return self._today().isoformat()

    def _run(self, statement: str, *values: object) -> tuple[int, ...] | None:
        with self._lock:
            found: tuple[int, ...] | None = self._file.execute(statement, values).fetchone()
            return found
