"""LangChain retrievers over the index: words, meaning, and the two fused by rank.

Each gives provisions of one region (or of all) in force on one day. A document's metadata says
which provision it is, and how each half scored and ranked it, so that an answer can be explained.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from ingest.index import Index, Scored

RRF_CONSTANT = 20  # how little the first ranks stand out; Cormack et al. 2009 use 60 for long lists


class _ProvisionRetriever(BaseRetriever):
    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    day: date
    region: str | None = None
    k: int = 12

    def _documents(self, found: Sequence[Scored], half: str) -> list[Document]:
        return [
            Document(
                id=s.id,
                page_content=self.index.corpus.provisions[s.id].text,
                metadata={"provision": s.id, f"{half}_score": s.score, f"{half}_rank": rank}
                | ({"dense_best": s.best, "dense_own": s.own} if half == "dense" else {}),
            )
            for rank, s in enumerate(found, 1)
        ]


class LexicalRetriever(_ProvisionRetriever):
    """Provisions that share stems and word parts with the question (BM25)."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return self._documents(self.index.lexical(query, self.k, self.region, self.day), "lexical")


class DenseRetriever(_ProvisionRetriever):
    """Provisions whose wording or question forms lie near the question (Chroma, cosine)."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return self._documents(self.index.dense(query, self.k, self.region, self.day), "dense")


class FusedRetriever(BaseRetriever):
    """Reciprocal rank fusion of several retrievers, keeping what each of them said.

    LangChain's EnsembleRetriever fuses alike but drops scores and ranks, which abstention and
    `--explain` need.
    """

    retrievers: list[BaseRetriever]
    weights: list[float]
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        fused: dict[str, Document] = {}
        for retriever, weight in zip(self.retrievers, self.weights, strict=True):
            for rank, document in enumerate(retriever.invoke(query), 1):
                key: str = document.metadata["provision"]
                metadata: dict[str, Any] = fused.setdefault(
                    key, Document(id=key, page_content=document.page_content, metadata={"score": 0})
                ).metadata
                score = metadata["score"] + weight / (RRF_CONSTANT + rank)
                metadata |= document.metadata | {"score": score}
        ordered = sorted(fused.values(), key=lambda d: (-d.metadata["score"], d.id))
        return ordered[: self.k]


def hybrid(index: Index, region: str | None, day: date, k: int = 10) -> FusedRetriever:
    """The retriever that answers are made from. The dense half weighs more (docs/quality.md)."""
    halves: list[BaseRetriever] = [
        LexicalRetriever(index=index, day=day, region=region),
        DenseRetriever(index=index, day=day, region=region),
    ]
    return FusedRetriever(retrievers=halves, weights=[1.0, 2.0], k=k)
