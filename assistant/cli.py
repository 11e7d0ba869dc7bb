"""The command line `sip`: reads what was asked, calls the assistant, prints. Decides nothing."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant import expand_cli, mcp_cli, rules_cli, store_cli, timeline_cli, users_cli
from assistant.answer import Question
from assistant.console import (
    AsOfOption,
    IndexOption,
    RegionOption,
    chosen_day,
    chosen_settings,
    shown_progress,
    spoken_errors,
)
from ingest.errors import InputError

OWN = "lokal"  # the pseudonym of whoever has the command line
app = typer.Typer(
    help="Frågor och svar om SIP och samverkan vid utskrivning, ur fem regioners riktlinjer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="Utgåvan av riktlinjerna.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")


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
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Visa det som en språkmodell skulle få. Utan den.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option(help="Spara utbytet med språkmodellen.", show_default=False)
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Spela upp ett sparat utbyte.", show_default=False)
    ] = None,
    index: IndexOption = None,
) -> None:
    """Besvara en fråga, eller en fil med frågor (dem alltid utan språkmodell)."""
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
        asked, chosen = Question((question,), region, day), chosen_settings(index)
        if show_prompt or record or replay:
            from assistant.model import asking

            if show_prompt:
                typer.echo(asking.would_be_sent(chosen, progress, asked))
                return
            with asking.line_of(chosen, record, replay) as line:
                answer = open_assistant(chosen, progress, line=line).reply(asked, OWN)
        else:
            answer = open_assistant(chosen, progress).reply(asked, OWN)
        if as_json:
            typer.echo(json.dumps(render.as_json(answer), ensure_ascii=False, indent=2))
        else:
            typer.echo(render.as_text(answer, table=True))


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
        from ingest.forms import near_duplicates, placed_forms, told

        where = folder or corpus.FOLDER
        edition = read_corpus(where)
        typer.echo(
            f"Utgåvan är hel: {len(edition.documents)} dokument, {len(edition.provisions)} "
            f"bestämmelser, {len(edition.forms)} frågeformer."
        )
        findings = [told(p) for p in near_duplicates(edition, [*placed_forms(edition, where)])]
        if originals is not None:
            findings += against_originals(edition, originals)
        for finding in findings:
            typer.echo(finding, err=True)
        if findings:
            raise typer.Exit(1)
        typer.echo("Ingen fråga är skriven två gånger.")
        if originals is None:
            typer.echo("Originalen är inte granskade: ange --originals MAPP.")
            return
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
        from assistant.web.serve import check_address
        from assistant.web.serve import serve as serve_site

        chosen = chosen_settings(index)
        if port is not None:
            chosen = chosen.model_copy(update={"port": port})
        check_address(chosen)
        serve_site(open_assistant(chosen, progress), chosen, browser=browser)


for commands in (rules_cli, timeline_cli, expand_cli, store_cli, users_cli, mcp_cli):
    commands.register(app)


def main() -> None:
    """Entry point of the command `sip`."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
