"""The words of dates and clock times, folded, and a folded text that knows where each letter stood.

Everything here is vocabulary and spelling; what a word means for a date is decided elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.word_mending import mended, near_to
from ingest import swedish

MONTH_NAMES = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
DAY_NAMES = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]

_ENGLISH_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ENGLISH_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_NUMBERS = [
    "noll",
    "ett",
    "tva",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "atta",
    "nio",
    "tio",
    "elva",
    "tolv",
    "tretton",
    "fjorton",
    "femton",
    "sexton",
    "sjutton",
    "arton",
    "nitton",
    "tjugo",
    "tjugoett",
    "tjugotva",
    "tjugotre",
    "tjugofyra",
    "tjugofem",
    "tjugosex",
    "tjugosju",
    "tjugoatta",
    "tjugonio",
    "trettio",
    "trettioett",
]
_ENGLISH_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_ORDINALS = [
    "forsta",
    "andra",
    "tredje",
    "fjarde",
    "femte",
    "sjatte",
    "sjunde",
    "attonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
    "trettonde",
    "fjortonde",
    "femtonde",
    "sextonde",
    "sjuttonde",
    "artonde",
    "nittonde",
    "tjugonde",
    "tjugoforsta",
    "tjugoandra",
    "tjugotredje",
    "tjugofjarde",
    "tjugofemte",
    "tjugosjatte",
    "tjugosjunde",
    "tjugoattonde",
    "tjugonionde",
    "trettionde",
    "trettioforsta",
]

MONTHS: dict[str, int] = {
    **{swedish.fold(name): n for n, name in enumerate(MONTH_NAMES, 1)},
    **{name: n for n, name in enumerate(_ENGLISH_MONTHS, 1)},
    **{name: n for n, name in enumerate(_SHORT_MONTHS, 1)},
    "sept": 9,
    "oct": 10,
}
WEEKDAYS: dict[str, int] = {
    **{swedish.fold(name): n for n, name in enumerate(DAY_NAMES)},
    **{name: n for n, name in enumerate(_ENGLISH_DAYS)},
}
# Short weekdays count only beside a date or a clock time.
SHORT_WEEKDAYS: dict[str, int] = {
    **dict(zip(("man", "tis", "ons", "tors", "fre", "lor", "son"), range(7), strict=True)),
    **dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), range(7), strict=True)),
    "tor": 3,
    "thur": 3,
    "tues": 1,
}
# These are also ordinary words or names: the weekday is dropped where it does not fit the date.
WEAK_WEEKDAYS = frozenset({"man", "son", "tor", "fri", "sat", "sun", "mon", "wed"})
NUMBERS: dict[str, int] = {
    **{name: n for n, name in enumerate(_NUMBERS)},
    **{name: n for n, name in enumerate(_ENGLISH_NUMBERS)},
    "en": 1,
    "a": 1,
    "an": 1,
    "aderton": 18,
}
ORDINALS: dict[str, int] = {name: n for n, name in enumerate(_ORDINALS, 1)}

_NOT_WEEKDAYS = frozenset({"mandat", "mandate", "fridag", "vardag", "modag", "somdag"})
_WORD = re.compile(r"[a-z]+")
_AFTER_DAY_NUMBER = re.compile(r"\d{1,2}(?::?[ea]|:de|th|st|nd|rd)?\.?\s+(?:of\s+)?$")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in lower case without diacritics; `at[i]` is where letter i stands in the original."""

    text: str
    original: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of a non-empty span here, combining marks included."""
        first, last = self.at[start], self.at[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return first, last


def alternatives(names: Iterable[str]) -> str:
    """A regular expression for any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def number(word: str) -> int:
    """The number that digits or a folded number word stand for; KeyError for another word."""
    return int(word) if word.isdigit() else NUMBERS[word]


def read(text: str) -> Folded:
    """The text folded letter by letter, with misspelt months, weekdays and trade words mended.

    >>> read("Fredga 13 MRAS").text
    'fredag 13 mars'
    """
    letters: list[str] = []
    at: list[int] = []
    for position, char in enumerate(text):
        for letter in _fold(char):
            letters.append(letter)
            at.append(position)
    plain = "".join(letters)
    mended: list[str] = []
    places: list[int] = []
    done = 0
    for match in _WORD.finditer(plain):
        right = _mend(match.group(), plain[: match.start()])
        if right is None:
            continue
        mended.append(plain[done : match.start()] + right)
        places.extend(at[done : match.start()])
        inside = at[match.start() : match.end()]
        places.extend(inside[min(i, len(inside) - 1)] for i in range(len(right) - 1))
        places.append(inside[-1])
        done = match.end()
    mended.append(plain[done:])
    places.extend(at[done:])
    return Folded("".join(mended), text, tuple(places))


@lru_cache(maxsize=1024)
def _fold(char: str) -> str:
    return " " if char.isspace() else swedish.fold(char)


@lru_cache(maxsize=4096)
def _mend_weekday(word: str) -> str | None:
    for ending in ("", "en", "s"):
        stem = word.removesuffix(ending)
        if len(stem) < 5 or not word.endswith(ending) or stem in _NOT_WEEKDAYS:
            continue
        for day in DAY_NAMES:
            if swedish.fold(day) != stem and near_to(stem, swedish.fold(day), 1):
                return swedish.fold(day) + ending
    return None


@lru_cache(maxsize=4096)
def _mend_month(word: str) -> str | None:
    if word in MONTHS or len(word) < 4:
        return None
    for name in map(swedish.fold, MONTH_NAMES):
        if len(name) == 4 and not (sorted(word) == sorted(name) and near_to(word, name, 1)):
            continue
        if len(name) > 3 and near_to(word, name, 2 if len(name) > 6 else 1):
            return name
    return None


def _mend(word: str, before: str) -> str | None:
    if any(word == name + ending for name in WEEKDAYS for ending in ("", "en", "s")):
        return None
    if _AFTER_DAY_NUMBER.search(before) and (month := _mend_month(word)):
        return month
    return _mend_weekday(word) or mended(word)
