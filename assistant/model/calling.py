"""The model points out a rule and what the user told it; the rule computes, never the model.

What the model says was told is held against our own reading of the user's words: a time must be one
that we have read there and have not given to another event, anything else must be what we read or
stand there word for word. What does not is left out, and the rule then says what it lacks.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from assistant.answer import Question, Shown
from assistant.calculate import Calculated
from assistant.events import Status, find_events, unplaced
from assistant.facts import find_facts
from assistant.model import lenient, prompt
from assistant.model.line import Deadline, Line, Request
from assistant.model.quiet import untraced
from assistant.model.record import Call
from assistant.model.setup import Task
from assistant.model.trouble import Kind, Trouble
from assistant.moments import ZONE, Moment, find_moments
from assistant.reading import Reading, read_case, written
from assistant.rules import Computation, Outcome, Rule, all_rules
from assistant.rules.given import declared, label
from assistant.rules.tools import asked, rule_tools
from assistant.rules.wording import day_text, when_text
from assistant.search import Found
from assistant.tell import shown_as
from ingest import swedish

MOST_CALLS = 3
_NEAR = 5  # provisions found, among which one of the rule's must be
MOST_RULES = 6  # described to the model at once
_NOT_GIVEN = {"region"}  # known, and not for the model to say


def rules_for(region: str, found: Sequence[Found]) -> list[Rule]:
    """The region's rules that rest on what was found for the question, the nearest first."""
    place = {f.provision.id: n for n, f in enumerate(found[:_NEAR])}
    near = [
        (min(place[key] for key in rule.provisions if key in place), rule)
        for rule in all_rules().values()
        if rule.region == region and any(key in place for key in rule.provisions)
    ]
    near.sort(key=lambda pair: (pair[0], pair[1].id))
    return [rule for _, rule in near[:MOST_RULES]]


def request(question: Question, rules: Sequence[Rule]) -> Request:
    """The request that asks which rule answers the question."""
    told = [f"- {r.id}: {r.question} Uppgifter: {_asked(r)}" for r in rules]
    messages = prompt.filled(
        Task.TOOLS,
        idag=f"{day_text(question.as_of)} ({question.as_of.isoformat()})",
        regler="\n".join(told),
        tidigare=prompt.earlier(question.turns[:-1]),
        fraga=prompt.one_line(question.turns[-1]),
    )
    return Request(Task.TOOLS, messages, rule_tools(only={rule.id for rule in rules}))


def computed(
    line: Line,
    question: Question,
    region: str,
    found: Sequence[Found],
    who: str,
    deadline: Deadline,
) -> list[Shown]:
    """The computations that the model's calls lead to; only such as are determined.

    Trouble where the model did not reply.
    """
    rules = rules_for(region, found)
    if not rules:
        return []
    asked_for = request(question, rules)
    if prompt.tokens_of(asked_for.messages) > prompt.BUDGET:
        raise Trouble(Kind.TOO_LONG)
    text, calls = line.ask(asked_for, who, deadline)
    told = " ".join(question.turns)
    shown: dict[str, Shown] = {}
    for rule_id, given in _calls(text, calls):
        rule = next((r for r in rules if r.id == rule_id), None)
        if rule is None or rule_id in shown:
            continue
        made = _run(asked_for.tools, rule, borne_out(given, rule, told, question.as_of), question)
        if made is not None and made.status is Outcome.DETERMINED:
            shown[rule_id] = _shown(made, rule, question)
    return list(shown.values())


