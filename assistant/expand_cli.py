"""`sip expand`: work sheets for question forms out, filled sheets in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.console import (
    AsOfOption,
    IndexOption,
    chosen_day,
    chosen_settings,
    spoken_errors,
)
from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.model.forms import Forms
    from ingest.document import Corpus, Provision
    from ingest.expand import Near

NEIGHBOURS = 2  # shown on the sheet for each provision


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(expand)


def expand(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="DOKUMENT-ELLER-REGION", help="Vad bladet ska gälla.", show_default=False
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Fil för arbetsbladet.")] = None,
    approve: Annotated[
        Path | None, typer.Option(help="Ett ifyllt arbetsblad att läsa in.", show_default=False)
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="Så många frågor ska en bestämmelse ha.")] = 16,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Låt språkmodellen i SIP_MODEL skriva utkast.")
    ] = False,
    index: IndexOption = None,
    originals: Annotated[
        Path | None,
        typer.Option(help="Mappen med originalen.", envvar="SIP_ORIGINALS", show_default=False),
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="Utgåvans mapp.", show_default=False)] = None,
    as_of: AsOfOption = None,
) -> None:
    """Gör ett arbetsblad för bestämmelser med få frågor, eller läs in ett ifyllt.

    Med --index visar bladet också vilka bestämmelser var och en lätt förväxlas med.
    """
    with spoken_errors():
        import corpus
        from ingest.edition import read_corpus

        if (name is None) == (approve is None):
            raise InputError(
                "Ange ett dokument eller en region, till exempel: sip expand halland, "
                "eller ett ifyllt blad: sip expand --approve FIL"
            )
        where = folder or corpus.FOLDER
        edition = read_corpus(where)
        day = chosen_day(as_of)
        if approve is not None:
            _take_in(edition, approve, where, originals, day)
        elif name is not None:
            near = None if index is None else _near(edition, index, day)
            forms = _forms() if drafts else None
            _write_sheet(edition, _id(edition, name), out, least, near, forms)
            if forms is not None and forms.trouble is not None:
                typer.echo(f"Utkasten är inte fler: språkmodellen {forms.trouble}.", err=True)


def _forms() -> "Forms":
    from assistant.model.forms import Forms
    from assistant.model.opened import line_to

    return Forms(line_to(chosen_settings(None)), "lokal")


def _write_sheet(
    edition: "Corpus",
    name: str,
    out: Path | None,
    least: int,
    near: "Near | None",
    forms: "Forms | None" = None,
) -> None:
    from ingest import expand as expanding

    provisions = expanding.provisions_of(edition, name)
    wanting = expanding.wanting(edition, provisions, least)
    if not wanting:
        typer.echo(f"Alla {len(provisions)} bestämmelser har minst {least} frågor.", err=True)
        return
    text = expanding.sheet(edition, wanting, least, forms, near)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(
            f"Filen {out} finns redan. Välj ett annat namn, så att inget ifyllt går förlorat."
        ) from None
    except OSError as error:
        raise InputError(f"Filen {out} går inte att skriva: {error.strerror}.") from None
    rows = sum(1 for line in text.splitlines() if not line.startswith("#"))
    typer.echo(
        f"Arbetsbladet {out} är klart. Bestämmelser: {len(wanting)}. Rader att fylla i: {rows}."
    )


def _take_in(edition: "Corpus", path: Path, where: Path, originals: Path | None, day: date) -> None:
    from assistant.guard import has_personal_number
    from ingest import expand as expanding

    def forbidden(text: str) -> str | None:
        if has_personal_number(text):
            return "frågan ser ut att innehålla ett personnummer. Ta bort det."
        return None

    filled = expanding.read_sheet(path)
    runs = expanding.runs_of(originals, edition) if originals else frozenset()
    found = expanding.faults(filled, edition, where, runs, forbidden)
    if has_personal_number(filled.approver):
        found.append(f"{path}: skriv ett namn efter ”Godkänd av:”, inte ett personnummer.")
    if found:
        raise InputError("\n".join(["ingenting är inläst. Rätta först detta:", *found]))
    for target, count in expanding.take_in(filled, edition, day, where).items():
        typer.echo(f"Tillagda frågor i {target}: {count}. Godkända av {filled.approver}.")
    if not runs:
        typer.echo("Att frågorna inte är avskrivna är inte prövat: ange --originals MAPP.")
    typer.echo("Kör nu: sip corpus check, make model, make ranker och sip ingest")


def _id(edition: "Corpus", name: str) -> str:
    """The document or region meant; a region may go by any of its names."""
    from assistant.regions import mentions

    if name in edition.documents:
        return name
    named = {mention.region.id for mention in mentions(name)}
    return named.pop() if len(named) == 1 else name


def _near(edition: "Corpus", folder: Path, day: date) -> "Near":
    from ingest.embed import load_embeddings
    from ingest.index import Index

    settings = chosen_settings(folder)
    index = Index(settings.index, load_embeddings(settings.embedding_model), edition.fingerprint)

    def near(provision: "Provision") -> "Sequence[Provision]":
        ranked = index.dense(provision.text, 100, provision.region, day)
        others = [scored.id for scored in ranked if scored.id != provision.id]
        return [edition.provisions[key] for key in others[:NEIGHBOURS]]

    return near
