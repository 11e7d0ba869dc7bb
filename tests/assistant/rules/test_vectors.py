"""The 267 worked vectors of the inventory, kept here as JSONL so that they always run."""

import json
import os
from pathlib import Path

import pytest

from assistant.rules import compute
from assistant.rules.batch import as_json
from tests.conftest import ROOT

HERE = Path(__file__).parent
VECTORS = [json.loads(line) for line in (HERE / "vectors.jsonl").read_text("utf-8").splitlines()]
# Tells the reader which rule is easily taken for this one; no part of the answer.
COMMENT = {"distractor_rule"}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']}-{v['rule']}")
def test_a_vector_gives_its_expected_result(vector):
    got = as_json(compute(vector["rule"], vector["inputs"]))
    expected = {k: v for k, v in vector["expected"].items() if k not in COMMENT}
    assert {name: got.get(name) for name in expected} == expected


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_a_vector_carries_steps_in_sentences_and_its_sources(vector):
    found = compute(vector["rule"], vector["inputs"])
    assert found.provisions
    assert found.steps
    assert all(step[0].isupper() or step[0].isdigit() for step in found.steps)
    assert all(step.endswith(".") for step in found.steps)


def test_there_are_267_vectors_each_with_an_id_of_its_own():
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS) == 267


def test_our_copy_is_the_inventory():
    yaml = pytest.importorskip("yaml", reason="PyYAML is not at hand")
    beside = ROOT.parent / "shared" / "inventory"
    inventory = Path(os.environ.get("SIP_INVENTORY", beside)) / "vectors.yaml"
    if not inventory.is_file():
        pytest.skip(f"the inventory is not at hand in {inventory}; set SIP_INVENTORY")
    theirs = yaml.load(inventory.read_text("utf-8"), Loader=yaml.BaseLoader)["vectors"]
    assert [_untyped(v) for v in VECTORS] == [
        {key: vector[key] for key in ("id", "rule", "inputs", "expected")} for vector in theirs
    ]


def _untyped(value):
    """As YAML's base loader has it: every scalar as it is written."""
    if isinstance(value, dict):
        return {key: _untyped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_untyped(part) for part in value]
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)
