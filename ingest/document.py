"""What the corpus is made of: documents, provisions, where each stands, how staff ask for it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Lines(NamedTuple):
    """A range of lines in an original, 1-based and inclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """A guideline, as its entry in `corpus/manifest.toml` describes it."""

    id: str
    region: str
    title: str
    publisher: str
    file: str
    sha256: str
    lines: int
    address: str | None = None
    decided: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str | None = None
    page_word: str = "sida"
    # (first line, printed page), in order; empty where the original has no pages
    pages: tuple[tuple[int, int], ...] = ()

    def page_of(self, line: int) -> int | None:
        """The printed page (or slide) that the line stands on, None where there are no pages."""
        page = None
        for first, number in self.pages:
            if first > line:
                break
            page = number
        return page

    def in_force(self, day: date) -> bool:
        """Whether the document applies on that day; an unknown limit does not exclude it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a provision stands in the original."""

    headings: tuple[str, ...]
    lines: Lines
    also: tuple[Lines, ...]
    page: int | None
    phrase: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One atomic statement of one guideline, in our own words, with a permanent id."""

    id: str
    region: str
    document: str
    text: str
    locator: Locator
    gap: bool = False  # states what the guideline does not state


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole edition, read and consistent."""

    documents: dict[str, Document]
    provisions: dict[str, Provision]
    forms: tuple[tuple[str, str], ...]  # (provision id, a way in which staff ask for it)
    fingerprint: str  # sha256 over every file it was read from
