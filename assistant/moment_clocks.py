"""How staff write a time of day: the forms that are recognised in a folded text.

A spoken hour from one to half past five is taken for the afternoon and from six to noon for the
morning, unless the text names the part of the day; `note` then says so. Digits are the 24-hour
clock, except a bare `kl 1` to `kl 5`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta, timezone

from assistant.moment_days import WRITTEN
from assistant.moment_words import NUMBERS, alternatives, number

LAST = time(23, 59, 59)
PARTS: dict[str, tuple[time, time]] = {
    "morgon": (time(4), time(10)),
    "fm": (time(6), time(12)),
    "em": (time(12), time(18)),
    "kvall": (time(17), LAST),
    "natten till": (time(0), time(6)),
}
_PART_NAMES = {
    "dagen": "mitt på dagen",
    "morgon": "på morgonen",
    "fm": "på förmiddagen",
    "em": "på eftermiddagen",
    "kvall": "på kvällen",
    "natten till": "på natten till denna dag",
}
_HALF_DAY = 12 * 60
_MORNING_FROM = 6 * 60  # a spoken time before six is meant in the afternoon


@dataclass(frozen=True, slots=True)
class ClockForm:
    """A time of day as written at [start, end) of the folded text."""

    start: int
    end: int
    at: time | None = None
    spoken: int | None = None  # minutes on the twelve-hour dial, the half of the day not said
    between: tuple[time, time] | None = None
    words: str | None = None  # how the interval is said
    part: str | None = None  # a key of PARTS, or "natt" (before or after midnight not said)
    next_day: bool = False  # 24.00
    offset: timedelta | None = None  # from UTC, as in an ISO time
    season: int | None = None  # fold: 0 sommartid, 1 vintertid
    vague: str | None = None  # the words that cannot be turned into a time
    problem: str | None = None
    note: str | None = None


_KL = r"\b(?:kl|klockan|klocka|klk|at)\b\.?\s*"
_HOUR = alternatives([name for name, n in NUMBERS.items() if 1 <= n <= 12 and len(name) > 1])
_LATE_HOUR = alternatives([name for name, n in NUMBERS.items() if 13 <= n <= 23])
_MINUTE = alternatives([name for name, n in NUMBERS.items() if 1 <= n <= 31 and len(name) > 2])
_BEFORE = r"(?P<cmp>\b(?:strax\s+)?(?:efter|fore|innan)\s+)?"
_APPROX = r"(?P<ca>\b(?:ca|cirka|runt|omkring|kring|ungefar|vid)\.?\s+)?"
_AMPM = r"(?:\s*(?P<ampm>am|pm|a\.m\.|p\.m\.)(?!\w))"
_TO = r"(?:\s*(?:-|till|och)\s*(?:kl\.?\s*)?(?P<h2>\d\d?)(?:[.:](?P<m2>\d\d))?(?![\w/]|[.:]\d))"
HERE_ENDS = (
    r"(?=\s*(?:$|[?!,;)\x00-\x02]|[.](?:\s|$|\x00)|-\s)|\s+(?:och|men|nar|hur|vad|vem|i|pa|den|fm|em|"
    r"fick|skick\w+|skrev\w*|blev|kom|gick|var|ar|ska|samma|som|eller|fran|med|sa|till|idag|igar|mitt|"
    r"imorgon|prick|rakna\w*|borja\w*|galler|akte|hamtad\w*|lamnad\w*|for|hon|han|pat\w*)\b)"
)
_OFFSET = r"(?P<offset>z|[+-]\d\d(?::?\d\d)?(?!\d))"
_Reader = Callable[[re.Match[str]], ClockForm | None]


def _unreadable(match: re.Match[str]) -> ClockForm:
    return ClockForm(
        match.start(),
        match.end(),
        problem=f"Klockslaget ”{WRITTEN}” går inte att läsa. Skriv timme och minut, till exempel "
        "13.10.",
    )


def time_of(hour: int, minute: int, second: int = 0) -> time | None:
    """The time, None where there is no such hour, minute or second."""
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _digits(match: re.Match[str]) -> ClockForm | None:
    groups = match.groupdict()
    hour, minute = int(match["h"]), int(groups.get("m") or 0)
    second = int(groups.get("s") or 0)
    half = (groups.get("ampm") or "")[:1]
    form = ClockForm(match.start(), match.end())
    if half:
        if not 1 <= hour <= 12:
            return _unreadable(match)
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        return replace(form, at=time(0), next_day=True)
    at = time_of(hour, minute, second)
    if at is None:
        return _unreadable(match)
    if groups.get("offset"):
        return replace(form, at=at, offset=_offset(match["offset"]))
    if groups.get("h2"):
        to = time_of(int(match["h2"]), int(groups.get("m2") or 0))
        if to is None or to <= at:
            return _unreadable(match)
        return replace(form, between=(at, to), words=f"kl. {clock(at)}–{clock(to)}")
    bare = not half and groups.get("m") is None and len(match["h"]) == 1
    if bare and 1 <= hour <= 5:
        return _compared(replace(form, spoken=hour * 60), match)
    return _compared(replace(form, at=at), match)


def _compared(form: ClockForm, match: re.Match[str]) -> ClockForm:
    """The form as an interval, where "före", "efter" or "runt" stands before it."""
    groups = match.groupdict()
    compared = (groups.get("cmp") or "").strip()
    near = (groups.get("ca") or "").strip(" .")
    if not compared and near in ("", "vid"):
        return form
    at = form.at or _spoken_at(form.spoken or 0, None)
    note = None if form.at else _half_note(at)
    if compared.endswith(("fore", "innan")):
        return replace(
            form,
            at=None,
            spoken=None,
            between=(time(0), at),
            words=f"före kl. {clock(at)}",
            note=note,
        )
    if compared:
        return replace(
            form,
            at=None,
            spoken=None,
            between=(at, LAST),
            words=f"efter kl. {clock(at)}",
            note=note,
        )
    return _around(replace(form, note=note), at)


def _around(form: ClockForm, at: time) -> ClockForm:
    minutes = at.hour * 60 + at.minute
    low, high = max(minutes - 30, 0), min(minutes + 30, 24 * 60 - 1)
    return replace(
        form,
        at=None,
        spoken=None,
        between=(time(*divmod(low, 60)), time(*divmod(high, 60))),
        words=f"omkring kl. {clock(at)}",
    )


def _tiden(match: re.Match[str]) -> ClockForm | None:
    at = time_of(int(match["h"]), 0)
    return _around(ClockForm(match.start(), match.end()), at) if at else _unreadable(match)


def _four(match: re.Match[str]) -> ClockForm | None:
    digits = match["hhmm"].zfill(4)
    at = time_of(int(digits[:2]), int(digits[2:]))
    if at is None:
        return _unreadable(match)
    return _compared(ClockForm(match.start(), match.end(), at=at), match)


def _spoken(match: re.Match[str]) -> ClockForm | None:
    groups = match.groupdict()
    hour = number(match["h"])
    minutes = hour * 60 - (30 if groups.get("half") else 0)
    if groups.get("mins"):
        step = 15 if groups["mins"].endswith("kvart") else number(groups["mins"])
        minutes += step if groups["dir"] == "over" else -step
    form = ClockForm(match.start(), match.end())
    if hour > 12:
        at = time_of(*divmod(minutes, 60))
        return replace(form, at=at) if at else _unreadable(match)
    return _compared(replace(form, spoken=minutes % _HALF_DAY or _HALF_DAY), match)


def _in_words(match: re.Match[str]) -> ClockForm | None:
    """Hours that only the day's second half has, said out: "klockan tretton och tio"."""
    at = time_of(NUMBERS[match["h"]], NUMBERS[match["m"]] if match["m"] else 0)
    return _compared(ClockForm(match.start(), match.end(), at=at), match) if at else None


