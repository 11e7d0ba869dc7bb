"""Every deadline of a region's process from the events known: when, by whom, done or late."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from assistant.rules import calendar
from assistant.rules.timeline_entry import Entry, Excluded, Kind, State, shown
from assistant.rules.timeline_events import read, setting_told, understood
from assistant.rules.timeline_items import (
    items,
    known_events,
    label,
    setting_label,
    setting_named,
    worth,
)
from assistant.rules.wording import REGIONS, listed
from ingest.errors import InputError

__all__ = [
    "Entry",
    "Excluded",
    "Kind",
    "Missing",
    "State",
    "Timeline",
    "known_events",
    "label",
    "timeline",
]


@dataclass(frozen=True, slots=True)
class Missing:
    """An event or fact that, if known, would give the deadlines of `rules`."""

    event: str
    label: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The deadlines in order of time; then those that miss something, then those without number.

    `events` is what was understood, in Swedish time; `setting_told` whether the process was named
    (else the events told it); `missing` stands in the order worth asking for.
    """

    region: str
    region_name: str
    now: datetime
    setting: str | None
    setting_label: str | None
    setting_told: bool
    events: dict[str, Any]
    entries: tuple[Entry, ...]
    excluded: tuple[Excluded, ...]
    missing: tuple[Missing, ...]


def timeline(
    region: str, events: Mapping[str, Any], now: datetime, setting: str | None = None
) -> Timeline:
    """Every deadline of the region's process, as it stands at `now` (an aware moment).

    `events` are the inputs of the rules by name (times in ISO 8601, facts as they are; null: asked
    for, not known). Without a `setting` the events tell the process; where they do not, only what
    holds in every process is shown. Raises InputError for an event that the timeline does not know
    or cannot read, for events in an order that cannot be, for an unknown region or process;
    ValueError where `now` is no aware moment.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware moment")
    if region not in REGIONS:
        raise InputError(
            f"Det finns ingen riktlinje för {region!r}. Välj mellan {listed(list(REGIONS))}."
        )
    now = calendar.swedish(now)
    case = read(events)
    chosen = setting_named(setting) if setting else setting_told(case)
    entries: list[Entry] = []
    excluded: list[Excluded] = []
    asked: dict[str, Missing] = {}
    for item in items():
        if item.of.region != region:
            continue
        found = shown(item, case, chosen, now)
        if isinstance(found, Excluded):
            excluded.append(found)
            continue
        if isinstance(found, Entry):
            entries.append(found)
        unknown = _asked(found, item.rule)
        if unknown:
            before = asked.get(unknown.event)
            rules = (*(before.rules if before else ()), item.rule)
            asked[unknown.event] = replace(unknown, rules=rules)
    return Timeline(
        region,
        REGIONS[region],
        now,
        chosen,
        setting_label(chosen) if chosen else None,
        setting is not None,
        understood(case),
        tuple(sorted(entries, key=_place)),
        tuple(excluded),
        tuple(asked[name] for name in sorted(asked, key=worth)),
    )


def _asked(found: Entry | str, rule: str) -> Missing | None:
    """What must be known for the entry, or to know whether there is one."""
    if isinstance(found, str):
        return Missing(found, label(found), (rule,)) if found else None
    if found.missing is None or found.missing_event is None:
        return None
    return Missing(found.missing_event, found.missing, (rule,))


def _place(entry: Entry) -> tuple[int, datetime, int]:
    """Dated ones by time (a day ends after its moments), then the missing, then no number."""
    order = [item.rule for item in items()].index(entry.rule)
    if entry.last is None:
        never = datetime.max.replace(tzinfo=UTC)
        return (1 if entry.state is State.MISSING else 2), never, order
    if isinstance(entry.last, datetime):
        return 0, entry.last, order
    ends = datetime.combine(entry.last + timedelta(1), time(), calendar.ZONE)
    return 0, ends, order
