"""The command line's contract: one answer, JSON, batches; clear errors with exit code 2."""

import json
import os
import socket
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from assistant.settings import settings
from evals.cli import app
from tests.conftest import ROOT

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_index(monkeypatch, index_folder):
    monkeypatch.setenv("SIP_INDEX", str(index_folder))
    monkeypatch.delenv("SIP_ORIGINALS", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def sip(*arguments):
    return runner.invoke(app, list(arguments))


def test_a_question_gets_text_with_its_sources():
    done = sip("ask", "Vilken KVÅ-kod gäller i Halland?")
    assert done.exit_code == 0
    assert "AU124" in done.stdout
    assert "Källor:" in done.stdout
    assert "rad 68–70" in done.stdout


def test_json_has_the_fields_of_the_contract():
    done = sip("ask", "Vem kallar till SIP vid utskrivning?", "--region", "norrbotten", "--json")
    reply = json.loads(done.stdout)
    assert reply["action"] == "answer"
    citation = reply["citations"][0]
    assert citation["file"] == "004_norrbotten.txt"
    assert len(citation["lines"]) == 2
    assert {"document", "section", "quote"} <= set(citation)


def test_a_batch_gives_a_line_for_each_in_order_and_loses_none(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        '{"id": "a", "turns": ["Vem kallar till SIP i Örebro?"]}',
        "not json",
        '{"id": "c"}',
        '{"id": "d", "turns": ["Vem kallar?"], "region": "narnia"}',
        '{"id": "e", "turns": ["Vilken kod?"], "region": "halland", "as_of": "i går"}',
        '["f"]',
        '{"id": "g", "turns": ["Vad kostar SIP?"], "region": "vgr"}',
    ]
    source.write_text("\n".join(lines), "utf-8")
    done = sip("ask", "--batch", str(source), "--out", str(target))
    assert done.exit_code == 0
    out = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [record["id"] for record in out] == ["a", None, "c", "d", "e", None, "g"]
    assert [bool(record.get("error")) for record in out] == [
        False, True, True, True, True, True, False,
    ]  # fmt: skip
    assert all("latency_ms" in record for record in out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "Skriv en fråga"),
        (["ask", "Vem kallar?", "--region", "narnia"], "känner jag inte till"),
        (["ask", "Vem kallar?", "--as-of", "31 februari"], "är inget datum"),
        (["ask", "--batch", "no-such.jsonl", "--out", "x.jsonl"], "går inte att läsa"),
        (["ask", "--batch", "README.md"], "--out"),
        (["ingest", "no-such-folder"], "saknas"),
        (["serve", "--port", "99999"], "finns inte"),
    ],
)
def test_bad_input_is_one_swedish_sentence_and_exit_code_2(arguments, said):
    done = sip(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_an_unwritable_target_loses_nothing(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "turns": ["Vem kallar i Halland?"]}', "utf-8")
    done = sip("ask", "--batch", str(source), "--out", str(tmp_path / "no" / "out.jsonl"))
    assert done.exit_code == 2
    assert "går inte att skriva" in done.stderr


def test_a_taken_port_is_said_plainly():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = sip("serve", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "upptagen" in done.stderr


def test_another_address_than_this_machine_s_is_refused(monkeypatch):
    monkeypatch.setenv("SIP_HOST", "0.0.0.0")
    settings.cache_clear()
    done = sip("serve")
    assert done.exit_code == 2
    assert "inloggning" in done.stderr


def test_ingest_of_the_unchanged_edition_embeds_nothing():
    done = sip("ingest")
    assert done.exit_code == 0
    assert "oförändrat" in done.stdout


def test_a_broken_index_is_said_plainly(index_folder, tmp_path):
    (tmp_path / "current").write_text("v-gone\n", "utf-8")
    done = sip("ask", "Vem kallar?", "--index", str(tmp_path))
    assert done.exit_code == 2
    assert "trasigt" in done.stderr


def test_two_ingests_at_once_leave_one_whole_index(tmp_path):
    command = [sys.executable, "-m", "evals.cli", "ingest", "--index", str(tmp_path)]
    both = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    errors = [process.communicate(timeout=120)[1] for process in both]
    assert sorted(process.returncode for process in both) in ([0, 0], [0, 2])
    assert not any("Traceback" in error for error in errors)
    assert sip("ask", "Vem kallar i Halland?", "--index", str(tmp_path)).exit_code == 0


def test_corpus_check_says_that_the_edition_is_whole():
    done = sip("corpus", "check")
    assert done.exit_code == 0
    assert "Utgåvan är hel" in done.stdout


def test_corpus_check_against_the_originals(originals, tmp_path):
    assert sip("corpus", "check", "--originals", str(originals)).exit_code == 0
    done = sip("corpus", "check", "--originals", str(tmp_path))
    assert done.exit_code == 1
    assert "går inte att läsa" in done.stderr


def test_the_originals_own_lines_are_shown_where_they_are_at_hand(originals, monkeypatch):
    monkeypatch.setenv("SIP_ORIGINALS", str(originals))
    settings.cache_clear()
    reply = json.loads(sip("ask", "Vilken KVÅ-kod gäller i Halland?", "--json").stdout)
    assert "AU124" in reply["citations"][0]["original"]


def test_the_command_is_installed():
    done = subprocess.run(
        [os.path.join(os.path.dirname(sys.executable), "sip"), "--help"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "riktlinjer" in done.stdout
