"""Which region a text speaks of: by name, short form, municipality or place, misspelt or not."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import corpus
from ingest import swedish


@dataclass(frozen=True, slots=True)
class Region:
    """One of Sweden's 21 regions."""

    id: str
    name: str
    short: str
    guideline: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A region named in a text, and where."""

    region: Region
    start: int
    end: int


# A name may stand in the genitive or as the first part of a compound (hallandsrutinen).
_TAIL = (
    r"(?:s|:s)?"
    r"(?:s?(?:lans)?(?:rutin|riktlinj|dokument|bild|sida|region|modell|kommun)[a-z]*)?"
)


# Where a place may stand: with a capital inside a sentence, or after "i" or a comma.
_PLACE = re.compile(
    r"(?:(?<=\bi )|(?<=, )|(?<=[^.?!] ))(?P<word>[A-ZÅÄÖ][a-zåäö]{5,})|"
    r"(?:\bi |, )(?P<low>[a-zåäö]{6,})\W*$"
)


@dataclass(frozen=True, slots=True)
class _Name:
    region: str
    written: str
    ambiguous: bool  # also an ordinary word: only as written, with its capital and diacritics


@lru_cache(maxsize=1)
def all_regions() -> dict[str, Region]:
    """Every region by id, in the order of `corpus/regions.toml`."""
    return {
        entry["id"]: Region(entry["id"], entry["name"], entry["short"], entry["guideline"])
        for entry in _entries()
    }


def with_guideline() -> list[Region]:
    """The regions whose guideline the corpus holds."""
    return [region for region in all_regions().values() if region.guideline]


def mentions(text: str) -> list[Mention]:
    """The regions that the text names, in order; a longer name wins over a shorter within it."""
    cleaned = swedish.clean(text)
    folded = swedish.fold(cleaned)
    if len(folded) != len(cleaned):  # a ligature or the like: positions would not agree
        cleaned = folded
    found: list[Mention] = []
    for match in _pattern().finditer(folded):
        name = _meant(match.group("name"), cleaned[match.start("name") : match.end("name")])
        if name.ambiguous and not _certain(name, cleaned, match.start(), match.end("name")):
            continue
        found.append(Mention(all_regions()[name.region], match.start(), match.end()))
    return found or list(_misspelt(cleaned))


def without_names(text: str) -> str:
    """The text with the regions' names taken out, so that only what is asked remains."""
    cleaned = swedish.clean(text)
    if len(swedish.fold(cleaned)) != len(cleaned):
        return cleaned
    for mention in reversed(mentions(cleaned)):
        cleaned = cleaned[: mention.start] + " " + cleaned[mention.end :]
    return re.sub(r"\s+([?!.,:;])", r"\1", " ".join(cleaned.split())).strip(" ,:;-")


def home_municipality(text: str) -> str | None:
    """The municipality that the text says somebody is registered in (folkbokförd).

    >>> home_municipality("Hon är folkbokförd i Boden men bor hos dottern i Luleå.")
    'Boden'
    """
    match = _home().search(swedish.fold(text))
    return None if match is None else _municipalities()[match["name"]]


def asked_municipality(text: str) -> str | None:
    """The municipality whose duty the text asks of, named with the word "kommun".

    >>> asked_municipality("Hon är folkbokförd i Boden, ska Luleå kommun betala?")
    'Luleå'
    """
    found = [match["name"] for match in _named_as_such().finditer(swedish.fold(text))]
    return _municipalities()[found[-1]] if found else None


@lru_cache(maxsize=1)
def _named_as_such() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_municipalities(), key=len, reverse=True)))
    return re.compile(
        rf"(?<!folkbokford i )(?<!skriven i )\b(?P<name>{names})s?\s+kommun(?:en|s|ens)?\b"
    )


@lru_cache(maxsize=1)
def _municipalities() -> dict[str, str]:
    """Folded name → the name, of every municipality."""
    return {swedish.fold(m): m for entry in _entries() for m in entry["municipalities"]}


@lru_cache(maxsize=1)
def _home() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_municipalities(), key=len, reverse=True)))
    return re.compile(
        rf"\b(?:folkbokford|mantalsskriven|skriven|registered)(?: kvar)? (?:i|in|pa) "
        rf"(?P<name>{names})\b"
    )


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    table = tomllib.loads((corpus.FOLDER / "regions.toml").read_text("utf-8"))
    entries: list[dict[str, Any]] = table["region"]
    return entries


@lru_cache(maxsize=1)
def _names() -> dict[str, list[_Name]]:
    """Folded name → the names that fold so (Habo and Håbo)."""
    names: dict[str, list[_Name]] = {}
    for entry in _entries():
        ambiguous = set(entry.get("ambiguous", []))
        for written in [*entry["names"], *entry["municipalities"], *entry.get("places", [])]:
            name = _Name(entry["id"], written, written in ambiguous)
            names.setdefault(swedish.fold(written), []).append(name)
    return names


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=lambda name: (-len(name), name))
    names = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<![a-z0-9])(?P<name>{names}){_TAIL}(?![a-z0-9])")


def _meant(folded: str, written: str) -> _Name:
    names = _names()[folded]
    same = [name for name in names if name.written.casefold() == written.casefold()]
    return (same or names)[0]


def _certain(name: _Name, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if written != name.written or text.isupper():
        return False
    opens_sentence = not text[:start].strip() or text[:start].rstrip()[-1] in ".?!"
    return not opens_sentence or re.match(r" kommun\b", text[end:]) is not None


def _misspelt(text: str) -> Iterator[Mention]:
    """Names one slip away from a municipality or region, where one can be meant: "i Jokkmok"."""
    for match in _PLACE.finditer(text):
        group = "word" if match["word"] else "low"
        word = swedish.fold(match[group])
        # get_close_matches is slow over all names; most of them differ in their first letter.
        names = _long_names().get(word[:1], [])
        near = get_close_matches(word, names, n=2, cutoff=0.86) or [
            name for name in names if sorted(name) == sorted(word)
        ]
        regions = {_names()[name][0].region for name in near}
        if len(regions) == 1:
            yield Mention(all_regions()[regions.pop()], match.start(group), match.end(group))


@lru_cache(maxsize=1)
def _long_names() -> dict[str, list[str]]:
    """The unambiguous names of six letters or more by their first letter."""
    found: dict[str, list[str]] = {}
    for folded, names in _names().items():
        if len(folded) >= 6 and not any(name.ambiguous for name in names):
            found.setdefault(folded[0], []).append(folded)
    return found
