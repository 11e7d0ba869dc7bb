"""Verified drafts put into an answer. Nothing is taken out of it but provisions worded anew.

Computations, warnings, the lead and the question back stand as they did without a model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import compose, regions
from assistant.answer import Answer, Shown, Statement
from assistant.model.draft import Draft
from ingest.document import Corpus, Provision

COMPUTED = "berakning-"  # before the number of a computation of the answer

_Said = tuple[Statement, Sequence[str]]  # a statement and the ids of the provisions that carry it


@dataclass(frozen=True, slots=True)
class Frame:
    """The answer without a model, and what is needed to put more into it."""

    answer: Answer
    corpus: Corpus
    originals: Path | None
    model: str  # the name that a worded answer is marked with

    @property
    def stated(self) -> list[tuple[str, Statement]]:
        """The statements that are a provision's own words, by its id: those to be reworded."""
        cited = {c.number: c for c in self.answer.citations}
        return [
            (cited[s.citations[0]].provision, s)
            for s in self.answer.statements
            if len(s.citations) == 1 and s.text == cited[s.citations[0]].quote
        ]

    @property
    def kept(self) -> list[Statement]:
        """The other statements: computations, and what we ourselves say beside them."""
        own = [statement for _, statement in self.stated]
        return [s for s in self.answer.statements if s not in own]

    @property
    def computations(self) -> dict[str, str]:
        """What each computation says, by the id that a draft may cite."""
        return {f"{COMPUTED}{n}": c.text for n, c in enumerate(self.answer.computations, 1)}

    def label_of(self, draft: Draft) -> str | None:
        """The region whose the draft is, where the answer is for several; None where it is for one.

        ValueError where it cites several regions.
        """
        if self.answer.region is not None:
            return None
        cited = {self._region(key) for key in self._carrying(draft)}
        if len(cited) != 1:
            raise ValueError("flera regioner i samma mening")
        return regions.all_regions()[cited.pop()].name

    def filled(self, drafts: Sequence[Draft], *, whole: bool) -> Answer:
        """The answer with the drafts in place of what they word anew.

        `whole`: no more drafts will come, so what none of them cites is stated in our own words.
        To word better is the model's business, to leave out is not.
        """
        covered = {key for draft in drafts for key in self._carrying(draft)}
        left: list[_Said] = [
            (statement, [key]) for key, statement in self.stated if whole and key not in covered
        ]
        worded: list[_Said] = [
            (Statement(draft.text, (), self.label_of(draft)), self._carrying(draft))
            for draft in drafts
        ]
        kept = [pair for pair in self._all() if pair[0] in self.kept]
        return replace(self._numbered([*kept, *worded, *left]), worded_by=self.model)

    def with_provisions(self, more: Sequence[Provision]) -> Answer:
        """The answer with further provisions stated last."""
        added: list[_Said] = [(Statement(p.text, ()), [p.id]) for p in more]
        return self._numbered([*self._all(), *added])

    def with_computations(self, made: Sequence[Shown]) -> Answer:
        """The answer with computations said first."""
        first: list[_Said] = [
            (Statement(one.text, ()), [p for p in one.provisions if p in self.corpus.provisions])
            for one in made
        ]
        answer = self._numbered([*first, *self._all()])
        return replace(answer, computations=(*made, *self.answer.computations))

    def _all(self) -> list[_Said]:
        ids = {c.number: c.provision for c in self.answer.citations}
        return [(s, [ids[n] for n in s.citations]) for s in self.answer.statements]

    def _numbered(self, said: Iterable[_Said]) -> Answer:
        pairs = list(said)
        keys = list(dict.fromkeys(key for _, cited in pairs for key in cited))
        number = {key: n for n, key in enumerate(keys, 1)}
        provisions = [self.corpus.provisions[key] for key in keys]
        warnings = list(self.answer.warnings)
        if self.answer.as_of is not None:
            warned = compose.law_warnings(self.corpus, provisions, self.answer.as_of)
            warnings += [w for w in warned if w not in warnings]
        return replace(
            self.answer,
            statements=tuple(
                replace(s, citations=tuple(number[key] for key in dict.fromkeys(cited)))
                for s, cited in pairs
            ),
            citations=tuple(
                compose.citation(self.corpus, p, number[p.id], self.originals) for p in provisions
            ),
            warnings=tuple(warnings),
        )

    def _carrying(self, draft: Draft) -> list[str]:
        """The provisions that carry the draft, those of its computations among them."""
        found: list[str] = []
        for key in draft.citations:
            if key.startswith(COMPUTED):
                shown = self.answer.computations[int(key.removeprefix(COMPUTED)) - 1]
                found += [p for p in shown.provisions if p in self.corpus.provisions]
            else:
                found.append(key)
        return list(dict.fromkeys(found))

    def _region(self, key: str) -> str:
        return self.corpus.provisions[key].region