def _said(part: str) -> _Reader:
    return lambda match: ClockForm(match.start(), match.end(), part=part)


def _noon(match: re.Match[str]) -> ClockForm | None:
    return ClockForm(match.start(), match.end(), at=time(12))


def _vague(match: re.Match[str]) -> ClockForm | None:
    return ClockForm(match.start(), match.end(), vague=match.group().strip())


def _season(match: re.Match[str]) -> ClockForm | None:
    summer = match["season"].startswith("sommar")
    return ClockForm(match.start(), match.end(), season=0 if summer else 1)


def _offset(written: str) -> timedelta:
    if written == "z":
        return timedelta(0)
    hours, minutes = int(written[1:3]), int(written[3:].strip(":") or 0)
    return (1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes)


_MINS = r"(?:(?:en\s+)?kvart|fem|tio|tjugo|tjugofem|5|10|20|25)"
_SPOKEN_HOUR = rf"(?P<h>{_HOUR}|[01]?\d|2[0-3])(?![\w/]|[.:]\d)"
_ISO = r"(?P<h>\d\d):(?P<m>\d\d)(?::(?P<s>\d\d)(?:\.\d+)?)?\s*"

FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?:(?<=[\x00])t)?(?<![\w.:,/]){_ISO}{_OFFSET}", _digits),
        (rf"(?<=[\x00])t(?P<h>\d\d):?(?P<m>\d\d)(?::?(?P<s>\d\d))?{_OFFSET}?(?!\d)", _digits),
        (
            rf"{_BEFORE}{_APPROX}{_KL}(?P<h>\d\d?)\s?[.:,;]\s?(?P<m>\d\d)(?:[.:](?P<s>\d\d))?(?!\d)"
            rf"(?:{_TO}|{_AMPM})?",
            _digits,
        ),
        (
            rf"{_BEFORE}{_APPROX}(?<![\w.:,/§+-])(?P<h>\d\d?)[.:](?P<m>\d\d)(?:[.:](?P<s>\d\d))?"
            rf"(?![\d]|[.:,/-]\d\d?[/-]\d|[.,/]\d|\s*(?:%|kr\b|mg\b|ml\b|kg\b|procent))(?:{_TO}|{_AMPM})?",
            _digits,
        ),
        (rf"{_BEFORE}{_KL}(?:prick\s+)?(?P<hhmm>\d{{3,4}})(?![\d.:/-])", _four),
        (rf"{_KL}(?P<h>\d\d)\s(?P<m>\d\d)(?![\d.:/]|\s*(?:dagar|ar|tim))", _digits),
        (rf"(?:{_KL})?(?<![\w.:/-])(?P<h>\d\d?){_AMPM}", _digits),
        (r"(?:\b(?:vid|runt|kring|kl\.?)\s+)?\b(?P<h>\d\d?)\s?-?\s?tiden\b", _tiden),
        (
            rf"{_BEFORE}{_APPROX}(?:{_KL}|\b(?:prick|exakt|precis)\s+)(?P<mins>{_MINS}|\d\d?)(?:\s+minuter)?\s+"
            rf"(?P<dir>i|over)\s+(?P<half>halv\s*)?{_SPOKEN_HOUR}",
            _spoken,
        ),
        (
            rf"{_BEFORE}{_KL}(?P<h>{_LATE_HOUR})(?:\s+(?:och\s+|noll\s+)?(?P<m>{_MINUTE}))?{HERE_ENDS}",
            _in_words,
        ),
        (
            rf"{_BEFORE}{_APPROX}(?:{_KL}|\b(?:prick|exakt|precis)\s+)(?P<half>halv\s*)?(?P<h>{_HOUR})\b",
            _spoken,
        ),
        (
            rf"{_BEFORE}{_APPROX}\b(?P<mins>{_MINS})\s+(?P<dir>i|over)\s+(?P<half>halv\s*)"
            rf"{_SPOKEN_HOUR}",
            _spoken,
        ),
        (rf"{_BEFORE}{_APPROX}(?:{_KL})?\b(?P<half>halv)\s*{_SPOKEN_HOUR}", _spoken),
        (
            rf"\b(?P<mins>\d\d?|{_HOUR})\s+minuter\s+(?P<dir>i|over)\s+{_SPOKEN_HOUR}",
            _spoken,
        ),
        (rf"{_BEFORE}\b(?P<mins>(?:en\s+)?kvart)\s+(?P<dir>i|over)\s+{_SPOKEN_HOUR}", _spoken),
        (rf"\b(?P<mins>{_MINS})\s+(?P<dir>i|over)\s+{_SPOKEN_HOUR}{HERE_ENDS}", _spoken),
        (
            rf"{_BEFORE}{_APPROX}(?:{_KL})(?:prick\s+)?(?P<h>\d\d?)(?![\d/]|[.:,]\d|-\d\d?-\d)(?:{_TO})?",
            _digits,
        ),
        (rf"(?<=mellan )(?P<h>\d\d?)(?:[.:](?P<m>\d\d))?{_TO}", _digits),
        (r"\b(?:prick|exakt|precis)\s+(?P<h>\d\d?)(?![\d.:/])", _digits),
        (r"(?<![\w.:/-])(?P<h>\d\d?)\s+prick\b", _digits),
        (
            r"(?P<cmp>\b(?:strax\s+)?(?:efter|fore|innan)\s+)(?P<h>\d\d?)(?![\d.:/-])" + HERE_ENDS,
            _digits,
        ),
        (rf"\b(?:vid|till|redan)\s+(?P<h>\d\d?)(?![\d.:/-]){HERE_ENDS}", _digits),
        (rf"\b(?:vid|prick)\s+(?P<h>{_HOUR}){HERE_ENDS}", _spoken),
        (
            rf"\b(?P<ca>(?:runt|kring|omkring)\s+)(?P<h>\d\d?)(?![\d.:/-]){HERE_ENDS}",
            _digits,
        ),
        (rf"(?P<cmp>\b(?:strax\s+)?(?:efter|fore|innan)\s+)(?P<h>{_HOUR}){HERE_ENDS}", _spoken),
        (r"\btolvslaget\b|\b12-slaget\b|\b(?:at\s+)?noon\b", _noon),
        (
            r"\b(?:vid\s+|efter\s+|fore\s+|innan\s+|strax\s+(?:fore|efter)\s+|i\s+samband\s+med\s+)"
            r"(?:lunch(?:en|tid)?|middagstid|frukost(?:en)?|ronden|fika(?:t)?|kaffet)\b|\blunchtid\b|"
            r"\bpa\s+lunchen\b|\b(?:around|after|before|at)\s+lunch(?:time)?\b",
            _vague,
        ),
        (r"\b(?:vid\s+|runt\s+|at\s+)?(?:midnatt|midnight)\b", _vague),
        (r"\bnatten\s+(?:till|mot)\b", _said("natten till")),
        (r"\b(?:mitt\s+)?pa\s+dagen\b", _said("dagen")),
        (r"\b(?P<season>(?:sommar|vinter|normal)tid)\b", _season),
        (
            r"\b(?:(?:tidigt|sent)\s+)?(?:(?:pa|under|i|in\s+the)\s+)?(?:formiddag(?:en|s)?|f\.m\b\.?|"
            r"fm\b)",
            _said("fm"),
        ),
        (
            r"\b(?:(?:tidigt|sent)\s+)?(?:(?:pa|under|i|in\s+the)\s+)?(?:eftermiddag(?:en|s)?|e\.m\b"
            r"\.?|em\b|afternoon)",
            _said("em"),
        ),
        (
            r"(?:\b(?:tidigt|sent)\s+)?(?:\b(?:pa|under|in\s+the)\s+)?(?:(?<=\x00)|\b)"
            r"(?:morgonen|morgon|morse|morning)\b",
            _said("morgon"),
        ),
        (
            r"(?:\b(?:tidigt|sent)\s+)?(?:\b(?:pa|under|in\s+the)\s+)?(?:(?<=\x00)|\b)"
            r"(?:kvallen|kvall|evening)\b",
            _said("kvall"),
        ),
        (r"(?:\b(?:sent|pa|under|mitt\s+i)\s+)*(?:(?<=\x00)|\b)(?:natten|natt)\b", _said("natt")),
    )
)


