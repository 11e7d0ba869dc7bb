"""Every date and time written in a text, relative to a given moment, and how it was understood.

Nothing that looks like a date or a time is dropped: what cannot be read becomes a `Moment` with a
`problem`, a Swedish sentence that asks. Laws, codes, points, durations, ages and telephone numbers
are not moments. All times are Swedish local time.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from assistant import moment_choice, moment_clocks, moment_words
from assistant.moment_choice import Chosen, Tense
from assistant.moment_clocks import ClockForm
from assistant.moment_days import WRITTEN
from assistant.moment_groups import Group, find_groups
from assistant.moment_words import Folded

ZONE = ZoneInfo("Europe/Stockholm")


class Precision(StrEnum):
    """How exactly the moment is known."""

    SECOND = "second"
    MINUTE = "minute"
    PART = "part"  # an interval within the day: `between`
    VAGUE = "vague"  # the day may be known, the time is asked for
    DAY = "day"
    DAYS = "days"  # a week, a month, several days: `first` to `last`
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time or both, written at text[start:end]. An exact hour carries its fold."""

    start: int
    end: int
    text: str
    date: dt.date | None
    time: dt.time | None
    precision: Precision
    said: str  # "fredag 13 mars 2026 kl. 13.10", with what was assumed in brackets
    problem: str | None = None
    between: tuple[dt.time, dt.time] | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    assumed: bool = False  # something in `said` was not written
    day_in_doubt: bool = False  # `problem` is of the day, not of the time

    @property
    def at(self) -> dt.datetime | None:
        """The exact moment in Swedish time; None where day or time is unknown or doubtful."""
        if self.date is None or self.time is None or self.problem:
            return None
        return dt.datetime.combine(self.date, self.time, ZONE)

    @property
    def after_noon(self) -> bool | None:
        """Whether it is after 12.00.00; None where that is not known."""
        if self.time is not None:
            return self.time.replace(fold=0) > dt.time(12)
        if self.between is None:
            return None
        if self.between[1] <= dt.time(12):
            return False
        return True if self.between[0] >= dt.time(12) else None


_SENTENCE_END = re.compile(r"(?<!\bkl)(?<!\bca)[.?!](?=\s|$)|\n")
_GOES_ON = re.compile(r"[.?!]\s+(?:och|men|eller)(?:\s+(?:om|då))?\s*$")
_NEARLY = 2 * 366  # days; a written year further away does not tell which year the others are


def find_moments(text: str, now: dt.datetime) -> tuple[Moment, ...]:
    """The moments in the text, in order; `now` is what "igår" and a missing year are relative to.

    A naive `now` is taken for Swedish time.
    """
    now = now.astimezone(ZONE) if now.tzinfo else now.replace(tzinfo=ZONE)
    folded = moment_words.read(text)
    groups = find_groups(folded, now)
    anchor = _anchor(groups, now)
    found: list[Moment] = []
    for number, group in enumerate(groups):
        moment = _moment(group, folded, found, anchor, now)
        if moment is not None and not _stray(group, moment, groups[number + 1 :], found, folded):
            found.append(moment)
    return tuple(_lent(found, text))


def _anchor(groups: list[Group], now: dt.datetime) -> dt.date | None:
    """The first day written with its year, where it is near enough to tell the others' year."""
    for group in groups:
        if not group.days:
            continue
        form = moment_choice.joined(group.days)
        if form.year is not None and form.day is not None and form.month is not None:
            day = moment_choice.choose(form, Tense.OPEN, None, None, now).day
            if day and abs((day - now.date()).days) < _NEARLY:
                return day
    return None


