"""Drafts of question forms: a person approves them, and what may not stand never comes that far."""

import pytest
from typer.testing import CliRunner

from assistant.model import opened
from assistant.model.forms import MOST, Forms, checked
from assistant.model.trouble import Kind
from assistant.settings import settings
from evals.cli import app
from ingest import expand
from tests.assistant.model.scripted import line

LINES = "Vem bjuder in till mötet?\nNär ska vi bjuda in?\n"


@pytest.fixture
def provision(edition):
    return edition.provisions["halland-avgift"]


def test_a_question_is_drafted_for_each_way_in_its_order(provision):
    made, model = line(LINES)
    forms = Forms(made, "lokal")
    assert forms(provision, ["kort", "från läkare"]) == LINES.strip().split("\n")
    asked = model.heard[0]
    assert "kort; från läkare" in asked[0][1]
    assert provision.text in asked[1][1]


def test_no_more_than_so_many_ways_are_asked_for_at_once(provision):
    made, model = line("En fråga här?\n" * 1)
    Forms(made, "lokal")(provision, [f"sätt {n}" for n in range(20)])
    assert f"sätt {MOST - 1}" in model.heard[0][0][1]
    assert f"sätt {MOST};" not in model.heard[0][0][1]


@pytest.mark.parametrize(
    "row",
    [
        "Vem kallar i Halland?",
        "Ska 19811218-9876 kallas?",
        "<b>Vem</b> kallar till mötet?",
        "Se https://exempel.se om mötet?",
        "Vem",
        "ord " * 80,
    ],
)
def test_what_may_not_stand_on_a_sheet_ends_the_drafts(row):
    assert checked(f"Vem bjuder in?\n{row}\nNär bjuder vi in?", 9) == ["Vem bjuder in?"]


def test_lists_and_numbers_are_read_too():
    assert checked('["Vem bjuder in?", "När är mötet?"]', 9) == ["Vem bjuder in?", "När är mötet?"]
    assert checked("Här är frågorna:\n1. Vem bjuder in?\n- När är mötet?", 9) == [
        "Vem bjuder in?",
        "När är mötet?",
    ]


def test_after_a_trouble_nothing_more_is_asked(provision):
    made, model = line(ValueError())
    forms = Forms(made, "lokal")
    assert forms(provision, ["kort"]) == []
    assert forms(provision, ["kort"]) == []
    assert forms.trouble.kind is Kind.OTHER
    assert len(model.heard) == 1


def test_the_sheet_marks_them_as_drafts_and_takes_none_in_unread(edition, provision, tmp_path):
    made, _ = line(LINES)
    text = expand.sheet(edition, [provision], 10**3, Forms(made, "lokal"))
    rows = [row for row in text.splitlines() if row.endswith(f"\t{expand.DRAFT}")]
    assert len(rows) == 2
    path = tmp_path / "blad.tsv"
    path.write_text(text.replace("# Godkänd av:", "# Godkänd av: Anna Berg"), "utf-8")
    assert any("utkast" in fault for fault in expand.faults(expand.read_sheet(path), edition))


@pytest.fixture
def own_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("SIP_DATABASE", f"sqlite:///{tmp_path / 'omdomen.db'}")
    monkeypatch.delenv("SIP_MODEL", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_drafts_need_a_model(own_settings):
    done = CliRunner().invoke(app, ["expand", "halland", "--drafts"])
    assert done.exit_code == 2
    assert "Ingen språkmodell är inställd" in done.stderr


def test_a_sheet_with_drafts_is_written_and_a_trouble_is_told(own_settings, monkeypatch):
    made, _ = line(LINES, ValueError())
    monkeypatch.setattr(opened, "line_to", lambda chosen: made)
    done = CliRunner().invoke(app, ["expand", "halland", "--least", "900", "--drafts"])
    assert done.exit_code == 0
    assert done.stdout.count(f"\t{expand.DRAFT}\n") == 2
    assert "Utkasten är inte fler" in done.stderr