def clock(at: time) -> str:
    """The time as it is written in Swedish, with seconds only where they say something."""
    return at.strftime("%H.%M.%S" if at.second else "%H.%M")


def part_words(part: str) -> str:
    """How a part of the day is said."""
    return _PART_NAMES[part]


def settle(form: ClockForm, part: str | None) -> ClockForm:
    """The form with the part of the day taken in: a spoken hour gets its half of the day."""
    if form.spoken is not None:
        at = _spoken_at(form.spoken, part)
        return replace(form, at=at, spoken=None, note=None if part else _half_note(at))
    if form.at is None or part is None:
        if form.at is None and form.between is None and part in PARTS and not form.problem:
            return replace(form, between=PARTS[part], words=_PART_NAMES[part])
        return form
    low, high = PARTS.get(part, (time(0), LAST))
    if part in ("em", "kvall") and 1 <= form.at.hour <= 11:
        return replace(form, at=form.at.replace(hour=form.at.hour + 12))
    if part != "natt" and not (low <= form.at <= high) and abs(form.at.hour - low.hour) > 4:
        return replace(
            form,
            problem=f"Kl. {clock(form.at)} är inte {_PART_NAMES[part]}. Skriv vilket som stämmer.",
        )
    return form


def _spoken_at(minutes: int, part: str | None) -> time:
    minutes %= _HALF_DAY
    if (
        part in ("em", "kvall")
        or (part == "natt" and minutes >= 9 * 60)
        or (part in (None, "dagen") and minutes < _MORNING_FROM)
        or (part == "fm" and minutes < 60)
    ):
        minutes += _HALF_DAY
    return time(*divmod(minutes, 60))


def _half_note(at: time) -> str | None:
    if at.hour == 12:
        return None
    return f"jag utgår från {'för' if at.hour < 12 else 'efter'}middagen"


def zone(offset: timedelta) -> timezone:
    """The fixed zone of an ISO offset."""
    return timezone(offset)
