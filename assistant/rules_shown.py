"""A computation as text for people: the result, how it was reached, where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.compose import citation, law_warnings
from assistant.render import place
from assistant.rules import Computation, Outcome, all_rules
from assistant.rules.deadlines import IN_TIME, TOO_LATE
from assistant.rules.given import label
from assistant.rules.tools import asked
from assistant.rules.wording import REGIONS, listed, sentence, when_text
from assistant.rules_input import Understood
from ingest.document import Corpus

_ASKED = "För ett svar saknas: "
_TEXT_SILENT = {"regel i texten"}
_TIMED = {"deadline", "admission_notice", "earliest_of", "notice"}
_NAMES = {"p": "poäng", "matt": "mått", "kva_en_av": "KVÅ-kod, en av", "fvk": "fast vårdkontakt"}
_SAYS = {True: "ja", False: "nej"}


def as_text(
    made: Computation,
    understood: Understood,
    corpus: Corpus,
    day: date,
    options: Mapping[str, str],
    originals: Path | None = None,
) -> str:
    """The computation in words; the first sentence is the result.

    `day` tells which laws apply, `options` how each input is given on the command line.
    """
    rule = all_rules()[made.rule]
    if made.missing == label("region"):
        # The rule is any region's: its question and sources would say too much.
        return "\n\n".join([f"{lead(made)} Ange {options['region']}.", *_steps(made)])
    parts = [lead(made), f"Fråga: {rule.question} ({REGIONS[rule.region]}, {rule.id})"]
    if option := options.get(_missing_name(made) or ""):
        parts[0] += f" Ange {option}."
    if understood.lines:
        parts.append("Jag har förstått:\n" + _bullets(understood.lines))
    if steps := _steps(made):
        parts.append("Så här:\n" + _bullets(steps))
    if beside := list(_beside(made)):
        parts.append("\n".join(beside))
    return "\n\n".join([*parts, *_sources(made, corpus, day, originals)])


def lead(made: Computation) -> str:
    """The result in one sentence."""
    if made.status is Outcome.INVALID_INPUT:
        return sentence(f"uppgifterna går inte ihop: {made.reason}")
    if made.status is Outcome.NOT_APPLICABLE:
        return sentence(f"regeln gäller inte här: {made.reason}")
    if made.status is Outcome.NO_NUMBER:
        return sentence(str(made.answer))
    if made.status is Outcome.UNDETERMINED:
        return _asks(made)
    return sentence(_determined(made))


def _asks(made: Computation) -> str:
    if made.missing in _TEXT_SILENT:
        return "Riktlinjen anger inte vad som gäller då."
    return sentence(f"för ett svar behöver jag veta: {made.missing}")


def _missing_name(made: Computation) -> str | None:
    """The input that is missing, where what is missing is the name of one."""
    if made.missing is None:
        return None
    rule = all_rules()[made.rule]
    called = rule.data.get("ask", {})
    missing = (name for name in asked(rule) if made.missing in (label(name), called.get(name)))
    return next(missing, None)


def _determined(made: Computation) -> str:
    value, rule = made.value, all_rules()[made.rule]
    if rule.family == "liability":
        return _liability(value)
    if isinstance(value, str) and (
        value in (IN_TIME, TOO_LATE) or value.startswith(("inom", "utanför"))
    ):
        last = made.details.get("senast")
        return f"det är {value}" + (f"; sista tiden är {spoken(last)}" if last else "")
    if isinstance(value, Mapping) and {"tidigast", "senast"} == set(value):
        return f"tidigast {spoken(value['tidigast'])} och senast {spoken(value['senast'])}"
    if rule.family in _TIMED and _day(value) is not None:
        return f"{'senast ' if rule.data.get('amount') != 0 else ''}{spoken(value)}"
    if rule.family == "cell" and isinstance(value, Mapping) and "p" not in value:
        return "sammanlagt " + listed([f"{unit} {points} poäng" for unit, points in value.items()])
    if rule.family == "who_charges":
        return f"avgiften tas ut av {value}"
    unit = made.details.get("unit")
    return f"{spoken(value)} {unit}" if unit else spoken(value)


def _liability(value: Any) -> str:
    if isinstance(value, Mapping):
        free = listed([spoken(day) for day in value["fria_dygn"]])
        return (
            f"kommunens betalningsansvar i Norrbotten börjar {spoken(value['start'])}; dag ett är "
            f"{spoken(value['dag_ett'])} och fria dygn är {free}"
        )
    if _day(value) is None:
        return f"kommunen i Norrbotten får {value}"
    return f"kommunens betalningsansvar i Norrbotten börjar {spoken(value)}"


def spoken(value: Any) -> str:
    """A value in Swedish: days and times written out, lists and tables in one breath."""
    if isinstance(value, bool):
        return _SAYS[value]
    if isinstance(value, Mapping):
        return "; ".join(
            f"{_NAMES.get(k, k.replace('_', ' '))}: {spoken(v)}" for k, v in value.items()
        )
    if isinstance(value, list | tuple):
        return listed([spoken(part) for part in value])
    day = _day(value)
    return str(value) if day is None else when_text(day)


def _day(value: Any) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return None


def _beside(made: Computation) -> Iterator[str]:
    if candidates := made.details.get("candidates"):
        yield sentence(f"tänkbara svar: {spoken(candidates)}")
    if others := made.details.get("alternatives"):
        yield sentence(f"möjliga läsningar: {spoken(others)}")
    if latest := made.details.get("latest"):
        yield sentence(f"yttersta gräns: {spoken(latest)}")
    if note := made.details.get("note"):
        yield sentence(note)
    if made.interpretation:
        yield f"Tolkning: {sentence(made.interpretation)}"
    if made.alternative:
        yield f"Annan läsning: {sentence(made.alternative)}"


def _sources(made: Computation, corpus: Corpus, day: date, originals: Path | None) -> Iterator[str]:
    held = [corpus.provisions[key] for key in made.provisions if key in corpus.provisions]
    yield from (f"Obs! {warning.text}" for warning in law_warnings(corpus, held, day))
    lines = []
    for number, provision in enumerate(held, 1):
        cited = citation(corpus, provision, number, originals)
        lines.append(f"[{number}] {place(cited)} ({provision.id})")
        lines += [f"    | {row.strip()}" for row in (cited.original or "").splitlines()]
    if lines:
        yield "Källor:\n" + "\n".join(lines)


def _steps(made: Computation) -> list[str]:
    """The steps without the one that the first sentence says."""
    return [step for step in made.steps if not step.startswith(_ASKED)]


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
