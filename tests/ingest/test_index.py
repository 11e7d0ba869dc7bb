"""The index: built once, swapped whole, refused when it is not what it should be."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from ingest import index as ingest_index
from ingest.document import Corpus
from ingest.embed import BundledEmbeddings
from ingest.errors import IndexBroken, IndexBusy, IndexMissing, IndexStale, InputError
from ingest.index import Index
from tests.conftest import DAY


class Counting(BundledEmbeddings):
    """The bundled model, counting the texts it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.count += len(texts)
        return super().embed_documents(texts)


@pytest.fixture(scope="module")
def small(edition: Corpus) -> Corpus:
    """Halland alone: quick to build."""
    provisions = {k: p for k, p in edition.provisions.items() if p.region == "halland"}
    forms = tuple(pair for pair in edition.forms if pair[0] in provisions)
    documents = {"halland": edition.documents["halland"]}
    return Corpus(documents, provisions, forms, "small")


@pytest.fixture
def built(small: Corpus, tmp_path: Path) -> Path:
    ingest_index.build(small, BundledEmbeddings(), tmp_path)
    return tmp_path


def current(folder: Path) -> Path:
    return folder / (folder / "current").read_text("utf-8").strip()


def test_the_index_carries_the_corpus_it_was_built_from(built, small):
    assert Index(built, BundledEmbeddings()).corpus == small


def test_an_unchanged_corpus_embeds_nothing(built, small):
    model = Counting()
    assert ingest_index.build(small, model, built).embedded == 0
    assert model.count == 0


def test_a_changed_provision_embeds_only_its_own_text(built, small):
    changed = dict(small.provisions)
    changed["halland-avgift"] = replace(changed["halland-avgift"], text="Det kostar inget alls.")
    model = Counting()
    corpus = replace(small, provisions=changed, fingerprint="changed")
    assert ingest_index.build(corpus, model, built).embedded == 1
    assert model.count == 1
    assert Index(built, model).corpus == corpus


def test_progress_ends_at_the_whole(small, tmp_path):
    steps: list[tuple[str, int, int]] = []
    ingest_index.build(small, BundledEmbeddings(), tmp_path, lambda *step: steps.append(step))
    assert steps[-1][1] == steps[-1][2] > 0


def test_an_index_of_another_corpus_is_refused(built):
    with pytest.raises(IndexStale, match="en annan utgåva"):
        Index(built, BundledEmbeddings(), "another")


def test_an_index_of_another_model_is_refused(built):
    model = BundledEmbeddings()
    model.fingerprint = "another"
    with pytest.raises(IndexStale, match="byggt med modellen"):
        Index(built, model)


def test_an_index_of_an_older_format_is_refused(built):
    path = current(built) / "index.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"schema": 0}), "utf-8")
    with pytest.raises(IndexStale, match="äldre format"):
        Index(built, BundledEmbeddings())


def test_no_index_is_said_plainly(tmp_path):
    with pytest.raises(IndexMissing, match="sip ingest"):
        Index(tmp_path, BundledEmbeddings())


@pytest.mark.parametrize("broken", ["corpus.json", "index.json"])
def test_a_half_written_file_is_refused(built, broken):
    path = current(built) / broken
    path.write_text(path.read_text("utf-8")[:40], "utf-8")
    with pytest.raises(IndexBroken, match="trasigt eller halvt skrivet"):
        Index(built, BundledEmbeddings())


@pytest.mark.parametrize("part", ["vectors", "words"])
def test_a_missing_part_is_refused_when_it_is_needed(built, part):
    shutil.rmtree(current(built) / part)
    index = Index(built, BundledEmbeddings())
    with pytest.raises(IndexBroken):
        (index.dense if part == "vectors" else index.lexical)("avgift", 3, None, DAY)


def test_a_broken_index_is_built_anew(built, small):
    shutil.rmtree(current(built) / "words")
    ingest_index.build(small, BundledEmbeddings(), built)
    assert Index(built, BundledEmbeddings()).lexical("avgift", 3, None, DAY)


def test_a_second_writer_is_turned_away_and_nothing_is_lost(built, small):
    with FileLock(built / ".lock"), pytest.raises(IndexBusy, match="skriver indexet"):
        ingest_index.build(replace(small, fingerprint="new"), BundledEmbeddings(), built)
    assert Index(built, BundledEmbeddings()).corpus == small


def test_a_failed_build_leaves_the_old_index(built, small):
    class Failing(BundledEmbeddings):
        def embed_documents(self, texts):
            raise RuntimeError("out of memory")

    texts = {k: replace(p, text=p.text + " Ny.") for k, p in small.provisions.items()}
    with pytest.raises(RuntimeError):
        ingest_index.build(replace(small, provisions=texts, fingerprint="x"), Failing(), built)
    assert Index(built, BundledEmbeddings()).corpus == small
    assert list(built.glob("v-*")) == [current(built)]


def test_a_build_killed_half_way_leaves_the_old_index_and_the_next_build_works(built, small):
    code = f"""
import os
from dataclasses import replace
from pathlib import Path
from ingest import index
from ingest.embed import BundledEmbeddings
class Killed(BundledEmbeddings):
    def embed_documents(self, texts):
        os.kill(os.getpid(), 9)
old = index.Index(Path({str(built)!r}), BundledEmbeddings()).corpus
new = {{k: replace(p, text=p.text + " Ny.") for k, p in old.provisions.items()}}
index.build(replace(old, provisions=new, fingerprint="x"), Killed(), Path({str(built)!r}))
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == -9
    assert Index(built, BundledEmbeddings()).corpus == small
    new = replace(small, fingerprint="x")
    ingest_index.build(new, BundledEmbeddings(), built)
    assert Index(built, BundledEmbeddings(), "x").corpus == new
    assert len(list(built.glob("v-*"))) == 2


def test_a_folder_that_is_a_file_is_refused(small, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="går inte att skriva"):
        ingest_index.build(small, BundledEmbeddings(), tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write in a read-only folder")
def test_a_read_only_folder_is_refused(small, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="går inte att skriva"):
        ingest_index.build(small, BundledEmbeddings(), tmp_path / "index")
    tmp_path.chmod(0o700)


def test_a_folder_that_refuses_to_be_made_is_said_plainly(small, tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(InputError, match="går inte att skriva"):
        ingest_index.build(small, BundledEmbeddings(), tmp_path / "index")


def test_old_versions_are_cleared_away_but_for_the_one_before(built, small):
    for name in ("a", "b", "c"):
        ingest_index.build(replace(small, fingerprint=name), BundledEmbeddings(), built)
    assert len(list(built.glob("v-*"))) == 2


def test_the_region_filter_lets_nothing_else_through(index):
    for region in ("halland", "vgr", "orebro", "varmland", "norrbotten"):
        for half in (index.dense, index.lexical):
            found = half("Vem kallar till SIP i Norrbotten inom tre dagar?", 20, region, DAY)
            assert found
            assert {index.corpus.provisions[s.id].region for s in found} == {region}


def test_a_document_not_in_force_is_not_found(small, tmp_path):
    document = replace(small.documents["halland"], valid_to=DAY)
    corpus = replace(small, documents={"halland": document}, fingerprint="old")
    ingest_index.build(corpus, BundledEmbeddings(), tmp_path)
    index = Index(tmp_path, BundledEmbeddings())
    before = DAY.replace(day=22)
    assert index.dense("avgift", 3, None, before)
    assert index.lexical("avgift", 3, None, before)
    assert not index.dense("avgift", 3, None, DAY)
    assert not index.lexical("avgift", 3, None, DAY)
