"""Days, hours and clock times as the guidelines count them: one definition of each.

A *moment* is an aware datetime that carries Sweden's offset of that instant, so two moments compare
and subtract as elapsed time, over a change of the clocks too. A *day* is a plain date. Nothing here
reads a clock or the machine's time zone.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays.countries.sweden import Sweden

ZONE = ZoneInfo("Europe/Stockholm")
NOON = time(12)
FIRST_YEAR, LAST_YEAR = 1900, 2099  # a year outside is a slip of the pen


class ImpossibleTime(ValueError):
    """What is written is no time in Sweden; the text says why, in Swedish."""


def read(written: str) -> tuple[date, ...]:
    """A written day or time (ISO 8601) as days or moments: every reading that it has.

    Without an offset it is Swedish time: in the hour that comes twice in October it has two
    readings, in the one that is left out in March none. Raises ImpossibleTime.
    """
    if len(written) == 10:
        return (_day(written),)
    moment = _moment(written)
    if moment.tzinfo is not None:
        return (swedish(moment),)
    readings = {
        swedish(moment.replace(tzinfo=ZONE, fold=fold))
        for fold in (0, 1)
        if _wall_clock(swedish(moment.replace(tzinfo=ZONE, fold=fold))) == moment
    }
    if not readings:
        raise ImpossibleTime("icke-existerande lokal tid")
    return tuple(sorted(readings))


def swedish(moment: datetime) -> datetime:
    """The same instant, with Sweden's offset at that instant."""
    local = moment.astimezone(UTC).astimezone(ZONE)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def day_of(when: date) -> date:
    """The Swedish calendar day of a day or a moment."""
    return when.date() if isinstance(when, datetime) else when


def has_time(when: date) -> bool:
    """Whether a clock time is known."""
    return isinstance(when, datetime)


def kalenderdagar_efter(when: date, days: int) -> date:
    """The day `days` calendar days later; the day of the event is day 0. Negative counts back."""
    return day_of(when) + timedelta(days)


def veckor_efter(when: date, weeks: int) -> date:
    """The same weekday `weeks` weeks (of seven calendar days) later. Negative counts back."""
    return kalenderdagar_efter(when, 7 * weeks)


def manader_efter(when: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last where it has no such day."""
    start = day_of(when)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def ar_efter(when: date, years: int) -> date:
    """The same date `years` later; 29 February becomes the 28th in a common year."""
    return manader_efter(when, 12 * years)


def timmar_efter(moment: datetime, hours: int) -> datetime:
    """The moment when `hours` hours have elapsed, whatever the clocks have done meanwhile."""
    return swedish(moment + timedelta(hours=hours))


def samma_klockslag(moment: datetime, days: int) -> datetime:
    """The same time on the clock `days` days later; moved on where the clocks skip that time."""
    return _on_the_clock(day_of(moment) + timedelta(days), moment.time())


def klockan_tolv(day: date) -> datetime:
    """12.00.00 on that day."""
    return _on_the_clock(day_of(day), NOON)


def forsta_klockan_tolv_efter(moment: datetime) -> datetime:
    """The first 12.00 strictly after the moment: sent at exactly 12.00 means the next day's."""
    today = klockan_tolv(moment)
    return today if moment < today else klockan_tolv(kalenderdagar_efter(moment, 1))


def senast_klockan_tolv(moment: datetime) -> bool:
    """Whether the moment is at or before 12.00.00 of its own day."""
    return moment <= klockan_tolv(moment)


def helgdag(day: date) -> bool:
    """Whether the day is a public holiday (lag 1989:253), Sundays not counted as such."""
    return day in _public_holidays()


def helgafton(day: date) -> bool:
    """Midsommarafton, julafton or nyårsafton: by lag 1930:173 2 § treated as a Sunday."""
    if (day.month, day.day) in {(12, 24), (12, 31)}:
        return True
    return day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4


def arbetsdag(day: date, *, eves_off: bool = False) -> bool:
    """Monday to Friday and no public holiday.

    Assumption A (the default, which gives the earlier and safer date): the three eves count as
    working days. Assumption B, `eves_off`: they do not.
    """
    return day.weekday() < 5 and not helgdag(day) and not (eves_off and helgafton(day))


def arbetsdagar_efter(when: date, days: int, *, eves_off: bool = False) -> date:
    """The working day number `days` (one or more) after the event, whose own day is day 0."""
    day = day_of(when)
    while days:
        day += timedelta(1)
        days -= arbetsdag(day, eves_off=eves_off)
    return day


def arbetsdag_fore(when: date, *, eves_off: bool = False) -> date:
    """The last working day strictly before that day."""
    day = day_of(when) - timedelta(1)
    while not arbetsdag(day, eves_off=eves_off):
        day -= timedelta(1)
    return day


def fyllda_ar(born: date, day: date) -> tuple[int, ...]:
    """Full years of age that day; two where the text leaves a leap-day birthday open.

    Whoever is born on 29 February turns a year older on 28 February or on 1 March of a common year.
    """
    born, day = day_of(born), day_of(day)
    years = day.year - born.year
    common_year = monthrange(day.year, 2)[1] == 28
    if common_year and (born.month, born.day) == (2, 29) and (day.month, day.day) == (2, 28):
        return (years - 1, years)
    passed = (day.month, day.day) >= (born.month, born.day)
    return (years if passed else years - 1,)


def written(when: date) -> str:
    """ISO 8601 as the results have it: the day, or minutes with offset (seconds only if any)."""
    if not isinstance(when, datetime):
        return when.isoformat()
    return when.isoformat(timespec="seconds" if when.second or when.microsecond else "minutes")


def _day(written: str) -> date:
    try:
        return _within(date.fromisoformat(written))
    except ValueError:
        raise ImpossibleTime(f"datumet {written} finns inte") from None


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ImpossibleTime(f"tidpunkten {written} finns inte") from None
    _within(moment)
    return moment


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ImpossibleTime(f"årtalet {day.year} ligger utanför {FIRST_YEAR}–{LAST_YEAR}")
    return day


@lru_cache(maxsize=1)
def _public_holidays() -> Sweden:
    return Sweden(include_sundays=False)


def _on_the_clock(day: date, clock: time) -> datetime:
    return swedish(datetime.combine(day, clock, tzinfo=ZONE))


def _wall_clock(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
