"""The command `sip`, with `sip eval` added: the one that is installed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.answer import Question
from assistant.cli import app
from assistant.cli import main as run_app
from assistant.console import (
    IndexOption,
    RegionOption,
    chosen_day,
    chosen_settings,
    shown_progress,
    spoken_errors,
)
from ingest.errors import InputError

if TYPE_CHECKING:
    from evals.reply import Reply, System

eval_app = typer.Typer(help="Pröva svaren mot frågesamlingen.", invoke_without_command=True)
app.add_typer(eval_app, name="eval")


@eval_app.callback()
def evaluate(
    context: typer.Context,
    sets: Annotated[list[str] | None, typer.Option("--set", help="Samling, flera går.")] = None,
    region: RegionOption = None,
    kind: Annotated[str | None, typer.Option(help="Bara frågor av det slaget.")] = None,
    case_id: Annotated[str | None, typer.Option("--id", help="Bara det fallet.")] = None,
    answers: Annotated[Path | None, typer.Option(help="Bedöm svar i en JSONL-fil.")] = None,
    to_json: Annotated[Path | None, typer.Option("--json", help="Skriv resultatet hit.")] = None,
    to_junit: Annotated[Path | None, typer.Option("--junit", help="Skriv JUnit hit.")] = None,
    to_html: Annotated[Path | None, typer.Option("--html", help="Skriv rapporten hit.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Jämför med ett tidigare resultat.")] = None,
    explain: Annotated[str | None, typer.Option(help="Visa varje steg för ett fall.")] = None,
    golden: Annotated[Path | None, typer.Option(help="Samlingarnas mapp.")] = None,
    new_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Låt dagens utfall bli jämförelsen.")
    ] = False,
    model: Annotated[
        str | None, typer.Option(help="Pröva också med en språkmodell, som i SIP_MODEL.")
    ] = None,
    record: Annotated[Path | None, typer.Option(help="Spara utbytet med den här.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Spela upp ett sparat utbyte.")] = None,
    index: IndexOption = None,
) -> None:
    """Pröva hela samlingen, eller en del av den. Felkod 1: under tröskeln eller sämre än förut."""
    if context.invoked_subcommand:
        return
    with spoken_errors(), shown_progress() as progress:
        from assistant.desk import open_assistant
        from evals import case as cases
        from evals import gate, report, results, run
        from evals.explain import explain as explained
        from evals.reply import read_answers

        chosen = cases.load(sets or None, golden or cases.FOLDER)
        own = chosen_settings(index)
        # What gates is always the answer without a model.
        assistant = open_assistant(own.model_copy(update={"model": None}), progress)
        corpus = assistant.corpus
        cases.check_provisions((c for found in chosen.values() for c in found), corpus.provisions)
        wanted = explain or case_id
        part = {
            name: kept
            for name, found in chosen.items()
            if (
                kept := [
                    c
                    for c in found
                    if (region is None or run.region_of(c, corpus) == region)
                    and (kind is None or c.kind == kind)
                    and (wanted is None or c.id == wanted)
                ]
            )
        }
        if not part:
            raise InputError("Inget fall passar urvalet.")
        system: System = run.assistant_system(assistant)
        if answers is not None:
            replies = read_answers(answers, (c.id for found in part.values() for c in found))

            def system(case: cases.Case) -> "Reply":
                return replies[case.id]

        outcomes = run.evaluate(system, part, corpus, lambda n, of: progress("Prövar", n, of))
        if explain is not None:
            only = outcomes[0]
            typer.echo(explained(assistant, only.case, only))
            return
        finder = str(answers) if answers is not None else assistant.model
        facts = run.facts(corpus.fingerprint, finder)
        if to_json is not None:
            _write(to_json, results.to_json(outcomes, facts))
        if to_junit is not None:
            _write(to_junit, report.junit(outcomes))
        if to_html is not None:
            _write(to_html, report.html(outcomes, facts, corpus))
        report.print_table(outcomes)
        if compare is not None:
            found = gate.compare(outcomes, compare)
            typer.echo(
                "\n".join(
                    [f"lagad {key}" for key in found.fixed]
                    + [f"trasig {key}" for key in found.broken]
                )
                or "Ingen skillnad."
            )
        if model or replay or record:
            from evals import beside

            chosen_model = own.model_copy(update={"model": model or own.model})
            with beside.assisted(chosen_model, progress, record, replay) as helped:
                second = run.evaluate(
                    beside.system(helped), part, corpus, lambda n, of: progress("Med modell", n, of)
                )
                typer.echo(beside.report(outcomes, second, helped.line))
        if new_baseline:
            _write(gate.BASELINE, results.baseline(outcomes))
            return
        if part == chosen and sets is None and answers is None:
            reasons = gate.faults(outcomes, gate.read_thresholds(), gate.BASELINE)
            for reason in reasons:
                typer.echo(f"Rött: {reason}", err=True)
            if reasons:
                raise typer.Exit(1)
            typer.echo("Grönt: alla tröskelvärden hålls och inget fall har blivit sämre.")


@eval_app.command("add")
def add(
    question: Annotated[str, typer.Argument(help="Frågan.")],
    why: Annotated[str, typer.Option(help="Varför fallet behövs.")],
    region: RegionOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Dag som svaret gäller.")] = None,
    file: Annotated[Path | None, typer.Option(help="Fil för utkast.")] = None,
    index: IndexOption = None,
) -> None:
    """Gör ett utkast till ett fall av en fråga och svaret på den."""
    with spoken_errors(), shown_progress() as progress:
        from assistant.desk import open_assistant
        from assistant.render import as_json
        from evals import drafts
        from evals.reply import from_json

        day: date = chosen_day(as_of)
        assistant = open_assistant(chosen_settings(index), progress)
        reply = from_json(as_json(assistant.answer(Question((question,), region, day))))
        drafted = drafts.draft((question,), reply, region=region, as_of=day, why=why)
        drafts.add(drafted, file or drafts.DRAFTS)
        typer.echo(f"Utkastet {drafted.id} är sparat. Det räknas när checked_by är ifyllt.")


@eval_app.command("drafts")
def take_drafts(
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Mappen med utkast; annars SIP_DRAFTS.", show_default=False),
    ] = None,
    golden: Annotated[Path | None, typer.Option(help="Samlingarnas mapp.")] = None,
) -> None:
    """Hämta utkasten från granskningen till frågesamlingen."""
    with spoken_errors():
        from evals import case as cases
        from evals import drafts

        folder = source or chosen_settings(None).drafts
        taken = drafts.take(folder, golden or cases.FOLDER)
        for key in taken:
            typer.echo(key)
        typer.echo(
            f"{len(taken)} utkast är hämtade. Ett utkast räknas när checked_by är ifyllt."
            if taken
            else f"Det finns inga utkast i {folder}."
        )


def _write(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".draft")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(f"Filen {path} går inte att skriva: {error.strerror}.") from None


def main() -> None:
    """Entry point of the command `sip`."""
    run_app()


if __name__ == "__main__":
    main()
