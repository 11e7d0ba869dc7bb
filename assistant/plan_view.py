"""The planner's logic: what to ask for, what was written → a timeline, its dated rows in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Literal

from assistant.guard import has_personal_number
from assistant.rules import calendar
from assistant.rules.given import declared
from assistant.rules.timeline import Entry, Kind, Missing, State, Timeline, label, timeline
from assistant.rules.timeline_items import Item, content, items, setting_label
from assistant.rules.wording import sentence, when_text
from assistant.timeline_cli import read_events, read_time
from ingest.errors import InputError
from ingest.swedish import clean

UNKNOWN = "vet inte"
NOW = "Läget gäller"
Group = Literal["hänt", "gjort", "om"]
_NOT_ASKED = {"setting", "region", "fodd"}  # a date of birth is personal: the age is enough
_OPENING = re.compile(r"^(?:tidpunkt|datum) (?:då|för) (?:den |det )?")
_STATES = {
    State.DONE: "Gjort",
    State.DONE_LATE: "Gjort för sent",
    State.LATE: "Passerad, ingen uppgift om att det är gjort",
    State.COMING: "Kommer",
    State.PASSED: "Har passerat",
}
_PERSONAL = (
    "Det ser ut som ett personnummer. Ta bort det; ingenting har sparats. "
    "Skriv bara dag och klockslag, till exempel 13/3 kl 13.10."
)


@dataclass(frozen=True, slots=True)
class Field:
    """An event or fact that can be told. `kind` is the rules' own: tid, ja_nej, lista, tal, text.

    `group`: "hänt" for what deadlines are counted from, "gjort" for what shows that they were met,
    "om" for facts.
    """

    name: str
    label: str
    kind: str
    group: Group


@dataclass(frozen=True, slots=True)
class Row:
    """One dated deadline in words; the table and the plot are both made of these."""

    number: int
    when: str
    what: str
    who: str
    state: State
    said: str  # the state in words
    first: date | None
    last: date
    details: tuple[str, ...]
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The timeline, or the problems with what was written, one for each field."""

    timeline: Timeline | None
    problems: tuple[str, ...] = ()


def processes(region: str) -> dict[str, str]:
    """The processes that the region's guideline has deadlines for: name → Swedish label."""
    held = {name for item in items() if item.of.region == region for name in item.settings}
    order = [str(entry["name"]) for entry in content()["setting"]]
    return {name: setting_label(name) for name in order if name in held}


@lru_cache(maxsize=64)
def fields(region: str | None = None, process: str | None = None) -> tuple[Field, ...]:
    """What may be told for the region's process, in the order of the process; all for None."""
    own = [
        item
        for item in items()
        if region in (None, item.of.region) and (process is None or process in item.settings)
    ]
    names = dict.fromkeys(name for item in own for name in _names(item))
    found = [_field(name) for name in names if name not in _NOT_ASKED]
    return tuple(
        field for group in ("hänt", "gjort", "om") for field in found if field.group == group
    )


def plan(region: str, process: str, told: Mapping[str, str], present: datetime, now: str) -> Plan:
    """The timeline from what was written in each field, as it stands at `now` (empty: `present`).

    What the process has no field for, and what is empty, is left out. `present` also tells what
    "igår" means. Nothing is raised for what cannot be read: it becomes a problem in Swedish.
    """
    problems: list[str] = []
    events: dict[str, Any] = {}
    moment = present
    try:
        moment = _moment(now, present)
    except InputError as error:
        problems.append(str(error))
    for field in fields(region, process):
        written = " ".join(told.get(field.name, "").split())
        if not written:
            continue
        try:
            events |= _read(field, written, moment, region)
        except InputError as error:
            problems.append(str(error))
    if problems:
        return Plan(None, tuple(problems))
    try:
        return Plan(timeline(region, events, moment, process))
    except InputError as error:
        return Plan(None, (str(error),))


def next_missing(found: Timeline) -> Missing | None:
    """The event or fact most worth asking for; not what there is no field for, or nobody knows."""
    names = {field.name for field in fields(found.region, found.setting)}
    names -= {name for name, value in found.events.items() if value is None}
    return next((missing for missing in found.missing if missing.event in names), None)


