"""A computation made for a question, with what it rests on, told as it was told in the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.events import Event
from assistant.moments import Moment
from assistant.reading import Reading, half_known
from assistant.rules import Computation, Outcome, Rule


@dataclass(frozen=True, slots=True)
class Calculated:
    """A computation made for a question, of which case it is, and what it rests on."""

    computation: Computation
    rule: Rule
    day: date  # what "i dag" means
    case: str | None = None  # "A", "1" where the question holds several
    events: tuple[Event, ...] = ()  # those that it was computed from
    supposed: bool = False  # the event was not named, only its moment told
    assumed: tuple[str, ...] = ()  # conditions not told, taken for met
    unused: tuple[Moment, ...] = ()  # told in the question, belonging to nothing


def calculated(
    made: Computation, rule: Rule, reading: Reading, needed: Sequence[str], day: date
) -> Calculated:
    """The computation with the events that it was made from; `needed` are their inputs."""
    events = [reading.events[name] for name in needed if name in reading.events]
    return Calculated(_as_told(made, events), rule, day, events=tuple(dict.fromkeys(events)))


def asked_back(rule: Rule, why: str, reading: Reading, day: date) -> Calculated:
    """No computation but a sentence that asks for what cannot be counted with."""
    made = Computation(
        rule.id, rule.region, Outcome.INVALID_INPUT, reason=why, provisions=rule.provisions
    )
    return calculated(made, rule, reading, [], day)


def lacking(rule: Rule, missing: str, steps: Sequence[str], day: date) -> Calculated:
    """That the rule was asked for and not computed, and what it would take."""
    made = Computation(
        rule.id,
        rule.region,
        Outcome.UNDETERMINED,
        missing=missing,
        steps=tuple(steps),
        provisions=rule.provisions,
    )
    return Calculated(made, rule, day)


def _as_told(made: Computation, events: Sequence[Event]) -> Computation:
    """The computation without the clock time that stood for half a day: it was never told."""
    for event in events:
        moment = event.moment
        if moment is None or moment.date is None or not half_known(moment) or not moment.between:
            continue
        said = moment.said.split(" (")[0]
        steps = [_without_stand_in(step, moment.date, said) for step in made.steps]
        inputs = {
            name: said
            if isinstance(value, str) and value[:13] in _stand_ins(moment.date)
            else value
            for name, value in made.inputs.items()
        }
        made = replace(made, steps=tuple(steps), inputs=inputs)
    return made


def _stand_ins(day: date) -> set[str]:
    return {f"{day.isoformat()}T{hour}" for hour in (11, 13)}


def _without_stand_in(step: str, day: date, said: str) -> str:
    pattern = rf"(\w+) {day.day} (\w+) {day.year} klockan 1[13]\.00"
    return re.sub(
        pattern, lambda m: said[0].upper() + said[1:] if m[0][0].isupper() else said, step
    )
