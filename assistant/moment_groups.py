"""The days and times written in a folded text, and which of them make one moment together.

What has been read is made invisible to the patterns after it; what looks like a date or a time and
cannot be read becomes a form with a problem.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import moment_choice, moment_clocks, moment_days
from assistant.moment_clocks import ClockForm
from assistant.moment_days import WRITTEN, DayForm
from assistant.moment_others import LEFT_OVER, NEVER, NEVER_BUT_RELATIVE
from assistant.moment_words import Folded

_CLAIMED_DAY, _CLAIMED_OTHER, _CLAIMED_CLOCK = "\x00", "\x01", "\x02"
_RATIO = re.compile(r"(\d+)/(\d+)$")
_GAP = re.compile(
    r"[\s,()]*(?:(?:den|en|the|kl|klockan|vid|at|om|redan|ca|on|i|pa|under|tidigt|sent|prick|dvs|alltsa|of|"
    r"runt|omkring|datum|t|-|nagon gang)\b[\s,.(:]*|-\s*){0,2}"
)
_NUMBER_AFTER_DAY = re.compile(
    rf"(?<=\x00),?\s+(?:prick\s+)?(?P<n>\d{{4}}|\d\d?)(?![\w/]|[.:,-]\d){moment_clocks.HERE_ENDS}"
)
_DAY_AFTER_WEEKDAY = re.compile(
    r"(?<=\x00)\s+(?:den\s+)?(?P<n>\d\d?)(?::?[ea]|:de)?(?=,?\s+(?:kl|klockan)\b|,?\s+\d\d?[.:]\d\d)"
)
# "12.00 är" and "12.00 mån 7 sept" are no years and no months.
_CLOCK_BEFORE_A_WORD = re.compile(r"\d{1,2}[.:][0-5]\d\s+(?:ar|man|dag)$")


@dataclass(slots=True)
class Group:
    """The written days and times of one moment."""

    days: list[DayForm]
    clocks: list[ClockForm]

    @property
    def start(self) -> int:
        """Where it begins in the folded text."""
        return min([form.start for form in self.days] + [form.start for form in self.clocks])

    @property
    def end(self) -> int:
        """Where it ends."""
        return max([form.end for form in self.days] + [form.end for form in self.clocks])


class _Canvas:
    """The folded text, with what has been claimed made invisible to later patterns."""

    def __init__(self, text: str) -> None:
        self.text = text

    def claim(self, start: int, end: int, mark: str) -> None:
        self.text = self.text[:start] + mark * (end - start) + self.text[end:]

    def each(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        position = 0
        while match := pattern.search(self.text, position):
            yield match
            position = max(match.end(), position + 1)


def _forms(folded: Folded, now: dt.datetime) -> list[DayForm | ClockForm]:
    canvas = _Canvas(folded.text)
    found: list[DayForm | ClockForm] = []
    for match in canvas.each(NEVER):
        canvas.claim(*match.span(), _CLAIMED_OTHER)
    found += _read_days(canvas, moment_days.RELATIVE, now)
    for match in canvas.each(NEVER_BUT_RELATIVE):
        if _CLOCK_BEFORE_A_WORD.match(match.group()):
            continue
        if not re.search(r"\b(?:kl|klockan)\.?\s*$", canvas.text[: match.start()]):
            canvas.claim(*match.span(), _CLAIMED_OTHER)
    days = _read_days(canvas, moment_days.FORMS, now)
    found += days
    found += _numbers_after_days(canvas, days)
    for pattern, reader in moment_clocks.FORMS:
        for match in canvas.each(pattern):
            if clock := reader(match):
                found.append(clock)
                canvas.claim(*match.span(), _CLAIMED_CLOCK)
    for match in canvas.each(LEFT_OVER):
        ratio = _RATIO.fullmatch(match.group())
        if ratio and min(int(ratio[1]), int(ratio[2])) > 31:
            continue
        problem = f"”{WRITTEN}” går inte att läsa som datum eller klockslag. "
        found.append(
            DayForm(*match.span(), problem=problem + "Skriv till exempel 13 mars 2026 kl. 13.10.")
        )
    return sorted(found, key=lambda form: form.start)


def _read_days(
    canvas: _Canvas,
    table: tuple[tuple[re.Pattern[str], moment_days.Reader], ...],
    now: dt.datetime,
) -> list[DayForm]:
    found = []
    for pattern, reader in table:
        for match in canvas.each(pattern):
            if form := reader(match, now):
                found.append(form)
                if not form.short:
                    canvas.claim(*match.span(), _CLAIMED_DAY)
    return found


def _numbers_after_days(canvas: _Canvas, days: list[DayForm]) -> list[DayForm | ClockForm]:
    """A bare number after a day: "idag 14", "13/3 1310", and "fredag 13 kl 8" where it is a day."""
    found: list[DayForm | ClockForm] = []
    ends = {form.end: form for form in days}
    for match in canvas.each(_DAY_AFTER_WEEKDAY):
        form = ends.get(match.start())
        if form and form.weekday is not None and form.day is None and form.week is None:
            found.append(DayForm(match.start("n"), match.end(), day=int(match["n"])))
            canvas.claim(match.start("n"), match.end(), _CLAIMED_DAY)
    for match in canvas.each(_NUMBER_AFTER_DAY):
        digits = match["n"]
        span = match.span("n")
        form = ends.get(match.start())
        if len(digits) == 4:
            at = moment_clocks.time_of(int(digits[:2]), int(digits[2:]))
        else:
            at = moment_clocks.time_of(int(digits), 0)
        if at is not None:
            found.append(ClockForm(*span, at=at))
        elif form and form.weekday is not None and form.day is None and 24 < int(digits) < 32:
            found.append(DayForm(*span, day=int(digits)))
        else:
            continue
        canvas.claim(*span, _CLAIMED_CLOCK)
    return found


def _groups(forms: list[DayForm | ClockForm], folded: Folded) -> list[Group]:
    groups: list[Group] = []
    for form in forms:
        group = groups[-1] if groups else None
        if group and _touch(group, form, folded) and _fits(group, form):
            (group.days if isinstance(form, DayForm) else group.clocks).append(form)  # type: ignore[arg-type]
        elif isinstance(form, DayForm):
            groups.append(Group([form], []))
        else:
            groups.append(Group([], [form]))
    return [group for group in map(_without_weak, groups) if group.days or group.clocks]


def _touch(group: Group, form: DayForm | ClockForm, folded: Folded) -> bool:
    return bool(_GAP.fullmatch(folded.text[group.end : form.start])) or form.start < group.end


def _fits(group: Group, form: DayForm | ClockForm) -> bool:
    if isinstance(form, ClockForm):
        exact = any(c.part is None and c.season is None for c in group.clocks)
        parts = any(c.part for c in group.clocks)
        if form.season is not None:
            return exact
        if form.part is not None:
            return not parts
        return not exact
    if form.problem or any(day.problem for day in group.days):
        return False
    have = moment_choice.joined(group.days) if group.days else DayForm(0, 0)
    whole = form.day is not None or form.holiday is not None
    if form.only_year:
        return have.year is None and have.fixed is None and have.exact is None
    if form.weekday is not None and not whole:
        return have.weekday is None and have.back is None
    if form.week is not None:
        return have.week is None and have.day is None and have.fixed is None
    if form.fixed is not None or form.exact is not None:
        return have.fixed is None and have.exact is None and have.day is None
    if form.back is not None:
        return not group.days
    return have.day is None and have.week is None and have.back is None and have.holiday is None


def _without_weak(group: Group) -> Group:
    """The group without what needs company and has none: a short weekday, "i fjol" alone."""
    if group.days and all(day.only_year for day in group.days):
        return Group([], group.clocks)
    if group.days and all(day.short for day in group.days):
        weak = any(day.weak for day in group.days)
        if weak or not any(c.at or c.spoken or c.part for c in group.clocks):
            return Group([], [c for c in group.clocks if c.part is None])
    return group


def find_groups(folded: Folded, now: dt.datetime) -> list[Group]:
    """The groups of days and times in the text, in order; each is at most one moment."""
    return _groups(_forms(folded, now), folded)
