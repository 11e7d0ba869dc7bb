import json

import pytest

from assistant.rules import all_rules
from assistant.rules.batch import compute_file
from ingest.errors import InputError
from tests.assistant.rules.test_vectors import VECTORS

GOOD = {"id": "a", "rule": "orebro-utskrivning-fyra-veckor", "inputs": {"utskriven": "2026-11-23"}}


def run(tmp_path, text: str):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(text, "utf-8", newline="")
    failed = compute_file(source, target)
    return failed, [json.loads(line) for line in target.read_text("utf-8").split("\n")[:-1]]


def test_every_vector_gives_its_line_in_order(tmp_path):
    failed, lines = run(tmp_path, "\n".join(map(json.dumps, VECTORS)))
    assert failed == 0
    assert [line["id"] for line in lines] == [vector["id"] for vector in VECTORS]
    assert all({"status", "steps", "provision"} <= set(line) for line in lines)


def test_a_line_holds_the_result_its_steps_and_its_sources(tmp_path):
    _, [line] = run(tmp_path, json.dumps(GOOD))
    assert line == {
        "id": "a",
        "status": "determined",
        "value": "2026-12-21",
        "steps": [
            "Fyra veckor (28 dagar) efter måndag 23 november 2026 är måndag 21 december 2026."
        ],
        "provision": [
            "orebro-utskrivning-fyra-veckor",
            "orebro-utskrivning-mote-fyra-veckor-kallelse",
        ],
        "interpretation": all_rules()[GOOD["rule"]].data["interpretation"],
        "inputs": {"utskriven": "2026-11-23"},
    }


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        '"text"',
        "null",
        '{"id": "x"}',
        '{"id": "x", "rule": 3}',
        '{"id": "x", "rule": "halland-avgift", "inputs": [1]}',
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_read_is_a_line_of_its_own(tmp_path, bad):
    failed, lines = run(tmp_path, "\n".join([json.dumps(GOOD), bad, json.dumps(GOOD)]))
    assert failed == 1
    assert [line["status"] for line in lines] == ["determined", "invalid_input", "determined"]
    assert lines[1]["error"]


def test_the_id_is_given_back_as_it_was_even_half_a_surrogate_or_a_line_separator(tmp_path):
    names = ["\ud800", "a\u2028b", 7, None, "å"]
    text = "\n".join(json.dumps({**GOOD, "id": name}) for name in names)
    _, lines = run(tmp_path, text)
    assert [line["id"] for line in lines] == names


def test_a_raw_line_separator_inside_a_line_does_not_split_it(tmp_path):
    _, lines = run(tmp_path, json.dumps({**GOOD, "id": "a\u2028b"}, ensure_ascii=False) + "\r\n")
    assert [line["id"] for line in lines] == ["a\u2028b"]


def test_a_file_that_cannot_be_read_is_said_in_swedish(tmp_path):
    with pytest.raises(InputError, match="går inte att läsa"):
        compute_file(tmp_path / "saknas.jsonl", tmp_path / "out.jsonl")
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"id": "å"}'.encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        compute_file(latin, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
