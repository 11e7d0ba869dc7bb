"""How staff write a day: the forms that are recognised in a folded text, and what each says.

Only what stands there is read here. Which year or which Monday is meant is decided by
`moment_choice`, since it depends on the words around and the moments before.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from assistant.moment_words import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    SHORT_WEEKDAYS,
    WEAK_WEEKDAYS,
    WEEKDAYS,
    alternatives,
    number,
)

WRITTEN = "\x03"  # stands in a problem for the words as they were written


class Choice(StrEnum):
    """Which of all Mondays a weekday means."""

    OPEN = "open"  # the words around decide
    BEFORE = "before"  # i måndags
    AFTER = "after"  # på måndag
    LAST_WEEK = "last week"  # förra måndagen
    NEXT_WEEK = "next week"  # nästa måndag


@dataclass(frozen=True, slots=True)
class DayForm:
    """A day as written at [start, end) of the folded text; unset fields were not written."""

    start: int
    end: int
    weekday: int | None = None  # Monday is 0
    weak: bool = False  # the weekday may be another word or a name
    short: bool = False  # a short weekday, which needs company
    choice: Choice = Choice.OPEN
    day: int | None = None
    to_day: int | None = None  # the last of several days in a month
    month: int | None = None
    year: int | None = None
    week: int | None = None
    to_week: int | None = None
    fixed: date | None = None  # the day is known from the reference alone
    exact: datetime | None = None  # in two hours
    back: int | None = None  # days from the moment named before: "samma dag" is 0
    holiday: str | None = None  # easter-bound or fixed, by its folded Swedish name
    part: str | None = None  # "i morse" also says when on the day
    vague: bool = False
    problem: str | None = None
    note: str | None = None
    only_year: bool = False  # "i fjol", beside a day without its year


_WD = alternatives(WEEKDAYS)
_SHORT = alternatives(SHORT_WEEKDAYS)
_MONTH = alternatives(MONTHS)
_N = rf"(?:\d{{1,3}}|{alternatives(NUMBERS)})"
_UNIT = (
    r"(?P<unit>arbetsdag(?:ar)?|vardag(?:ar)?|dag(?:ar|en)?|dgr|dygn|veck(?:or|an|a)|v\b|"
    r"manad(?:er|en)?|man\b|timm(?:ar|e)|tim\b|h\b|minuter|min\b|days?|weeks?|months?|hours?)"
)
_DAY_END = r"(?::?[ea]\b|:de\b|(?:st|nd|rd|th)\b)?"
_YEAR = r"(?P<year>(?:19|20)\d\d|(?<=[-/'’])\d\d)(?![\d:])"
_HOLIDAYS = [
    "nyarsdagen",
    "trettondagsafton",
    "trettondagen",
    "skartorsdagen",
    "skartorsdag",
    "langfredagen",
    "langfredag",
    "paskafton",
    "paskdagen",
    "valborgsmassoafton",
    "midsommarafton",
    "midsommardagen",
    "julafton",
    "juldagen",
    "nyarsafton",
    "pingstdagen",
    "pingstafton",
    "nationaldagen",
]
# After a day of the month without a month, only these words: otherwise it counts something.
_DAY_ALONE = (
    r"(?=\s*(?:$|[?!,;)]|\.(?:\s|$))|\s+(?:kl|klockan|\d{1,2}[.:]\d\d|och|men|nar|hur|vad|vem|i|pa|"
    r"vid|fm|em|samt|till|eller|sa|blev|kom|skick\w+|skrev\w*|var|ar|fick|ska|lad\w+|med|fore|"
    r"efter|denna|at)\b)"
)

Reader = Callable[[re.Match[str], datetime], DayForm | None]


def _form(match: re.Match[str], **fields: object) -> DayForm:
    return replace(DayForm(match.start(), match.end()), **fields)  # type: ignore[arg-type]


def _two_digit_year(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _numeric(match: re.Match[str], now: datetime) -> DayForm | None:
    year = _two_digit_year(match.groupdict().get("year"))
    day, month = int(match["day"]), int(match["month"])
    if year is None and day > 31 and month > 12:
        return None  # a ratio such as 50/50
    short = year is not None and len(match["year"]) == 2
    if short and (not day or not month or _AFTER_KL.search(match.string[: match.start()])):
        return None  # 12.00.30
    return _form(match, day=day, month=month, year=year)


def _dotted(match: re.Match[str], now: datetime) -> DayForm | None:
    return _numeric(match, now) if 1 <= int(match["month"]) <= 12 else None


def _compact(match: re.Match[str], now: datetime) -> DayForm | None:
    digits = match["digits"]
    year = int(digits[:-4]) if len(digits) == 8 else 2000 + int(digits[:2])
    month, day = int(digits[-4:-2]), int(digits[-2:])
    readable = 1 <= month <= 12 and 1 <= day <= 31
    if len(digits) == 6 and (not readable or not 2015 <= year <= 2049):
        return None  # any other number of six digits
    return _form(match, day=day, month=month, year=year)


def _named(match: re.Match[str], now: datetime) -> DayForm | None:
    groups = match.groupdict()
    day = ORDINALS[groups["ordinal"]] if groups.get("ordinal") else int(match["day"])
    to_day = int(groups["to"]) if groups.get("to") else None
    year = _two_digit_year(groups.get("year"))
    return _form(match, day=day, to_day=to_day, month=MONTHS[match["month"]], year=year)


def _last_of_month(match: re.Match[str], now: datetime) -> DayForm | None:
    month = MONTHS[match["month"]]
    year = _two_digit_year(match["year"]) or now.year
    return _form(match, day=calendar.monthrange(year, month)[1], month=month, year=year)


def _nth_weekday(match: re.Match[str], now: datetime) -> DayForm | None:
    month, year = MONTHS[match["month"]], _two_digit_year(match["year"])
    near = year or min(
        (now.year - 1, now.year, now.year + 1),
        key=lambda y: abs((date(y, month, 15) - now.date()).days),
    )
    days = [
        day
        for day in range(1, calendar.monthrange(near, month)[1] + 1)
        if date(near, month, day).weekday() == WEEKDAYS[match["weekday"]]
    ]
    nth = -1 if match["nth"] == "sista" else ORDINALS[match["nth"]] - 1
    note = None if year else f"jag utgår från år {near}"
    return _form(match, fixed=date(near, month, days[nth]), note=note)


def _shift(now: datetime, count: int, unit: str) -> date | datetime:
    if unit.startswith(("tim", "h", "min")):
        step = timedelta(minutes=count) if unit.startswith("min") else timedelta(hours=count)
        return (now.astimezone(UTC) + step).astimezone(now.tzinfo)
    if unit.startswith(("v", "week")):
        return now.date() + timedelta(weeks=count)
    if unit.startswith(("man", "month")):
        months = now.year * 12 + now.month - 1 + count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(now.day, calendar.monthrange(year, month + 1)[1]))
    return now.date() + timedelta(days=count)


def _relative(sign: int) -> Reader:
    def reader(match: re.Match[str], now: datetime) -> DayForm | None:
        unit = match["unit"]
        if unit.startswith(("arbetsdag", "vardag")):
            return _form(
                match,
                problem=f"”{WRITTEN}” räknar arbetsdagar. Skriv datumet i stället.",
            )
        moved = _shift(now, sign * number(match["n"]), unit)
        if isinstance(moved, datetime):
            return _form(match, exact=moved)
        return _form(match, fixed=moved)

    return reader


def _today(days: int, part: str | None = None) -> Reader:
    return lambda match, now: _form(match, fixed=now.date() + timedelta(days=days), part=part)


def _weekday(choice: Choice, short: bool = False) -> Reader:
    names = SHORT_WEEKDAYS if short else WEEKDAYS

    def reader(match: re.Match[str], now: datetime) -> DayForm | None:
        word = match["weekday"]
        weak = short and word in WEAK_WEEKDAYS
        return _form(match, weekday=names[word], choice=choice, short=short, weak=weak)

    return reader


def _week(offset: int | None) -> Reader:
    def reader(match: re.Match[str], now: datetime) -> DayForm | None:
        if offset is None:
            groups = match.groupdict()
            to = int(groups["to"]) if groups.get("to") else None
            year = _two_digit_year(groups.get("year"))
            return _form(match, week=int(match["week"]), to_week=to, year=year)
        year, week, _ = (now.date() + timedelta(weeks=offset)).isocalendar()
        return _form(match, week=week, year=year)

    return reader


def _whole_month(match: re.Match[str], now: datetime) -> DayForm | None:
    return _form(match, month=MONTHS[match["month"]], year=_two_digit_year(match["year"]))


def _year(offset: int) -> Reader:
    return lambda match, now: _form(match, year=now.year + offset, only_year=True)


def _back(days: int) -> Reader:
    return lambda match, now: _form(match, back=days)


def _later(match: re.Match[str], now: datetime) -> DayForm | None:
    return _form(match, back=number(match["n"]) * (7 if match["unit"].startswith("v") else 1))


def _vague(match: re.Match[str], now: datetime) -> DayForm | None:
    return _form(match, vague=True)


_AFTER_KL = re.compile(r"\bkl(?:ockan|\.)?\s*$")
_B = r"(?<![\w.:/-])"  # nothing before it that would make the digits a part of something else
_E = r"(?![\w]|[/:.-]\d)"

RELATIVE: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            rf"(?<!frist )\bom\s+(?:ca\s+|cirka\s+)?(?P<n>{_N})\s+{_UNIT}(?!\s+(?:har|hade|gatt|"
            r"passerat|efter|fore|innan|fran|ar|raknas|galler|racker|eller)\b)",
            _relative(1),
        ),
        (rf"\bin\s+(?P<n>{_N})\s+(?P<unit>days?|weeks?|months?|hours?)\b", _relative(1)),
        (
            rf"(?:\bfor\s+)?(?:\b(?:ca|cirka)\s+)?\b(?P<n>{_N})\s+{_UNIT}\s+"
            r"(?:sen|sedan|tillbaka|ago)\b",
            _relative(-1),
        ),
        (rf"\b(?:sen|sedan)\s+(?P<n>{_N})\s+{_UNIT}(?:\s+tillbaka)?", _relative(-1)),
        (
            rf"\b(?P<n>{_N})\s+(?P<unit>dag(?:ar)?|dygn|veck(?:a|or))\s+(?:senare|darefter|efterat|later)\b",
            _later,
        ),
        (r"\bfor\s+(?:ett\s+par|nagra)\s+(?:dagar|veckor|timmar)\s+(?:sen|sedan)\b", _vague),
        (r"\bom\s+(?:ett\s+par|nagra)\s+(?:dagar|veckor|timmar)\b", _vague),
    )
)

FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        # 2026-03-13, with a T before the time
        (
            rf"{_B}(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)"
            r"(?=t\d|(?!\w|[/:.-]\d))",
            _numeric,
        ),
        # 13.3.2026, 13/3-26, 13/3 2026
        (
            rf"{_B}(?P<day>\d\d?)[./-](?P<month>\d\d?)(?:\s*[./-]\s*|\s+-?\s*)"
            rf"(?P<year>(?:19|20)\d\d){_E}",
            _numeric,
        ),
        (rf"{_B}(?P<day>\d\d?)(?:/|\.)(?P<month>\d\d?)[-/.](?P<year>\d\d){_E}", _numeric),
        (rf"{_B}(?P<digits>(?:19|20)\d{{6}}|\d{{6}})(?![\w-]|[.:,/]\d)", _compact),
        (rf"{_B}(?P<day>\d\d?)\s?/\s?(?P<month>\d\d?)(?![\w/:]|\.\d)", _numeric),
        (rf"{_B}(?P<day>\d\d?)\.(?P<month>\d\d?)\.?(?=\s+kl\b)", _dotted),
        (r"(?<=den )(?P<day>\d\d?)\.(?P<month>\d\d?)(?!\d)", _numeric),
        (rf"(?<=dag )(?P<day>\d\d?)\.(?P<month>\d(?!\d)){_E}", _numeric),
        # 13-15 mars, 13 mars, den 13:e mars 2026, 13th of March
        (
            rf"{_B}(?P<day>\d\d?){_DAY_END}\s*(?:-|till|och)\s*(?:den\s+)?(?P<to>\d\d?){_DAY_END}"
            rf"\s+(?P<month>{_MONTH})\b\.?(?:,?\s+{_YEAR})?",
            _named,
        ),
        (
            rf"{_B}(?P<day>\d\d?){_DAY_END}\.?\s*(?:of\s+)?(?P<month>{_MONTH})\b"
            rf"(?:\.(?=\s*\d|\s*kl)|)(?:(?:,?\s+|\s*[-/]\s*|\s+['’-]){_YEAR})?",
            _named,
        ),
        (
            rf"\b(?P<ordinal>{alternatives(ORDINALS)})\s+(?P<month>{_MONTH})\b(?:,?\s+{_YEAR})?",
            _named,
        ),
        (rf"\bsista\s+(?:dagen\s+i\s+)?(?P<month>{_MONTH})\b(?:\s+{_YEAR})?", _last_of_month),
        (
            rf"\b(?P<nth>forsta|andra|tredje|fjarde|sista)\s+(?P<weekday>{_WD})(?:en)?\s+i\s+"
            rf"(?P<month>{_MONTH})\b(?:\s+{_YEAR})?",
            _nth_weekday,
        ),
        # March 13, mars 13
        (
            rf"\b(?P<month>{alternatives(m for m in MONTHS if len(m) > 3 or m == 'maj')})\s+"
            rf"(?P<day>\d\d?){_DAY_END}(?![\d:/]|[.]\d|\s*(?:ar|p|%|patient))(?:,?\s+{_YEAR})?",
            _named,
        ),
        (
            rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d\d?)(?:(?:st|nd|rd|th)\b(?:,?\s+{_YEAR})?|"
            r",\s+(?P<year2>20\d\d)\b)",
            lambda match, now: _form(
                match,
                day=int(match["day"]),
                month=MONTHS[match["month"]],
                year=_two_digit_year(match["year"] or match["year2"]),
            ),
        ),
        (r"\bi?\s?forrgar\b|\bday\s+before\s+yesterday\b", _today(-2)),
        (r"\bi?\s?overmorgon\b|\bday\s+after\s+tomorrow\b", _today(2)),
        (r"\bi\s?gar\s?morse\b", _today(-1, "morgon")),
        (r"\bi\s?gar\s?kvall\b", _today(-1, "kvall")),
        (r"\bi\s?gar\b|\bgardagen\b|\byesterday\b", _today(-1)),
        (r"\bi\s?mor(?:gon|ron|rn|on|n)\b|\bmorgondagen\b|\btomorrow\b", _today(1)),
        (r"\bi\s?dag\b|\btoday\b", _today(0)),
        (r"\bi\s?morse\b|\bthis\s+morning\b", _today(0, "morgon")),
        (r"\bi\s?kvall\b|\btonight\b|\bthis\s+evening\b", _today(0, "kvall")),
        (r"\bi\s?formiddags?\b", _today(0, "fm")),
        (r"\bi\s?eftermiddags?\b|\bthis\s+afternoon\b", _today(0, "em")),
        (r"\bi\s?natt\b|\blast\s+night\b", _today(0, "natt")),
        (
            rf"\b(?:vecka|veckan|week|v\.?)\s?(?P<week>\d\d?)(?:\s*(?:-|till)\s*(?P<to>\d\d?))?"
            rf"(?![\d:/]|\.\d|\s*(?:dagar|ar)\b)(?:,?\s+{_YEAR})?",
            _week(None),
        ),
        (r"\bnasta\s+vecka\b|\bkommande\s+vecka\b|\bnext\s+week\b", _week(1)),
        (r"\bforra\s+veckan\b|\blast\s+week\b", _week(-1)),
        (r"\b(?:denna|den\s+har)\s+vecka(?:n)?\b|\bthis\s+week\b", _week(0)),
        (rf"\b(?:nasta|next)\s+(?P<weekday>{_WD})(?:en)?\b", _weekday(Choice.NEXT_WEEK)),
        (rf"\b(?:forra|forrforra)\s+(?P<weekday>{_WD})(?:en)?\b", _weekday(Choice.LAST_WEEK)),
        (rf"\b(?:i\s+)?(?P<weekday>{_WD})s(?:\s*(?=kvall|morse|natt))?\b", _weekday(Choice.BEFORE)),
        (rf"\b(?:i\s+)?(?P<weekday>{_WD})s(?=kvall|morgon|eftermid|formid)", _weekday(Choice.OPEN)),
        (rf"\blast\s+(?P<weekday>{_WD})\b", _weekday(Choice.BEFORE)),
        (
            rf"\b(?:nu\s+pa|kommande|pa|this|on)\s+(?P<weekday>{_WD})\b",
            _weekday(Choice.AFTER),
        ),
        (rf"\b(?P<weekday>{_WD})(?:en)?\b", _weekday(Choice.OPEN)),
        (rf"\b(?P<weekday>{_SHORT})\b\.?", _weekday(Choice.OPEN, short=True)),
        (
            rf"\b(?:pa\s+|under\s+)?(?P<name>{alternatives(_HOLIDAYS)}|annandag(?:en)?\s+(?:jul|pask)|"
            rf"forsta\s+maj|kristi\s+himmelsfardsdag(?:en)?)\b(?:\s+{_YEAR})?",
            lambda match, now: _form(
                match, holiday=match["name"], year=_two_digit_year(match["year"])
            ),
        ),
        (r"\b(?:i\s+fjol|forra\s+aret|last\s+year)\b", _year(-1)),
        (r"\b(?:nasta|kommande)\s+ar\b|\bnext\s+year\b", _year(1)),
        (r"\bi\s+ar\b|\bthis\s+year\b", _year(0)),
        (r"\b(?:samma|same)\s+(?:dag|day)\b", _back(0)),
        (r"\b(?:dagen\s+(?:efter|darpa|darefter)|nasta\s+dag|foljande\s+dag)\b", _back(1)),
        (r"\bdagen\s+(?:innan|fore|dessforinnan)\b", _back(-1)),
        (
            rf"\b(?:i|under|sedan|sen|fran|in|slutet\s+av|borjan\s+av)\s+(?P<month>{_MONTH})\b"
            rf"(?:\s+manad)?(?:\s+{_YEAR})?",
            _whole_month,
        ),
        (
            r"\bi\s+(?:varas|somras|hostas|vintras|julas|paskas|helgen)\b|\b(?:nasta|forra|"
            r"denna)\s+(?:helg|manad)(?:en)?\b|\bharomdagen\b",
            _vague,
        ),
        (rf"\bden\s+(?P<day>\d\d?)(?::?[ea]|:de)\b{_DAY_ALONE}", lambda m, now: _day_alone(m)),
        (rf"\bden\s+(?P<day>\d\d?){_DAY_ALONE}", lambda m, now: _day_alone(m)),
        (
            rf"(?:\bthe\s+)(?P<day>\d\d?)(?:st|nd|rd|th)\b{_DAY_ALONE}",
            lambda m, now: _day_alone(m),
        ),
    )
)


def _day_alone(match: re.Match[str]) -> DayForm:
    return _form(match, day=int(match["day"]))
