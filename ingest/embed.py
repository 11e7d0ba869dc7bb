"""The embedding model, by name: the bundled one, or any sentence-transformers model."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from langchain_core.embeddings import Embeddings

from ingest import swedish
from ingest.bundled import BUNDLED, BUNDLED_FOLDER
from ingest.errors import ModelError

if TYPE_CHECKING:
    from model2vec import StaticModel


class NamedEmbeddings(Protocol):
    """LangChain's embeddings with a name that tells two models apart."""

    fingerprint: str

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


class BundledEmbeddings(Embeddings):
    """The project's own model, read by model2vec: numpy and a tokenizer, no torch.

    A text is written as the n-grams and stems of `swedish.embedding_features`; its vector is the
    mean of theirs, normalised. Vectors equal those of sentence-transformers on the same folder.
    """

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        """Note where the model lies; it is read at the first text. ModelError if it is missing."""
        self._folder = folder
        self._model: StaticModel | None = None
        weights = folder / "model.safetensors"
        try:
            self.fingerprint = f"{BUNDLED}:{hashlib.sha256(weights.read_bytes()).hexdigest()[:16]}"
        except OSError:
            raise ModelError(
                f"Den medföljande språkmodellen saknas ({weights}). "
                "Installera om programmet eller träna den med 'make model'."
            ) from None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One unit vector for each text, in order."""
        if not texts:
            return []
        features = [swedish.embedding_features(text) for text in texts]
        vectors: list[list[float]] = self._loaded().encode(features).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The text's unit vector."""
        return self.embed_documents([text])[0]

    def _loaded(self) -> "StaticModel":
        if self._model is None:
            from model2vec import StaticModel

            try:
                self._model = StaticModel.from_pretrained(
                    self._folder, normalize=True, max_length=None
                )
            except Exception as error:
                raise ModelError(
                    f"Den medföljande språkmodellen i {self._folder} går inte att läsa ({error}). "
                    "Installera om programmet eller träna den med 'make model'."
                ) from error
        return self._model


def load_embeddings(name: str = BUNDLED) -> NamedEmbeddings:
    """The model of that name: `medföljande`, or a sentence-transformers name or folder.

    Raises ModelError where the package for other models is not installed or the model not found.
    """
    if name == BUNDLED:
        return BundledEmbeddings()
    try:
        from langchain_huggingface import HuggingFaceEmbeddings
    except ImportError:
        raise ModelError(
            f"Modellen {name!r} kräver sentence-transformers. "
            "Installera med: pip install 'sip-assistenten[modeller]'"
        ) from None
    try:
        model = HuggingFaceEmbeddings(
            model=name, encode_kwargs={"normalize_embeddings": True}, show_progress=False
        )
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"Modellen {name!r} går inte att läsa: {reason}") from error
    return _SentenceTransformer(name, model)


class _SentenceTransformer(Embeddings):
    def __init__(self, name: str, model: Embeddings) -> None:
        self.fingerprint = f"sentence-transformers:{name}"
        self._model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._model.embed_documents([swedish.clean(text) for text in texts])

    def embed_query(self, text: str) -> list[float]:
        return self._model.embed_query(swedish.clean(text))
