"""Drafts from the desk are taken into the golden set whole, once, and only where they are cases."""

import json

import pytest
from typer.testing import CliRunner

from evals.case import load
from evals.cli import app
from evals.drafts import take
from ingest.errors import InputError

DRAFT = {
    "id": "d-vem-kallar-20261123-1",
    "turns": ["Vem kallar till SIP?"],
    "as_of": "2026-11-23",
    "kind": "who",
    "region": "norrbotten",
    "provisions": ["norrbotten-kallelse-ansvarig"],
    "status": "answer",
    "why": "Ur ett omdöme.",
    "tags": ["omdöme"],
}


@pytest.fixture
def source(tmp_path):
    return write(tmp_path / "utkast", DRAFT)


@pytest.fixture
def golden(tmp_path):
    return tmp_path / "golden"


def write(folder, *cases):
    folder.mkdir(exist_ok=True)
    lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases]
    (folder / "drafts.jsonl").write_text("".join(lines), "utf-8")
    return folder


def test_drafts_are_moved_and_are_still_drafts(source, golden):
    made = load(folder=source)["drafts"]
    assert take(source, golden) == [DRAFT["id"]]
    assert load(folder=golden)["drafts"] == made
    assert made[0].draft
    assert take(source, golden) == []


def test_more_drafts_are_put_after_those_that_are_there(source, golden):
    take(source, golden)
    path = golden / "drafts.jsonl"
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")  # as an editor may leave it
    take(write(source, DRAFT | {"id": "d-vem-kallar-20261123-2"}), golden)
    ids = [case.id for case in load(folder=golden)["drafts"]]
    assert ids == [DRAFT["id"], "d-vem-kallar-20261123-2"]


def test_a_move_that_was_broken_off_is_made_again_without_doubles(source, golden):
    write(golden, DRAFT)
    assert take(source, golden) == [DRAFT["id"]]
    assert len(load(folder=golden)["drafts"]) == 1


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"id": "d-annat-1", "status": "kanske"}, r"drafts\.jsonl:2: status"),
        ({"id": "d-annat-1", "provisions": []}, r"drafts\.jsonl:2: .*väntar"),
        ({"why": "En annan fråga med samma id."}, "finns redan"),
    ],
)
def test_where_one_is_no_case_none_is_moved(source, golden, second, said):
    write(source, DRAFT, DRAFT | second)
    with pytest.raises(InputError, match=said):
        take(source, golden)
    assert (source / "drafts.jsonl").exists()
    assert not (golden / "drafts.jsonl").exists()


def test_an_id_that_another_set_has_is_refused(source, golden):
    write(golden, DRAFT | {"why": "En annan fråga med samma id."})
    (golden / "drafts.jsonl").rename(golden / "egna.jsonl")
    with pytest.raises(InputError, match="finns redan, med annat innehåll"):
        take(source, golden)
    assert load(folder=source)["drafts"]


def test_a_folder_that_cannot_be_written_is_told(source, golden):
    golden.write_text("en fil", "utf-8")
    with pytest.raises(InputError, match="kan inte flyttas"):
        take(source, golden)
    assert (source / "drafts.jsonl").exists()


def test_the_command_takes_them_and_says_which(source, golden):
    run = CliRunner()
    arguments = ["eval", "drafts", "--from", str(source), "--golden", str(golden)]
    first = run.invoke(app, arguments)
    assert (first.exit_code, DRAFT["id"] in first.stdout) == (0, True)
    assert "Det finns inga utkast" in run.invoke(app, arguments).stdout