def borne_out(given: Mapping[str, Any], rule: Rule, told: str, day: date) -> dict[str, Any]:
    """Those of the inputs that the user's own words bear out, as we read them.

    None at all where the model gives an event another time than we read for it.
    """
    moments = find_moments(told, noon(day))
    named = find_events(told, moments, day)
    facts = find_facts(told)
    sure = [e for e in named if e.status in {Status.TOLD, Status.PLANNED}]
    own = read_case(sure, facts)
    free = [m for m in unplaced(moments, named) if m.date is not None and not m.problem]
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if name not in asked(rule) or name in _NOT_GIVEN or value is None:
            continue
        if declared().kinds[name] == "tid" and isinstance(value, str):
            time_ = _time(name, value, own, free)
            if time_ is _AGAINST:
                return {}
            if time_ is not None:
                kept[name] = time_
        elif name in own.inputs:
            if own.inputs[name] == value:
                kept[name] = value
        elif not isinstance(value, bool) and _stands_in(value, told):
            kept[name] = value
    return kept


def noon(day: date) -> datetime:
    """When the question is taken to be asked."""
    return datetime.combine(day, time(12), ZONE)


_AGAINST = object()


def _time(name: str, value: str, own: Reading, free: Sequence[Moment]) -> Any:
    """The time as we read it, None where we read none such, _AGAINST where we read another."""
    if name in own.inputs:
        return own.inputs[name] if _same(value, str(own.inputs[name])) else _AGAINST
    if name in own.doubtful:
        return None
    taken = {event.moment for event in own.events.values()}
    found = [m for m in free if m not in taken and _same(value, written(m))]
    return written(found[0]) if found else None


def _same(value: str, read: str) -> bool:
    """Whether two ISO times are one, as far as the coarser of them tells."""
    a, b = value.strip().replace(" ", "T")[:16], read[:16]
    shorter = min(len(a), len(b))
    return shorter >= len("2026-03-13") and a[:shorter] == b[:shorter]


def _stands_in(value: Any, told: str) -> bool:
    if isinstance(value, list):
        return all(_stands_in(part, told) for part in value)
    if isinstance(value, dict):
        return all(_stands_in(part, told) for part in value.values())
    words = swedish.stems(str(value))
    return bool(words) and set(words) <= set(swedish.stems(told))


def _calls(text: str, calls: Sequence[Call]) -> list[tuple[str, dict[str, Any]]]:
    """The rules called with what they were given, natively or written as JSON."""
    found: list[Any] = [lenient.loads(call.arguments) for call in calls]
    if not calls:
        written_ = lenient.loads(text)
        found = written_ if isinstance(written_, list) else [written_]
    made = []
    for each in found[:MOST_CALLS]:
        if not isinstance(each, dict) or not isinstance(each.get("regel"), str):
            continue
        inner = each.get("uppgifter")
        given = inner if isinstance(inner, dict) else each
        made.append((each["regel"], {str(k): v for k, v in given.items()}))
    return made


def _run(
    tools: Sequence[Any], rule: Rule, given: Mapping[str, Any], question: Question
) -> Computation | None:
    """The rule's tool, called with what is borne out."""
    for tool in tools:
        arguments = {"regel": rule.id, "per_datum": question.as_of.isoformat(), **given}
        if "region" in asked(rule):
            arguments["region"] = rule.region
        call = {"type": "tool_call", "id": "1", "name": tool.name, "args": arguments}
        with untraced():
            made = tool.invoke(call).artifact
        if isinstance(made, Computation) and made.rule == rule.id:
            return made
    return None


def _shown(made: Computation, rule: Rule, question: Question) -> Shown:
    """The computation with what it was counted from said in words: the model chose it."""
    shown = shown_as(Calculated(made, rule, question.as_of), question.turns[-1])
    parts = [
        f"{label(name)}: {_spoken(value)}"
        for name, value in made.inputs.items()
        if name not in _NOT_GIVEN
    ]
    text = f"{shown.text} Räknat på detta: {'; '.join(parts)}." if parts else shown.text
    return replace(shown, text=text)


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return when_text(date.fromisoformat(text))
    if re.match(r"\d{4}-\d\d-\d\dT", text):
        return when_text(datetime.fromisoformat(text))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else text


def _asked(rule: Rule) -> str:
    names = [name for name in asked(rule) if name not in _NOT_GIVEN]
    return ", ".join(f"{name} ({label(name)})" for name in names) or "inga"
