"""`sip expand` as it is typed: a sheet out, a filled sheet in, errors in Swedish with exit 2."""

import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import corpus
from assistant import expand_cli
from assistant.cli import app as whole_app
from assistant.settings import settings
from ingest.edition import read_corpus

app = typer.Typer(pretty_exceptions_enable=False)
expand_cli.register(app)
app.command("none")(lambda: None)  # with a second command, `expand` must be named
FEE = "halland-avgift"


@pytest.fixture(autouse=True)
def own_settings(monkeypatch):
    monkeypatch.delenv("SIP_ORIGINALS", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition in which the fee in Halland has only two forms."""
    copied = tmp_path / "corpus"
    shutil.copytree(corpus.FOLDER, copied, ignore=shutil.ignore_patterns("__pycache__"))
    path = copied / "questions" / "halland.tsv"
    lines = path.read_text("utf-8").splitlines()
    fee = [line for line in lines if line.startswith(f"{FEE}\t")]
    kept = [line for line in lines if line not in fee[2:]]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    return copied


def expand(*arguments, folder):
    return CliRunner().invoke(app, ["expand", *map(str, arguments), "--folder", str(folder)])


def fill(path: Path, *questions: str, name: str = "Anna Berg") -> None:
    """Write the questions on the sheet's first rows, drop the others, sign it."""
    lines = path.read_text("utf-8").replace("# Godkänd av:", f"# Godkänd av: {name}").splitlines()
    rows = iter(questions)
    done = [
        line if line.startswith("#") else line + text
        for line in lines
        if line.startswith("#") or (text := next(rows, None)) is not None
    ]
    path.write_text("\n".join(done) + "\n", "utf-8")


def test_a_sheet_is_written_filled_and_taken_in(folder, tmp_path):
    path = tmp_path / "blad.tsv"
    done = expand("Region Halland", "--out", path, folder=folder)
    assert done.exit_code == 0
    assert "Bestämmelser: 1. Rader att fylla i: 14." in done.stdout
    fill(path, "Ssk i Varberg: drar vi kortet efter mötet?", "Doktorn var hemma hos fru A, gratis?")
    before = read_corpus(folder)
    done = expand("--approve", path, "--as-of", "2026-11-23", folder=folder)
    assert done.exit_code == 0, done.output
    assert "halland.tsv: 2. Godkända av Anna Berg." in done.stdout
    assert "inte prövat: ange --originals" in done.stdout
    added = read_corpus(folder).forms
    assert len(added) == len(before.forms) + 2
    assert (FEE, "Ssk i Varberg: drar vi kortet efter mötet?") in added
    text = (folder / "questions" / "halland.tsv").read_text("utf-8")
    assert "# Godkända av Anna Berg 2026-11-23\n" in text


def test_a_sheet_without_a_file_goes_to_standard_output(folder):
    done = expand("halland", folder=folder)
    assert done.exit_code == 0
    assert f"# {FEE}: " in done.stdout
    assert done.stdout.count(f"\n{FEE}\t") == 14


def test_where_nothing_is_wanting_no_file_is_made(folder, tmp_path):
    path = tmp_path / "blad.tsv"
    done = expand("vgr", "--out", path, folder=folder)
    assert done.exit_code == 0
    assert "minst 16 frågor" in done.stderr
    assert not path.exists()


def test_a_sheet_is_never_written_over(folder, tmp_path):
    path = tmp_path / "blad.tsv"
    path.write_text("ifyllt", "utf-8")
    done = expand("halland", "--out", path, folder=folder)
    assert done.exit_code == 2
    assert "finns redan" in done.stderr
    assert path.read_text("utf-8") == "ifyllt"


def test_a_sheet_with_faults_changes_nothing_and_tells_all_of_them(folder, tmp_path):
    path = tmp_path / "blad.tsv"
    expand("halland", "--out", path, folder=folder)
    before = (folder / "questions" / "halland.tsv").read_bytes()
    fill(path, "Vad betalar Bo 19121212-1212 för mötet?", "", "Rehab: tar vi betalt?", name="")
    done = expand("--approve", path, folder=folder)
    assert done.exit_code == 2
    assert "ingenting är inläst" in done.stderr
    assert "skriv ditt namn" in done.stderr
    assert "personnummer" in done.stderr
    assert "frågan saknas" in done.stderr
    assert "19121212" not in done.output
    assert "Traceback" not in done.output
    assert (folder / "questions" / "halland.tsv").read_bytes() == before


def test_words_of_an_original_are_refused_where_it_is_at_hand(folder, tmp_path):
    originals = tmp_path / "originals"
    originals.mkdir()
    words = "alfa beta gamma delta epsilon zeta eta theta jota"
    (originals / "000_halland.txt").write_text(words, "utf-8")
    path = tmp_path / "blad.tsv"
    expand("halland", "--out", path, folder=folder)
    fill(path, f"Varför {words}?")
    done = expand("--approve", path, "--originals", originals, folder=folder)
    assert done.exit_code == 2
    assert "nio ord i följd" in done.stderr


def test_with_an_index_the_sheet_shows_what_a_provision_is_taken_for(edition, index_folder):
    done = expand(
        "halland", "--least", 18, "--index", index_folder, "--as-of", "2026-11-23",
        folder=corpus.FOLDER,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert done.stdout.count("# Lydelse: ") * 2 == done.stdout.count(
        "# Förväxlas lätt med halland-"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Ange ett dokument eller en region"),
        (["halland", "--approve", "x.tsv"], "Ange ett dokument eller en region"),
        (["narnia"], "narnia finns inte"),
        (["Skåne"], "Välj: halland"),
        (["--approve", "no-such.tsv"], "går inte att läsa"),
        (["halland", "--out", "no/such/folder.tsv"], "går inte att skriva"),
        (["halland", "--index", "no-such-index"], "Bygg det med: sip ingest"),
        (["halland", "--as-of", "i går"], "är inget datum"),
    ],
)
def test_what_cannot_be_used_is_one_swedish_sentence_and_exit_code_2(folder, arguments, said):
    done = expand(*arguments, folder=folder)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_corpus_check_tells_both_lines_of_a_question_written_twice(folder):
    path = folder / "questions" / "halland.tsv"
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith(f"{FEE}\t"))
    twice = lines[number - 1].replace(f"{FEE}\t", "halland-betalsatt\t")
    path.write_text("\n".join([*lines, twice]) + "\n", "utf-8")
    done = CliRunner().invoke(whole_app, ["corpus", "check", "--folder", str(folder)])
    assert done.exit_code == 1
    assert f"{path}:{number} och halland.tsv:{len(lines) + 1}: " in done.stderr
    assert "halland-betalsatt" in done.stderr
