"""One entry of a timeline: its rule computed, the dates found, done or late or still to come."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from assistant.rules import calendar
from assistant.rules.age import with_age
from assistant.rules.computation import Computation, Outcome
from assistant.rules.conditions import judge
from assistant.rules.deadlines import TOO_LATE
from assistant.rules.engine import compute
from assistant.rules.given import Given
from assistant.rules.given import label as input_label
from assistant.rules.timeline_events import inputs_of
from assistant.rules.timeline_items import Item, content, label, setting_label, worth
from assistant.rules.wording import listed, sentence, when_text
from ingest.errors import InputError

_BOTH = {"utskrivning", "oppenvard"}  # the processes that a plan is made in
_NO_CLOCK = {"klockslag", "tidszonsoffset"}  # what a rule asks for when the day is not enough


class Kind(StrEnum):
    """What sort of thing an entry is."""

    DEADLINE = "deadline"  # done by `last` at the latest
    WINDOW = "window"  # done from `first` to `last`
    LIABILITY = "liability"  # begins on `last`: nothing to do
    NO_NUMBER = "no_number"  # the guideline gives no number: `answer` says what it does say


class State(StrEnum):
    """How it stands at the moment of the timeline."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"  # passed, and nothing says that it was done
    COMING = "coming"
    PASSED = "passed"  # passed; no event could tell whether it was done, or a liability has begun
    MISSING = "missing"  # `missing` must be known


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline. `last` is a whole day, or a moment in Swedish time; None where there is none.

    `strictly`: to be done before `last`, not at it. `start` is what it is counted from, `verdict`
    what the rule says of when it was done. `state` is None where the guideline gives no number.
    """

    rule: str
    kind: Kind
    what: str
    who: str | None
    state: State | None
    first: date | None = None
    last: date | None = None
    strictly: bool = False
    start_event: str | None = None
    start: date | None = None
    done: date | None = None
    verdict: str | None = None
    answer: str | None = None
    missing: str | None = None
    missing_event: str | None = None
    candidates: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    interpretation: str | None = None
    alternative: str | None = None
    notes: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excluded:
    """A deadline that does not apply to this case, and why."""

    rule: str
    what: str
    reason: str
    steps: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()


def shown(item: Item, case: Given, setting: str | None, now: datetime) -> Entry | Excluded | str:
    """The item's entry, why it does not apply, or the name of what must be known ("" for none)."""
    if setting not in item.settings and not (setting is None and set(item.settings) >= _BOTH):
        return _elsewhere(item, case, setting)
    verdict = judge(with_age(case), item.only_if)
    if not verdict.holds:
        unknown = verdict.holds is None and not case.unknown(verdict.decided_by)
        return verdict.decided_by if unknown else ""
    if item.unless and judge(case, item.unless).holds:
        return _not_here(item, item.unless_reason)
    return _entry(item, case, inputs_of(item, case, setting), now)


def _elsewhere(item: Item, case: Given, setting: str | None) -> Excluded | str:
    """A word on an entry of another process, where it is one that a reader might miss."""
    if setting is None:
        return "setting" if item.starts() and set(item.settings) & _BOTH else ""
    if item.twin or case.first(item.starts()) is None:
        return ""
    where = listed([setting_label(name) for name in item.settings])
    return _not_here(item, f"gäller {where}, inte {setting_label(setting)}")


def _not_here(item: Item, reason: str) -> Excluded:
    return Excluded(item.rule, item.what, reason, (sentence(reason),), item.of.provisions)


def _entry(item: Item, case: Given, inputs: dict[str, Any], now: datetime) -> Entry | Excluded:
    back = {own: name for name, own in item.given.items()}
    dones = {back.get(name, name) for name in item.dones()}
    undone = {name: value for name, value in inputs.items() if name not in dones}
    limit = compute(item.rule, undone, now.date())
    provisions = tuple(dict.fromkeys((*limit.provisions, *item.also)))
    start = case.first(item.starts())
    assumed = any(name in inputs and name not in case.values for name in item.assume)
    entry = Entry(
        item.rule,
        Kind(item.kind),
        item.what,
        item.who,
        State.MISSING,
        strictly=item.before,
        start_event=start,
        start=case.times[start] if start else None,
        steps=limit.steps,
        interpretation=limit.interpretation,
        alternative=limit.alternative,
        notes=tuple(filter(None, (item.note, item.assume_note if assumed else None))),
        provisions=provisions,
    )
    match limit.status:
        case Outcome.INVALID_INPUT:
            raise InputError(f"Händelserna går inte ihop: {limit.reason}. Kontrollera datumen.")
        case Outcome.NOT_APPLICABLE:
            return Excluded(item.rule, item.what, str(limit.reason), limit.steps, provisions)
        case Outcome.NO_NUMBER:
            return replace(entry, kind=Kind.NO_NUMBER, state=None, answer=limit.answer)
    first, last = _limits(item, limit, entry.start)
    if last is None and limit.status is Outcome.UNDETERMINED:
        return _waiting(entry, item, limit)
    if last is None:
        # No date because there is nothing to wait for: "inget betalningsansvar".
        return Excluded(item.rule, item.what, str(limit.value), limit.steps, provisions)
    entry = replace(entry, first=first, last=last, kind=Kind.WINDOW if first else entry.kind)
    if item.before and limit.status is Outcome.UNDETERMINED:
        entry = replace(entry, steps=(f"Det ska vara gjort före {when_text(last)}.",))
    return _settled(entry, item, compute(item.rule, inputs, now.date()), case, now)


