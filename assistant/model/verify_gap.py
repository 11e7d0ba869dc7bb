"""What a provision about a gap leaves unsaid and says beside that; statements of absence."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.model.verify_relations import covered
from assistant.model.verify_words import content, lexicon, plain, vocabulary
from ingest.document import Provision

_SENTENCE = re.compile(
    r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"])|;\s+|,\s+(?=bara att\b|utan att\b)|:\s+(?=den ger\b)"
)
_LEAST = 0.5
_LEAST_STATED = 0.8


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon()["absence"]["patterns"])


@lru_cache(maxsize=1)
def _perhaps() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon()["absence"]["perhaps"])


@lru_cache(maxsize=4096)
def is_absence(text: str) -> bool:
    """Whether the text says that the guideline does not say something.

    >>> is_absence("Riktlinjen anger inte vem som betalar."), is_absence("Kommunen betalar inte.")
    (True, False)
    """
    lower = plain(text)
    return any(pattern.search(lower) for pattern in _patterns())


def is_absence_of(text: str, cited: Sequence[Provision]) -> bool:
    """Whether the text says that a guideline does not say something, as the cited ones allow."""
    if is_absence(text):
        return True
    lower = plain(text)
    return any(p.gap for p in cited) and any(pattern.search(lower) for pattern in _perhaps())


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[str, str]:
    """What the text says is not stated, and what it says beside that."""
    unsaid: list[str] = []
    stated: list[str] = []
    for piece in _SENTENCE.split(text):
        (unsaid if is_absence(piece) else stated).append(piece)
    return " ".join(unsaid), " ".join(stated)


def faults(statement: str, cited: Sequence[Provision]) -> Iterator[tuple[str, str]]:
    """Where the statement calls unsaid what is said, or the other way round: kind and what."""
    gaps = [p for p in cited if p.gap or is_absence(p.text)]
    if is_absence_of(statement, cited):
        if not gaps:
            yield "anges inte", "ingen citerad bestämmelse säger att något inte anges"
            return
        words = content(_claim(statement))
        unsaid = vocabulary(" ".join(parts(p.text)[0] for p in gaps))
        if words and covered(words, unsaid) < _LEAST:
            yield "anges inte", "det som sägs inte anges är något annat i källan"
        return
    if cited and all(p.gap for p in cited):
        stated = vocabulary(" ".join(parts(p.text)[1] for p in cited))
        if covered(content(statement), stated) < _LEAST_STATED:
            yield "anges", "källan säger att detta inte anges"


def _claim(statement: str) -> str:
    """The clauses of the statement that speak of absence."""
    pieces = re.split(
        r"\s+utan (?!att\b)|,\s+(?:men|utan|fast|dock|den|det|de|riktlinjen|rutinen)\b|;", statement
    )
    absent = [
        piece
        for piece in pieces
        if any(p.search(plain(piece)) for p in (*_patterns(), *_perhaps()))
    ]
    return " ".join(absent) if absent else statement
