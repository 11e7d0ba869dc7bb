"""A work sheet shows what is lacking; a filled one is taken in whole or not at all."""

import dataclasses
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

import corpus
from ingest.document import Corpus
from ingest.edition import read_corpus
from ingest.errors import InputError
from ingest.expand import (
    DRAFT,
    faults,
    provisions_of,
    read_sheet,
    runs_of,
    sheet,
    take_in,
    wanting,
)
from ingest.ways import missing, ways

DAY = date(2026, 11, 23)
FEE = "halland-avgift"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "corpus"
    shutil.copytree(corpus.FOLDER, copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def filled(tmp_path: Path, *rows: str, approver: str = "Anna Berg") -> Path:
    path = tmp_path / "blad.tsv"
    path.write_text("\n".join([f"# Godkänd av: {approver}", *rows, ""]), "utf-8")
    return path


def with_forms(edition: Corpus, *texts: str) -> Corpus:
    """The edition with only these forms for the fee in Halland."""
    others = tuple(form for form in edition.forms if form[0] != FEE)
    return dataclasses.replace(edition, forms=others + tuple((FEE, text) for text in texts))


@pytest.mark.parametrize(
    ("way", "shows", "shows_not"),
    [
        ("sjuksköterska", "Ssk på avd 3: vem tar betalt?", "Vem tar betalt?"),
        ("läkare", "Jag är distriktsläkare, vad gäller?", "Jag är ny, vad gäller?"),
        ("biståndshandläggare", "LSS-handläggare i Hylte undrar", "Kurator i Hylte undrar"),
        ("rehab", "fysioterapeuten var med, kostar det?", "doktorn var med, kostar det?"),
        ("superanvändare", "Superuser här, kollegor frågar", "Super, och användaren då?"),
        ("administratör", "Medicinsk sekreterare i Laholm", "Socialsekreterare i Laholm"),
        ("kort", "avgift sip halland", "Vad är det för avgift för SIP i Halland?"),
        ("berättande", "Hon bor hemma. Vem tar betalt?", "Vem tar betalt när hon bor hemma?"),
        ("andra ord", "Är det gratis i Laholm?", "Betalar patienten någon avgift?"),
        ("förkortning", "betalar pat ngt", "Får man ett frikort?"),
        ("ja eller nej", "Ska patienten betala?", "Vad ska patienten betala?"),
        ("nekande", "Måste hon inte betala?", "Måste hon betala?"),
        ("felaktigt antagande", "Det kostar väl 200 kr?", "Kostar det 200 kr?"),
        ("utan å ä ö", "ar det nagon avgift for vardplan", "Vad kostar det?"),
        ("felstavning", "Vad är patientavgitften?", "Vad är patientavgiften?"),
        ("engelska", "What is the fee?", "Vad är avgiften?"),
    ],
)
def test_a_way_of_asking_is_known_by_its_words(edition, way, shows, shows_not):
    check = ways(edition)[way]
    assert check(shows, edition.provisions[FEE])
    assert not check(shows_not, edition.provisions[FEE])


def test_there_are_sixteen_ways_and_the_edition_knows_them_all(edition):
    checks = ways(edition)
    assert len(checks) == 16
    for check in checks.values():
        assert any(check(form, edition.provisions[key]) for key, form in edition.forms)


def test_what_nobody_asks_is_missing_and_what_somebody_asks_is_not(edition):
    checks = ways(edition)
    lacking = missing(checks, edition.provisions[FEE], ["What is the fee?", "betalar pat ngt"])
    assert "läkare" in lacking
    assert not {"engelska", "förkortning", "kort"} & set(lacking)
    assert missing(checks, edition.provisions[FEE], []) == list(checks)


def test_only_provisions_with_few_forms_are_wanting(edition):
    few = with_forms(edition, "Vad kostar SIP?", "What is the fee?")
    provisions = provisions_of(few, "halland")
    assert [provision.id for provision in wanting(few, provisions)] == [FEE]
    assert wanting(edition, provisions) == []


def test_an_unknown_document_is_refused_with_those_that_are(edition):
    with pytest.raises(InputError, match=r"skåne finns inte.*halland, vgr"):
        provisions_of(edition, "skåne")


def test_a_sheet_shows_the_provision_and_has_a_row_for_each_form_that_lacks(edition):
    few = with_forms(edition, "Vad kostar SIP?", "What is the fee?")
    provision = few.provisions[FEE]
    lines = sheet(few, [provision], least=8).splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [row[0] for row in rows] == [FEE] * 6
    assert [row[1] for row in rows] == missing(
        ways(few), provision, ["Vad kostar SIP?", "What is the fee?"]
    )[:6]
    assert {row[2] for row in rows} == {""}
    told = "\n".join(line for line in lines if line.startswith("#"))
    assert provision.text in told
    assert " › ".join(provision.locator.headings) in told
    assert "Vad kostar SIP?" in told


def test_what_a_writer_drafts_is_marked_and_never_taken_in(edition, folder, tmp_path):
    few = with_forms(edition)
    asked = []

    def writer(provision, lacking):
        asked.append((provision.id, tuple(lacking)))
        return ["Vad får man\tbetala i kassan?", "", "Är mötet gratis för dottern?"]

    text = sheet(few, [few.provisions[FEE]], least=3, writer=writer)
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert asked == [(FEE, tuple(ways(few)))]
    assert rows == [
        [FEE, "sjuksköterska", "Vad får man betala i kassan?", DRAFT],
        [FEE, "läkare", "Är mötet gratis för dottern?", DRAFT],
        [FEE, "biståndshandläggare", ""],
    ]
    path = tmp_path / "blad.tsv"
    path.write_text(text.replace("Godkänd av:", "Godkänd av: Anna"), "utf-8")
    found = faults(read_sheet(path), edition, folder)
    assert sum("är ett utkast" in fault for fault in found) == 2


def test_provisions_easily_taken_for_it_stand_on_the_sheet(edition):
    other = edition.provisions["halland-betalsatt"]
    text = sheet(edition, [edition.provisions[FEE]], near=lambda provision: [other])
    assert f"# Förväxlas lätt med {other.id}: {other.text}" in text


def test_approved_forms_are_appended_with_the_name_and_the_day(edition, folder, tmp_path):
    asked = [(FEE, "Ska frun lägga upp plånboken när doktorn kommer hem på SIP i Oskarström?")]
    asked.append(("vgr-avgift-lika", 'Står det "delas lika" någonstans när kassorna bråkar?'))
    path = filled(tmp_path, *(f"{key}\tfritt\t{text}" for key, text in asked))
    sheet_ = read_sheet(path)
    assert faults(sheet_, edition, folder) == []
    counts = take_in(sheet_, edition, DAY, folder)
    assert {path.name: count for path, count in counts.items()} == {"halland.tsv": 1, "vgr.tsv": 1}
    again = read_corpus(folder)
    assert set(again.forms) - set(edition.forms) == set(asked)
    last = (folder / "questions" / "halland.tsv").read_text("utf-8").splitlines()[-2:]
    assert last == ["# Godkända av Anna Berg 2026-11-23", "\t".join(asked[0])]
    assert not list(folder.rglob("*.draft"))


def test_the_same_sheet_is_not_taken_in_twice(edition, folder, tmp_path):
    sheet_ = read_sheet(filled(tmp_path, f"{FEE}\tfritt\tMåste frun ta upp plånboken hemma?"))
    take_in(sheet_, edition, DAY, folder)
    found = faults(sheet_, read_corpus(folder), folder)
    assert len(found) == 1
    assert "är samma fråga om halland-avgift" in found[0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("halland-finns-inte\tkort\tHur då?", "halland-finns-inte finns inte"),
        (f"{FEE}\tkort\t", "frågan saknas"),
        (f"{FEE}\tkort", "frågan saknas"),
        (f"{FEE}\tkort\t–?", "inga ord"),
        (f"{FEE}\tkort\tVad betalar dottern?\tutkast", "är ett utkast"),
        (f"{FEE}\tkort\tVad betalar dottern?\tok", "ta bort ”ok”"),
        (f"{FEE}\tkort\tVad betalar 19121212?", "förbjudet"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(edition, folder, tmp_path, row, said):
    good = f"{FEE}\tfritt\tMåste frun ta upp plånboken hemma?"
    sheet_ = read_sheet(filled(tmp_path, good, "#", row))
    found = faults(
        sheet_, edition, folder, forbidden=lambda text: "förbjudet" if "1912" in text else None
    )
    assert len(found) == 1
    assert f"{sheet_.path}:4: " in found[0]
    assert said in found[0]


def test_two_rows_that_are_one_question_are_refused_with_both_lines(edition, folder, tmp_path):
    sheet_ = read_sheet(
        filled(
            tmp_path,
            f"{FEE}\tfritt\tMåste frun ta upp plånboken hemma?",
            "halland-betalsatt\tfritt\tmaste frun ta upp planboken hemma",
        )
    )
    (fault,) = faults(sheet_, edition, folder)
    assert f"{sheet_.path}:2 och blad.tsv:3" in fault


def test_a_sheet_without_a_name_or_without_rows_is_refused(edition, folder, tmp_path):
    (fault,) = faults(read_sheet(filled(tmp_path, approver="")), edition, folder)[:1]
    assert "Godkänd av" in fault
    assert any(
        "inga frågor" in fault for fault in faults(read_sheet(filled(tmp_path)), edition, folder)
    )


def test_what_a_spreadsheet_adds_is_taken_off(tmp_path):
    path = tmp_path / "blad.tsv"
    rows = ['"# Godkänd av: ""Anna"" Berg"\t\t\t', f'{FEE}\tkort\t"Vad är ""avgift""?"\t\t', "\t\t"]
    path.write_bytes("\ufeff".encode() + "\r\n".join(rows).encode())
    sheet_ = read_sheet(path)
    assert sheet_.approver == '"Anna" Berg'
    assert [row.text for row in sheet_.rows] == ['Vad är "avgift"?']


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Vad är avgiften på säbo?".encode("latin-1"), "inte UTF-8"),
        (f"{FEE}\tkort\tVad?\t\tmer".encode(), r"blad\.tsv:1: raden har för många tabbar"),
        (None, "går inte att läsa"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(tmp_path, content, said):
    path = tmp_path / "blad.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_sheet(path)


def test_nothing_is_written_where_one_of_the_files_cannot_be(
    edition, folder, tmp_path, monkeypatch
):
    before = {path: path.read_bytes() for path in folder.glob("questions/*")}
    sheet_ = read_sheet(
        filled(tmp_path, f"{FEE}\tfritt\tMåste frun?", "vgr-avgift-lika\tfritt\tVem av kassorna?")
    )
    write = Path.write_text

    def full(path, *arguments):
        if path.name.startswith("vgr"):
            raise OSError(28, os.strerror(28))
        return write(path, *arguments)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(InputError, match="går inte att skriva"):
        take_in(sheet_, edition, DAY, folder)
    assert {path: path.read_bytes() for path in folder.glob("questions/*")} == before


def test_nine_words_of_an_original_are_refused_and_eight_are_not(edition, folder, tmp_path):
    originals = tmp_path / "originals"
    originals.mkdir()
    words = "alfa beta gamma delta epsilon zeta eta theta jota kappa"
    (originals / edition.documents["halland"].file).write_text(words.replace(" ", "\n"), "utf-8")
    runs = runs_of(originals, edition)
    assert len(runs) == 2
    eight = " ".join(words.split()[:8])
    sheet_ = read_sheet(
        filled(tmp_path, f"{FEE}\tfritt\t{words}?", f"halland-betalsatt\tfritt\tVarför {eight}?")
    )
    (fault,) = faults(sheet_, edition, folder, runs)
    assert "blad.tsv:2: nio ord i följd" in fault


def test_no_runs_where_the_originals_are_not_at_hand(edition, tmp_path):
    assert runs_of(tmp_path, edition) == frozenset()
