"""The times that a question asks for, each computed by the rule that sets it, or what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.calculated import Calculated, asked_back, calculated, lacking
from assistant.events import Event, Status
from assistant.fact_words import Setting
from assistant.facts import Facts
from assistant.moment_trouble import trouble_with, vague_days
from assistant.reading import Reading, day_only, input_name
from assistant.rule_choice import (
    chosen_rule,
    completed,
    known,
    notice_given,
    rules_setting,
    started,
    to_be_said,
)
from assistant.rules import Outcome, Rule, compute
from assistant.search import Found
from assistant.wanted import (
    asks_for_day,
    asks_for_earliest,
    asks_for_time,
    asks_for_verdict,
)

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
class Asked:
    """A question of one case: its words, where and when it is asked, what was found and told."""

    question: str
    region: str
    day: date
    found: Sequence[Found]
    facts: Facts
    reading: Reading


def goals(named: Sequence[Event], asked: frozenset[str]) -> frozenset[str]:
    """What a time is asked for beyond doubt: the question names it with a word that asks."""
    sure = {input_name(e.kind) for e in named if e.status is Status.ASKED and not e.moment}
    return asked & (sure | _NO_EVENT)


def others(first: Calculated, wanted: frozenset[str], case: Asked) -> list[Calculated]:
    """What else is asked for in the same question, each by its own rule, computed or asked back."""
    made: dict[str, Calculated] = {}
    for goal in sorted(wanted - set(first.rule.data.get("done", ()))):
        one = deadline(case, frozenset({goal}))
        fits = one is not None and goal in one.rule.data.get("done", ())
        if one is not None and fits and one.computation.status is Outcome.DETERMINED:
            made[one.rule.id] = one
        elif first.computation.status is Outcome.DETERMINED:
            silent = one if one is not None and fits else _not_computed(goal, case)
            if silent is not None:
                made[silent.rule.id] = silent
    return [one for rule, one in made.items() if rule != first.rule.id]


def labelled(one: Calculated) -> Calculated:
    """The computation under the name of what it sets a time for."""
    ends = [_GOAL[name] for name in one.rule.data.get("done", ()) if name in _GOAL]
    return replace(one, case=ends[0] if ends else "Betalningsansvar")


def _not_computed(goal: str, case: Asked) -> Calculated | None:
    """That no time could be computed for the goal, and what that takes; None without a rule."""
    setting = _told_setting(case.facts)
    for rule in rules_setting(case.region, goal, case.found):
        given = {"region": case.region} | ({"setting": setting} if setting else {})
        made = compute(rule.id, given, case.day)
        if made.status is Outcome.UNDETERMINED and made.missing:
            return lacking(rule, made.missing, made.steps, case.day)
    return None


def deadline(case: Asked, asked: frozenset[str]) -> Calculated | None:
    """The time that is asked for, or whether it was kept; None where no rule is started."""
    question, reading, day = case.question, case.reading, case.day
    if not asks_for_time(question) or (_RECEIPT in asked and asked & _MESSAGES):
        return None  # a receipt for a message whose sending is not told starts no clock
    if asks_for_earliest(question) and Setting.UTSKRIVNING not in case.facts.settings:
        notice = notice_given(case.region, reading)
        if notice is not None:
            return _earliest_meeting(notice, case)
    chosen = chosen_rule(case.region, case.found, reading, asked, judged=asks_for_verdict(question))
    if chosen is None:
        return None
    rule = chosen.rule
    needed = started(rule, reading, asked)
    needed += known(rule.data.get("done", ()), reading)[:1]
    by_clock = rule.data.get("unit") in _BY_THE_CLOCK
    if trouble := trouble_with(reading, needed, by_clock=by_clock):
        if trouble in vague_days(reading) and not asks_for_day(question):
            return None
        return asked_back(rule, trouble, reading, day)
    inputs = reading.inputs if rule.data.get("unit") == "klockan_12" else day_only(reading)
    given = completed(inputs, rule) | {"region": case.region} | _setting(case.facts, rule)
    if needed[:1] == ["mote"] and "mote" not in rule.data["start"]:
        given = {k: v for k, v in given.items() if k != "uppfoljd"} | {
            "sip_upprattad": given["mote"]
        }
    made = compute(rule.id, given, day)
    last_only = asks_for_earliest(question) and "tidigast" not in str(made.value)
    if not to_be_said(made, chosen) or (last_only and made.status is Outcome.DETERMINED):
        return None
    return calculated(made, rule, reading, needed, day)


def _earliest_meeting(rule: Rule, case: Asked) -> Calculated:
    needed = known(rule.data["done"], case.reading)[:1]
    if trouble := trouble_with(case.reading, needed, by_clock=False):
        return asked_back(rule, trouble, case.reading, case.day)
    given = day_only(case.reading) | {"region": rule.region} | _setting(case.facts, rule)
    return calculated(compute(rule.id, given, case.day), rule, case.reading, needed, case.day)


def _setting(facts: Facts, rule: Rule) -> dict[str, Any]:
    if "setting" not in rule.inputs:
        return {}
    # The rule was found for the question; where the words tell no setting, it is the rule's own.
    return {"setting": _told_setting(facts) or "oppenvard"}


def _told_setting(facts: Facts) -> str | None:
    told = [s.value for s in facts.settings if s.value in {"oppenvard", "utskrivning"}]
    return told[0] if len(told) == 1 else None
