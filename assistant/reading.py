"""What a question tells, as the rules read it: events and facts → inputs, and what is doubtful."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from assistant.event_words import Kind
from assistant.events import Event, Status
from assistant.facts import Consent, Facts
from assistant.moment_choice import MOVED_TO
from assistant.moment_clocks import clock
from assistant.moments import ZONE, Moment, Precision, on_day
from ingest import swedish

READY = "utskrivningsklar_skickat"
# What the rules call the events.
_INPUT = {
    Kind.UTSKRIVNINGSKLAR_SKICKAD: READY,
    Kind.INSKRIVEN: "inskrivning",
    Kind.MOTE_BOKAT: "mote",
    Kind.MOTE_HALLET: "mote",
    Kind.PLAN_UPPRATTAD: "sip_upprattad",
    Kind.UPPFOLJNING_GJORD: "senaste_uppfoljning",
    Kind.UPPFOLJNING_BOKAD: "uppfoljd",
    Kind.PLANERINGSUNDERLAG: "planeringsunderlag_klart",
}
_ASKED_IN_RULES = {
    "folkbokford_i_kommunen": "registered_here",
    "inskrivningsmeddelande_till_kommun": "municipality_informed",
    "region_resurser_tillgangliga": "region_resources",
}
_INSTEAD = re.compile(
    r"^\s*(?:(?:och|men|fast)\s+)?(?:om|ifall|tank\s+om|anta\s+att|sag\s+att)\b|\bi\s?stallet\b|\bjag\s+"
    r"menar?\b|\bmenade\b|\bratt(?:are)?\s+(?:sagt|tid)\b|\bblev\s+fel\b|\bska\s+vara\b"
    r"|^\s*(?:nej|sorry|forlat|ursakta\w*|oj|oops|rattelse|korrigering|fast\s+det\s+(?:var|blev))\b"
    r"|\b(?:skrev|tog|laste|minns|mindes)\s+(?:jag\s+)?fel\b|\begentligen\b"
)
# What is told of the notice of utskrivningsklar besides when: that it, or its receiver, was wrong.
_READY_SENT = re.compile(r"underratt\w*|med+elan\w*")
_NO_DAY = "Du skriver klockslaget {time} men inte vilken dag det var. Skriv datumet också."


@dataclass(frozen=True, slots=True)
class Reading:
    """The inputs of one case, the events they come from by input, and the days in doubt.

    `doubtful` holds the events that are told, but whose moment cannot be used as it is written.
    `twice` names an input for which two different moments are told.
    """

    inputs: Mapping[str, Any]
    events: Mapping[str, Event]
    doubtful: Mapping[str, Event]
    twice: tuple[Event, Event] | None = None

    def has(self, name: str) -> bool:
        """Whether the input is told, in doubt or not."""
        return name in self.inputs or name in self.doubtful


def read_case(events: Iterable[Event], facts: Facts) -> Reading:
    """What these events and facts give the rules."""
    inputs: dict[str, Any] = {}
    used: dict[str, Event] = {}
    doubtful: dict[str, Event] = {}
    twice: tuple[Event, Event] | None = None
    for event in events:
        moment = event.moment
        if moment is None:
            continue
        name = input_name(event.kind)
        if moment.date is None or moment.day_in_doubt:
            if moment.problem:
                doubtful.setdefault(name, event)
            continue
        before = used.get(name)
        if before is not None and before.moment is not None:
            if _is_part_of(moment, before.moment):
                continue
            if not _is_part_of(before.moment, moment) and not (event.sent and not before.sent):
                if before.sent and not event.sent:
                    continue
                twice = twice or (before, event)
                continue
        used[name] = event
        inputs[name] = written(moment)
    return Reading(inputs | stated(facts), used, doubtful, twice)


def with_what_never_was(reading: Reading, named: Sequence[Event]) -> Reading:
    """The reading, where utskrivningsklar is said not to have been sent at all, with that told."""
    ready = [event for event in named if event.kind is Kind.UTSKRIVNINGSKLAR_SKICKAD]
    never = any(
        e.status is Status.DENIED and e.moment is None and (e.sent or _READY_SENT.search(e.said))
        for e in ready
    )
    if not never or reading.has(READY) or any(e.status is Status.TOLD for e in ready):
        return reading
    return replace(reading, inputs={**reading.inputs, READY: None})


def day_asked_for(events: Sequence[Event]) -> list[Event]:
    """The events, one told with its clock time alone as one whose day must be asked for."""
    return [
        replace(event, moment=_without_day(event.moment))
        if event.status is Status.TOLD and event.moment and _only_timed(event.moment)
        else event
        for event in events
    ]


def _only_timed(moment: Moment) -> bool:
    return moment.time is not None and not (moment.date or moment.first or moment.problem)


def _without_day(moment: Moment) -> Moment:
    assert moment.time is not None
    problem = _NO_DAY.format(time=clock(moment.time))
    return replace(moment, problem=problem, day_in_doubt=True)


def input_name(kind: Kind) -> str:
    """What the rules call the event."""
    return _INPUT.get(kind, kind.value)


def written(moment: Moment) -> str:
    """The moment as the rules read it: exact, or with the half of the day that is known."""
    assert moment.date is not None
    if moment.at is not None:
        return moment.at.isoformat()
    if moment.problem is None and moment.after_noon is not None:
        # Only the half of the day is known; rules that count hours get `day_only` instead.
        half = time(13) if moment.after_noon else time(11)
        return datetime.combine(moment.date, half, ZONE).isoformat()
    return moment.date.isoformat()


def day_only(reading: Reading) -> dict[str, Any]:
    """The inputs, with no clock time where only a part of the day was told."""
    return {
        name: value[:10]
        if (event := reading.events.get(name)) and event.moment and half_known(event.moment)
        else value
        for name, value in reading.inputs.items()
    }


def half_known(moment: Moment) -> bool:
    """Whether the day is known but of the time only a part of it."""
    return moment.at is None and moment.date is not None


def comes_twice(moment: Moment) -> bool:
    """Whether the problem is an hour that occurs twice, when summer time ends."""
    if moment.date is None or moment.time is None or not moment.problem or moment.day_in_doubt:
        return False
    when = datetime.combine(moment.date, moment.time, ZONE)
    later = when.replace(fold=1)
    return when.utcoffset() != later.utcoffset() and when.utcoffset() > later.utcoffset()  # type: ignore[operator]


def instead(text: str, events: Sequence[Event], free: Sequence[Moment]) -> list[Event]:
    """The events, the only dated one moved to the time that the last sentence supposes instead.

    "Och om den skickades klockan 13?" asks of the same event at another time.
    """
    events = _rescheduled(text, events, free)
    sentences = re.split(r"(?<=[.?!])\s+", text.strip())
    if len(sentences) < 2 or not _INSTEAD.search(swedish.fold(sentences[-1])):
        return list(events)
    begins = len(text.rstrip()) - len(sentences[-1])
    new = [moment for moment in free if moment.start >= begins and (moment.date or moment.time)]
    late = [event for event in events if event.moment and event.moment.start >= begins]
    early = [event for event in events if event.moment and event.moment.start < begins]
    if len(new) == 1 and not late and len(early) == 1:
        moved = replace(early[0], moment=_moved(early[0], new[0]))
        return [moved if event is early[0] else event for event in events]
    kinds = {event.kind for event in late}
    whole = [_on_the_day_of(event, early) if event in late else event for event in events]
    return [event for event in whole if event not in early or event.kind not in kinds]


def _rescheduled(text: str, events: Sequence[Event], free: Sequence[Moment]) -> list[Event]:
    """The events, each with the moment that it was moved to, not the one that it was moved from."""
    now = list(events)
    named = [event.moment for event in events if event.moment]
    for new in sorted([*named, *free], key=lambda moment: moment.start):
        if not MOVED_TO.search(swedish.fold(text[: new.start])):
            continue
        before = [e for e in now if e.moment and e.moment.start < new.start]
        own = next((e for e in now if e.moment is new), None)
        if own is None and before:
            last = max(before, key=lambda e: e.moment.start if e.moment else 0)
            now[now.index(last)] = replace(last, moment=_moved(last, new))
        elif own is not None:
            same = [e for e in before if input_name(e.kind) == input_name(own.kind)]
            now = [_on_the_day_of(e, same) if e is own else e for e in now if e not in same]
    return now


def _on_the_day_of(event: Event, before: Sequence[Event]) -> Event:
    """The event, its bare clock time on the day that was told for the same event before."""
    days = [e for e in before if input_name(e.kind) == input_name(event.kind)]
    if not days or event.moment is None:
        return event
    return replace(event, moment=_moved(days[-1], event.moment))


def _moved(event: Event, new: Moment) -> Moment:
    day = event.moment.date if event.moment else None
    return new if new.date is not None or day is None else on_day(new, day)


def stated(facts: Facts) -> dict[str, Any]:
    """The conditions that the text states, as the rules name them."""
    told: dict[str, Any] = {
        name: value
        for name, field in _ASKED_IN_RULES.items()
        if (value := getattr(facts, field)) is not None
    }
    if facts.consent_sip is not None:
        told["samtycke_sip"] = facts.consent_sip is Consent.GIVEN
    if facts.consent_information is not None:
        told["samtycke_information"] = facts.consent_information is Consent.GIVEN
    if facts.only_social_services:
        told["behov"] = ["socialtjanst"]
    if facts.assessed_by_doctor is False:
        told["bedomd_av"] = "annan personal"
    if facts.municipality_told_ready is False:
        told["utskrivningsklar_mottagare"] = ["regionens öppenvård"]
    if facts.age is not None:
        told["alder"] = facts.age
    if facts.urgent is not None:
        told["bradskande"] = facts.urgent
    if facts.existing_plan is not None:
        told["befintlig_sip"] = facts.existing_plan
    return told


def _is_part_of(moment: Moment, other: Moment) -> bool:
    """Whether it says no more than the other: the same day, and no other time."""
    if moment.date != other.date:
        return False
    if moment.precision is Precision.DAY:
        return True
    return (moment.time, moment.between) == (other.time, other.between)
