"""A computation in words: the verdict first, then the steps, what was taken for granted, the other
reading. States nothing that the computation does not hold.
"""

import re
from collections import Counter
from datetime import date, datetime
from typing import Any

from assistant.answer import Shown, Status
from assistant.calculated import Calculated
from assistant.echo import asked_when, echo, not_counted
from assistant.points_asked import DIFFERENCE, POINTS_RULE
from assistant.rules import Computation, Outcome
from assistant.rules.wording import when_text
from ingest import swedish

_ASSUMED = "Ingen uppgift finns om "
# The echo says from when; what was not told is said in one sentence; what lacks is asked for.
_SAID_ELSEWHERE = (_ASSUMED, "Fristen räknas från ", "För ett svar saknas")
_TAKEN = re.compile(r"Ingen uppgift finns om (?P<what>.*?); svaret förutsätter.*")
_TERM = re.compile(r"^SIP nummer \d+ ger \S+ (\d+) p\.$")
_NONE = "inget betalningsansvar"
# A question that a yes or a no answers begins with its verb, alone or after a name or a condition.
_YES_NO = re.compile(
    r"(?:^|[.?!,:;]\s+)(?:\w+ ){0,2}?(?:ar|har|hade|hann|hinner|kan|far|maste|ska|skulle|racker"
    r"|haller|blir|galler|stammer|borjar|borjade|slar|duger|gar|klarar|ligger|foljer|slipper|slapp|undgar|vagrar"
    r"|behover|borde|kravs|vagar|kommer|did|is|are|can|does|has)\b"
    r"[^?]*\?"
)
_IN_ALL = re.compile(
    r"\b(?:ihop|ihoplagt|tillsammans|sammanlag\w*|total\w*|summa\w*|allt\s+som\s+allt|i\s+allt|gemensamt)\b"
)
# Asked so that a yes says that the municipality does not pay.
_ASKS_IF_FREE = re.compile(
    r"\bslipp\w*|\bslapp\b|\bundga\w*|\bvagra\w*|\bbestrid\w*|\bhar\s+(?:de|dom|dem|kommunen|hon|han)\s+ratt\b"
    r"|\batt\s+(?:\w+\s+){1,2}?(?:inte|ej|aldrig)\s+(?:\w+\s+){0,2}?betal\w*"
    r"|\bgratis\b|\bkostnadsfri\w*|\bfri(?:tt|a|as)?\s+fran\b|\bfalla?e?r?\s+bort\b|\buteblir\b"
)
_ASKS_WHEN = re.compile(
    r"[.?!,:;\s]*(?:och\s+)?(?:nar|hur|vilk\w+|vad|vem|varfor|fran|when|how|which)\b"
)
_ASKS_IF_LATE = re.compile(r"\b(?:for sen\w*|sena|forsen\w*|missat|brutit|overskrid\w*|too late)\b")


def verdict(calculated: Calculated, question: str) -> str:
    """The computation as one paragraph of Swedish: verdict, steps, conditions, other reading."""
    made = calculated.computation
    said_back = echo(calculated.events, calculated.day, supposed=calculated.supposed)
    told = [step for step in made.steps if not step.startswith(_SAID_ELSEWHERE)]
    if isinstance(made.value, dict) and made.rule == POINTS_RULE:
        apart = [step for step in made.steps if step.startswith(DIFFERENCE)]
        told = ([_sum_of(made)] if len(made.value) == 1 else []) + apart
    if _lacks_the_clock(made) or made.status is Outcome.INVALID_INPUT:
        told = []
    taken = [m["what"] for step in made.steps if (m := _TAKEN.fullmatch(step))]
    parts = [_first(calculated, question), said_back, *told]
    if (taken or calculated.assumed) and made.status is Outcome.DETERMINED and made.value != _NONE:
        taken += calculated.assumed
        parts.append(f"Ingen uppgift finns om {_listed(taken)}; svaret förutsätter inget hinder.")
    # Other readings stand in the shown computation; only eves give a second date to keep in mind.
    if made.alternative and made.details.get("assumption_A") != made.details.get("assumption_B"):
        parts.append(made.alternative)
    parts.append(not_counted(calculated.unused))
    said = " ".join(part if part.endswith(("?", ".")) else f"{part}." for part in parts if part)
    return f"{calculated.case}: {said}" if calculated.case else said


def shown_as(calculated: Calculated, question: str) -> Shown:
    """The computation as it is shown beside an answer, with its paragraph."""
    made = calculated.computation
    return Shown(
        rule=made.rule,
        status=made.status.value,
        inputs=dict(made.inputs),
        steps=made.steps,
        value=made.value,
        text=verdict(calculated, question),
        provisions=made.provisions,
        interpretation=made.interpretation,
        alternative=made.alternative,
    )


