"""An address → an open store: the engine, its pragmas, its schema, reading and writing."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
)
from sqlalchemy.orm import Session

from assistant.store import StoreError
from ingest.errors import InputError

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_FOLDER = Path(__file__).parent / "migrations"
_WAIT = 15_000  # milliseconds that one process waits for another's writing
_CAUSES = {
    "disk is full": "Disken är full. Frigör utrymme och försök igen.",
    "no space left": "Disken är full. Frigör utrymme och försök igen.",
    "readonly": "Databasen går bara att läsa. Rätta rättigheterna till filen och mappen.",
    "locked": "Ett annat program håller databasen låst. Försök igen om en stund.",
    "malformed": "Filen är skadad. Återställ den senaste säkerhetskopian.",
    "not a database": "Filen är ingen databas. Ange en annan fil i SIP_DATABASE.",
}
_MIGRATING = 7_477_001  # the key of PostgreSQL's lock around a migration


class Store:
    """An open store. `read` and `write` give a session; what is written is committed at the end."""

    def __init__(self, engine: Engine) -> None:
        self._readers = engine
        self._writers = engine.execution_options(writes=True)

    @property
    def engine(self) -> Engine:
        """The engine, for migrations and checks."""
        return self._readers

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read in; StoreError where the database cannot be reached."""
        with _told(), Session(self._readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session to write in, alone on SQLite, committed and on disk when the block ends.

        Raises StoreError where that failed; then nothing of it was written.
        """
        with _told(), Session(self._writers, expire_on_commit=False) as session, session.begin():
            yield session

    def forget_deleted(self) -> None:
        """Let nothing that was deleted remain in SQLite's journal; elsewhere nothing is done."""
        if self.engine.dialect.name == "sqlite":
            with _told(), self.engine.connect() as connection:
                raw = connection.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def opened(address: str) -> Store:
    """See `assistant.store.open_store`."""
    engine = _engine(address)
    try:
        with _told(), engine.connect() as connection:
            now, newest = _revision(connection), _newest()
            empty = not inspect(connection).get_table_names()
        if empty:
            migrate(address)
        elif now != newest:
            raise StoreError(
                "Databasen för omdömen är från en annan version av programmet. Ta en "
                "säkerhetskopia av den och kör sedan: sip store migrate"
            )
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def migrate(address: str) -> str:
    """Bring the database at the address to the newest schema; gives the schema's revision.

    Raises InputError for an address of another kind, StoreError where it could not be done; then
    the database is as it was.
    """
    engine = _engine(address).execution_options(writes=True)
    try:
        with _told(), engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
            known = {script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions()}
            now = _revision(connection)
            if now is not None and now not in known:
                raise StoreError(
                    "Databasen för omdömen är från en nyare version av programmet. Installera den "
                    "versionen, eller ange en annan databas i SIP_DATABASE."
                )
            command.upgrade(configuration(connection), "head")
            return _newest()
    finally:
        engine.dispose()


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for a connection, without any file."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _newest() -> str:
    return str(ScriptDirectory(str(_FOLDER)).get_current_head())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _engine(address: str) -> Engine:
    url = _url(address)
    if url.get_backend_name() == "postgresql":
        return create_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": 10}
        )
    assert url.database is not None
    _make_private(Path(url.database))
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    if url is None or _DRIVERS.get(url.get_backend_name()) != url.drivername:
        # The address is not repeated: it can hold a password.
        raise InputError(
            "Adressen till databasen ska börja med sqlite:/// eller postgresql+psycopg://. "
            "Rätta SIP_DATABASE."
        )
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise InputError(
            "Adressen till databasen saknar fil. Skriv till exempel sqlite:///omdomen.db i "
            "SIP_DATABASE."
        )
    return url


def _make_private(path: Path) -> None:
    """Let only the owner read the file: it holds what people have written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"Databasen {path} går inte att skriva: {error.strerror}. Välj en annan plats i "
            "SIP_DATABASE eller rätta rättigheterna."
        ) from None


def _on_connect(connection: Any, _record: Any) -> None:
    # Without this the driver begins transactions itself, and late.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={_WAIT}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong in the database, in Swedish and without the values that were written."""
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError):
        raise  # a fault of ours
    except DBAPIError as error:
        why = str(error.orig)
        raise StoreError(f"Databasen för omdömen kunde inte användas. {_cause(why)}") from None


def _cause(why: str) -> str:
    lowered = why.lower()
    for sign, meaning in _CAUSES.items():
        if sign in lowered:
            return meaning
    return "Kontrollera adressen i SIP_DATABASE och att databasen är igång."
