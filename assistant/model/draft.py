"""What a language model says before it is believed, and what it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ingest.document import Provision


class Draft(NamedTuple):
    """A statement as a model wrote it, and the ids it cites: of provisions or of computations."""

    text: str
    citations: tuple[str, ...]


class Fault(NamedTuple):
    """Why a draft may not be shown: a kind, and what in Swedish, for administrators."""

    kind: str
    what: str


@dataclass(frozen=True)
class Evidence:
    """What the model was given: provisions and computations (in words) by id, and the question.

    `region` is the one that the question is about, None where it is about several.
    """

    provisions: Mapping[str, Provision]
    computations: Mapping[str, str]
    question: str
    region: str | None
