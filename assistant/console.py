"""What every command of `sip` shares: options, the day meant, errors told in Swedish, progress."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.settings import Settings, settings
from ingest.errors import InputError, SipError

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Mappen där indexet ligger.", show_default=False)
]
RegionOption = Annotated[
    str | None, typer.Option("--region", help="Region eller kommun som frågan gäller.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="Dag som svaret ska gälla, till exempel 2026-11-23.")
]


def chosen_settings(index: Path | None) -> Settings:
    """The settings, with the index that was named if one was."""
    chosen = settings()
    return chosen if index is None else chosen.model_copy(update={"index": index})


def chosen_day(written: str | None) -> date:
    """The day written, today if none; InputError where it is no date."""
    if written is None:
        return date.today()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InputError(
            f"{written!r} är inget datum. Skriv det som år-månad-dag, till exempel 2026-11-23."
        ) from None


@contextmanager
def spoken_errors() -> Iterator[None]:
    """An expected failure is told in one Swedish sentence and gives exit code 2."""
    try:
        yield
    except SipError as error:
        typer.echo(f"Fel: {error}", err=True)
        raise typer.Exit(2) from None


@contextmanager
def shown_progress() -> Iterator[Any]:
    """A progress bar on standard error that appears at the first step of long work."""
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        if not bars:
            from rich.console import Console
            from rich.progress import Progress

            bars["all"] = Progress(console=Console(stderr=True), transient=True)
            bars["all"].start()
        if what not in bars:
            bars[what] = bars["all"].add_task(what, total=total)
        bars["all"].update(bars[what], completed=done, total=total)

    try:
        yield show
    finally:
        if bars:
            bars["all"].stop()
