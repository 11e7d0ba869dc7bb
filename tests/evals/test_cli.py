"""`sip eval` for people and for CI."""

import json

import pytest
from typer.testing import CliRunner

from assistant.settings import settings
from evals.cli import app
from evals.drafts import add, draft
from evals.reply import from_json
from ingest.errors import InputError
from tests.conftest import DAY

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_index(monkeypatch, index_folder):
    monkeypatch.setenv("SIP_INDEX", str(index_folder))
    settings.cache_clear()
    yield
    settings.cache_clear()


def sip(*arguments):
    return runner.invoke(app, ["eval", *arguments])


def test_a_set_is_run_and_written_in_every_form(tmp_path):
    names = {"--json": "r.json", "--junit": "r.xml", "--html": "r.html"}
    options = [part for flag, name in names.items() for part in (flag, str(tmp_path / name))]
    done = sip("--set", "dev", "--kind", "code", *options)
    assert done.exit_code == 0
    assert "citation_hit" in done.stdout
    result = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert {"facts", "summary", "cases", "latency"} <= set(result)
    assert len(result["facts"]["corpus"]) == 64
    assert (tmp_path / "r.xml").exists()
    assert (tmp_path / "r.html").exists()
    again = sip("--set", "dev", "--kind", "code", "--compare", str(tmp_path / "r.json"))
    assert "Ingen skillnad." in again.stdout


def test_one_case_is_explained_from_understanding_to_verdict():
    done = sip("--explain", "d-ha-001")
    assert done.exit_code == 0
    for part in ("Förstått", "regioner: halland", "Hittat", "halland-dr16-diagnos", "Verdikt"):
        assert part in done.stdout


def test_a_region_alone_can_be_run():
    assert sip("--set", "dev", "--region", "varmland").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "nowhere"], "går inte att läsa"),
        (["--id", "no-such-case"], "Inget fall passar"),
        (["--set", "dev", "--answers", "no.jsonl"], "går inte att läsa"),
        (["--set", "dev", "--kind", "code", "--compare", "no.json"], "går inte att läsa"),
        (["--set", "dev", "--kind", "code", "--json", "no/such/r.json"], "går inte att skriva"),
    ],
)
def test_bad_input_is_one_swedish_sentence_and_exit_code_2(arguments, said):
    done = sip(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_draft_is_made_of_a_question_and_its_answer(tmp_path):
    path = tmp_path / "drafts.jsonl"
    path.write_text("", "utf-8")
    (tmp_path / "other.jsonl").unlink(missing_ok=True)
    question = "Vilken KVÅ-kod gäller i Halland?"
    reply = from_json(
        {"action": "answer", "answer": "AU124", "citations": [{"provision": "halland-kva-au124"}]}
    )
    made = draft((question,), reply, region=None, as_of=DAY, why="kom från en användare")
    assert made.draft
    assert made.provisions == ("halland-kva-au124",)
    path.unlink()
    add(made, path)
    with pytest.raises(InputError, match="finns redan"):
        add(made, path)


def test_a_draft_is_added_from_the_command_line(tmp_path):
    path = tmp_path / "drafts.jsonl"
    arguments = ["add", "Vilken KVÅ-kod gäller i Halland?", "--why", "användare frågade"]
    assert sip(*arguments, "--file", str(path)).exit_code == 0
    assert json.loads(path.read_text("utf-8"))["status"] == "answer"


def test_an_answer_without_source_makes_no_draft():
    with pytest.raises(InputError, match="ingen källa"):
        draft(("x",), from_json({"action": "answer"}), region=None, as_of=DAY, why="utan källa")
