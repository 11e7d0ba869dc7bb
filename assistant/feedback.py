"""What a person thinks of an answer: plain data, screened before any of it is stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from assistant import render
from assistant.answer import Answer, Question
from assistant.guard import MAX_LENGTH, has_personal_number
from ingest import swedish
from ingest.errors import InputError

MAX_TURNS = 20
MAX_COMMENT = 2000
MAX_ANSWER = 60_000


class Verdict(StrEnum):
    """What can be said of an answer, of a statement in it or of a citation."""

    RATT = "rätt"
    FEL = "fel"
    OFULLSTANDIG = "ofullständig"
    FEL_KALLA = "fel källa"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer with what a person thinks of it; `provisions` in the order of the citations."""

    turns: tuple[str, ...]
    region: str | None
    as_of: date
    answer: str
    status: str
    provisions: tuple[str, ...]
    verdict: str
    comment: str = ""


class Said(NamedTuple):
    """A part of an answer's text, with the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


_CITED = re.compile(r"^(.*?)\s*((?:\[\d+\])+)$", re.DOTALL)
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|snabel-?a)\s?[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?[a-z]{2,}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w:.,/§-])(?<!\d )(?:(?:\+|00)[1-9]\d{0,2}[ -]?(?:\(0\))?|\(?0)\d{0,3}\)?"
    r"(?:[ /-]{0,3}\d){5,11}(?![\w:])"
)
# "0800-1630" is when a unit is open, "04 12 2026" a day.
_TIMES = re.compile(
    r"(?:[0-2]\d[0-5]\d(?:\s?-\s?|\s|$)){2,}|[0-3]?\d[ /-][01]?\d[ /-](?:19|20)\d\d"
)
_BORN = re.compile(
    r"\b(?:född|f\.|fdd|patient\w*|pat\.?|brukare\w*)\s(?:\w+\s){0,2}?"
    r"(?:(?:18|19|20)\d\d[-./ ]?[01]\d[-./ ]?[0-3]\d|[0-3]?\d[/.][01]?\d[ -/.](?:19|20)\d\d"
    r"|\d\d[01]\d[0-3]\d(?!\d))",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:[Hh]eter|vid namn|[Nn]amnet är)\s[A-ZÅÄÖ][a-zåäöé]{2,}")
_NOT_KEPT = (
    "Ingenting har sparats. Ta bort uppgiften och skicka omdömet igen; det behöver aldrig säga vem "
    "någon är."
)


def feedback_on(question: Question, answer: Answer, verdict: str, comment: str = "") -> Feedback:
    """The feedback on an answer, with the answer's text and provisions as they were shown."""
    return Feedback(
        question.turns,
        question.region or answer.region,
        question.as_of,
        render.spoken(answer),
        answer.status.value,
        tuple(c.provision for c in answer.citations),
        verdict,
        comment,
    )


def said(answer: str) -> list[Said]:
    """The parts of an answer's text.

    >>> said("Kort sagt:\\n\\nKommunen kallar. [1][2]")
    [Said(text='Kort sagt:', citations=()), Said(text='Kommunen kallar.', citations=(1, 2))]
    """
    parts = [part.strip() for part in answer.split("\n\n") if part.strip()]
    found = [(part, _CITED.match(part)) for part in parts]
    return [
        Said(match[1], tuple(int(n) for n in re.findall(r"\d+", match[2])))
        if match
        else Said(part, ())
        for part, match in found
    ]


def refused(feedback: Feedback) -> str | None:
    """Why the feedback may not be stored, in Swedish and without echoing any of it; None if it may.

    Personal numbers, birth dates, names introduced as such, e-mail addresses and phone numbers are
    looked for in everything that a person has written, personal numbers in the answer too.
    """
    if feedback.verdict not in list(Verdict):
        return f"Välj ett omdöme: {', '.join(Verdict)}. Ingenting har sparats."
    if not feedback.turns:
        return "Omdömet saknar frågan som det gäller. Ställ frågan igen; ingenting har sparats."
    if len(feedback.turns) > MAX_TURNS or max(map(len, feedback.turns)) > MAX_LENGTH:
        return (
            "Samtalet är för långt för att sparas. Börja ett nytt samtal, ställ frågan igen och "
            "lämna omdömet där."
        )
    if len(feedback.comment) > MAX_COMMENT:
        return (
            f"Kommentaren är för lång ({len(feedback.comment)} tecken). Korta den till högst "
            f"{MAX_COMMENT} tecken; ingenting har sparats."
        )
    if len(feedback.answer) > MAX_ANSWER:
        return "Svaret är för långt för att sparas. Ställ frågan så att svaret blir kortare."
    for what, text in _written(feedback):
        kind = personal(text)
        if kind is not None:
            return f"{what} ser ut att innehålla {kind}. {_NOT_KEPT}"
    if has_personal_number(swedish.clean(feedback.answer)):
        return f"Svaret ser ut att innehålla ett personnummer. {_NOT_KEPT}"
    return None


def personal(text: str) -> str | None:
    """The kind of personal data that the text seems to hold, in Swedish words, None if none."""
    cleaned = swedish.clean(text)
    if has_personal_number(cleaned):
        return "ett personnummer"
    if _EMAIL.search(cleaned):
        return "en e-postadress"
    if any(not _TIMES.fullmatch(match[0].strip()) for match in _PHONE.finditer(cleaned)):
        return "ett telefonnummer"
    if _BORN.search(cleaned):
        return "ett födelsedatum"
    if _NAMED.search(cleaned):
        return "ett namn"
    return None


def free_text(text: str, what: str, least: int = 0, most: int = MAX_COMMENT) -> str:
    """What a reviewer has written, trimmed; `what` names it in the messages.

    Raises InputError where it is too short, too long or seems to hold personal data.
    """
    plain = storable(text).strip()
    if len(plain) < least:
        raise InputError(f"{what} behöver minst {least} tecken.")
    if len(plain) > most:
        raise InputError(f"{what} är för lång. Korta till högst {most} tecken.")
    kind = personal(plain)
    if kind is not None:
        raise InputError(f"{what} ser ut att innehålla {kind}. Ta bort uppgiften.")
    return plain


def storable(text: str) -> str:
    """The text without what a database cannot hold: null characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _written(feedback: Feedback) -> Iterator[tuple[str, str]]:
    for turn in feedback.turns:
        yield "Frågan", turn
    yield "Kommentaren", feedback.comment
