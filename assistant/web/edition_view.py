"""A guideline's edition arranged for reading: sections, places, laws cited, words marked."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from assistant.laws import Law, laws
from assistant.originals import original_lines
from assistant.rules import Rule, all_rules
from assistant.understand import content_words
from assistant.web.conflicts import Conflict, conflicts_of
from ingest import swedish
from ingest.document import Corpus, Document, Lines, Provision

FORMS = 5
# Shorter stems stand in too many words to show why a provision was found.
_SHORTEST = 3
_PIECE = re.compile(r"\w+(?:[.:]\w+)*|\W+")


@dataclass(frozen=True, slots=True)
class Cited:
    """A law that is cited, and whether it applied on the day."""

    law: Law
    in_force: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision with all that is shown of it."""

    provision: Provision
    place: str
    also: str
    original: str | None
    rules: tuple[Rule, ...]
    conflicts: tuple[Conflict, ...]
    forms: tuple[str, ...]
    laws: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the guideline with the provisions directly beneath it."""

    anchor: str
    title: str
    level: int  # of the HTML heading; above it stand the page and the document
    provisions: tuple[Shown, ...]


def sections(
    corpus: Corpus, document: Document, day: date, originals: Path | None = None
) -> list[Section]:
    """The document's edition by heading, in its own order; a heading without text stands too."""
    forms = _forms(corpus)
    held = [p for p in corpus.provisions.values() if p.document == document.id]
    found: list[Section] = []
    names: dict[str, int] = defaultdict(int)
    before: tuple[str, ...] = ()
    for headings, group in groupby(held, lambda p: p.locator.headings):
        shared = _shared(before, headings)
        for depth in range(shared, len(headings)):
            beneath = [
                _shown(p, document, day, originals, forms)
                for p in (group if depth == len(headings) - 1 else ())
            ]
            anchor = f"avsnitt-{document.id}-{_slug(headings[depth])}"
            names[anchor] += 1
            if names[anchor] > 1:
                anchor += f"-{names[anchor]}"
            found.append(Section(anchor, headings[depth], depth + 3, tuple(beneath)))
        if shared == len(headings):  # back to a heading after one beneath it
            found.append(
                Section(
                    f"avsnitt-{document.id}-{len(found) + 1}",
                    f"{headings[-1]} (forts.)",
                    len(headings) + 2,
                    tuple(_shown(p, document, day, originals, forms) for p in group),
                )
            )
        before = headings
    return found


def shown(corpus: Corpus, provision: Provision, day: date) -> Shown:
    """One provision as it is shown among others, without the original's words or staff's forms."""
    return _shown(provision, corpus.documents[provision.document], day, None, {})


def cited(texts: Sequence[str], day: date) -> tuple[Cited, ...]:
    """The laws that the texts cite, each once, with whether it applied on the day."""
    return tuple(
        Cited(law, law.in_force_from <= day and (law.in_force_to is None or day <= law.in_force_to))
        for law in laws()
        if any(re.search(law.pattern, text) for text in texts)
    )


def place(provision: Provision, document: Document) -> str:
    """Where it stands: "sida 15, rad 366–370"."""
    locator = provision.locator
    page = "" if locator.page is None else f"{document.page_word} {locator.page}, "
    return page + rows(locator.lines)


def rows(lines: Lines) -> str:
    """The lines in words.

    >>> rows(Lines(3, 3)), rows(Lines(3, 5))
    ('rad 3', 'rad 3–5')
    """
    return f"rad {lines.first}" if lines.first == lines.last else f"rad {lines.first}–{lines.last}"


def marked(text: str, question: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether the question has that word, in any of its forms."""
    sought = {swedish.stem(word) for word in content_words(question)}
    sought = {word for word in sought if len(word) >= _SHORTEST}
    pieces = [(piece, _has(piece, sought)) for piece in _PIECE.findall(text)]
    return [("".join(p for p, _ in run), hit) for hit, run in groupby(pieces, lambda p: p[1])]


def resting_on(provision: str) -> tuple[Rule, ...]:
    """The rules that rest on the provision."""
    return _resting().get(provision, ())


def _has(piece: str, sought: set[str]) -> bool:
    return any(swedish.stem(word) in sought for word in swedish.words(piece))


@lru_cache(maxsize=1)
def _resting() -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in all_rules().values():
        for provision in rule.provisions:
            found[provision].append(rule)
    return {key: tuple(rules) for key, rules in found.items()}


def _forms(corpus: Corpus) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for provision, form in corpus.forms:
        if len(found[provision]) < FORMS:
            found[provision].append(form)
    return found


def _shown(
    provision: Provision,
    document: Document,
    day: date,
    originals: Path | None,
    forms: Mapping[str, Sequence[str]],
) -> Shown:
    lines = (provision.locator.lines, *provision.locator.also)
    texts = [original_lines(originals, document, part) for part in lines]
    known = [text for text in texts if text is not None]
    return Shown(
        provision,
        place(provision, document),
        ", ".join(rows(part) for part in provision.locator.also),
        "\n…\n".join(known) if known else None,
        resting_on(provision.id),
        conflicts_of(provision.id),
        tuple(forms.get(provision.id, ())),
        cited([provision.text], day),
    )


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many headings two paths begin with alike."""
    pairs: Iterator[tuple[str, str]] = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _slug(heading: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", swedish.fold(heading))) or "rubrik"
