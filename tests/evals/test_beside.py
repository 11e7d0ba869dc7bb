"""The run with a model beside the run without."""

import json

import pytest
from typer.testing import CliRunner

from assistant.model import asking
from assistant.settings import settings
from evals import beside, run
from evals.case import load
from evals.cli import app
from ingest.errors import InputError
from tests.assistant.model.scripted import assisted, line

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_index(monkeypatch, index_folder, tmp_path):
    monkeypatch.setenv("SIP_INDEX", str(index_folder))
    monkeypatch.setenv("SIP_DATABASE", f"sqlite:///{tmp_path / 'omdomen.db'}")
    monkeypatch.delenv("SIP_MODEL", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def echo(messages):
    """The first source in its own words: as faithful as can be."""
    source = messages[-1].content.split("[1] ", 1)[1].split("\n", 1)[0]
    return f"{source} [1]"


@pytest.fixture
def codes():
    return {"dev": [case for case in load(["dev"])["dev"] if case.kind == "code"]}


def test_a_faithful_model_makes_nothing_worse(index, assistant, codes):
    helped, _ = assisted(index, echo)
    without = run.evaluate(run.assistant_system(assistant), codes, index.corpus)
    with_ = run.evaluate(beside.system(helped), codes, index.corpus)
    told = beside.report(without, with_, helped.line)
    assert "sämre" not in told
    assert f"Formulerade svar: {len(with_)} av {len(with_)}" in told
    assert f"Token: {helped.line.tokens}" in told
    before, after = run.rates(without), run.rates(with_)
    assert all(after[name].value >= before[name].value for name in before)


def test_what_got_worse_is_named_with_the_scores_that_changed(index, assistant, codes):
    def forgetful(messages):
        return "Det finns en kod. [1]"

    helped, _ = assisted(index, forgetful)
    without = run.evaluate(run.assistant_system(assistant), codes, index.corpus)
    with_ = run.evaluate(beside.system(helped), codes, index.corpus)
    told = beside.report(without, with_, helped.line)
    worse = [a.case.id for a, b in zip(without, with_, strict=True) if a.passed and not b.passed]
    assert worse
    assert all(f"sämre {key}: correct 1 → 0" in told for key in worse)
    turned = beside.report(with_, without, helped.line)
    assert all(f"bättre {key}:" in turned for key in worse)


def test_troubles_are_counted(index, assistant, codes):
    helped, _ = assisted(index, ConnectionRefusedError())
    with_ = run.evaluate(beside.system(helped), codes, index.corpus)
    without = run.evaluate(run.assistant_system(assistant), codes, index.corpus)
    told = beside.report(without, with_, helped.line)
    assert f"går inte att nå: {len(with_)}" in told
    assert "sämre" not in told


def test_a_recorded_run_is_replayed_from_the_command_line(monkeypatch, tmp_path):
    path = tmp_path / "utbyte.jsonl"
    monkeypatch.setattr(asking, "line_to", lambda chosen, into: line(echo, record=into)[0])
    arguments = ["eval", "--set", "dev", "--kind", "code"]
    first = runner.invoke(app, [*arguments, "--model", "manus:m", "--record", str(path)])
    assert first.exit_code == 0, first.output
    assert "Formulerade svar" in first.stdout
    assert path.read_text("utf-8").count("\n") > 0
    again = runner.invoke(app, [*arguments, "--replay", str(path)])
    assert again.exit_code == 0, again.output

    def timeless(text):
        return [row for row in text.splitlines() if " ms " not in row and "latency" not in row]

    assert timeless(again.stdout) == timeless(first.stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "openai:m"], "SIP_MODEL_ALLOWED"),
        (["--model", "m"], "kolon"),
        (["--record", "{}/a.jsonl"], "Ingen språkmodell"),
        (["--replay", "{}/saknas.jsonl"], "går inte att läsa"),
    ],
)
def test_bad_use_is_one_swedish_sentence(tmp_path, arguments, said):
    written = [argument.format(tmp_path) for argument in arguments]
    done = runner.invoke(app, ["eval", "--set", "dev", "--kind", "code", *written])
    assert done.exit_code == 2
    assert said in done.stderr


def test_what_gates_never_asks_a_model_though_one_is_set(monkeypatch):
    monkeypatch.setenv("SIP_MODEL", "ollama:finns-inte")
    settings.cache_clear()
    done = runner.invoke(app, ["eval", "--set", "dev", "--kind", "code"])
    assert done.exit_code == 0
    assert "språkmodell" not in done.stdout


def test_without_a_model_there_is_nothing_beside():
    chosen = settings().model_copy(update={"model": None})
    with (
        pytest.raises(InputError, match="--model"),
        beside.assisted(chosen, lambda *progress: None, None, None),
    ):
        pass


def test_the_report_is_of_one_line_for_each_rate(index, assistant, codes):
    outcomes = run.evaluate(run.assistant_system(assistant), codes, index.corpus)
    helped, _ = assisted(index, "x")
    told = beside.report(outcomes, outcomes, helped.line)
    assert all(name in told for name in run.rates(outcomes))
    assert json.dumps(told)
