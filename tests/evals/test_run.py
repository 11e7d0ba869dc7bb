"""A run is the same each time, and any system can be put through it."""

import json
import subprocess
import sys

import pytest

from evals import results
from evals.case import load
from evals.reply import read_answers
from evals.run import assistant_system, callable_system, evaluate, facts, rate, rates, retrieval
from ingest.errors import InputError
from tests.conftest import ROOT

DEV = ROOT.parent / "shared" / "golden"


@pytest.fixture(scope="module")
def dev():
    return {"dev": load(["dev"])["dev"]}


@pytest.fixture(scope="module")
def outcomes(dev, assistant):
    return evaluate(assistant_system(assistant), dev, assistant.corpus)


def test_two_runs_give_the_same_bytes_but_for_latency(dev, assistant, outcomes):
    again = evaluate(assistant_system(assistant), dev, assistant.corpus)
    about = facts("c", "m")
    one, two = (json.loads(results.to_json(o, about)) for o in (outcomes, again))
    assert one.pop("latency")
    assert two.pop("latency")
    assert json.dumps(one) == json.dumps(two)


def test_an_answers_file_is_scored_like_the_system_that_made_it(dev, assistant, outcomes, tmp_path):
    path = tmp_path / "out.jsonl"
    lines = [json.dumps({"id": o.case.id} | o.reply.raw) for o in outcomes]
    path.write_text("\n".join(lines), "utf-8")
    replies = read_answers(path, [c.id for c in dev["dev"]])
    again = evaluate(lambda case: replies[case.id], dev, assistant.corpus)
    assert [o.scores for o in again] == [o.scores for o in outcomes]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], ":1: raden är inget svar"),
        (['{"answer": "x"}'], "raden är inget svar"),
        (['{"id": "a"}', '{"id": "a"}'], "finns två gånger"),
        (['{"id": "b"}'], "finns inte i frågesamlingen"),
        ([], "svar saknas för 1 fall"),
    ],
)
def test_a_bad_answers_file_is_refused(tmp_path, lines, said):
    path = tmp_path / "out.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(InputError, match=said):
        read_answers(path, ["a"])


def test_a_callable_is_scored_through_the_contract(dev, assistant):
    system = callable_system(lambda turns, region: {"action": "abstain", "answer": "Vet ej."})
    done = evaluate(system, dev, assistant.corpus)
    due = [o for o in done if o.case.status == "abstain"]
    assert all(o.passed for o in due)
    assert not any(o.passed for o in done if o.case.status == "answer" and not o.case.status_alt)


def test_a_rate_has_its_interval():
    found = rate([1.0] * 8 + [0.0] * 2)
    assert (found.value, found.n) == (0.8, 10)
    assert 0.48 < found.low < 0.8 < found.high < 0.95
    assert rate([]).n == 0


def test_rates_leave_out_what_does_not_apply(outcomes):
    assert rates(outcomes)["parts"].n if "parts" in rates(outcomes) else True
    assert rates(outcomes)["citation_hit"].n < len(outcomes)


def test_retrieval_is_measured_where_a_provision_is_expected(outcomes):
    found = retrieval(outcomes)
    assert 0 < found["hit@1"] <= found["hit@3"] <= found["hit@5"] <= 1
    assert 0 < found["RR@10"] <= 1


def test_the_shared_scorer_agrees_case_by_case(outcomes, tmp_path):
    """Ours names provisions where the shared one names lines; both must say the same."""
    if not (DEV / "score.py").is_file():
        pytest.skip(f"the shared scorer is not at hand in {DEV}")
    predictions = tmp_path / "out.jsonl"
    predictions.write_text(
        "\n".join(json.dumps({"id": o.case.id} | o.reply.raw) for o in outcomes), "utf-8"
    )
    done = subprocess.run(
        [
            *(sys.executable, DEV / "score.py", "--failures"),
            *("--gold", DEV / "dev.jsonl", "--pred", predictions),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    failures = done.stdout.split("FAILURES")[1].splitlines()
    wrong = {line.split()[0] for line in failures if " WRONG " in line}
    unhit = {line.split()[0] for line in failures if "no citation hit" in line}
    assert wrong == {o.case.id for o in outcomes if not o.scores["correct"].value}
    ours = {
        o.case.id
        for o in outcomes
        if o.scores["citation_hit"] is not None and not o.scores["citation_hit"].value
    }
    assert ours == unhit