def status(computations: list[Computation]) -> Status:
    """How the question was met by these computations."""
    if any(c.status in {Outcome.DETERMINED, Outcome.NOT_APPLICABLE} for c in computations):
        return Status.ANSWER
    if any(c.missing == "regel i texten" or c.status is Outcome.NO_NUMBER for c in computations):
        return Status.ABSTAIN
    return Status.CLARIFY


def _first(calculated: Calculated, question: str) -> str:
    made = calculated.computation
    if made.status is Outcome.UNDETERMINED:
        return _undetermined(calculated)
    if made.status is Outcome.NOT_APPLICABLE:
        return f"Regeln gäller inte här: {made.reason}"
    if made.status is Outcome.NO_NUMBER:
        return str(made.answer)
    if made.status is Outcome.INVALID_INPUT and made.steps:
        return f"Uppgifterna går inte ihop: {made.reason}"
    if made.status is Outcome.INVALID_INPUT:
        return str(made.reason)
    return _determined(made, question, calculated.case)


def _determined(made: Computation, question: str, case: str | None) -> str:
    folded = swedish.fold(question)
    value = made.value
    if value == _NONE:
        return f"{_yes_or_no(folded)} får {_NONE}"
    if isinstance(value, str) and value.startswith(("i tid", "för sent", "inom")):
        late = value == "för sent"
        yes = late if _ASKS_IF_LATE.search(folded) else not late
        last = made.details.get("senast")
        until = f"; sista dagen är {_when(last)}" if last else ""
        return f"{'Ja' if yes else 'Nej'}, det är {value}{until}"
    if isinstance(value, dict) and {"tidigast", "senast"} <= set(value):
        return f"Tidigast {_when(value['tidigast'])} och senast {_when(value['senast'])}"
    if isinstance(value, dict) and "tidigast" in value:
        return f"Tidigast {_when(value['tidigast'])}"
    if isinstance(value, dict):
        return _points(value, in_all=bool(_IN_ALL.search(folded)), case=case)
    if made.rule.startswith("norrbotten-bet-"):
        return f"Kommunens betalningsansvar börjar {_when(value)}"
    return f"Senast {_when(value)}" if _day(value) else str(value)


def _yes_or_no(folded: str) -> str:
    """How a verdict of no liability begins: with the word that answers the question as put."""
    asks = [match.group() for match in _YES_NO.finditer(folded)]
    if not asks or _ASKS_WHEN.match(asks[-1]):
        return "Kommunen"
    return "Ja, kommunen" if _ASKS_IF_FREE.search(asks[-1]) else "Nej, kommunen"


def _undetermined(calculated: Calculated) -> str:
    made = calculated.computation
    candidates = made.details.get("candidates") or []
    if _lacks_the_clock(made):
        asked = asked_when([*calculated.rule.data.get("start", ()), *calculated.rule.inputs])
        if last := made.details.get("senast"):
            asked = asked_when(calculated.rule.data.get("done", ()))
            return f"Fristen går ut {_when(last)}. {asked}"
        if len(candidates) != 2:
            return f"Fristen räknas från klockslaget, inte bara från dagen. {asked}"
        before, after = (_when(candidate) for candidate in candidates)
        what = (
            "skickades meddelandet senast klockan 12.00 börjar betalningsansvaret"
            if made.rule.startswith("norrbotten-bet-")
            else "skickades meddelandet före klockan 12.00 går fristen ut"
        )
        return f"Det beror på klockslaget: {what} {before}, annars {after}. {asked}"
    if made.missing == "regel i texten":
        return "Riktlinjen anger inte vad som gäller då"
    return f"För att räkna behöver jag veta: {made.missing}"


def _lacks_the_clock(made: Computation) -> bool:
    return made.status is Outcome.UNDETERMINED and made.missing == "klockslag"


def _points(sums: dict[str, Any], *, in_all: bool, case: str | None) -> str:
    told = _listed([f"{unit} {points} poäng ({points} p)" for unit, points in sums.items()])
    if in_all and len(sums) > 1:
        told += f", tillsammans {sum(map(int, sums.values()))} p"
    return told if case else f"Sammanlagt: {told}"


def _sum_of(made: Computation) -> str:
    """The sum as a person would write it: 3 × 2 p + 1 × 4 p = 10 p."""
    terms = Counter(m[1] for step in made.steps if (m := _TERM.search(step)))
    total = sum(int(points) * n for points, n in terms.items())
    return " + ".join(f"{n} × {points} p" for points, n in terms.items()) + f" = {total} p"


def _when(written: Any) -> str:
    day = _day(written)
    return str(written) if day is None else when_text(day)


def _day(written: Any) -> date | None:
    if not isinstance(written, str):
        return None
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return None


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " och " + items[-1]
