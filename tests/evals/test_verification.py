"""The sets that measure the verifier, and that it reaches on them what was measured."""

import json

import pytest

from evals import verification
from evals.verification import LEAST, judge, load, rates
from ingest.edition import read_corpus
from ingest.errors import InputError


@pytest.fixture(scope="module")
def cases():
    return load()


@pytest.fixture(scope="module")
def judged(cases):
    return judge(cases, read_corpus())


def test_ids_are_unique_and_given_provisions_exist(cases):
    known = read_corpus().provisions
    ids = [case.id for several in cases.values() for case in several]
    assert len(ids) == len(set(ids))
    for several in cases.values():
        for case in several:
            assert set(case.given) <= set(known), case.id


def test_every_hostile_case_has_a_bad_statement_and_no_faithful_one_has(cases):
    assert all(case.bad for case in cases["hostile"])
    assert not any(case.bad for case in cases["faithful"])


def test_what_is_bad_is_stopped_and_what_is_faithful_passes_as_measured(judged):
    found = rates(judged)
    assert found["caught"].value >= LEAST["caught"]
    assert found["passed"].value >= LEAST["passed"]


def test_every_kind_of_bad_statement_is_stopped_mostly(judged):
    kinds = {j.case.kind for j in judged if j.set == "hostile"}
    for kind in kinds:
        found = rates(j for j in judged if j.set == "hostile" and j.case.kind == kind)
        assert found["caught"].value >= 0.6, kind


def test_a_line_that_is_no_case_is_told_with_its_place(tmp_path):
    for name in ("hostile", "faithful"):
        (tmp_path / f"{name}.jsonl").write_text("", "utf-8")
    (tmp_path / "hostile.jsonl").write_text('{"id": "fi-1"}\n', "utf-8")
    with pytest.raises(InputError, match=r"hostile\.jsonl, rad 1"):
        load(tmp_path)


def test_an_index_outside_the_answer_is_told(tmp_path):
    case = {
        "id": "fi-1",
        "kind": "number",
        "region": "norrbotten",
        "question": "?",
        "given": [],
        "answer": [{"text": "x", "citations": []}],
        "bad": [1],
        "why": "utanför",
    }
    (tmp_path / "hostile.jsonl").write_text(json.dumps(case), "utf-8")
    (tmp_path / "faithful.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError, match="utanför"):
        load(tmp_path)


def test_the_table_and_the_failures_are_printed(capsys, monkeypatch, cases):
    few = {name: several[:3] for name, several in cases.items()}
    monkeypatch.setattr(verification, "load", lambda: few)
    verification.main(["--failures"])
    printed = capsys.readouterr().out
    assert "hostile" in printed
    assert "caught" in printed