def _moment(
    group: Group, folded: Folded, found: list[Moment], anchor: dt.date | None, now: dt.datetime
) -> Moment | None:
    start, end = folded.span(group.start, group.end)
    while end > start and folded.original[end - 1] in " \t\n,.;":
        end -= 1
    blank = Moment(start, end, folded.original[start:end], None, None, Precision.UNREADABLE, "")
    chosen = Chosen()
    part = next((clock.part for clock in group.clocks if clock.part), None)
    if group.days:
        form = moment_choice.joined(group.days)
        if form.exact is not None:
            local = form.exact.astimezone(ZONE).replace(second=0, microsecond=0)
            return _said(
                replace(blank, date=local.date(), time=local.timetz().replace(tzinfo=None))
            )
        part = part or form.part
        around = moment_choice.tense(folded.text[: group.start], folded.text[group.end :])
        named = next((m.date for m in reversed(found) if m.date), None)
        chosen = moment_choice.choose(form, around, named, anchor, now)
    clock = _one_clock(group, part)
    moment = replace(
        blank,
        date=chosen.day,
        first=chosen.first,
        last=chosen.last,
        problem=chosen.problem,
        assumed=chosen.note is not None,
        day_in_doubt=chosen.problem is not None,
    )
    return _with_clock(moment, clock, part, chosen.note)


def _one_clock(group: Group, part: str | None) -> ClockForm | None:
    exact = [c for c in group.clocks if c.part is None and c.season is None]
    if not exact and part is None:
        return None
    clock = exact[0] if exact else ClockForm(group.start, group.end)
    season = next((c.season for c in group.clocks if c.season is not None), None)
    return replace(moment_clocks.settle(clock, part), season=season)


def _with_clock(
    moment: Moment, clock: ClockForm | None, part: str | None, note: str | None
) -> Moment:
    if clock is None:
        return _said(moment, note)
    day = moment.date
    if clock.problem or clock.vague or (part in ("natt", "dagen") and clock.at is None):
        return _said(replace(moment, problem=moment.problem or _ask(clock)), note)
    if clock.next_day and day is not None:
        day += dt.timedelta(days=1)
    if clock.offset is not None and day is not None and clock.at is not None:
        local = dt.datetime.combine(day, clock.at, moment_clocks.zone(clock.offset)).astimezone(
            ZONE
        )
        time = local.time().replace(fold=local.fold)
        moved = clock.offset != local.utcoffset()
        moment = replace(moment, date=local.date(), time=time)
        return _said(moment, "omräknat till svensk tid" if moved else note)
    moment = replace(moment, date=day, time=clock.at, between=clock.between)
    notes = "; ".join(dict.fromkeys(n for n in (note, clock.note) if n)) or None
    moment = replace(moment, assumed=notes is not None)
    return _said(_told_apart(moment, clock.season), notes, clock.words)


def _ask(clock: ClockForm) -> str:
    if clock.problem:
        return clock.problem
    if clock.vague and ("midnatt" in clock.vague or "midnight" in clock.vague):
        return (
            "Midnatt kan vara dagens början eller slut. Skriv datumet och 00.00 eller 23.59 så att "
            "det framgår vilken dag du menar."
        )
    return f"”{WRITTEN}” säger inte vilket klockslag det var. Skriv till exempel 11.45."


def _told_apart(moment: Moment, season: int | None) -> Moment:
    """The moment with the hour that occurs twice or never, when the clocks change, pointed out."""
    if moment.date is None or moment.time is None or moment.problem:
        return moment
    first, second = (
        dt.datetime.combine(moment.date, moment.time.replace(fold=fold), ZONE) for fold in (0, 1)
    )
    if first.utcoffset() == second.utcoffset():
        return moment
    said = moment_clocks.clock(moment.time)
    if first.astimezone(dt.UTC).astimezone(ZONE).time() != first.time():
        problem = (
            f"Klockslaget {said} finns inte {moment_choice.say_date(moment.date)}, eftersom "
            "klockan då ställs fram till sommartid. Skriv rätt klockslag."
        )
    elif season is not None:
        return replace(moment, time=moment.time.replace(fold=season))
    else:
        problem = (
            f"Klockslaget {said} förekommer två gånger {moment_choice.say_date(moment.date)}, "
            "eftersom klockan då ställs tillbaka. Skriv om det är sommartid eller vintertid."
        )
    return replace(moment, problem=problem)


