"""The calendar file: parsed back it holds what the timeline holds, and nothing about a person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from assistant.rules import calendar
from assistant.rules.ical import calendar_file
from assistant.rules.timeline import State, timeline
from ingest.errors import InputError

MADE = datetime(2026, 3, 14, 8, tzinfo=calendar.ZONE)
DISCHARGE = {
    "lakarbedomning": "2026-03-10T10:00",
    "inskrivningsmeddelande_skickat": "2026-03-10T15:00",
    "utskrivningsklar_skickat": "2026-03-13T13:10",
}


def written(events=DISCHARGE, region="norrbotten", now=MADE, citations=None):
    return calendar_file(timeline(region, events, now), now, citations)


def parsed(*arguments, **named):
    return Calendar.from_ical(written(*arguments, **named))


def event(rule, *arguments, **named):
    found = parsed(*arguments, **named)
    return next(one for one in found.walk("VEVENT") if f".{rule}." in one["UID"])


def test_every_dated_entry_is_one_event_in_order():
    dated = [e for e in timeline("norrbotten", DISCHARGE, MADE).entries if e.last]
    events = parsed().walk("VEVENT")
    assert len(events) == len(dated) == 7
    assert [one["DTSTART"].dt for one in events] == [e.last for e in dated]


def test_a_whole_day_event_ends_the_day_after_which_is_not_included():
    one = event("norrbotten-kallelse-tre-dagar")
    assert one["DTSTART"].dt == date(2026, 3, 16)
    assert one["DTEND"].dt == date(2026, 3, 17)
    assert one["DTSTART"].params["VALUE"] == "DATE"


def test_a_moment_stands_in_swedish_time_with_its_zone():
    one = event("norrbotten-klar-kvittera-1200")
    assert one["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert one["DTSTART"].dt == datetime(2026, 3, 14, 12, tzinfo=calendar.ZONE)
    assert "DTEND" not in one
    assert len(parsed().walk("VTIMEZONE")) == 1


def test_a_file_of_whole_days_needs_no_zone():
    assert parsed({"utskriven": "2026-03-13"}).walk("VTIMEZONE") == []


@pytest.mark.parametrize("year", [1997, 2026, 2027, 2060])
@pytest.mark.parametrize(("half", "month"), [("DAYLIGHT", 3), ("STANDARD", 10)])
def test_the_zone_in_the_file_changes_the_clocks_when_sweden_does(half, month, year):
    (change,) = parsed().walk(half)
    rule, clock = change["RRULE"], change["DTSTART"].dt.time()
    assert (rule["FREQ"], rule["BYMONTH"], rule["BYDAY"]) == (["YEARLY"], [month], ["-1SU"])
    last = date(year, month, 31)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    before, after = change["TZOFFSETFROM"].td, change["TZOFFSETTO"].td
    instant = (datetime.combine(sunday, clock) - before).replace(tzinfo=UTC)
    assert instant.astimezone(calendar.ZONE).utcoffset() == after
    assert (instant - timedelta(seconds=1)).astimezone(calendar.ZONE).utcoffset() == before


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        ("2026-03-28T12:00", datetime(2026, 3, 29, 11, tzinfo=UTC)),
        ("2026-10-24T12:00", datetime(2026, 10, 25, 10, tzinfo=UTC)),
        ("2026-10-24T03:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # 02.30 a second time
        ("2026-10-24T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 02.30 the first time
    ],
)
def test_a_day_on_which_the_clocks_change_keeps_its_instant(sent, last):
    events = {"inskrivningsmeddelande_skickat": sent}
    start = event("norrbotten-planeringsunderlag-24h", events)["DTSTART"].dt
    assert start.astimezone(UTC) == last


def test_the_alarm_rings_the_day_before_a_day_and_two_hours_before_a_moment():
    (day,) = event("norrbotten-kallelse-tre-dagar").walk("VALARM")
    (moment,) = event("norrbotten-klar-kvittera-1200").walk("VALARM")
    assert day["TRIGGER"].dt == -timedelta(hours=15)
    assert moment["TRIGGER"].dt == -timedelta(hours=2)


def test_only_what_is_to_come_has_an_alarm():
    states = {e.rule: e.state for e in timeline("norrbotten", DISCHARGE, MADE).entries}
    for one in parsed().walk("VEVENT"):
        rule = one["UID"].split(".")[1]
        assert bool(one.walk("VALARM")) is (states[rule] is State.COMING), rule


def test_a_new_import_updates_the_same_events():
    later = MADE + timedelta(days=5)
    first, second = (parsed(now=when).walk("VEVENT") for when in (MADE, later))
    assert [one["UID"] for one in first] == [one["UID"] for one in second]
    assert len({one["UID"] for one in first}) == len(first)
    assert {one["DTSTAMP"].dt for one in second} == {later.astimezone(UTC)}


def test_another_start_is_another_event():
    other = DISCHARGE | {"utskrivningsklar_skickat": "2026-03-13T13:11"}
    rule = "norrbotten-kallelse-tre-dagar"
    assert event(rule)["UID"] != event(rule, other)["UID"]


def test_the_same_timeline_gives_the_same_bytes():
    assert written() == written()


def test_the_description_holds_limit_steps_and_sources():
    cited = {"norrbotten-kallelse-tre-dagar": "Riktlinjen, Kallelse, rad 888–890"}
    said = str(event("norrbotten-kallelse-tre-dagar", citations=cited)["DESCRIPTION"])
    assert said.startswith("Senast måndag 16 mars 2026.\n")
    assert "Fristen räknas från fredag 13 mars 2026 klockan 13.10." in said
    assert "norrbotten-kallelse-tre-dagar: Riktlinjen, Kallelse, rad 888–890\n" in said
    assert "norrbotten-kallelse-ansvarig\n" in said


def test_the_summary_names_region_and_what_is_settled():
    assert event("norrbotten-bet-oversikt")["SUMMARY"] == (
        "Kommunens betalningsansvar börjar (Norrbotten)"
    )
    assert event("norrbotten-inskr-24h")["SUMMARY"].startswith("Gjort: ")
    assert event("norrbotten-planeringsunderlag-24h")["SUMMARY"].startswith("Passerad: ")


def test_a_window_stands_on_its_last_day_and_tells_its_first():
    one = event("norrbotten-ov-plan-3-21", {"behov_kant": "2026-03-13"})
    assert one["DTSTART"].dt == date(2026, 4, 3)
    assert "Från måndag 16 mars 2026 till och med fredag 3 april 2026." in one["DESCRIPTION"]


def test_lines_are_folded_as_calendars_want_them():
    content = written()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_without_a_date_there_is_no_file():
    with pytest.raises(InputError, match="inget att lägga i kalendern"):
        written({"utskrivningsklar_skickat": "2026-03-13"}, "halland")


def test_a_time_stamp_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        calendar_file(timeline("norrbotten", DISCHARGE, MADE), MADE.replace(tzinfo=None))
