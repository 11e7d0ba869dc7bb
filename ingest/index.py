"""The index of a corpus: built beside the current one, checked, and swapped in by a pointer file.

    <folder>/current      one line: the version that readers open
    <folder>/<version>/   vectors/  words/  corpus.json  index.json
    <folder>/.lock        held by the single writer

Two processes writing one Chroma directory lose data silently (measured), hence the lock; a reader
keeps stale vectors when the directory changes under it, hence the versions.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from filelock import FileLock, Timeout

from ingest import engines, stored, swedish
from ingest.document import Corpus
from ingest.embed import NamedEmbeddings
from ingest.engines import Record, VectorStore, WordIndex
from ingest.errors import IndexBroken, IndexBusy, IndexMissing, IndexStale, InputError

SCHEMA = 2
_BATCH = 1024

Progress = Callable[[str, int, int], None]  # what is done now, done, of how many


class Scored(NamedTuple):
    """A provision's id with its score; higher is better, the scale is the half's own."""

    id: str
    score: float
    best: float = 0.0  # dense half: the nearest of its texts
    own: float = 0.0  # dense half: the provision's own wording


class Built(NamedTuple):
    """What an ingest did."""

    folder: Path
    provisions: int
    forms: int
    embedded: int


def silent(what: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


def build(
    corpus: Corpus, embeddings: NamedEmbeddings, folder: Path, progress: Progress = silent
) -> Built:
    """Make the folder's current index one of this corpus and this model.

    An index that already is so is left alone; texts that the previous version holds with the same
    model are not embedded again. Raises IndexBusy if another process is writing, InputError if
    the folder cannot be written; in both cases what was there stays.
    """
    facts = {"schema": SCHEMA, "corpus": corpus.fingerprint, "model": embeddings.fingerprint}
    with _writer(folder):
        previous = _current(folder)
        if previous is not None and _is_whole(folder / previous, corpus, facts):
            return Built(folder, len(corpus.provisions), len(corpus.forms), 0)
        known = _known_vectors(folder, previous, embeddings.fingerprint)
        # A name never used before: Chroma's clients remember folders for as long as a process.
        version = f"v-{uuid.uuid4().hex[:12]}"
        try:
            (folder / version).mkdir()
            embedded = _write(corpus, embeddings, known, folder / version, progress)
            (folder / version / "index.json").write_text(json.dumps(facts, indent=1), "utf-8")
            if not _is_whole(folder / version, corpus, facts):
                raise IndexBroken(_broken(folder))
        except BaseException:
            shutil.rmtree(folder / version, ignore_errors=True)
            raise
        _point(folder, version)
        _prune(folder, keep={version, previous})
    return Built(folder, len(corpus.provisions), len(corpus.forms), embedded)


class Index:
    """One version of the index, open for reading. Nothing heavy is loaded before it is needed."""

    def __init__(
        self, folder: Path, embeddings: NamedEmbeddings, fingerprint: str | None = None
    ) -> None:
        """Open the folder's current version.

        Raises IndexMissing, IndexBroken, or IndexStale where it was built with another model or,
        if `fingerprint` is given, from another corpus.
        """
        version = _current(folder)
        if version is None:
            raise IndexMissing(f"Det finns inget index i {folder}. Bygg det med: sip ingest")
        self._folder = folder
        self._path = folder / version
        self._embeddings = embeddings
        try:
            self.facts: dict[str, Any] = json.loads((self._path / "index.json").read_text("utf-8"))
            self.corpus = stored.loads((self._path / "corpus.json").read_text("utf-8"))
            schema, model = self.facts["schema"], self.facts["model"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken(_broken(folder)) from error
        if schema != SCHEMA:
            raise IndexStale(f"Indexet i {folder} har ett äldre format. Bygg om det: sip ingest")
        if model != embeddings.fingerprint:
            raise IndexStale(
                f"Indexet i {folder} är byggt med modellen {model}, inte med "
                f"{embeddings.fingerprint}. Bygg om det: sip ingest"
            )
        if fingerprint is not None and self.facts["corpus"] != fingerprint:
            raise IndexStale(
                f"Indexet i {folder} är byggt från en annan utgåva av riktlinjerna. "
                "Bygg om det: sip ingest"
            )
        self._vectors: VectorStore | None = None
        self._words: WordIndex | None = None
        self._ids = list(self.corpus.provisions)

    def dense(self, question: str, k: int, region: str | None, day: date) -> list[Scored]:
        """Provisions nearest in meaning, best first: cosine in [-1, 1].

        A provision's score is the mean of its three nearest texts, its own wording and its
        question forms alike.
        """
        near = self._vector_store().search(question, self._documents(region, day))
        scored = [Scored(n.provision, n.mean, n.best, n.own) for n in near]
        return sorted(scored, key=lambda s: (-s.score, s.id))[:k]

    def lexical(self, question: str, k: int, region: str | None, day: date) -> list[Scored]:
        """Provisions that share words and word parts with the question, best first: BM25."""
        terms = swedish.lexical_terms(question)
        if not terms:
            return []
        documents = self._documents(region, day)
        allowed = [p.document in documents for p in self.corpus.provisions.values()]
        scores = self._word_index().scores(terms, allowed)
        order = sorted(np.flatnonzero(scores > 0), key=lambda n: (-scores[n], self._ids[n]))
        return [Scored(self._ids[n], float(scores[n])) for n in order[:k]]

    def knows(self, word: str) -> bool:
        """Whether the corpus has the folded word, or most of its parts (compounds, misspelt)."""
        words = self._word_index()
        parts = list(swedish.ngrams(word, (5,))) if len(word) >= 7 else []
        return swedish.stem(word) in words or (
            sum(part in words for part in parts) > len(parts) / 2
        )

    def _documents(self, region: str | None, day: date) -> list[str]:
        """The documents of the region, or of all, that are in force on the day."""
        return [
            document.id
            for document in self.corpus.documents.values()
            if (region is None or document.region == region) and document.in_force(day)
        ]

    def _vector_store(self) -> VectorStore:
        if self._vectors is None:
            try:
                self._vectors = VectorStore(self._path / "vectors", self._embeddings)
            except Exception as error:
                raise IndexBroken(_broken(self._folder)) from error
        return self._vectors

    def _word_index(self) -> WordIndex:
        if self._words is None:
            try:
                self._words = WordIndex(self._path / "words")
            except Exception as error:
                raise IndexBroken(_broken(self._folder)) from error
        return self._words


def _broken(folder: Path) -> str:
    return f"Indexet i {folder} är trasigt eller halvt skrivet. Bygg om det: sip ingest"


@contextmanager
def _writer(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout:
        raise IndexBusy(
            f"Ett annat program skriver indexet i {folder} just nu. Vänta tills det är klart."
        ) from None
    except OSError as error:
        raise InputError(
            f"Det går inte att skriva i {folder} ({error.strerror}). "
            "Välj en annan mapp med --index."
        ) from None


def _current(folder: Path) -> str | None:
    try:
        return (folder / "current").read_text("utf-8").strip() or None
    except OSError:
        return None


def _point(folder: Path, version: str) -> None:
    draft = folder / "current.draft"
    draft.write_text(version + "\n", "utf-8")
    os.replace(draft, folder / "current")


def _prune(folder: Path, keep: set[str | None]) -> None:
    for path in folder.glob("v-*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _records(corpus: Corpus) -> list[Record]:
    texts = [(p.id, p.text, True) for p in corpus.provisions.values()]
    texts += [(key, form, False) for key, form in corpus.forms]
    records: dict[str, Record] = {}
    for key, text, own in texts:
        name = hashlib.sha256(f"{key}\0{text}".encode()).hexdigest()[:24]
        records.setdefault(name, Record(name, key, corpus.provisions[key].document, text, own))
    return list(records.values())


def _write(
    corpus: Corpus,
    embeddings: NamedEmbeddings,
    known: dict[str, list[float]],
    path: Path,
    progress: Progress,
) -> int:
    """Write a whole version into the folder; how many texts had to be embedded."""
    records = _records(corpus)
    embedded = 0
    store = VectorStore(path / "vectors", embeddings, create=True)
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        fresh = [record for record in batch if record.id not in known]
        vectors = embeddings.embed_documents([record.text for record in fresh])
        known |= {record.id: vector for record, vector in zip(fresh, vectors, strict=True)}
        embedded += len(fresh)
        store.add(batch, [known[record.id] for record in batch])
        progress("Bygger index", start + len(batch), len(records))
    engines.write_words(path / "words", _lexical_texts(corpus))
    (path / "corpus.json").write_text(stored.dumps(corpus), "utf-8")
    return embedded


def _lexical_texts(corpus: Corpus) -> list[list[str]]:
    forms: dict[str, list[str]] = defaultdict(list)
    for provision, form in corpus.forms:
        forms[provision].append(form)
    return [
        swedish.lexical_terms(" ".join([*p.locator.headings, p.text, *forms[p.id]]))
        for p in corpus.provisions.values()
    ]


def _known_vectors(folder: Path, version: str | None, model: str) -> dict[str, list[float]]:
    """The vectors of the previous version, where it was built with the same model."""
    if version is None:
        return {}
    path = folder / version
    try:
        if json.loads((path / "index.json").read_text("utf-8"))["model"] != model:
            return {}
        return engines.read_vectors(path / "vectors")
    except Exception:
        return {}  # a broken previous version costs time, never the new one


def _is_whole(path: Path, corpus: Corpus, facts: dict[str, Any]) -> bool:
    """Whether the version in that folder opens as a reader opens it and holds all of the corpus."""
    try:
        return (
            json.loads((path / "index.json").read_text("utf-8")) == facts
            and engines.count_vectors(path / "vectors") == len(_records(corpus))
            and len(WordIndex(path / "words")) == len(corpus.provisions)
            and stored.loads((path / "corpus.json").read_text("utf-8")) == corpus
        )
    except Exception:
        return False
