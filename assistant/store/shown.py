"""A case as the desk shows it: what was said, beside the passages, and how it is found today."""

from dataclasses import dataclass
from pathlib import Path

from assistant import render
from assistant.answer import Question, Shown
from assistant.chain import Assistant
from assistant.feedback import Said, said
from assistant.originals import original_lines
from assistant.search import Found
from assistant.store.models import Kept
from ingest.document import Corpus, Document, Provision
from ingest.errors import InputError


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation with its provision as the edition has it now; None where it is gone."""

    number: int
    id: str
    provision: Provision | None
    document: Document | None
    original: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """All that a reviewer needs to judge an answer."""

    kept: Kept
    said: tuple[Said, ...]
    passages: tuple[Passage, ...]
    same_edition: bool  # whether the answer came from the edition that is in use now
    today: str | None  # what would be said now, where that differs
    computations: tuple[Shown, ...]
    found: tuple[Found, ...]


def case(kept: Kept, assistant: Assistant, originals: Path | None) -> Case:
    """The feedback as a case. The question is asked again, as of the day that it was asked for."""
    corpus = assistant.corpus
    question = Question(tuple(kept.turns), kept.region, kept.as_of)
    try:
        answer = assistant.answer(question)
        now, computed = render.spoken(answer), answer.computations
        found = tuple(assistant.found(question))
    except InputError as error:  # a region that is gone
        now, computed, found = str(error), (), ()
    return Case(
        kept,
        tuple(said(kept.answer)),
        tuple(passage(c.number, c.provision, corpus, originals) for c in kept.cited),
        kept.fingerprint == corpus.fingerprint,
        None if now == kept.answer else now,
        computed,
        found,
    )


def passage(number: int, key: str, corpus: Corpus, originals: Path | None) -> Passage:
    """The citation's provision, its document and the original's lines where they are at hand."""
    provision = corpus.provisions.get(key)
    if provision is None:
        return Passage(number, key, None, None, None)
    document = corpus.documents[provision.document]
    original = original_lines(originals, document, provision.locator.lines)
    return Passage(number, key, provision, document, original)
