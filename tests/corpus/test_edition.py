"""The edition is whole, stands where it says, and is in our own words."""

import re

import pytest

import corpus
from ingest.check import against_originals
from tests.conftest import ROOT

INVENTORY = [
    line
    for line in (ROOT / "tests/corpus/inventory_ids.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
TEXT_FILES = {".md", ".toml", ".tsv", ".jsonl", ".json", ".py", ".txt", ".css", ".html", ".yaml"}


def test_every_provision_of_the_inventory_has_its_place(edition):
    assert len(INVENTORY) == 478
    assert not set(INVENTORY) - set(edition.provisions)


def test_every_provision_is_a_whole_sentence(edition):
    broken = [
        p.id
        for p in edition.provisions.values()
        if not re.fullmatch(r"[A-ZÅÄÖ0-9”].*[.?!]", p.text) or len(p.text.split()) < 6
    ]
    assert broken == []


def test_every_provision_stands_under_a_heading(edition):
    assert [p.id for p in edition.provisions.values() if not p.locator.headings] == []


def test_a_key_phrase_has_at_most_eight_words(edition):
    assert [p.id for p in edition.provisions.values() if len(p.locator.phrase.split()) > 8] == []


def test_a_locator_is_narrow_enough_to_be_read(edition):
    wide = [
        p.id
        for p in edition.provisions.values()
        if p.locator.lines.last - p.locator.lines.first >= 56
    ]
    assert wide == []


def test_every_provision_has_at_least_two_question_forms(edition):
    asked = [key for key, _ in edition.forms]
    assert [key for key in edition.provisions if asked.count(key) < 2] == []


def test_no_question_form_stands_twice(edition):
    seen = [(key, re.sub(r"\W+", " ", form.casefold()).strip()) for key, form in edition.forms]
    assert len(seen) == len(set(seen))


def test_a_gap_says_that_something_is_not_stated(edition):
    silent = re.compile(r"\b(?:inte|ingen|inget|inga|varken|saknar|utan att)\b")
    assert [p.id for p in edition.provisions.values() if p.gap and not silent.search(p.text)] == []


@pytest.mark.parametrize(
    ("row", "column", "points"),
    [
        ("ordinart-boende", "vc", 5),
        ("ordinart-boende", "rehab", 4),
        ("rehabenhet", "vc", 1),
        ("rehabenhet", "rehab", 3),
        ("vardcentral", "vc", 1),
        ("vardcentral", "rehab", 3),
        ("sjukhus", "vc", 1),
        ("sjukhus", "rehab", 3),
        ("digital", "vc", 1),
        ("digital", "rehab", 2),
    ],
)
def test_each_cell_of_the_table_names_its_row_and_column_and_gives_its_points(
    edition, row, column, points
):
    text = edition.provisions[f"vgr-reg-{row}-{column}"].text
    assert f"{points} p" in text
    assert ("vårdcentral" if column == "vc" else "rehab") in text.lower()
    assert {"ordinart-boende": "boende", "digital": "digital"}.get(row, row)[
        :7
    ] in text.lower().replace("å", "a")
    assert ("AU124" in text) == (row != "sjukhus")
    assert ("ZV051" in text) == (row == "digital")


def test_every_key_phrase_stands_at_its_lines_in_the_originals(edition, originals):
    assert against_originals(edition, originals) == []


def words(text: str) -> list[str]:
    return re.findall(r"[0-9a-zåäöé§]+", text.lower())


def test_no_nine_words_of_an_original_stand_in_the_project(originals):
    seen = set()
    for path in originals.glob("*.txt"):
        found = words(path.read_text("utf-8"))
        seen |= {tuple(found[i : i + 9]) for i in range(len(found) - 8)}
    assert len(seen) > 10_000
    copied = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.suffix not in TEXT_FILES or not path.is_file():
            continue
        if any(part.startswith(".") or part in {"build", "dist"} for part in parts):
            continue
        if path.name == "tokenizer.json" or path.stat().st_size > 5_000_000:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found = words(line)
            if any(tuple(found[i : i + 9]) in seen for i in range(len(found) - 8)):
                copied.append(f"{'/'.join(parts)}:{number}")
    assert copied == []


def test_one_changed_word_in_an_original_is_noticed(edition, originals, tmp_path):
    for path in originals.glob("*.txt"):
        text = path.read_text("utf-8").replace("tre \narbetsdagar", "fyra \narbetsdagar")
        (tmp_path / path.name).write_text(text, "utf-8")
    findings = against_originals(edition, tmp_path)
    assert any("004_norrbotten.txt" in finding and "tre" in finding for finding in findings)
    assert any("annan version" in finding for finding in findings)


def test_the_corpus_lies_where_the_package_says():
    assert (corpus.FOLDER / "manifest.toml").is_file()