def _said(moment: Moment, note: str | None = None, words: str | None = None) -> Moment:
    """The moment with its precision and what is said of it."""
    if moment.problem:
        moment = replace(moment, problem=moment.problem.replace(WRITTEN, moment.text))
    when = _when(moment)
    if moment.date is None and moment.first is None and moment.problem:
        return replace(moment, said=moment.text, precision=Precision.UNREADABLE)
    if moment.time is not None:
        parts = [when, f"kl. {moment_clocks.clock(moment.time)}"]
        precision = Precision.SECOND if moment.time.second else Precision.MINUTE
    elif moment.between is not None:
        parts = [when, words or ""]
        precision = Precision.PART
    elif moment.first is not None:
        parts, precision = [when], Precision.DAYS
    else:
        parts = [when]
        precision = Precision.VAGUE if moment.problem else Precision.DAY
    said = " ".join(part for part in parts if part)
    if note:
        said += f" ({note})"
    return replace(moment, said=said, precision=precision)


def _when(moment: Moment) -> str:
    if moment.date is not None:
        return moment_choice.say_day(moment.date)
    if moment.first is None or moment.last is None:
        return ""
    return f"{moment_choice.say_day(moment.first)}–{moment_choice.say_day(moment.last)}"


def _stray(
    group: Group, moment: Moment, later: list[Group], found: list[Moment], folded: Folded
) -> bool:
    """Whether the group is no moment after all: "hjälp på natten", "hem samma dag"."""
    if not group.days:
        only_part = all(clock.part or clock.season is not None for clock in group.clocks)
        if not only_part:
            return False
        said = folded.text[group.start : group.end]
        if group.clocks[0].part in ("fm", "em") or said.startswith("mitt pa dagen"):
            return False
        before = found[-1] if found else None
        return (
            before is None
            or before.precision is not Precision.DAY
            or _apart(before.end, moment.start, folded.original)
        )
    form = moment_choice.joined(group.days)
    return form.back is not None and not any(m.date for m in found) and not group.clocks


def _apart(end: int, start: int, text: str) -> bool:
    """Whether a sentence ends between, and the next does not go on with "och" or "men"."""
    between = text[end:start].lower()
    return bool(_SENTENCE_END.search(between)) and not _GOES_ON.search(between)


def _lent(found: list[Moment], text: str) -> Iterator[Moment]:
    """The moments, a bare time with the day that stands before it (or after) in the sentence."""
    for number, moment in enumerate(found):
        timed = moment.time is not None or moment.between is not None
        if moment.date is not None or moment.first is not None or not timed or moment.problem:
            yield moment
            continue
        before = next((m for m in reversed(found[:number]) if m.date), None)
        after = next((m for m in found[number + 1 :] if m.date), None)
        day = None
        if before is not None and (
            not _apart(before.end, moment.start, text)
            or (before.precision is Precision.DAY and moment.start - before.end < 60)
        ):
            day = before.date
        elif after is not None and not _apart(moment.end, after.start, text):
            day = after.date
        if day is None:
            yield replace(moment, said=f"{moment.said} (dagen står inte)")
            continue
        yield on_day(moment, day)


def on_day(moment: Moment, day: dt.date, said_by: Moment | None = None) -> Moment:
    """A bare time with the day that it must belong to; it stands where `said_by` gave the day."""
    lent = replace(moment, date=day, assumed=True, problem=None)
    words = moment.said.split(" (")[0]
    if moment.between is not None and moment.date is not None:
        words = words.removeprefix(moment_choice.say_day(moment.date)).strip()
    note = "jag utgår från samma dag"
    if said_by is not None:
        lent = replace(lent, start=said_by.start, end=said_by.end, text=said_by.text)
        note = _note(said_by) or note
    return _said(_told_apart(lent, None), note, words)


def _note(moment: Moment) -> str | None:
    """What was taken for granted of the day, as `said` tells it."""
    _, opened, note = moment.said.partition(" (")
    return note.removesuffix(")") if opened else None
