"""The two engines of an index: Chroma for vectors, bm25s for words. Only this file knows them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ingest.embed import NamedEmbeddings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_PREFIX = "guideline-"  # Chroma wants three characters at least
_NEAREST = 3  # texts of a provision that its score is the mean of
# Sums in another order differ in the seventh decimal from one processor to the next.
_DECIMALS = 5


class Record(NamedTuple):
    """One text of the vector store, and the provision and document it leads to."""

    id: str
    provision: str
    document: str
    text: str
    own: bool = False  # the provision's own wording, not a question form


class Near(NamedTuple):
    """How near a provision is to the question: cosines in [-1, 1]."""

    provision: str
    mean: float  # of its three nearest texts
    best: float
    own: float  # of its own wording


class VectorStore:
    """Chroma, embedded. Vectors are always passed in, and a document's are all compared.

    Each document has a collection of its own, so that region and date choose collections. Chroma's
    graph is not searched: two builds of it missed different neighbours and ranked a golden case
    differently, and comparing all of a document's texts takes 1 ms where the graph took 6.
    """

    def __init__(self, path: Path, embeddings: NamedEmbeddings, *, create: bool = False) -> None:
        """Open the store in that folder, or make a new one.

        Raises FileNotFoundError where there is none, and whatever Chroma raises where it is broken.
        """
        if not create and not path.is_dir():
            raise FileNotFoundError(path)
        self._client = _client(path)
        self._embed = lru_cache(maxsize=64)(
            lambda text: np.asarray(embeddings.embed_query(text), dtype=np.float32)
        )
        self._read: dict[str, _Texts] = {}

    def add(self, records: Sequence[Record], vectors: Sequence[Sequence[float]]) -> None:
        """Store the records with their vectors, in the same order."""
        rows: dict[str, list[int]] = {}
        for number, record in enumerate(records):
            rows.setdefault(record.document, []).append(number)
        for document, numbers in rows.items():
            self._client.get_or_create_collection(
                _PREFIX + document,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            ).add(
                ids=[records[n].id for n in numbers],
                embeddings=[vectors[n] for n in numbers],
                documents=[records[n].text for n in numbers],
                metadatas=[
                    {"provision": records[n].provision, "own": records[n].own} for n in numbers
                ],
            )

    def search(self, question: str, documents: Iterable[str]) -> Iterator[Near]:
        """How near each provision of the documents is to the question, in no order.

        Raises what Chroma raises where a document's collection is missing.
        """
        vector = self._embed(question)
        for document in documents:
            yield from self._of(document).near(vector)

    def _of(self, document: str) -> "_Texts":
        if document not in self._read:
            collection = self._client.get_collection(_PREFIX + document, embedding_function=None)
            rows = collection.get(include=["embeddings", "metadatas"])
            self._read[document] = _Texts(
                [(str(data["provision"]), bool(data["own"])) for data in rows["metadatas"] or ()],
                np.asarray(rows["embeddings"], dtype=np.float32),
            )
        return self._read[document]


class _Texts:
    """The vectors of one document's texts, grouped by provision."""

    def __init__(self, leads: list[tuple[str, bool]], vectors: "np.ndarray[Any, Any]") -> None:
        order = sorted(range(len(leads)), key=lambda n: (leads[n][0], not leads[n][1]))
        self._vectors = vectors[order]
        self._vectors /= np.maximum(np.linalg.norm(self._vectors, axis=1, keepdims=True), 1e-12)
        names = [leads[n][0] for n in order]
        starts = [n for n, name in enumerate(names) if n == 0 or name != names[n - 1]]
        self._provisions = [names[n] for n in starts]
        self._starts = np.array(starts, dtype=np.intp)
        self._counts = np.diff(np.append(self._starts, len(names)))

    def near(self, vector: "np.ndarray[Any, Any]") -> Iterator[Near]:
        """How near each provision is to the question's vector."""
        if not self._provisions:
            return
        similar = self._vectors @ vector
        own = similar[self._starts]
        # One row a provision, its texts' cosines padded with what is farther than any.
        table = np.full((len(self._starts), self._counts.max()), -2.0, dtype=np.float32)
        table[np.arange(table.shape[1]) < self._counts[:, None]] = similar
        width = min(_NEAREST, table.shape[1])
        nearest = -np.partition(-table, width - 1, axis=1)[:, :width]
        used = np.minimum(self._counts, width)
        mean = np.where(nearest > -2.0, nearest, 0.0).sum(axis=1) / used
        best = nearest.max(axis=1)
        for name, *cosines in zip(self._provisions, mean, best, own, strict=True):
            yield Near(name, *(round(float(cosine), _DECIMALS) for cosine in cosines))


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
