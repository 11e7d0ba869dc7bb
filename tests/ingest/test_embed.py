"""The bundled model: the same vectors with and without torch, and clear words when it is gone."""

import numpy as np
import pytest

from ingest import swedish
from ingest.edition import read_corpus
from ingest.embed import BUNDLED_FOLDER, BundledEmbeddings, load_embeddings
from ingest.errors import ModelError

TEXTS = ["Vem kallar till SIP?", "bet.ansvar när börjar det", "zzz qqq", "AU124 eller XU042"]


def test_vectors_are_of_unit_length_or_zero():
    lengths = np.linalg.norm(BundledEmbeddings().embed_documents(TEXTS), axis=1)
    assert np.allclose(lengths, [1, 1, 0, 1], atol=1e-3)


def test_vectors_equal_those_of_sentence_transformers():
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(str(BUNDLED_FOLDER), device="cpu")
    known = [text for text in TEXTS if text != "zzz qqq"]  # torch gives NaN for a zero vector
    theirs = model.encode([swedish.embedding_features(text) for text in known])
    assert np.allclose(BundledEmbeddings().embed_documents(known), theirs, atol=2e-3)


def test_a_sentence_transformers_folder_can_be_named_instead():
    pytest.importorskip("sentence_transformers")
    model = load_embeddings(str(BUNDLED_FOLDER))
    assert model.fingerprint.startswith("sentence-transformers:")
    assert len(model.embed_query("SIP")) == len(BundledEmbeddings().embed_query("SIP"))


def test_a_missing_model_is_said_plainly(tmp_path):
    with pytest.raises(ModelError, match="make model"):
        BundledEmbeddings(tmp_path)


def test_a_broken_model_is_said_plainly(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(ModelError, match="går inte att läsa"):
        BundledEmbeddings(tmp_path).embed_query("SIP")


def test_an_unknown_model_is_said_plainly(tmp_path, monkeypatch):
    pytest.importorskip("sentence_transformers")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="går inte att läsa"):
        load_embeddings(str(tmp_path / "no-such-model"))


def test_the_card_names_a_corpus():
    card = (BUNDLED_FOLDER / "README.md").read_text("utf-8")
    assert f"{len(read_corpus().provisions)} provisions" in card
