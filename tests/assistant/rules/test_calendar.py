from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules import calendar

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


def easter(year: int) -> date:
    """The Gregorian Easter Sunday (Meeus/Jones/Butcher), independent of any library."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holidays_by_law(year: int) -> set[date]:
    """Lag (1989:253) written out: National Day is one from 2005, Whit Monday was until 2004."""
    sunday = easter(year)
    fixed = [(1, 1), (1, 6), (5, 1), (12, 25), (12, 26)] + ([(6, 6)] if year >= 2005 else [])
    moving = [-2, 0, 1, 39, 49] + ([50] if year < 2005 else [])
    midsummer = next(d for d in (date(year, 6, n) for n in range(20, 27)) if d.weekday() == 5)
    saints = next(
        d for d in (date(year, 10, 31) + timedelta(n) for n in range(7)) if d.weekday() == 5
    )
    return {
        *(date(year, month, day) for month, day in fixed),
        *(sunday + timedelta(n) for n in moving),
        midsummer,
        saints,
    }


def working_by_law(day: date, *, eves_off: bool) -> bool:
    midsummer_eve = next(
        d for d in (date(day.year, 6, n) for n in range(19, 26)) if d.weekday() == 4
    )
    eves = {midsummer_eve, date(day.year, 12, 24), date(day.year, 12, 31)}
    free = day.isoweekday() in (6, 7) or day in holidays_by_law(day.year)
    return not free and not (eves_off and day in eves)


@pytest.mark.parametrize("year", range(2000, 2100))
@pytest.mark.parametrize("eves_off", [False, True])
def test_the_working_days_of_a_year_are_those_of_the_law(year, eves_off):
    days = [
        date(year, 1, 1) + timedelta(n)
        for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    mine = [day for day in days if calendar.arbetsdag(day, eves_off=eves_off)]
    assert mine == [day for day in days if working_by_law(day, eves_off=eves_off)]


@given(DAYS, st.integers(1, 40), st.booleans())
def test_the_nth_working_day_has_n_working_days_up_to_it(start, n, eves_off):
    last = calendar.arbetsdagar_efter(start, n, eves_off=eves_off)
    between = [start + timedelta(k) for k in range(1, (last - start).days + 1)]
    assert sum(working_by_law(day, eves_off=eves_off) for day in between) == n
    assert working_by_law(last, eves_off=eves_off)


@pytest.mark.parametrize(
    ("day", "a", "b"),
    [
        ("2026-06-19", True, False),  # midsommarafton
        ("2026-12-24", True, False),
        ("2026-12-31", True, False),
        ("2026-04-02", True, True),  # skärtorsdag
        ("2026-04-30", True, True),  # valborgsmässoafton
        ("2026-01-05", True, True),  # trettondagsafton
        ("2026-04-03", False, False),  # långfredag
        ("2026-04-06", False, False),  # annandag påsk
        ("2026-05-14", False, False),  # Kristi himmelsfärdsdag
        ("2028-06-06", False, False),  # nationaldagen, en tisdag
        ("2026-11-28", False, False),  # en lördag
    ],
)
def test_a_day_is_a_working_day_under_assumption_a_and_b(day, a, b):
    day = date.fromisoformat(day)
    assert calendar.arbetsdag(day) is a
    assert calendar.arbetsdag(day, eves_off=True) is b


@given(MOMENTS, st.integers(0, 200))
def test_hours_are_elapsed_hours(moment, hours):
    start = calendar.swedish(moment)
    end = calendar.timmar_efter(start, hours)
    assert (end - start).total_seconds() == hours * 3600
    assert end.utcoffset() == end.astimezone(calendar.ZONE).utcoffset()


@given(MOMENTS)
def test_the_next_noon_is_within_a_day_of_change_and_strictly_later(moment):
    start = calendar.swedish(moment)
    noon = calendar.forsta_klockan_tolv_efter(start)
    assert timedelta() < noon - start <= timedelta(hours=25)
    assert (noon.hour, noon.minute, noon.second, noon.microsecond) == (12, 0, 0, 0)


@pytest.mark.parametrize(
    ("sent", "noon"),
    [
        ("2026-11-23T11:59:59+01:00", "2026-11-23T12:00+01:00"),
        ("2026-11-23T12:00+01:00", "2026-11-24T12:00+01:00"),
        ("2026-10-24T13:00+02:00", "2026-10-25T12:00+01:00"),
        ("2026-12-31T12:00+01:00", "2027-01-01T12:00+01:00"),
    ],
)
def test_what_is_sent_at_twelve_is_for_the_next_noon(sent, noon):
    (moment,) = calendar.read(sent)
    assert calendar.written(calendar.forsta_klockan_tolv_efter(moment)) == noon


@pytest.mark.parametrize(
    ("clock", "in_time"),
    [("11:59:59", True), ("12:00:00", True), ("12:00:00.000001", False), ("12:00:01", False)],
)
def test_exactly_twelve_is_at_twelve_at_the_latest(clock, in_time):
    (moment,) = calendar.read(f"2026-11-23T{clock}+01:00")
    assert calendar.senast_klockan_tolv(moment) is in_time


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-31", 3, "2027-03-31"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start, months, end):
    assert calendar.manader_efter(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(DAYS, st.integers(-60, 60))
def test_weeks_keep_the_weekday(start, weeks):
    end = calendar.veckor_efter(start, weeks)
    assert end.weekday() == start.weekday()
    assert (end - start).days == 7 * weeks


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-23T11:30Z", ["2026-11-23T12:30+01:00"]),
        ("2026-07-01T10:00", ["2026-07-01T10:00+02:00"]),
        ("2026-07-01T10:00+01:00", ["2026-07-01T11:00+02:00"]),
        ("2026-10-25T02:30", ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]),
        ("2026-10-25T02:30+01:00", ["2026-10-25T02:30+01:00"]),
        ("2026-10-25T03:00", ["2026-10-25T03:00+01:00"]),
        ("2026-03-29T03:00", ["2026-03-29T03:00+02:00"]),
        ("2026-11-23", ["2026-11-23"]),
    ],
)
def test_a_written_time_is_read_as_swedish_time(written, read):
    assert [calendar.written(when) for when in calendar.read(written)] == read


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-29",
        "2026-02-31T10:00",
        "2026-03-29T02:30",
        "2026-11-23T25:00",
        "0206-11-23",
        "",
        "i morgon",
    ],
)
def test_a_time_that_cannot_be_is_refused(written):
    with pytest.raises(calendar.ImpossibleTime):
        calendar.read(written)


@pytest.mark.parametrize(
    ("born", "day", "ages"),
    [
        ("2008-11-24", "2026-11-23", (17,)),
        ("2008-11-23", "2026-11-23", (18,)),
        ("2008-02-29", "2026-02-27", (17,)),
        ("2008-02-29", "2026-02-28", (17, 18)),
        ("2008-02-29", "2026-03-01", (18,)),
        ("2008-02-29", "2028-02-28", (19,)),
        ("2008-02-29", "2028-02-29", (20,)),
    ],
)
def test_age_is_full_years_and_open_where_a_leap_day_birthday_is(born, day, ages):
    assert calendar.fyllda_ar(date.fromisoformat(born), date.fromisoformat(day)) == ages