def gives(found: Timeline, missing: Missing) -> tuple[str, ...]:
    """What would be dated, or decided, if that were known."""
    wanted = {item.rule: item.what for item in items() if item.rule in missing.rules}
    return tuple(dict.fromkeys(wanted[rule] for rule in missing.rules if rule in wanted))


def rows(found: Timeline) -> tuple[Row, ...]:
    """The dated entries, in order of time."""
    dated = [entry for entry in found.entries if entry.last is not None]
    return tuple(_row(number, entry) for number, entry in enumerate(dated, 1))


def understood(found: Timeline) -> tuple[str, ...]:
    """What was told as it was understood, one line each."""
    return tuple(f"{_name(name)}: {_spoken(name, v)}" for name, v in found.events.items())


def undated(entry: Entry) -> str:
    """What an entry without a date waits for, or what the guideline says instead of a number."""
    if entry.kind is Kind.NO_NUMBER:
        return f"{entry.what}: {entry.answer}"
    between = f"; {' eller '.join(entry.candidates)}" if entry.candidates else ""
    return f"{entry.what}: saknar {entry.missing}{between}"


def calendar_bytes(found: Timeline, citations: Mapping[str, str]) -> bytes:
    """The dated entries as a calendar file; InputError where none has a date."""
    from assistant.rules.ical import calendar_file

    return calendar_file(found, found.now, citations)


def _names(item: Item) -> Iterable[str]:
    instead = content()["stands_for"]
    for name in item.names():
        # Of events that stand for each other, the one that is worth asking for is asked for.
        yield from (way for way in (name, *instead.get(name, ())) if way in content()["ask"])
        yield name


def _field(name: str) -> Field:
    kind = declared().kinds.get(name, "tid")
    if kind != "tid":
        return Field(name, _name(name), kind, "om")
    counted = any(name in item.starts() for item in items())
    return Field(name, _name(name), kind, "hänt" if counted else "gjort")


def _name(name: str) -> str:
    return sentence(_OPENING.sub("", label(name)))[:-1]


def _moment(written: str, present: datetime) -> datetime:
    if not written.strip():
        return present
    _no_person(NOW, written)
    when = calendar.read(read_time(NOW, written, present))[-1]
    # A day alone is its beginning, as on the command line.
    return when if isinstance(when, datetime) else datetime.combine(when, time(), calendar.ZONE)


def _read(field: Field, written: str, now: datetime, region: str) -> dict[str, Any]:
    _no_person(field.label, written)
    if field.kind == "text" and len(written) > 100:
        raise InputError(f"{field.label}: texten är för lång. Skriv högst 100 tecken.")
    value = "okänt" if written.casefold() == UNKNOWN else written
    try:
        return read_events([f"{field.name}={value}"], now, region)
    except InputError as error:
        # The names that the command line uses say nothing to who fills in a field.
        told = str(error).removeprefix(f"{field.name}:")
        raise InputError(f"{field.label}: {told.strip()}") from None


def _no_person(where: str, written: str) -> None:
    if has_personal_number(clean(written)):
        raise InputError(f"{where}: {_PERSONAL}")


def _row(number: int, entry: Entry) -> Row:
    assert entry.last is not None
    assert entry.state is not None
    said = _STATES[entry.state]
    if entry.kind is Kind.LIABILITY:
        when = f"Från och med {when_text(entry.last)}"
        said = "Har börjat" if entry.state is State.PASSED else said
    elif entry.first is not None:
        when = f"Från {when_text(entry.first)} till {when_text(entry.last)}"
    else:
        when = f"{'Före' if entry.strictly else 'Senast'} {when_text(entry.last)}"
    if entry.done is not None:
        said += f" {when_text(entry.done)}"
    details = [*entry.notes, *entry.steps]
    details += [f"Tolkning: {entry.interpretation}"] if entry.interpretation else []
    details += [f"Annan läsning: {entry.alternative}"] if entry.alternative else []
    return Row(
        number,
        when,
        entry.what,
        entry.who or "",
        entry.state,
        said,
        entry.first,
        entry.last,
        tuple(dict.fromkeys(details)),
        entry.provisions,
    )


def _spoken(name: str, value: Any) -> str:
    if value is None:
        return "vet inte"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if declared().kinds.get(name, "tid") != "tid":
        return str(value)
    first, *others = calendar.read(value)
    return when_text(first) + (" (kommer två gånger den natten)" if others else "")
