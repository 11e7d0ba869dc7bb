"""Which day a written day is: the year, the Monday or the month that was left out.

What is written goes first, then a year that stands elsewhere in the text, then whether the words
around speak of what was or what is coming, then the nearest. What was chosen is said in a note.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache

import holidays

from assistant.moment_days import Choice, DayForm
from assistant.moment_words import DAY_NAMES, MONTH_NAMES
from ingest import swedish


class Tense(Enum):
    """What the words around a moment speak of."""

    PAST = "past"
    OPEN = "open"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The day meant, or the first and last of several, or why there is none."""

    day: date | None = None
    first: date | None = None
    last: date | None = None
    note: str | None = None
    problem: str | None = None


# A day ahead further than this, without words of the future, is taken for the one that has been.
_HORIZON_AHEAD = timedelta(days=90)
_NEARLY = timedelta(days=732)
_JUST_BEEN = timedelta(days=31)
_APART = timedelta(days=183)
_HORIZON_BACK = timedelta(days=366)
_BREAK = re.compile(r"[.?!;\n](?=\s|$)|,|\b(?:nar|men|hur|vad|vem|vilke[nt]|sa)\b")
_PAST = re.compile(
    r"\b(?:[a-z]{3,}ades?|skrevs?|blev|kom|var|fick|gick|lades?|las|holls?|gjordes?|akte|"
    r"lamnades?|tog(?:s)?|ringde|kandes?|upptack(?:te|tes)|sags?|dog|skedde|hande|flyttades?|sandes?|"
    r"mottogs|inkom|bedomdes?|(?:har|hade)\s+(?:[a-z]+\s+){0,3}(?!(?:in)?boka|planera)[a-z]+(?:ats?|its?|tts?)|"
    r"utskriven|inskriven|inlagd|skicka(?:d|t|ts)|hemma|nyss|nyligen|haromdagen|sen|"
    r"sedan|was|were|sent|discharged|had|got)\b"
)
_COMING = re.compile(
    r"\b(?:ska|skall|kommer|planera[sdt]|planerat|planeras|bokad|bokat|inbokad|inbokat|blir|bli|vill|"
    r"tanker|tankt|hinner|senast|infor|kommande|stundande|preliminart|beraknas?|"
    r"beraknad|will|planned|booked|kan|bor)\b"
)
_CALLED_TO = re.compile(
    r"\b(?:kallels\w*|inbjud\w*)\s+(?:till|for)\s+(?:\w+\s+)?(?:\w*mote\w*|sip\w*)\s*"
    r"(?:(?:den|pa|som\s+ar)\s*)?$"
)
_UP_TO = re.compile(r"\b(?:fram|anda|inne|kvar)\s+till\s+(?:och\s+med\s+)?(?:den\s+)?$")
# When it was moved says nothing of which side of today it was moved to.
MOVED_TO = re.compile(
    r"\b(?:\w*flytta\w*|andra\w*|senarela\w*|tidigarela\w*|omboka\w*|boka\w*\s+om|uppskj[ou]\w*|skj[ou]\w*|skots"
    r"|moved|postponed|rescheduled)\b(?:\s+[\w-]+){0,3}?\s+(?:till|to)(?:\s+(?:den|kl\w*\.?))?\s*$"
)
_DERIVED = {
    "skartorsdag": ("Långfredagen", -1),
    "paskafton": ("Långfredagen", 1),
    "trettondagsafton": ("Trettondedag jul", -1),
    "trettondag": ("Trettondedag jul", 0),
    "pingstafton": ("Pingstdagen", -1),
    "valborgsmassoafton": ("Första maj", -1),
    "langfredag": ("Långfredagen", 0),
    "annandagen jul": ("Annandag jul", 0),
    "annandagen pask": ("Annandag påsk", 0),
}


def say_day(day: date) -> str:
    """The date as it is said: "fredag 13 mars 2026"."""
    return f"{DAY_NAMES[day.weekday()]} {say_date(day)}"


