"""The command line `sip`: reads what was asked, calls the assistant, prints. Decides nothing."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.answer import Question
from assistant.settings import Settings, settings
from ingest.errors import InputError, SipError

app = typer.Typer(
    help="Frågor och svar om SIP och samverkan vid utskrivning, ur fem regioners riktlinjer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="Utgåvan av riktlinjerna.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Mappen där indexet ligger.", show_default=False)
]
RegionOption = Annotated[
    str | None, typer.Option("--region", help="Region eller kommun som frågan gäller.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="Dag som svaret ska gälla, till exempel 2026-11-23.")
]


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Frågan.", show_default=False)] = None,
    region: RegionOption = None,
    as_of: AsOfOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
    batch: Annotated[
        Path | None, typer.Option(help="JSONL-fil med frågor.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="JSONL-fil för svaren.")] = None,
    index: IndexOption = None,
) -> None:
    """Besvara en fråga, eller en fil med frågor."""
    with spoken_errors(), shown_progress() as progress:
        from assistant import batch as batches
        from assistant import render
        from assistant.desk import open_assistant

        day = chosen_day(as_of)
        if batch is not None:
            if out is None or question is not None:
                raise InputError("Med --batch anges --out och ingen fråga på raden.")
            assistant = open_assistant(chosen_settings(index), progress)
            failed = batches.answer_file(
                assistant, batch, out, day, lambda n, total: progress("Besvarar", n, total)
            )
            if failed:
                typer.echo(f"{failed} rader gick inte att besvara; se fältet error.", err=True)
            return
        if question is None:
            raise InputError('Skriv en fråga, till exempel: sip ask "Vem kallar till SIP i Kalix?"')
        assistant = open_assistant(chosen_settings(index), progress)
        answer = assistant.answer(Question((question,), region, day))
        if as_json:
            typer.echo(json.dumps(render.as_json(answer), ensure_ascii=False, indent=2))
        else:
            typer.echo(render.as_text(answer))


@app.command()
def ingest(
    folder: Annotated[
        Path | None,
        typer.Argument(help="En utgåvas mapp; annars den medföljande.", show_default=False),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Bygg indexet av riktlinjerna."""
    with spoken_errors(), shown_progress() as progress:
        from assistant.desk import build_index

        built = build_index(chosen_settings(index), folder, progress)
        made = "oförändrat" if built.embedded == 0 else f"{built.embedded} texter inbäddade"
        typer.echo(
            f"Indexet i {built.folder} är klart: {built.provisions} bestämmelser, "
            f"{built.forms} frågeformer ({made})."
        )


@app.command("compute")
def compute_batch(
    batch: Annotated[
        Path, typer.Option(help='Frågor som JSONL: {"id", "rule", "inputs"} på varje rad.')
    ],
    out: Annotated[Path, typer.Option(help="Svaren som JSONL, en rad för varje fråga.")],
) -> None:
    """Beräkna frister, koder, avgifter och ansvar ur riktlinjernas regler."""
    with spoken_errors():
        from assistant.rules.batch import compute_file

        failed = compute_file(batch, out)
        if failed:
            typer.echo(f"{failed} rader gick inte att läsa; se fältet error.", err=True)


@corpus_app.command("check")
def corpus_check(
    originals: Annotated[
        Path | None,
        typer.Option(help="Mappen med originalen.", envvar="SIP_ORIGINALS", show_default=False),
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="Utgåvans mapp.", show_default=False)] = None,
) -> None:
    """Granska utgåvan, och mot originalen där de finns."""
    with spoken_errors():
        import corpus
        from ingest.check import against_originals
        from ingest.edition import read_corpus

        edition = read_corpus(folder or corpus.FOLDER)
        typer.echo(
            f"Utgåvan är hel: {len(edition.documents)} dokument, {len(edition.provisions)} "
            f"bestämmelser, {len(edition.forms)} frågeformer."
        )
        if originals is None:
            typer.echo("Originalen är inte granskade: ange --originals MAPP.")
            return
        findings = against_originals(edition, originals)
        for finding in findings:
            typer.echo(finding, err=True)
        if findings:
            raise typer.Exit(1)
        typer.echo(f"Alla {len(edition.provisions)} fraser står på sina rader i originalen.")


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Porten som sidan lyssnar på.")] = None,
    index: IndexOption = None,
    browser: Annotated[bool, typer.Option(help="Öppna sidan i webbläsaren.")] = False,
) -> None:
    """Öppna sidan där man chattar med assistenten."""
    with spoken_errors(), shown_progress() as progress:
        from assistant.desk import open_assistant
        from assistant.page.launch import check_port, launch

        chosen = chosen_settings(index)
        where = port or chosen.port
        check_port(chosen.host, where)
        assistant = open_assistant(chosen, progress)
        launch(assistant, chosen.host, where, browser=browser)


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


def main() -> None:
    """Entry point of the command `sip`."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
