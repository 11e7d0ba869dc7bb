"""What an answer is: plain data, the same whether a rule, a passage or a model made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How the question was met."""

    ANSWER = "answer"
    CLARIFY = "clarify"  # something is missing: the region, the event, the time
    ABSTAIN = "abstain"  # the guideline does not say
    REFUSE = "refuse"  # out of scope, unsafe, personal data


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement can be checked. `number` is what the answer's [n] points to."""

    number: int
    provision: str
    region: str
    document: str
    publisher: str
    file: str
    lines: tuple[int, int]
    section: str
    page: str | None  # "sida 15" or "bild 5"
    quote: str  # our edition's wording
    original: str | None = None  # the original's own lines, where they are at hand


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said, with the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]
    label: str | None = None  # whose it is, where several regions are answered for


@dataclass(frozen=True, slots=True)
class Warning_:
    """What the reader must know beside the answer, such as a cited law that no longer applies."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A computation as it is shown: rule, inputs as understood, steps in words, result."""

    rule: str
    status: str
    inputs: Mapping[str, Any]
    steps: tuple[str, ...]
    value: Any
    text: str  # the whole in words, as it stands in the answer
    provisions: tuple[str, ...]
    interpretation: str | None = None
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the turns of the conversation, the region chosen, the day it concerns."""

    turns: tuple[str, ...]
    region: str | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `lead` is text of ours that states nothing from a guideline."""

    status: Status
    lead: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    computations: tuple[Shown, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    region: str | None = None
    reason: str | None = None  # category of a refusal or abstention, without any of the question
    choices: tuple[str, ...] = ()  # regions to choose between, when clarify
    silent: tuple[str, ...] = ()  # names of compared regions whose guideline does not state it
    note: str = ""  # in English, where the question was; goes before all else
    suggestions: tuple[str, ...] = ()  # what can be asked next, and will be answered
    as_of: date | None = None
    worded_by: str = ""  # the language model whose verified words stand in it