def _limits(item: Item, limit: Computation, start: date | None) -> tuple[date | None, date | None]:
    """The first and last that the rule allows, as far as it has them."""
    if item.before:
        only_done_is_missing = limit.missing in {input_label(name) for name in item.dones()}
        return None, start if limit.value is not None or only_done_is_missing else None
    ends = limit.value if isinstance(limit.value, dict) else {"senast": limit.value}
    first, last = (_day_or_moment(ends.get(name)) for name in ("tidigast", "senast"))
    return first, last


def _day_or_moment(value: Any) -> date | None:
    try:
        return calendar.read(value)[0] if isinstance(value, str) else None
    except calendar.ImpossibleTime:
        return None


def _waiting(entry: Entry, item: Item, limit: Computation) -> Entry:
    """An entry that has no date yet: what must be known, and which dates it lies between."""
    if entry.start_event is None and item.starts():
        instead = content()["stands_for"]
        ways = [way for name in item.starts() for way in (name, *instead.get(name, ()))]
        event: str | None = min(ways, key=worth)
        missing = label(str(event))
    else:
        missing = str(limit.missing)
        known = {input_label(name): name for name in item.names()}
        event = known.get(missing)
        if missing in _NO_CLOCK and entry.start_event:
            event = entry.start_event
            missing = f"klockslag för {label(event)}"
    found = [*limit.details.get("candidates", ()), *limit.details.get("alternatives", ())]
    dated = [_day_or_moment(one) for one in found]
    said = [when_text(day) if day else str(one) for one, day in zip(found, dated, strict=True)]
    return replace(entry, missing=missing, missing_event=event, candidates=tuple(said))


def _settled(entry: Entry, item: Item, made: Computation, case: Given, now: datetime) -> Entry:
    """The dated entry with its state: done, late or coming."""
    assert entry.last is not None
    over = _over(entry.last, now, strictly=entry.strictly)
    done_event = case.first(item.dones())
    if entry.kind is Kind.LIABILITY or not item.dones():
        begun = calendar.day_of(entry.last) <= now.date() and entry.kind is Kind.LIABILITY
        state = State.PASSED if over or begun else State.COMING
        return _preliminary(replace(entry, state=state), now)
    state = State.LATE if over else State.COMING
    if done_event is None:
        return _preliminary(replace(entry, state=state), now)
    done = case.times[done_event]
    late = made.value in {TOO_LATE, item.of.data.get("wrong")}
    if _ahead(done, now):
        note = f"Planerat till {when_text(done)}" + (", efter fristen." if late else ".")
        return _preliminary(replace(entry, state=state, notes=(*entry.notes, note)), now)
    entry = replace(entry, done=done, steps=made.steps)
    if made.status is Outcome.DETERMINED:
        if item.before and not late and made.value != item.of.data.get("right"):
            return replace(entry, done=None, state=state, verdict=str(made.value))
        state = State.DONE_LATE if late else State.DONE
        return replace(entry, state=state, verdict=str(made.value))
    note = "Om det gjordes i tid går inte att säga utan klockslag."
    return replace(entry, state=State.DONE, notes=(*entry.notes, note))


def _preliminary(entry: Entry, now: datetime) -> Entry:
    """With a word on what the date rests on, where that has not happened yet."""
    if entry.start is None or entry.last is None or not _ahead(entry.start, now):
        return entry
    if calendar.day_of(entry.last) <= calendar.day_of(entry.start):
        return entry
    note = f"Preliminärt: räknas från {when_text(entry.start)}, som inte har varit än."
    return replace(entry, notes=(*entry.notes, note))


def _over(last: date, now: datetime, *, strictly: bool) -> bool:
    """Whether the last day is over, or the last moment past (come, where it is not included)."""
    if not isinstance(last, datetime):
        return now.date() > last
    return now >= last if strictly else now > last


def _ahead(when: date, now: datetime) -> bool:
    return when > now if isinstance(when, datetime) else when > now.date()
