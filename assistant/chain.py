"""The way of a question: guard, understand, retrieve, compose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from langchain_core.documents import Document

from assistant import compose, regions
from assistant.answer import Answer, Question, Status
from assistant.guard import refusal
from assistant.regions import Region
from assistant.retrieve import hybrid
from assistant.understand import Understood, content_words, understand
from ingest.document import Corpus, Provision
from ingest.errors import InputError
from ingest.index import Index
from ingest.swedish import clean


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure retrieval must be, on the scale of the dense half (cosine).

    Calibrated in docs/quality.md: `enough` lets nearly every held-out question form through;
    `close` is how near the best a further provision must lie to be stated beside it.
    """

    enough: float = 0.42
    close: float = 0.90
    most: int = 3
    familiar: float = 1 / 3  # share of the question's own words that the corpus must know


class Assistant:
    """Answers questions from one index. Holds no conversation: the turns come with the question."""

    def __init__(
        self, index: Index, originals: Path | None = None, evidence: Evidence = Evidence()
    ) -> None:
        self._index = index
        self._originals = originals
        self._evidence = evidence

    def answer(self, question: Question) -> Answer:
        """The answer to the last turn of the question.

        Raises InputError where the chosen region is unknown or there is no turn.
        """
        if not question.turns:
            raise InputError("Skriv en fråga om SIP eller samverkan vid utskrivning.")
        for turn in question.turns:
            refused = refusal(turn)
            if refused is not None:
                return Answer(Status.REFUSE, refused.text, reason=refused.reason)
        understood = understand(question)
        day = question.as_of
        if not self._is_familiar(understood):
            return compose.nothing_found(understood.regions, day)
        if understood.elsewhere and not understood.regions:
            return compose.not_covered(understood.elsewhere, day)
        if len(understood.regions) == 1:
            return self._in_region(understood, understood.regions[0], day)
        asked = understood.regions or tuple(regions.with_guideline())
        return self._across(understood, asked, day)

    @property
    def corpus(self) -> Corpus:
        """The corpus that the answers come from."""
        return self._index.corpus

    @property
    def model(self) -> str:
        """Which embedding model finds the provisions."""
        return str(self._index.facts["model"])

    def found(self, question: Question) -> list[Document]:
        """What retrieval finds for the question, best first, with scores and ranks."""
        understood = understand(question)
        asked = understood.regions or tuple(regions.with_guideline())
        by_region = [self._found(understood, region, question.as_of) for region in asked]
        return [document for row in zip_longest(*by_region) for document in row if document]

    def retrieved(self, question: Question) -> list[str]:
        """The ids of the provisions that retrieval finds, best first."""
        return [document.metadata["provision"] for document in self.found(question)]

    def _in_region(self, understood: Understood, region: Region, day: date) -> Answer:
        found = self._chosen(understood, region, day)
        if not found:
            return compose.nothing_found([region], day)
        if found[0].gap:
            return self._state(found[:1], Status.ABSTAIN, "", region, day, reason="gap")
        stated = [provision for provision in found if not provision.gap]
        return self._state(stated, Status.ANSWER, "", region, day)

    def _across(self, understood: Understood, asked: Sequence[Region], day: date) -> Answer:
        """Each region's own answer; with a question back where no region was named."""
        found = {region: self._chosen(understood, region, day)[:1] for region in asked}
        stated = [provision for chosen in found.values() for provision in chosen]
        silent = [region for region, chosen in found.items() if not chosen]
        if not stated:
            return compose.nothing_found(understood.regions, day)
        if understood.regions or understood.compare:
            lead = "" if not silent else f"{compose.nothing_found(silent, day).lead.split(',')[0]}."
            return self._state(stated, Status.ANSWER, lead, None, day)
        return self._state(
            stated,
            Status.CLARIFY,
            "Vilken region gäller frågan? Svaret skiljer sig åt:",
            None,
            day,
            choices=tuple(region.id for region in asked),
        )

    def _chosen(self, understood: Understood, region: Region, day: date) -> list[Provision]:
        """The provisions good enough to be stated, best first; none if nothing is."""
        found = self._found(understood, region, day)
        if not found:
            return []
        best = max(self._similarity(document) for document in found)
        if best < self._evidence.enough or self._similarity(found[0]) < self._evidence.enough:
            return []
        near = [
            document
            for document in found
            if self._similarity(document) >= self._evidence.close * best
        ] or found[:1]
        return [
            self._index.corpus.provisions[document.metadata["provision"]]
            for document in near[: self._evidence.most]
        ]

    def _is_familiar(self, understood: Understood) -> bool:
        """Whether the question speaks of what the corpus speaks of at all."""
        own = content_words(f"{understood.context or ''} {understood.text}")
        known = sum(self._index.knows(word) for word in own)
        return not own or known >= self._evidence.familiar * len(own)

    def _found(self, understood: Understood, region: Region, day: date) -> list[Document]:
        retriever = hybrid(self._index, region.id, day)
        text = clean(understood.text)
        if understood.context is None:
            return retriever.invoke(text)
        if not content_words(text):
            return retriever.invoke(understood.context)
        return retriever.invoke(f"{understood.context} {text}")

    @staticmethod
    def _similarity(document: Document) -> float:
        return float(document.metadata.get("dense_score", 0.0))

    def _state(
        self,
        provisions: Sequence[Provision],
        status: Status,
        lead: str,
        region: Region | None,
        day: date,
        *,
        reason: str | None = None,
        choices: tuple[str, ...] = (),
    ) -> Answer:
        return compose.state(
            self._index.corpus,
            provisions,
            status=status,
            lead=lead,
            day=day,
            region=region.id if region else None,
            originals=self._originals,
            reason=reason,
            choices=choices,
        )
