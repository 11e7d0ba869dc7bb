"""The planner's logic: what is asked for, how it is read, the rows shown."""

from datetime import datetime

import pytest

from assistant.plan_view import (
    UNKNOWN,
    calendar_bytes,
    fields,
    gives,
    next_missing,
    plan,
    processes,
    rows,
    undated,
    understood,
)
from assistant.rules.calendar import ZONE
from assistant.rules.timeline import State
from assistant.rules.wording import REGIONS

NOW = datetime(2026, 3, 14, 8, tzinfo=ZONE)
READY = {"utskrivningsklar_skickat": "13/3 kl 13.10"}
EVERYWHERE = [(region, process) for region in REGIONS for process in processes(region)]


def norrbotten(told, now=""):
    return plan("norrbotten", "utskrivning", told, NOW, now)


def test_a_region_offers_the_processes_that_it_has_deadlines_for():
    assert "forvaltning" in processes("norrbotten")
    assert "forvaltning" not in processes("halland")
    assert processes("orebro")["utskrivning"] == "utskrivning från slutenvård"


def test_no_field_asks_for_a_date_of_birth():
    assert {"fodd", "region", "setting"} & {field.name for field in fields()} == set()
    assert "alder" in {field.name for field in fields("orebro", "utskrivning")}


def test_events_are_read_as_staff_write_them_and_told_back():
    found = norrbotten(READY | {"inskrivning": "i tisdags kl 9"}).timeline
    assert understood(found) == (
        "Utskrivningsklar skickades: fredag 13 mars 2026 klockan 13.10",
        "Inskrivningen: tisdag 10 mars 2026 klockan 09.00",
    )


def test_the_rows_stand_in_order_of_time_with_state_and_provisions():
    found = rows(norrbotten(READY).timeline)
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    call = next(row for row in found if row.what == "Kallelsen till SIP ska vara skickad")
    assert (call.when, call.said) == ("Senast måndag 16 mars 2026", "Kommer")
    assert "norrbotten-kallelse-tre-dagar" in call.provisions
    assert any("Tolkning:" in line for line in call.details)
    begins = next(row for row in found if "betalningsansvar" in row.what)
    assert begins.when == "Från och med tisdag 17 mars 2026"


def test_what_was_done_is_told_with_when():
    found = rows(norrbotten(READY | {"kallelse_skickad": "17/3"}, "18/3 kl 9").timeline)
    call = next(row for row in found if row.what == "Kallelsen till SIP ska vara skickad")
    assert call.state is State.DONE_LATE
    assert call.said == "Gjort för sent tisdag 17 mars 2026"


def test_the_moment_may_be_written_and_is_otherwise_the_present():
    assert norrbotten(READY).timeline.now == NOW
    assert norrbotten(READY, "16/3 kl 7").timeline.now == datetime(2026, 3, 16, 7, tzinfo=ZONE)
    assert norrbotten(READY, "16/3").timeline.now == datetime(2026, 3, 16, tzinfo=ZONE)


def test_every_field_that_cannot_be_read_is_told_by_its_label():
    made = norrbotten({"utskrivningsklar_skickat": "blaha", "mote": "snart"}, "då")
    assert made.timeline is None
    assert [problem.split(":")[0] for problem in made.problems] == [
        "Läget gäller",
        "Utskrivningsklar skickades",
        "Mötesdatum",
    ]
    assert "utskrivningsklar_skickat" not in " ".join(made.problems)


def test_events_in_an_order_that_cannot_be_are_told():
    made = norrbotten(READY | {"utskrivningsklar_kvitterat": "12/3 kl 9"})
    assert made.timeline is None
    assert "går inte ihop" in made.problems[0]


@pytest.mark.parametrize("field", ["mote", "behov", "bedomd_av"])
def test_a_personal_number_is_refused_and_never_said_back(field):
    made = norrbotten({field: "Anna 19811228-9874"})
    assert made.timeline is None
    assert "personnummer" in made.problems[0]
    assert "9874" not in made.problems[0]


def test_a_personal_number_in_the_moment_is_never_said_back():
    made = norrbotten(READY, "19811228-9874")
    assert "9874" not in made.problems[0]


def test_what_the_process_has_no_field_for_is_left_out():
    told = READY | {"lansavstamningsmote": "1/4"}
    assert norrbotten(told) == norrbotten(READY)


@pytest.mark.parametrize(("region", "process"), EVERYWHERE)
def test_what_is_missing_is_asked_for_one_by_one_until_nothing_is(region, process):
    told, asked = {}, []
    names = {field.name for field in fields(region, process)}
    while (missing := next_missing(plan(region, process, told, NOW, "").timeline)) is not None:
        assert missing.event in names
        assert missing.event not in asked
        asked.append(missing.event)
        told[missing.event] = UNKNOWN
    assert len(asked) <= len(names)


def test_a_missing_event_says_what_it_would_give():
    found = norrbotten(READY).timeline
    missing = next_missing(found)
    assert missing.event == "utskriven"
    assert "SIP ska vara upprättad efter utskrivningen" in gives(found, missing)


def test_an_answer_moves_a_deadline_into_the_rows():
    before = norrbotten(READY).timeline
    after = norrbotten(READY | {"utskriven": "20/3 kl 10"}).timeline
    what = "SIP ska vara upprättad efter utskrivningen"
    assert what not in {row.what for row in rows(before)}
    assert what in {row.what for row in rows(after)}
    assert any(undated(entry).startswith(f"{what}: saknar") for entry in before.entries)


def test_the_calendar_file_has_an_event_for_each_row():
    from icalendar import Calendar

    found = norrbotten(READY).timeline
    file = Calendar.from_ical(calendar_bytes(found, {}))
    assert len(file.walk("VEVENT")) == len(rows(found))
