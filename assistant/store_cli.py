"""`sip store`: the database's schema, retention, export and log, for whoever runs the assistant."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.console import spoken_errors
from assistant.settings import settings
from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.store.open import Store

_ACTOR = ("kommandoraden", "kommandoraden")
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", help="Databasens adress; annars SIP_DATABASE.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    store = typer.Typer(help="Databasen för omdömen.", no_args_is_help=True)
    for command in (migrate, purge, export, check):
        store.command()(command)
    app.add_typer(store, name="store")


def migrate(database: DatabaseOption = None) -> None:
    """Uppdatera databasen till programmets version. Ta en säkerhetskopia först."""
    with spoken_errors():
        from assistant.store.open import migrate as migrated

        typer.echo(f"Databasen har version {migrated(_address(database))}.")


def purge(database: DatabaseOption = None) -> None:
    """Gallra omdömen vars tid är ute. Kör varje natt."""
    with spoken_errors():
        from assistant.store import retention

        store = _opened(database)
        deleted = retention.purge(store, datetime.now(UTC))
        store.close()
        typer.echo(f"{deleted} omdömen är gallrade; antalen finns kvar i statistiken.")


def export(
    out: Annotated[Path, typer.Argument(help="CSV-fil att skriva.", show_default=False)],
    reason: Annotated[
        str | None,
        typer.Option(help="Skäl för att ta med fråga, svar och kommentar.", show_default=False),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Skriv omdömena till en CSV-fil; texterna bara om ett skäl anges."""
    with spoken_errors():
        from assistant.store.export import as_csv
        from assistant.store.review import Actor

        store = _opened(database)
        text = as_csv(store, Actor(*_ACTOR), datetime.now(UTC), reason=reason)
        store.close()
        try:
            out.touch(mode=0o600)
            out.write_text(f"\ufeff{text}", "utf-8", newline="")
        except OSError as error:
            raise InputError(f"Filen {out} går inte att skriva: {error.strerror}.") from None
        typer.echo(f"Omdömena är skrivna till {out}.")


def check(
    head: Annotated[
        str | None,
        typer.Option(help="En kontrollsumma från en tidigare kontroll.", show_default=False),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Kontrollera att ingen har ändrat i loggen; felkod 1 om någon har det."""
    with spoken_errors():
        from assistant.store import audit

        store = _opened(database)
        found = audit.check(store, head)
        store.close()
        if found.broken is not None:
            typer.echo(f"Loggen är bruten vid post {found.broken}.", err=True)
            raise typer.Exit(1)
        typer.echo(f"Loggen är hel: {found.entries} poster. Kontrollsumma: {found.head}")


def _address(database: str | None) -> str:
    return settings().database if database is None else database


def _opened(database: str | None) -> "Store":
    from assistant.store import open_store

    return open_store(_address(database))
