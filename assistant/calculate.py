"""From a sentence to a computation: which rule, with which of the facts told, gives which result.

A rule is chosen among those whose provisions were found for the question and whose clock was
started by an event that the question dates. Nothing is computed from what was only asked or denied,
nor from a moment that cannot be as it is written: then the answer asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from assistant.calculated import Calculated, lacking
from assistant.deadline_computed import Asked, deadline, goals, labelled, others
from assistant.event_words import Kind
from assistant.events import Event, Status, find_events, unplaced
from assistant.facts import find_facts
from assistant.liability_asked import (
    asked_of_a_bare_moment,
    asks_liability,
    asks_when_paid,
    asks_which_municipality,
    speaks_of_paying,
)
from assistant.liability_computed import LIABILITY_RULE, deterioration, liability
from assistant.moments import ZONE, Moment, find_moments
from assistant.points_asked import asks_points, points
from assistant.reading import READY, day_asked_for, instead, read_case, with_what_never_was
from assistant.rules import Outcome, all_rules
from assistant.rules.given import label
from assistant.search import Found
from assistant.wanted import asked_for, asks_for_day, wanted

__all__ = ["Calculated", "calculate"]


def calculate(question: str, region: str, day: date, found: Sequence[Found]) -> list[Calculated]:
    """The computations that the question asks for, one for each of its cases; none if it asks none.

    `day` is what "i dag" means; `found` are the provisions found for the question, best first.
    """
    now = datetime.combine(day, time(12), ZONE)
    moments = [m for m in find_moments(question, now) if not asked_for(question, m)]
    facts = find_facts(question)
    if region == "vgr" and facts.visits and asks_points(question):
        return points(question, facts, day)
    named = find_events(question, moments, day)
    free = unplaced(moments, named)
    told = [e for e in named if e.status in {Status.TOLD, Status.PLANNED}]
    events = instead(question, [e for e in told if e.moment], free)
    if asks_for_day(question):
        events = day_asked_for(events)
    supposed = None
    if region == "norrbotten":
        if asks_which_municipality(question):
            return []  # whose liability it is follows from folkbokföring, not from a time
        supposed = asked_of_a_bare_moment(question, found, events, free)
    if supposed is not None:
        events.append(supposed)
    if any(e.kind is Kind.AVLIDEN for e in told):
        return []  # no rule says what a death changes
    worse = _got_worse(told)
    asked = wanted(question, list(named))
    sure = goals(named, asked)
    cases: list[str | None] = [*sorted({e.case for e in events if e.case})] or [None]
    results = []
    for name in cases:
        reading = read_case([e for e in events if e.case in {name, None}], facts)
        if region == "norrbotten" and speaks_of_paying(question):
            reading = with_what_never_was(reading, named)
        case = Asked(question, region, day, found, facts, reading)
        one = _one(case, worse=worse, asked=asked)
        if one is None:
            continue
        one = replace(one, case=name, supposed=supposed is not None)
        rest = [] if name else [*others(one, sure, case), *_unpaid(one, case)]
        results += [labelled(each) for each in (one, *rest)] if rest else [one]
    if results:
        results[-1] = replace(results[-1], unused=_unused(results, events, free))
    return results


def _one(case: Asked, *, worse: bool, asked: frozenset[str]) -> Calculated | None:
    """The computation that the case is about first."""
    if case.region == "norrbotten":
        asks = asks_liability(case.question, case.found, case.reading, case.facts, asked)
        if worse and (asks or speaks_of_paying(case.question)):
            return deterioration(case.region, case.day, case.reading)
        if asks:
            return liability(case.region, case.day, case.facts, case.reading)
    return deadline(case, asked)


def _unpaid(first: Calculated, case: Asked) -> list[Calculated]:
    """What is missing for the liability that is asked for beside a deadline."""
    if (
        case.region != "norrbotten"
        or first.rule.family == "liability"
        or first.computation.status is not Outcome.DETERMINED
        or not asks_when_paid(case.question)
        or case.reading.has(READY)
    ):
        return []
    return [lacking(all_rules()[LIABILITY_RULE], label(READY), (), case.day)]


def _got_worse(told: Sequence[Event]) -> bool:
    """Whether the patient got worse; an illness told before utskrivningsklar is why one came in."""
    ready = [e.start for e in told if e.kind is Kind.UTSKRIVNINGSKLAR_SKICKAD]
    return any(
        e.kind is Kind.FORSAMRAD
        or (e.kind is Kind.INSJUKNAD and any(start < e.start for start in ready))
        for e in told
    )


def _unused(
    results: Sequence[Calculated], events: Sequence[Event], free: Sequence[Moment]
) -> tuple[Moment, ...]:
    """The moments that belong to nothing, unless they only repeat a day that was counted with."""
    used = [event.moment for event in events if event.moment]
    days = {moment.date for moment in used}
    return tuple(
        moment
        for moment in free
        if moment not in used
        and not (moment.date in days and moment.time is None and moment.between is None)
        and (moment.date or moment.first or moment.time)
    )