def say_date(day: date) -> str:
    """The date without its weekday: "13 mars 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def tense(before: str, after: str) -> Tense:
    """What the folded words before and after a moment, in its own clause, speak of."""
    if _CALLED_TO.search(before):
        return Tense.COMING
    if _UP_TO.search(before) or MOVED_TO.search(before):
        return Tense.OPEN  # "blev liggande till den 25" says nothing of when that is
    start = max((match.end() for match in _BREAK.finditer(before)), default=0)
    stop = match.start() if (match := _BREAK.search(after)) else len(after)
    found = [
        (distance, kind)
        for pattern, kind in ((_PAST, Tense.PAST), (_COMING, Tense.COMING))
        for distance in _distances(pattern, before[start:], after[:stop])
    ]
    return min(found, key=lambda item: item[0])[1] if found else Tense.OPEN


def joined(forms: Iterable[DayForm]) -> DayForm:
    """Several forms of the same day as one, each field from the first that has it."""
    first, *rest = sorted(forms, key=lambda form: form.only_year)
    empty = DayForm(0, 0)
    for form in rest:
        changes = {
            field.name: getattr(form, field.name)
            for field in fields(DayForm)
            if field.name not in ("start", "end", "only_year")
            and getattr(first, field.name) == getattr(empty, field.name)
        }
        first = replace(
            first, **changes, start=min(first.start, form.start), end=max(first.end, form.end)
        )
    return first


def choose(
    form: DayForm, around: Tense, named: date | None, anchor: date | None, now: datetime
) -> Chosen:
    """The day that the form means.

    `named` is the day of the moment before in the text, `anchor` a day given there with its year.
    """
    today = now.date()
    if named is not None and abs(named - today) > _NEARLY:
        named = None  # a birthday says nothing of when the rest happened
    if form.problem:
        return Chosen(problem=form.problem)
    if form.vague:
        return Chosen(problem="Skriv vilket datum du menar, till exempel 13 mars 2026.")
    if form.back is not None:
        if named is None:
            return Chosen(problem="Skriv vilken dag du menar; ingen dag står före i texten.")
        return Chosen(day=named + timedelta(days=form.back))
    if form.fixed is not None:
        return _checked(form.fixed, form)
    if form.holiday is not None:
        return _holiday(form, around, anchor, today)
    if form.week is not None:
        return _week(form, around, anchor, today)
    if form.day is not None and form.month is not None:
        return _date(form, around, anchor, named, today)
    if form.day is not None:
        return _day_of_month(form, around, named, today)
    if form.month is not None:
        return _month(form, around, today)
    assert form.weekday is not None
    return _weekday(form, around, named, today)


def _distances(pattern: re.Pattern[str], before: str, after: str) -> list[int]:
    return [len(before) - match.end() for match in pattern.finditer(before)] + [
        match.start() for match in pattern.finditer(after)
    ]


def _checked(day: date, form: DayForm, note: str | None = None) -> Chosen:
    """The day, unless a weekday or a date written beside it says another."""
    note = note or form.note
    if form.day is not None and form.month is not None:
        written = _valid(form.year or day.year, form.month, form.day)
        if written != day:
            said = f"{form.day}/{form.month}"
            return Chosen(
                problem=f"{say_day(day).capitalize()} är inte {said}. Skriv vilken dag du menar."
            )
    if form.weekday is not None and form.weekday != day.weekday() and not form.weak:
        return Chosen(
            day=day,
            problem=f"{say_date(day)} är en {DAY_NAMES[day.weekday()]}, inte en "
            f"{DAY_NAMES[form.weekday]}. Skriv vilken dag du menar.",
        )
    return Chosen(day=day, note=note)


def _valid(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _date(
    form: DayForm, around: Tense, anchor: date | None, named: date | None, today: date
) -> Chosen:
    assert form.day is not None
    assert form.month is not None
    if form.to_day is not None:
        return _several(form, around, anchor, named, today)
    if form.year is not None:
        day = _valid(form.year, form.month, form.day)
        return _checked(day, form) if day else Chosen(problem=_no_such(form))
    near = anchor or (named if around is Tense.OPEN else None) or today
    told = named if anchor is None else None
    days = [d for y in range(-8, 9) if (d := _valid(near.year + y, form.month, form.day))]
    if not days:
        return Chosen(problem=_no_such(form))
    day = _pick(days, form, around, near, today)
    if told is not None and form.weekday is None and abs(day - told) > _APART:
        # One story: the day beside the one told before, though its words alone point elsewhere.
        day = min(days, key=lambda d: abs(d - told))
    note = None if anchor else f"jag utgår från år {day.year}"
    return _checked(day, form, note)


def _pick(days: list[date], form: DayForm, around: Tense, near: date, today: date) -> date:
    """One of the days, in order: what the weekday, the words around and the distance speak for."""
    sensible = [d for d in days if today - _HORIZON_BACK <= d <= today + _HORIZON_AHEAD]
    if form.weekday is not None and near == today:
        fitting = [d for d in sensible if d.weekday() == form.weekday]
        if len(fitting) == 1:
            return fitting[0]
    if near == today and around is Tense.PAST and (been := [d for d in days if d <= today]):
        return been[-1]
    if near == today and around is Tense.COMING and (ahead := [d for d in days if d >= today]):
        just = [d for d in days if today - _JUST_BEEN <= d < today]
        return just[-1] if just and ahead[0] - today > _HORIZON_AHEAD else ahead[0]
    if near != today or not sensible:
        sensible = sorted(days, key=lambda d: abs(d - near))[:2]
    fitting = [d for d in sensible if form.weekday in (None, d.weekday())]
    return min(fitting or sensible, key=lambda d: abs(d - near))


def _several(
    form: DayForm, around: Tense, anchor: date | None, named: date | None, today: date
) -> Chosen:
    assert form.to_day is not None
    first = _date(replace(form, to_day=None, weekday=None), around, anchor, named, today)
    if first.day is None:
        return first
    last = _valid(first.day.year, first.day.month, form.to_day)
    if last is None or last < first.day:
        return Chosen(problem=_no_such(replace(form, day=form.to_day)))
    return Chosen(
        first=first.day, last=last, note=first.note, problem="Skriv vilken av dagarna du menar."
    )


def _no_such(form: DayForm) -> str:
    assert form.day is not None
    assert form.month is not None
    if not 1 <= form.month <= 12:
        return f"Det finns ingen månad {form.month}. Skriv datumet som 13 mars 2026."
    year = f" {form.year}" if form.year else ""
    return f"{form.day} {MONTH_NAMES[form.month - 1]}{year} finns inte. Skriv rätt datum."


def _weekday(form: DayForm, around: Tense, named: date | None, today: date) -> Chosen:
    assert form.weekday is not None
    monday = today - timedelta(days=today.weekday())
    step = timedelta(days=form.weekday)
    week = timedelta(weeks=1)
    if form.choice is Choice.NEXT_WEEK:
        return Chosen(day=monday + week + step, note="jag räknar med nästa vecka")
    if form.choice is Choice.LAST_WEEK:
        return Chosen(day=monday - week + step, note="jag räknar med förra veckan")
    if form.choice is Choice.BEFORE:
        back = (today.weekday() - form.weekday - 1) % 7 + 1
        return Chosen(day=today - timedelta(days=back))
    if form.choice is Choice.AFTER:
        return Chosen(day=today + timedelta(days=(form.weekday - today.weekday() - 1) % 7 + 1))
    if named is not None:
        ahead = (form.weekday - named.weekday()) % 7
        return Chosen(day=named + timedelta(days=ahead), note="jag räknar från dagen före i texten")
    if around is Tense.PAST:
        day = today - timedelta(days=(today.weekday() - form.weekday) % 7)
        return Chosen(day=day, note="jag utgår från den senaste")
    day = today + timedelta(days=(form.weekday - today.weekday()) % 7)
    return Chosen(day=day, note="jag utgår från den närmast kommande")


def _day_of_month(form: DayForm, around: Tense, named: date | None, today: date) -> Chosen:
    assert form.day is not None
    near = (named if around is Tense.OPEN else None) or today
    months = [divmod(near.year * 12 + near.month - 1 + step, 12) for step in range(-2, 3)]
    days = [d for year, month in months if (d := _valid(year, month + 1, form.day))]
    if not days:
        return Chosen(problem=f"Ingen månad har en {form.day}:e dag. Skriv datumet med månad.")
    if around is Tense.PAST:
        day = max(d for d in days if d <= today)
    elif around is Tense.COMING:
        day = min(d for d in days if d >= today)
    else:
        fitting = [d for d in days if form.weekday in (None, d.weekday())]
        day = min(fitting or days, key=lambda d: abs(d - near))
    return _checked(day, form, f"jag utgår från {MONTH_NAMES[day.month - 1]} {day.year}")


def _month(form: DayForm, around: Tense, today: date) -> Chosen:
    assert form.month is not None
    days = [date(today.year + y, form.month, 1) for y in (-1, 0, 1)]
    year = form.year or _pick(days, form, around, today, today).year
    first = date(year, form.month, 1)
    last = date(year, form.month, calendar.monthrange(year, form.month)[1])
    return Chosen(first=first, last=last, problem="Skriv vilken dag i månaden du menar.")


def _week(form: DayForm, around: Tense, anchor: date | None, today: date) -> Chosen:
    assert form.week is not None
    last_week = form.to_week or form.week
    near = anchor or today
    years = [form.year] if form.year else [near.year - 1, near.year, near.year + 1]
    mondays = []
    for year in years:
        weeks = date(year, 12, 28).isocalendar().week
        if 1 <= form.week <= last_week <= weeks:
            mondays.append(date.fromisocalendar(year, form.week, 1))
    if not mondays:
        return Chosen(problem=f"Vecka {last_week} finns inte. Skriv veckan eller datumet igen.")
    monday = _pick(mondays, replace(form, weekday=None), around, near, today)
    year = monday.isocalendar().year
    note = None if form.year or anchor else f"jag utgår från år {year}"
    if form.weekday is not None and form.to_week is None:
        return Chosen(day=monday + timedelta(days=form.weekday), note=note)
    last = monday + timedelta(weeks=last_week - form.week, days=6)
    return Chosen(first=monday, last=last, note=note, problem="Skriv vilken dag i veckan du menar.")


def _holiday(form: DayForm, around: Tense, anchor: date | None, today: date) -> Chosen:
    assert form.holiday is not None
    near = anchor or today
    years = [form.year] if form.year else [near.year - 1, near.year, near.year + 1]
    days = [day for year in years for day in [_named_day(form.holiday, year)]]
    day = _pick(days, form, around, near, today)
    note = None if form.year or anchor else f"jag utgår från år {day.year}"
    return _checked(day, form, note)


@lru_cache(maxsize=256)
def _named_day(name: str, year: int) -> date:
    name = " ".join(name.split())
    short = name.removesuffix("en") if name.removesuffix("en") in _DERIVED else name
    full, shift = _DERIVED.get(short, (name, 0))
    known = holidays.country_holidays(
        "SE", years=year, categories=("public", "de_facto"), language="sv"
    )
    wanted = swedish.fold(full)
    for day, called in known.items():
        if swedish.fold(called) in (wanted, wanted.removesuffix("en")):
            return day + timedelta(days=shift)
    raise KeyError(name)
