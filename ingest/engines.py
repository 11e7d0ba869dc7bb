"""The two engines of an index: Chroma for vectors, bm25s for words. Only this file knows them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ingest.embed import NamedEmbeddings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_COLLECTION = "forms"
_NEVER = 99991231
_TEXTS_PER_PROVISION = 8  # how many texts are looked at for each provision asked for


class Record(NamedTuple):
    """One text of the vector store, and the provision it leads to."""

    id: str
    provision: str
    text: str
    region: str
    valid_from: date | None
    valid_to: date | None


class Near(NamedTuple):
    """A text near the question: its provision and the cosine between the two."""

    provision: str
    similarity: float


class VectorStore:
    """Chroma, embedded, read through langchain-chroma; vectors are always passed in."""

    def __init__(self, path: Path, embeddings: NamedEmbeddings, *, create: bool = False) -> None:
        """Open the store in that folder, or make a new one.

        Raises FileNotFoundError where there is none, and whatever Chroma raises where it is broken.
        """
        from langchain_chroma import Chroma

        if not create and not path.is_dir():
            raise FileNotFoundError(path)
        self._store: Chroma = Chroma(
            client=_client(path),
            collection_name=_COLLECTION,
            embedding_function=embeddings,  # type: ignore[arg-type]
            collection_configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
            create_collection_if_not_exists=create,
        )

    def add(self, records: Sequence[Record], vectors: Sequence[Sequence[float]]) -> None:
        """Store the records with their vectors, in the same order."""
        self._store._collection.add(
            ids=[record.id for record in records],
            embeddings=list(vectors),
            documents=[record.text for record in records],
            metadatas=[_metadata(record) for record in records],
        )

    def search(self, question: str, k: int, region: str | None, day: date) -> list[Near]:
        """The texts nearest the question, nearest first, enough of them for k provisions."""
        found = self._store.similarity_search_with_score(
            question, k=_TEXTS_PER_PROVISION * k, filter=_filter(region, day)
        )
        return [Near(document.metadata["provision"], 1 - distance) for document, distance in found]


class WordIndex:
    """BM25 over one list of terms for each provision."""

    def __init__(self, path: Path) -> None:
        """Open the index in that folder; raises what bm25s raises where it is broken."""
        import bm25s

        self._index: bm25s.BM25 = bm25s.BM25.load(path)

    def __len__(self) -> int:
        return int(self._index.scores["num_docs"])

    def scores(self, terms: list[str], allowed: Sequence[bool]) -> "np.ndarray[Any, Any]":
        """The score of every document, 0 for those that are not allowed."""
        mask = np.array(allowed, dtype=np.float32)
        scores: np.ndarray[Any, Any] = self._index.get_scores(terms, weight_mask=mask)
        return scores


def write_words(path: Path, texts: list[list[str]]) -> None:
    """Make a word index of one list of terms for each document."""
    import bm25s

    index = bm25s.BM25()
    index.index(texts, show_progress=False)
    index.save(path)


def count_vectors(path: Path) -> int:
    """How many texts the store in that folder holds."""
    return int(_client(path).get_collection(_COLLECTION, embedding_function=None).count())


def read_vectors(path: Path) -> dict[str, list[float]]:
    """Every vector of the store in that folder by the id of its text."""
    collection = _client(path).get_collection(_COLLECTION, embedding_function=None)
    rows = collection.get(include=["embeddings"])
    vectors: Iterable[Any] = () if rows["embeddings"] is None else rows["embeddings"]
    return {
        key: np.asarray(vector).tolist() for key, vector in zip(rows["ids"], vectors, strict=True)
    }


def _client(path: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))


def _metadata(record: Record) -> dict[str, str | int]:
    return {
        "provision": record.provision,
        "region": record.region,
        "from": _number(record.valid_from) if record.valid_from else 0,
        "to": _number(record.valid_to) if record.valid_to else _NEVER,
    }


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _filter(region: str | None, day: date) -> dict[str, Any]:
    terms: list[dict[str, Any]] = [{"from": {"$lte": _number(day)}}, {"to": {"$gt": _number(day)}}]
    if region is not None:
        terms.append({"region": region})
    return {"$and": terms}
