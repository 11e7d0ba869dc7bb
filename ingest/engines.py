"""The two engines of an index: Chroma for vectors, bm25s for words. Only this file knows them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ingest.embed import NamedEmbeddings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma

_PREFIX = "guideline-"  # Chroma wants three characters at least
_TEXTS_PER_PROVISION = 6  # how many texts are looked at for each provision asked for


class Record(NamedTuple):
    """One text of the vector store, and the provision and document it leads to."""

    id: str
    provision: str
    document: str
    text: str


class Near(NamedTuple):
    """A text near the question: its provision and the cosine between the two."""

    provision: str
    text: str
    similarity: float


class VectorStore:
    """Chroma, embedded, read through langchain-chroma; vectors are always passed in.

    Each document has a collection of its own, so that region and date choose collections instead
    of filtering one: Chroma's metadata filter took 28 ms of a 34 ms question, this takes 5.
    """

    def __init__(self, path: Path, embeddings: NamedEmbeddings, *, create: bool = False) -> None:
        """Open the store in that folder, or make a new one.

        Raises FileNotFoundError where there is none, and whatever Chroma raises where it is broken.
        """
        if not create and not path.is_dir():
            raise FileNotFoundError(path)
        self._client = _client(path)
        self._embeddings = embeddings
        self._create = create
        self._opened: dict[str, Chroma] = {}
        # The five regions are asked the same question one after the other.
        self._last: tuple[str, list[float]] | None = None

    def add(self, records: Sequence[Record], vectors: Sequence[Sequence[float]]) -> None:
        """Store the records with their vectors, in the same order."""
        rows: dict[str, list[int]] = {}
        for number, record in enumerate(records):
            rows.setdefault(record.document, []).append(number)
        for document, numbers in rows.items():
            self._of(document)._collection.add(
                ids=[records[n].id for n in numbers],
                embeddings=[vectors[n] for n in numbers],
                documents=[records[n].text for n in numbers],
                metadatas=[{"provision": records[n].provision} for n in numbers],
            )

    def search(self, question: str, k: int, documents: Iterable[str]) -> list[Near]:
        """The texts of the documents nearest the question, nearest first, enough for k provisions.

        Raises what Chroma raises where a document's collection is missing.
        """
        if self._last is None or self._last[0] != question:
            self._last = (question, self._embeddings.embed_query(question))
        vector = self._last[1]
        near = [
            Near(found.metadata["provision"], found.page_content, 1 - distance)
            for document in documents
            for found, distance in self._of(
                document
            ).similarity_search_by_vector_with_relevance_scores(vector, _TEXTS_PER_PROVISION * k)
        ]
        return sorted(near, key=lambda text: -text.similarity)[: _TEXTS_PER_PROVISION * k]

    def _of(self, document: str) -> "Chroma":
        if document not in self._opened:
            from langchain_chroma import Chroma

            self._opened[document] = Chroma(
                client=self._client,
                collection_name=_PREFIX + document,
                embedding_function=self._embeddings,  # type: ignore[arg-type]
                collection_configuration={"hnsw": {"space": "cosine", "ef_search": 1000}},
                create_collection_if_not_exists=self._create,
            )
        return self._opened[document]


class WordIndex:
    """BM25 over one list of terms for each provision."""

    def __init__(self, path: Path) -> None:
        """Open the index in that folder; raises what bm25s raises where it is broken."""
        import bm25s

        self._index: bm25s.BM25 = bm25s.BM25.load(path)

    def __len__(self) -> int:
        return int(self._index.scores["num_docs"])

    def __contains__(self, term: str) -> bool:
        return term in self._index.vocab_dict

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
    return sum(collection.count() for collection in _client(path).list_collections())


def read_vectors(path: Path) -> dict[str, list[float]]:
    """Every vector of the store in that folder by the id of its text."""
    found: dict[str, list[float]] = {}
    for collection in _client(path).list_collections():
        rows = collection.get(include=["embeddings"])
        vectors: Iterable[Any] = () if rows["embeddings"] is None else rows["embeddings"]
        found |= {
            key: np.asarray(vector).tolist()
            for key, vector in zip(rows["ids"], vectors, strict=True)
        }
    return found


def _client(path: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
