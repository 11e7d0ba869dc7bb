"""What must hold of every deadline, whatever the dates."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules import Outcome, all_rules, calendar, compute
from assistant.rules.wording import MONTHS, WEEKDAYS, day_text
from tests.assistant.rules.test_vectors import VECTORS
from tests.conftest import ROOT

FAMILIES = {"deadline", "window", "earliest_of", "notice", "admission_notice", "adapted"}
WINDOWS = [rule for rule in all_rules().values() if rule.family == "window"]
IN_WORKING_DAYS = [rule for rule in all_rules().values() if rule.data.get("unit") == "arbetsdagar"]
COUNTED = [rule for rule in all_rules().values() if rule.family in FAMILIES]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
LIABLE = {
    "kallelse_skickad": "2000-01-01",
    "folkbokford_i_kommunen": True,
    "inskrivningsmeddelande_till_kommun": True,
    "samtycke_information": True,
    "samtycke_sip": True,
    "samordningsbehov": True,
    "behov": ["kommunal_hsv"],
    "region_resurser_tillgangliga": True,
}


def last_of(rule, start: str):
    """The latest moment that the rule allows, as a moment or the end of a day."""
    found = compute(rule.id, {rule.data["start"][0]: start, **settled(rule)})
    value = found.value or found.details.get("latest")
    value = value["senast"] if isinstance(value, dict) else value
    assert isinstance(value, str), found
    (when,) = calendar.read(value)
    return when


def settled(rule):
    return {"setting": "oppenvard"} if rule.data.get("needs") == ["setting"] else {}


@pytest.mark.parametrize("rule", COUNTED, ids=lambda r: r.id)
@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=60)))
def test_a_later_start_never_gives_an_earlier_deadline(rule, start, later):
    first = last_of(rule, calendar.swedish(start).isoformat())
    second = last_of(rule, calendar.swedish(start + later).isoformat())
    assert first <= second


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=60)))
def test_a_later_notice_never_makes_a_municipality_liable_earlier(start, later):
    def begins(moment):
        sent = calendar.swedish(moment).isoformat()
        return date.fromisoformat(
            compute("norrbotten-bet-oversikt", {**LIABLE, "utskrivningsklar_skickat": sent}).value
        )

    assert begins(start) <= begins(start + later)


@given(MOMENTS)
def test_liability_begins_three_or_four_days_after_by_the_clock_in_sweden(moment):
    sent = calendar.swedish(moment)
    local = moment.astimezone(calendar.ZONE)
    late = (local.hour, local.minute, local.second, local.microsecond) > (12, 0, 0, 0)
    found = compute(
        "norrbotten-bet-oversikt", {**LIABLE, "utskrivningsklar_skickat": sent.isoformat()}
    )
    assert found.value == (local.date() + timedelta(4 if late else 3)).isoformat()


@pytest.mark.parametrize("rule", COUNTED, ids=lambda r: r.id)
@pytest.mark.parametrize("year", range(2024, 2031))
@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_every_quarter_computes(rule, year, month):
    assert last_of(rule, f"{year}-{month:02}-15T10:00")


DAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)}) (\d+) ({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)


def days_told(step: str) -> list[date]:
    """The days that a step names; each must be the weekday that it says."""
    found = []
    for told in DAY.finditer(step):
        day = date(int(told[3]), MONTHS.index(told[2]) + 1, int(told[1]))
        assert told[0].lower() == day_text(day)
        found.append(day)
    return found


def last_told(steps) -> list[date]:
    """The days of the last step that names any."""
    return next(days for step in reversed(steps) if (days := days_told(step)))


@pytest.mark.parametrize("rule", COUNTED, ids=lambda r: r.id)
@given(MOMENTS)
def test_the_last_day_told_in_the_steps_is_the_value(rule, start):
    given = {rule.data["start"][0]: calendar.swedish(start).isoformat(), **settled(rule)}
    found = compute(rule.id, given)
    value = found.value or found.details["latest"]
    ends = value.values() if isinstance(value, dict) else [value]
    told = last_told(found.steps)
    assert told[-len(ends) :] == [date.fromisoformat(end[:10]) for end in ends]


@given(MOMENTS)
def test_the_last_day_told_is_the_first_day_of_liability(moment):
    sent = calendar.swedish(moment).isoformat()
    found = compute("norrbotten-bet-oversikt", {**LIABLE, "utskrivningsklar_skickat": sent})
    assert last_told(found.steps)[-1] == date.fromisoformat(found.value)


@pytest.mark.parametrize("rule", WINDOWS, ids=lambda r: r.id)
@given(MOMENTS)
def test_a_window_opens_after_the_event_and_closes_no_earlier(rule, start):
    moment = calendar.swedish(start)
    given = {rule.data["start"][0]: moment.isoformat(), **settled(rule)}
    value = compute(rule.id, given).value
    opens, closes = (date.fromisoformat(value[end]) for end in ("tidigast", "senast"))
    assert moment.date() < opens <= closes
    assert (closes - opens).days == rule.data["latest"] - rule.data["earliest"]


@pytest.mark.parametrize("rule", IN_WORKING_DAYS, ids=lambda r: r.id)
@given(MOMENTS)
def test_eves_off_never_gives_an_earlier_day(rule, start):
    given = {rule.data["start"][0]: calendar.swedish(start).isoformat(), **settled(rule)}
    found = compute(rule.id, given)
    assert found.value == found.details["assumption_A"] <= found.details["assumption_B"]


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 40))
def test_eves_off_is_later_by_the_eves_that_are_passed(start, count):
    on, off = (calendar.arbetsdagar_efter(start, count, eves_off=eves) for eves in (False, True))
    passed = [start + timedelta(n) for n in range(1, (off - start).days + 1)]
    eves = sum(calendar.helgafton(day) and calendar.arbetsdag(day) for day in passed)
    assert on <= off
    assert off == calendar.arbetsdagar_efter(start, count + eves)


SCRIPT = """
import json, locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from assistant.rules import compute
from assistant.rules.batch import as_json
for line in sys.stdin:
    vector = json.loads(line)
    print(json.dumps(as_json(compute(vector["rule"], vector["inputs"]))))
"""


@pytest.mark.parametrize(
    ("zone", "locale"),
    [
        ("Pacific/Auckland", "C"),
        ("Pacific/Kiritimati", "C"),
        ("America/Los_Angeles", "tr_TR.UTF-8"),
        ("UTC", "C.UTF-8"),
    ],
)
def test_the_machines_time_zone_and_locale_change_nothing(zone, locale):
    from assistant.rules.batch import as_json

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input="\n".join(json.dumps(vector) for vector in VECTORS),
        env={**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [as_json(compute(vector["rule"], vector["inputs"])) for vector in VECTORS]
    assert [json.loads(line) for line in done.stdout.splitlines()] == json.loads(json.dumps(here))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.data())
def test_no_input_makes_a_rule_fail(data):
    """Whatever JSON stands in place of the inputs of a vector, there is a result."""
    vector = data.draw(st.sampled_from(VECTORS))
    names = [*vector["inputs"], *all_rules()[vector["rule"]].inputs, "sip", "event", "at"]
    spoilt = data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=4))
    found = compute(vector["rule"], {**vector["inputs"], **spoilt})
    assert isinstance(found.status, Outcome)
