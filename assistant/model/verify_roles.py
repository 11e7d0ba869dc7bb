"""The roles that a text names, where they sit, and to whom something is given."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant import regions
from assistant.model.verify_clauses import Clause, clauses
from assistant.model.verify_relations import ranked
from assistant.model.verify_words import lexicon, plain

# Roles that stand for the many: a statement may name them where the text names one of them.
_PERSON = "brukar*"
_LAW = re.compile(r"\b\w+lag(?:en|ens|stiftning\w*)?\b")  # socialtjänstlagen acts not
WIDE = {"personal*", "huvudman*", "myndighet*", "mötesledar*", "chef"}


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = []
    for line in lexicon()["roles"]["list"].strip().splitlines():
        words = line.split()
        parts = [
            re.escape(word.rstrip("*").replace("_", " "))
            + (r"[a-zåäö:]*" if word.endswith("*") else "")
            for word in words
        ]
        rows.append(
            (words[0], re.compile(r"(?<![a-zåäöé])(?:" + "|".join(parts) + r")(?![a-zåäöé])"))
        )
    return tuple(rows)


@lru_cache(maxsize=4096)
def roles(text: str) -> frozenset[str]:
    """The roles that the text, in lower case, names."""
    text = _LAW.sub(" ", text)
    return frozenset(name for name, pattern in _table() if pattern.search(text))


def _within(name: str, text: str) -> bool:
    """Whether a compound of the text ends or begins with the role."""
    stem = name.rstrip("*").replace("_", " ")
    return len(stem) > 3 and stem[: max(4, len(stem) - 4)] in text


def faults(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Roles of the statement that the texts don't name, or place or give to otherwise."""
    said, held = plain(regions.without_names(statement)), plain(" ".join(texts))
    for name in sorted(roles(said) - roles(held) - WIDE):
        if name.startswith(("brukar", "närstående")) or _within(name, held):
            continue
        yield "roll", name.rstrip("*").replace("_", " ")
    yield from _placed(said, held)
    for clause in clauses(statement):
        yield from _given(clause, texts)


_TO = re.compile(r"\b(?:till|åt)\s+((?:(?:den|det|de|en|ett|sin|alla)\s+)?(?:[a-zåäö-]+\s*){1,2})")


_TOWARDS = re.compile(r"\b(?:till|åt)\s+(.*)")


def _given(clause: Clause, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """To whom the statement gives or sends what the texts give or send to another."""
    mine = _receivers(clause.text)
    if not mine:
        return
    near = [window[0] for _, window in ranked(clause, texts) if len(window) == 1][:2]
    theirs = [roles(match.group(1)) for c in near if (match := _TOWARDS.search(c.text))]
    if theirs and _TO.search(near[0].text) and not any(mine & other for other in theirs):
        yield "roll", f"till {', '.join(sorted(r.rstrip('*') for r in mine))}"


def _receivers(text: str) -> frozenset[str]:
    return frozenset().union(*(roles(match.group(1)) for match in _TO.finditer(text)))


_PLACE = re.compile(
    r"^\s*(?:som är verksam )?(?:på|inom|i|vid|hos|från)\s+(?:(?:den|det|de|sin|en"
    r"|ett)\s+)?((?:(?!med\b|och\b|till\b|för\b|som\b|dialog\b|samråd\b"
    r"|samband\b)[a-zåäö-]+\s+){0,2}[a-zåäö-]+)"
)
_PLACES = {
    "kommun*",
    "region*",
    "slutenvård*",
    "öppenvård*",
    "vårdcentral*",
    "socialtjänst*",
    "närsjukvård*",
    "skola*",
    "förskola*",
}


def _seats(text: str, of: frozenset[str]) -> dict[str, set[str]]:
    """Where each of the roles is said to sit: "verksamhetschefen inom den öppna vården"."""
    found: dict[str, set[str]] = {}
    for name, pattern in _table():
        if name not in of:
            continue
        for match in pattern.finditer(text):
            seat = _PLACE.match(text[match.end() :])
            if seat and (places := roles(seat.group(1)) & _PLACES):
                found.setdefault(name, set()).update(places)
    return found


def _placed(said: str, held: str) -> Iterator[tuple[str, str]]:
    both = (roles(said) & roles(held)) - _PLACES - {_PERSON}
    mine = _seats(said, both)
    theirs = _seats(plain(regions.without_names(held)), both) if mine else {}
    for name, places in mine.items():
        if name in theirs and not places & theirs[name]:
            yield "roll", f"{name.rstrip('*')} {', '.join(p.rstrip('*') for p in sorted(places))}"
