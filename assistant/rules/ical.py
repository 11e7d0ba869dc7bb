"""A timeline as a calendar file (iCalendar, RFC 5545) for Outlook and other calendars."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.rules import calendar
from assistant.rules.timeline import Entry, Kind, State, Timeline
from assistant.rules.wording import REGIONS, day_text, when_text
from ingest.errors import InputError

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

DAY_BEFORE = -timedelta(hours=15)  # a whole day begins at midnight: 09.00 on the day before
HOURS_BEFORE = -timedelta(hours=2)
_PREFIX = {State.DONE: "Gjort: ", State.DONE_LATE: "Gjort för sent: ", State.LATE: "Passerad: "}


def calendar_file(
    timeline: Timeline, made: datetime, citations: Mapping[str, str] | None = None
) -> bytes:
    """The dated entries as a calendar file in UTF-8: one event each, with its steps and sources.

    A day becomes a whole-day event (of a window the last day), a moment an event without length in
    Europe/Stockholm. What is still to come has an alarm: at 09.00 the day before a whole day, two
    hours before a moment. `made`, an aware moment, is the time stamp of the events; `citations`
    gives the source of each provision id, in words. The same deadline counted from the same start
    has the same UID, so that a new import updates it; two persons with the same deadline share it
    too, since nothing about the person stands in the file. Raises InputError where no entry has a
    date (an empty calendar file is not allowed), ValueError where `made` is no aware moment.
    """
    from icalendar import Calendar

    if made.tzinfo is None:
        raise ValueError("made must be an aware moment")
    dated = [entry for entry in timeline.entries if entry.last is not None]
    if not dated:
        raise InputError(
            "Ingen frist har något datum än, så det finns inget att lägga i kalendern. "
            "Ange fler händelser."
        )
    file = Calendar()
    file.add("prodid", "-//SIP-assistenten//Tidsplan//SV")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", f"SIP-frister {timeline.region_name}")
    if any(isinstance(entry.last, datetime) for entry in dated):
        file.add_component(_zone())
    for entry in dated:
        file.add_component(_event(entry, timeline.region, made, citations or {}))
    return bytes(file.to_ical())


def uid(entry: Entry, region: str) -> str:
    """The lasting name of an entry's event: region, rule and what the deadline is counted from."""
    start = calendar.written(entry.start) if entry.start else "-"
    plain = start.replace(":", "").replace("+", "p")
    return f"{region}.{entry.rule}.{plain}@sip-assistenten"


def summary(entry: Entry, region: str) -> str:
    """The event's short line: state where it is settled, what is to be done, region."""
    return f"{_PREFIX.get(entry.state or State.COMING, '')}{entry.what} ({REGIONS[region]})"


def description(entry: Entry, citations: Mapping[str, str]) -> str:
    """The limit in words, who, the steps, the readings and the sources, a line each."""
    assert entry.last is not None
    lines = [_limit(entry, entry.last)]
    lines += [f"Vem: {entry.who}"] if entry.who else []
    lines += [*entry.notes, "", *entry.steps]
    lines += [f"Tolkning: {entry.interpretation}"] if entry.interpretation else []
    lines += [f"Annan läsning: {entry.alternative}"] if entry.alternative else []
    lines += ["", "Källor:"]
    for name in entry.provisions:
        lines.append(f"{name}: {citations[name]}" if name in citations else name)
    return "\n".join([*lines, "", "Riktlinjen i original gäller."])


def _limit(entry: Entry, last: date) -> str:
    if entry.kind is Kind.LIABILITY:
        return f"Från och med {when_text(last)}."
    if entry.first is not None:
        return f"Från {day_text(entry.first)} till och med {when_text(last)}."
    return f"{'Före' if entry.strictly else 'Senast'} {when_text(last)}."


def _event(entry: Entry, region: str, made: datetime, citations: Mapping[str, str]) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid(entry, region))
    event.add("dtstamp", made.astimezone(UTC))
    event.add("summary", summary(entry, region))
    event.add("description", description(entry, citations))
    event.add("transp", "TRANSPARENT")  # a deadline takes no time in anyone's day
    assert entry.last is not None
    if isinstance(entry.last, datetime):
        event.add("dtstart", _local(entry.last))
    else:
        event.add("dtstart", entry.last)
        event.add("dtend", entry.last + timedelta(days=1))  # the first day that is not included
    if entry.state is State.COMING:
        event.add_component(_alarm(entry, region))
    return event


def _alarm(entry: Entry, region: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary(entry, region))
    alarm.add("trigger", HOURS_BEFORE if isinstance(entry.last, datetime) else DAY_BEFORE)
    return alarm


def _local(moment: datetime) -> datetime:
    """Swedish time with its zone's name; in UTC in the hour that comes a second time in October.

    A local time in a calendar file always means the first of the two (RFC 5545, 3.3.5).
    """
    local = moment.astimezone(calendar.ZONE)
    return moment.astimezone(UTC) if local.fold else local


def _zone() -> "Timezone":
    """Swedish time since 1996, by its two yearly rules.

    Written here because calendars that know rules may not know lists of days, which is what
    icalendar would write.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", str(calendar.ZONE))
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    halves = (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    )
    for half, name, onset, month, before, after in halves:
        half.add("dtstart", onset)  # local time before the change (RFC 5545, 3.6.5)
        half.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        half.add("tzname", name)
        half.add("tzoffsetfrom", before)
        half.add("tzoffsetto", after)
        zone.add_component(half)
    return zone
