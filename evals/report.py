"""Reports of a run: a table for the terminal, JUnit for CI, one HTML file for superusers."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evals.run import Outcome, Rate, abstention, latency, rates, retrieval
from ingest.document import Corpus

COLUMNS = ["passed", "correct", "citation_hit", "citation_precision", "support", "region_purity"]


def groups(outcomes: Sequence[Outcome]) -> dict[str, dict[str, list[Outcome]]]:
    """The checked outcomes by kind, by region and by set, and the drafts apart."""
    table: dict[str, dict[str, list[Outcome]]] = {"kind": {}, "region": {}, "set": {}, "draft": {}}
    for outcome in outcomes:
        if outcome.case.draft:
            table["draft"].setdefault("utkast", []).append(outcome)
            continue
        table["kind"].setdefault(outcome.case.kind.value, []).append(outcome)
        table["region"].setdefault(outcome.region, []).append(outcome)
        table["set"].setdefault(outcome.set, []).append(outcome)
    return {name: dict(sorted(found.items())) for name, found in table.items() if found}


def print_table(outcomes: Sequence[Outcome]) -> None:
    """Print rates by kind, region and set, then the whole."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=120)
    gating = [o for o in outcomes if not o.case.draft]
    for name, found in groups(outcomes).items():
        table = Table("", "n", *COLUMNS, title=name, title_justify="left")
        for key, chosen in found.items():
            table.add_row(key, str(len(chosen)), *_cells(rates(chosen)))
        console.print(table)
    whole = rates(gating)
    for label, value in (whole | abstention(gating)).items():
        console.print(f"{label:22} {_written(value)}")
    for label, number in retrieval(gating).items():
        console.print(f"{label:22} {number:.3f}")
    for label, milliseconds in latency(outcomes).items():
        console.print(f"latency {label:14} {milliseconds:.1f} ms")


def junit(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as a JUnit file, a suite for each set."""
    root = ElementTree.Element("testsuites")
    sets: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        sets[outcome.set].append(outcome)
    for name, found in sets.items():
        failed = [o for o in found if not o.passed and not o.case.draft]
        suite = ElementTree.SubElement(
            root, "testsuite", name=name, tests=str(len(found)), failures=str(len(failed))
        )
        for o in found:
            test = ElementTree.SubElement(
                suite, "testcase", name=o.case.id, classname=o.case.kind.value
            )
            if o.case.draft:
                ElementTree.SubElement(test, "skipped", message="utkast")
            elif not o.passed:
                ElementTree.SubElement(test, "failure", message=why(o))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def html(outcomes: Sequence[Outcome], facts: dict[str, str], corpus: Corpus) -> str:
    """One self-contained page: overview, every case with answer, passages and verdicts."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    gating = [o for o in outcomes if not o.case.draft]
    overview: dict[str, Any] = {
        name: {key: rates(chosen) for key, chosen in found.items()}
        for name, found in groups(outcomes).items()
    }
    return environment.get_template("report.html").render(
        outcomes=outcomes,
        overview=overview,
        whole=rates(gating) | abstention(gating),
        retrieval=retrieval(gating),
        facts=facts,
        columns=COLUMNS,
        corpus=corpus,
        why=why,
        percent=_percent,
    )


def why(outcome: Outcome) -> str:
    """Why a case did not pass, empty if it did."""
    shown = ("correct", "citation_hit", "support", "region_purity")
    found = [outcome.scores[name] for name in shown]
    return "; ".join(s.why for s in found if s is not None and s.value < 1)


def _cells(table: dict[str, Rate]) -> list[str]:
    return [_percent(table[name]) if name in table else "–" for name in COLUMNS]


def _percent(rate: Rate) -> str:
    return f"{100 * rate.value:.1f}"


def _written(value: Rate) -> str:
    if not value.n:
        return "–"
    return (
        f"{100 * value.value:5.1f} %  n {value.n}  ({100 * value.low:.1f}–{100 * value.high:.1f})"
    )
