"""From a sentence to a computation: which rule, with which of the facts told, gives which result.

A rule is chosen among those whose provisions were found for the question and whose clock was
started by an event that the question dates. Nothing is computed from what was only asked or denied,
nor from a moment that cannot be as it is written: then the answer asks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from assistant.event_words import Kind
from assistant.events import Event, Status, find_events, unplaced
from assistant.fact_words import Setting
from assistant.facts import Facts, find_facts
from assistant.liability_asked import (
    asked_of_a_bare_moment,
    asks_liability,
    for_liability,
    speaks_of_paying,
)
from assistant.moment_trouble import trouble_with, vague_days
from assistant.moments import ZONE, Moment, find_moments
from assistant.points_asked import POINTS_RULE, asks_points, points
from assistant.reading import (
    READY,
    Reading,
    day_only,
    half_known,
    input_name,
    instead,
    read_case,
)
from assistant.rule_choice import (
    chosen_rule,
    completed,
    known,
    notice_given,
    started,
    to_be_said,
)
from assistant.rules import Computation, Outcome, Rule, all_rules, compute
from assistant.search import Found
from assistant.wanted import (
    asked_for,
    asks_for_day,
    asks_for_earliest,
    asks_for_time,
    asks_for_verdict,
    wanted,
)

_LIABILITY_RULE = "norrbotten-bet-oversikt"
_DETERIORATION_RULE = "norrbotten-bet-aterkallad-saknas"
_RECEIPT = "kvitterat"
_MESSAGES = {"kallelse_skickad", "inskrivningsmeddelande_skickat"}
# What may be asked for, as it stands before its time where several are; some are no events.
_GOAL = {
    "kallelse_skickad": "Kallelsen",
    "inskrivningsmeddelande_skickat": "Inskrivningsmeddelandet",
    "planeringsunderlag_klart": "Planeringsunderlaget",
    "mote": "Mötet",
    "sip_upprattad": "SIP",
    "dokumenterad": "Dokumentationen",
    "uppfoljd": "Uppföljningen",
    "kvitterat": "Kvitteringen",
}
_NO_EVENT = {"dokumenterad", "kvitterat"}
_BY_THE_CLOCK = {"timmar", "klockan_12"}


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


def calculate(question: str, region: str, day: date, found: Sequence[Found]) -> list[Calculated]:
    """The computations that the question asks for, one for each of its cases; none if it asks none.

    `day` is what "i dag" means; `found` are the provisions found for the question, best first.
    """
    now = datetime.combine(day, time(12), ZONE)
    moments = [m for m in find_moments(question, now) if not asked_for(question, m)]
    facts = find_facts(question)
    if region == "vgr" and facts.visits and asks_points(question):
        made = points(question, facts, day)
        return [Calculated(made, all_rules()[POINTS_RULE], day)] if made else []
    named = find_events(question, moments, day)
    free = unplaced(moments, named)
    told = [e for e in named if e.status in {Status.TOLD, Status.PLANNED}]
    events = instead(question, [e for e in told if e.moment], free)
    supposed = None
    if region == "norrbotten":
        supposed = asked_of_a_bare_moment(question, found, events, free)
    if supposed is not None:
        events.append(supposed)
    if any(e.kind is Kind.AVLIDEN for e in told):
        return []  # no rule says what a death changes
    worse = any(e.kind is Kind.FORSAMRAD for e in told)
    asked = wanted(question, list(named))
    goals = _goals(named, asked)
    cases: list[str | None] = [*sorted({e.case for e in events if e.case})] or [None]
    results = []
    for case in cases:
        own = [e for e in events if e.case in {case, None}]
        reading = read_case(own, facts)
        one = _one(question, region, day, found, facts, reading, worse=worse, asked=asked)
        if one is None:
            continue
        one = replace(one, case=case, supposed=supposed is not None)
        others = [] if case else _others(one, goals, question, region, day, found, facts, reading)
        results += [_labelled(each) for each in (one, *others)] if others else [one]
    if results:
        results[-1] = replace(results[-1], unused=_unused(results, events, free))
    return results


def _one(
    question: str,
    region: str,
    day: date,
    found: Sequence[Found],
    facts: Facts,
    reading: Reading,
    *,
    worse: bool,
    asked: frozenset[str],
) -> Calculated | None:
    if region == "norrbotten" and asks_liability(question, found, reading, asked):
        return _liability(region, day, facts, reading, worse=worse)
    if region == "norrbotten" and worse and speaks_of_paying(question):
        return _liability(region, day, facts, reading, worse=True)
    return _deadline(question, region, day, found, facts, reading, asked)


def _goals(named: Sequence[Event], asked: frozenset[str]) -> frozenset[str]:
    """What a time is asked for beyond doubt: the question names it with a word that asks."""
    sure = {input_name(e.kind) for e in named if e.status is Status.ASKED and not e.moment}
    return asked & (sure | _NO_EVENT)


def _others(
    first: Calculated,
    goals: frozenset[str],
    question: str,
    region: str,
    day: date,
    found: Sequence[Found],
    facts: Facts,
    reading: Reading,
) -> list[Calculated]:
    """The times of what else is asked for in the same question, each by its own rule."""
    made: dict[str, Calculated] = {}
    for goal in sorted(goals - set(first.rule.data.get("done", ()))):
        one = _deadline(question, region, day, found, facts, reading, frozenset({goal}))
        fits = one is not None and goal in one.rule.data.get("done", ())
        if one is not None and fits and one.computation.status is Outcome.DETERMINED:
            made[one.rule.id] = one
    return [one for rule, one in made.items() if rule != first.rule.id]


def _labelled(one: Calculated) -> Calculated:
    ends = [_GOAL[name] for name in one.rule.data.get("done", ()) if name in _GOAL]
    return replace(one, case=ends[0] if ends else "Betalningsansvar")


def _deadline(
    question: str,
    region: str,
    day: date,
    found: Sequence[Found],
    facts: Facts,
    reading: Reading,
    asked: frozenset[str],
) -> Calculated | None:
    if not asks_for_time(question) or (_RECEIPT in asked and asked & _MESSAGES):
        return None  # a receipt for a message whose sending is not told starts no clock
    if asks_for_earliest(question) and Setting.UTSKRIVNING not in facts.settings:
        notice = notice_given(region, reading)
        if notice is not None:
            return _earliest_meeting(notice, reading, facts, day)
    chosen = chosen_rule(region, found, reading, asked, judged=asks_for_verdict(question))
    if chosen is None:
        return None
    rule = chosen.rule
    needed = started(rule, reading, asked)
    needed += known(rule.data.get("done", ()), reading)[:1]
    by_clock = rule.data.get("unit") in _BY_THE_CLOCK
    if trouble := trouble_with(reading, needed, by_clock=by_clock):
        if trouble in vague_days(reading) and not asks_for_day(question):
            return None
        return _asked_back(rule, trouble, reading, day)
    inputs = reading.inputs if rule.data.get("unit") == "klockan_12" else day_only(reading)
    given = completed(inputs, rule) | {"region": region} | _setting(facts, rule)
    if needed[:1] == ["mote"] and "mote" not in rule.data["start"]:
        given = {k: v for k, v in given.items() if k != "uppfoljd"} | {
            "sip_upprattad": given["mote"]
        }
    made = compute(rule.id, given, day)
    last_only = asks_for_earliest(question) and "tidigast" not in str(made.value)
    if not to_be_said(made, chosen) or (last_only and made.status is Outcome.DETERMINED):
        return None
    return _calculated(made, rule, reading, needed, day)


def _earliest_meeting(rule: Rule, reading: Reading, facts: Facts, day: date) -> Calculated:
    needed = known(rule.data["done"], reading)[:1]
    if trouble := trouble_with(reading, needed, by_clock=False):
        return _asked_back(rule, trouble, reading, day)
    given = day_only(reading) | {"region": rule.region} | _setting(facts, rule)
    return _calculated(compute(rule.id, given, day), rule, reading, needed, day)


def _liability(
    region: str, day: date, facts: Facts, reading: Reading, *, worse: bool
) -> Calculated | None:
    rule = all_rules()[_DETERIORATION_RULE if worse else _LIABILITY_RULE]
    if worse:
        given = {"forsamrad": True, "region": region} | {
            name: value for name, value in reading.inputs.items() if name in rule.inputs
        }
        return _calculated(compute(rule.id, given, day), rule, reading, [], day)
    given = dict(for_liability(reading, facts, region))
    never_called = "kallelse_skickad" in given and given["kallelse_skickad"] is None
    # Without a call there is no liability, whatever the day: the day then only has to be one.
    any_day = {READY: day.isoformat()} if never_called and READY not in given else {}
    made = compute(rule.id, given | any_day, day)
    # A condition that fails decides alone: then no moment matters, however it is written.
    decided = made.value == rule.data["none"] or made.status is Outcome.NOT_APPLICABLE
    needed = [name for name in (READY, "kallelse_skickad", "utskriven") if reading.has(name)]
    if READY in reading.doubtful or not decided:
        if not (decided and READY in reading.doubtful) and (
            trouble := trouble_with(reading, needed, by_clock=True, noon=True)
        ):
            return _asked_back(rule, trouble, reading, day)
        if READY not in given and not decided:
            return None
    if facts.kallelse_late and "kallelse_skickad" not in reading.inputs:
        made = _called_late(made)
    told = "kallelse_skickad" in reading.inputs or facts.kallelse_sent is not None
    assumed = () if told else ("kallelsen till SIP skickades inom tre dagar",)
    return replace(_calculated(made, rule, reading, needed, day), assumed=assumed)


def _called_late(made: Computation) -> Computation:
    """The step in the words of the question: the day of the call was not told."""
    steps = tuple(
        "Kallelsen till SIP skickades för sent." if "inte kallat till SIP" in step else step
        for step in made.steps
    )
    return replace(made, steps=steps)


def _asked_back(rule: Rule, why: str, reading: Reading, day: date) -> Calculated:
    made = Computation(
        rule.id, rule.region, Outcome.INVALID_INPUT, reason=why, provisions=rule.provisions
    )
    return _calculated(made, rule, reading, [], day)


def _calculated(
    made: Computation, rule: Rule, reading: Reading, needed: Sequence[str], day: date
) -> Calculated:
    events = [reading.events[name] for name in needed if name in reading.events]
    return Calculated(_as_told(made, events), rule, day, events=tuple(dict.fromkeys(events)))


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


def _setting(facts: Facts, rule: Rule) -> dict[str, Any]:
    if "setting" not in rule.inputs:
        return {}
    told = [s.value for s in facts.settings if s.value in {"oppenvard", "utskrivning"}]
    # The rule was found for the question; where the words tell no setting, it is the rule's own.
    return {"setting": told[0]} if len(told) == 1 else {"setting": "oppenvard"}


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
