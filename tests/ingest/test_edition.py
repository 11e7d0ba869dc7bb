"""Bad files of an edition are refused in Swedish, with file and line."""

import shutil
from pathlib import Path

import pytest

import corpus
from ingest.edition import read_corpus
from ingest.errors import CorpusError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "corpus"
    shutil.copytree(corpus.FOLDER, copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_copy_reads_like_the_edition_itself(folder, edition):
    assert read_corpus(folder) == edition


def test_a_missing_file_is_named(folder):
    (folder / "guidelines" / "halland.md").unlink()
    with pytest.raises(CorpusError, match=r"halland\.md saknas"):
        read_corpus(folder)


def test_a_file_that_is_not_utf_8_is_named(folder):
    (folder / "questions" / "vgr.tsv").write_bytes("å".encode("latin-1"))
    with pytest.raises(CorpusError, match=r"vgr\.tsv är inte UTF-8"):
        read_corpus(folder)


def test_an_unreadable_file_is_named(folder):
    path = folder / "guidelines" / "halland.md"
    path.unlink()
    path.mkdir()
    with pytest.raises(CorpusError, match="går inte att läsa"):
        read_corpus(folder)


def test_a_manifest_that_is_not_toml_is_refused_with_its_line(folder):
    (folder / "manifest.toml").write_text("[[document]\n", "utf-8")
    with pytest.raises(CorpusError, match=r"inte giltig TOML.*line 1"):
        read_corpus(folder)


def test_an_unknown_key_of_a_document_is_refused(folder):
    change(folder / "manifest.toml", 'title = "SIP inom vårdval"', 'titel = "SIP inom vårdval"')
    with pytest.raises(CorpusError, match="titel"):
        read_corpus(folder)


def test_an_id_given_twice_is_refused(folder):
    change(folder / "guidelines" / "halland.md", "#halland-avgift ", "#halland-betalsatt ")
    with pytest.raises(CorpusError, match="halland-betalsatt finns två gånger"):
        read_corpus(folder)


def test_a_locator_outside_the_original_is_refused_with_the_line(folder):
    change(folder / "guidelines" / "halland.md", 'rader="39"', 'rader="390"')
    with pytest.raises(CorpusError, match=r"halland\.md:\d+: raderna 390 ligger utanför"):
        read_corpus(folder)


def test_lines_written_otherwise_are_refused(folder):
    change(folder / "guidelines" / "halland.md", 'rader="39"', 'rader="39 och 40"')
    with pytest.raises(CorpusError, match="ska skrivas som"):
        read_corpus(folder)


def test_an_id_of_another_region_is_refused(folder):
    change(folder / "guidelines" / "halland.md", "#halland-avgift ", "#vgr-avgift ")
    with pytest.raises(CorpusError, match="ska börja med halland-"):
        read_corpus(folder)


def test_a_provision_without_key_phrase_is_refused(folder):
    change(folder / "guidelines" / "halland.md", ' fras="', ' fraser="')
    with pytest.raises(CorpusError, match="ska ha #id, rader och fras"):
        read_corpus(folder)


def test_a_question_for_no_provision_is_refused_with_its_line(folder):
    path = folder / "questions" / "halland.tsv"
    path.write_text("halland-finns-inte\tHur då?\n", "utf-8")
    with pytest.raises(CorpusError, match=r"halland\.tsv:1: bestämmelsen halland-finns-inte"):
        read_corpus(folder)


def test_a_row_without_a_question_is_refused_with_its_line(folder):
    path = folder / "questions" / "halland.tsv"
    path.write_text("# kommentar\nhalland-avgift\n", "utf-8")
    with pytest.raises(CorpusError, match=r"halland\.tsv:2: raden ska ha id, tabb och en fråga"):
        read_corpus(folder)
