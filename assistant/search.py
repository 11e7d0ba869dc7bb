"""What is found for one question in one region: several views of it, ranked and added up.

A question is looked at as it stands, and where it needs it also with the turns before it, with the
turn it is a part of, or by the sentence that asks within a long story.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assistant import rank
from assistant.facts import age_of
from assistant.parts import core
from assistant.retrieve import hybrid
from assistant.understand import content_words
from ingest.document import Provision
from ingest.index import Index

MAJORITY = 18  # years
OTHERS = 0.25  # of the weight, for wordings that are not the user's own


class View(NamedTuple):
    """One wording of the question and how much it weighs."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A provision found, with what speaks for it."""

    provision: Provision
    score: float  # the reranker's, over all views; higher is better, differences are log odds
    similarity: float  # cosine to its nearest texts, the best of the views
    lexical_rank: int | None = None
    dense_rank: int | None = None


class Search:
    """Ranked search over one index."""

    def __init__(self, index: Index) -> None:
        """Nothing is read before the first question."""
        self._index = index
        self._lexicon: rank.Lexicon | None = None

    def find(self, views: list[View], region: str, day: date, k: int = 10) -> list[Found]:
        """The region's provisions for the question, best first."""
        if self._lexicon is None:
            self._lexicon = rank.Lexicon.of(self._index.corpus)
        totals: dict[str, float] = defaultdict(float)
        seen: dict[str, Found] = {}
        retriever = hybrid(self._index, region, day, k=2 * k)
        for view in views:
            found = rank.rerank(
                view.text, retriever.invoke(view.text), self._index.corpus, self._lexicon
            )
            floor = min((d.metadata["rank_score"] for d in found), default=0.0)
            for document in found:
                data = document.metadata
                key = data["provision"]
                # Measured above the view's floor, so that not being found in a view adds nothing.
                totals[key] += view.weight * (data["rank_score"] - floor)
                before = seen.get(key)
                similarity = data.get("dense_score", 0.0)
                seen[key] = Found(
                    self._index.corpus.provisions[key],
                    0.0,
                    max(similarity, before.similarity if before else 0.0),
                    before.lexical_rank if before else data.get("lexical_rank"),
                    before.dense_rank if before else data.get("dense_rank"),
                )
        ordered = sorted(totals, key=lambda key: (-totals[key], key))[:k]
        return [
            Found(
                seen[key].provision,
                totals[key],
                seen[key].similarity,
                seen[key].lexical_rank,
                seen[key].dense_rank,
            )
            for key in ordered
        ]


def views(text: str, context: str | None = None, whole: str | None = None) -> list[View]:
    """The views of a question: alone, with its context, within its turn, by its core.

    Provisions speak of those under 18, staff of "en tolvåring": an age is said in both ways.
    """
    return [View(_with_age_group(view.text), view.weight) for view in _views(text, context, whole)]


def with_others(own: list[View], others: Sequence[str]) -> list[View]:
    """The views with other wordings of the question beside them, which weigh little together."""
    if not others:
        return own
    lighter = [View(view.text, view.weight * (1 - OTHERS)) for view in own]
    return lighter + [View(_with_age_group(text), OTHERS / len(others)) for text in others]


def _views(text: str, context: str | None, whole: str | None) -> list[View]:
    if context is not None:
        if not content_words(text):
            return [View(context, 1.0)]
        return [View(f"{context} {text}", 0.6), View(text, 0.4)]
    if whole is not None and whole != text:
        return [View(text, 0.7), View(whole, 0.3)]
    asking = core(text)
    if asking is not None and content_words(asking):
        return [View(text, 0.65), View(asking, 0.35)]
    return [View(text, 1.0)]


def _with_age_group(text: str) -> str:
    age = age_of(text)
    return text if age is None or age >= MAJORITY else f"{text} (under {MAJORITY} år)"
