"""Question forms → the pairs that are one question written twice, with file and line of both.

Two forms are compared as sets of character trigrams over their stems, so that order, case,
diacritics, abbreviations, endings and function words do not tell them apart. Two such forms of
one provision teach nothing new; of two provisions in one region they teach what is not so.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import corpus
from ingest import swedish
from ingest.document import Corpus, Document, Provision
from ingest.edition import read_text

# Set by reading real pairs, of one provision from 0.87 up and of two from 0.70: below 0.90 two
# forms of one provision differ in what the asker has in mind; of two provisions, below 0.86, one
# word often divides them.
SAME_PROVISION = 0.90
OTHER_PROVISION = 0.86


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that carry nothing of the question. Fewer than `function_words` in terms.toml: question
# words, modal verbs other than "ska" and prepositions of time are what tells two questions apart.
_FUNCTION_WORDS = _listed(
    """
    och att det den de en ett i pa som for med ar vi jag man om av till sa da nu ska vara blir bli
    min mitt oss mig har finns the a an is are do does to of in for and
    """
)
NEGATIONS = _listed(
    """
    inte ej icke ingen inget inga aldrig utan slipper not no never
    """
)
QUESTION_WORDS = _listed(
    """
    vem vems vad vilken vilket vilka var vart nar hur varfor
    who whose what which where when how why
    """
)


class Form(NamedTuple):
    """A question form and where it stands."""

    provision: str
    text: str
    path: Path
    line: int


class Alike(NamedTuple):
    """Two forms that are one question, and their likeness between 0 and 1."""

    first: Form
    second: Form
    likeness: float


class _Read(NamedTuple):
    """What of a form is compared."""

    grams: frozenset[str]
    negations: frozenset[str]
    numbers: frozenset[str]
    question_words: frozenset[str]


def placed_forms(edition: Corpus, folder: Path = corpus.FOLDER) -> Iterator[Form]:
    """The forms of an edition that has been read from `folder`, with file and line."""
    for document in edition.documents.values():
        path = folder / "questions" / f"{document.id}.tsv"
        for number, line in enumerate(read_text(path).splitlines(), 1):
            if line and not line.startswith("#"):
                provision, text = line.split("\t")
                yield Form(provision, text.strip(), path, number)


def near_duplicates(edition: Corpus, forms: Sequence[Form]) -> list[Alike]:
    """The pairs among `forms` that are one question, as they stand in the files.

    Two provisions are only compared within a region, and only where their documents can apply on
    the same day: a new version of a guideline is asked for as the old one was.
    """
    read = [_read(form.text) for form in forms]
    by_region: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        by_region[edition.provisions[form.provision].region].append(number)
    found: list[Alike] = []
    for numbers in by_region.values():
        for one, other in _candidates(numbers, [read[n].grams for n in numbers]):
            likeness = _likeness(read[one].grams, read[other].grams)
            if _one_question(edition, forms[one], forms[other], read[one], read[other], likeness):
                found.append(Alike(forms[one], forms[other], likeness))
    return sorted(found, key=lambda pair: (str(pair.first.path), pair.first.line, pair.second.line))


def told(pair: Alike) -> str:
    """The pair in Swedish, with both lines and what to do."""
    first, second, _ = pair
    where = f"{first.path}:{first.line} och {second.path.name}:{second.line}"
    quoted = f"”{first.text}” och ”{second.text}”"
    if first.provision == second.provision:
        return f"{where}: {quoted} är samma fråga om {first.provision}. Skriv om den ena."
    return (
        f"{where}: {quoted} är samma fråga, men den ena gäller {first.provision} och den andra "
        f"{second.provision}. Skriv i frågan vad som skiljer dem åt, eller ta bort den ena."
    )


def likeness(one: str, other: str) -> float:
    """How alike two questions are as they are compared here, 0-1.

    >>> likeness("När ska SIP göras i öppenvården?", "sip oppenvard nar gors den") > 0.85
    True
    """
    return _likeness(_read(one).grams, _read(other).grams)


def _read(text: str) -> _Read:
    words = swedish.words(text)
    telling = [word for word in words if word not in _FUNCTION_WORDS] or words
    return _Read(
        frozenset().union(*(_grams(word) for word in telling)),
        NEGATIONS.intersection(words),
        frozenset(word for word in words if any(c.isdigit() for c in word)),
        QUESTION_WORDS.intersection(words),
    )


@lru_cache(maxsize=1 << 16)
def _grams(word: str) -> frozenset[str]:
    return frozenset(swedish.ngrams(swedish.stem(word), (3,)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / max(len(one) + len(other) - shared, 1)


def _one_question(
    edition: Corpus, one: Form, other: Form, read: _Read, read_other: _Read, likeness: float
) -> bool:
    # one small word turns the question round, however long the rest is
    if bool(read.negations) != bool(read_other.negations):
        return False
    if one.provision == other.provision:
        return likeness >= SAME_PROVISION
    asked, asked_other = read.question_words, read_other.question_words
    return (
        likeness >= OTHER_PROVISION
        and not (asked and asked_other and asked != asked_other)
        and read.numbers == read_other.numbers
        and _meet(
            _document(edition, edition.provisions[one.provision]),
            _document(edition, edition.provisions[other.provision]),
        )
    )


def _document(edition: Corpus, provision: Provision) -> Document:
    return edition.documents[provision.document]


def _meet(one: Document, other: Document) -> bool:
    """Whether there can be a day on which both apply."""
    if one.superseded_by == other.id or other.superseded_by == one.id:
        return False
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin < min(one.valid_to or date.max, other.valid_to or date.max)


def _candidates(
    numbers: Sequence[int], grams: Sequence[frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """The pairs that can reach the lower limit, earlier number first.

    Two sets as alike as that share one of their rarest elements, however the rest falls out
    (prefix filtering, Chaudhuri et al. 2006); so only forms that share one of those are compared.
    """
    limit = min(SAME_PROVISION, OTHER_PROVISION)
    counts = Counter(gram for one in grams for gram in one)
    holding: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(grams):
        rarest = sorted(one, key=lambda gram: (counts[gram], gram))
        # the small number keeps 0.9 * 10 from being rounded up to 10
        begin = rarest[: len(one) - math.ceil(limit * len(one) - 1e-9) + 1]
        met = {earlier for gram in begin for earlier in holding[gram]}
        for earlier in sorted(met):
            if limit * len(one) <= len(grams[earlier]) + 1e-9:
                yield numbers[earlier], numbers[place]
        for gram in begin:
            holding[gram].append(place)
