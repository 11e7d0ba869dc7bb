"""The loader takes sound cases and refuses the others with file, line and reason."""

import json

import pytest

from evals.case import FOLDER, Case, check_provisions, load, schema
from ingest.errors import InputError

GOOD = {
    "id": "g-x-who-001",
    "turns": ["Vem kallar?"],
    "as_of": "2026-11-23",
    "kind": "who",
    "required": [["fast vårdkontakt"]],
    "provisions": ["norrbotten-kallelse-ansvarig"],
    "status": "answer",
    "why": "prövar vem",
    "checked_by": "AB 2026-11-23",
}


def write(folder, *cases):
    path = folder / "set.jsonl"
    path.write_text("\n".join(json.dumps(c) if isinstance(c, dict) else c for c in cases), "utf-8")
    return folder


def test_the_golden_set_has_at_least_300_cases_beside_the_development_ones(edition):
    sets = load()
    own = [case for name, cases in sets.items() if name != "dev" for case in cases]
    assert len([case for case in own if not case.draft]) >= 300
    assert len(sets["dev"]) == 60
    check_provisions(own + sets["dev"], edition.provisions)


def test_every_kind_of_case_is_there():
    kinds = {case.kind for cases in load().values() for case in cases}
    assert len(kinds) == 25


def test_a_sound_case_is_read(tmp_path):
    case = load(folder=write(tmp_path, GOOD))["set"][0]
    assert case.turns == ("Vem kallar?",)
    assert not case.draft


def test_a_case_nobody_checked_is_a_draft(tmp_path):
    assert load(folder=write(tmp_path, GOOD | {"checked_by": None}))["set"][0].draft


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "abstain"}, "avstå"),
        ({"required": [], "provisions": []}, "väntar"),
        ({"required": [["("]]}, "går inte att läsa"),
        ({"forbidden": ["[a"]}, "går inte att läsa"),
        ({"required": [[]]}, "tom"),
        ({"status": "maybe"}, "status"),
        ({"kind": "what"}, "kind"),
        ({"turns": []}, "turns"),
        ({"as_of": "i går"}, "as_of"),
        ({"id": "Ö"}, "id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_contradictory_case_is_refused_with_its_line(tmp_path, change, said):
    with pytest.raises(InputError, match=rf"set\.jsonl:2: .*{said}"):
        load(folder=write(tmp_path, GOOD, GOOD | {"id": "g-x-who-002"} | change))


def test_a_line_that_is_not_json_is_refused_with_its_number(tmp_path):
    with pytest.raises(InputError, match=r"set\.jsonl:2"):
        load(folder=write(tmp_path, GOOD, "{broken"))


def test_an_id_given_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match="finns redan"):
        load(folder=write(tmp_path, GOOD, GOOD))


def test_an_empty_set_is_refused(tmp_path):
    with pytest.raises(InputError, match="är tom"):
        load(folder=write(tmp_path, ""))


def test_a_missing_set_is_refused(tmp_path):
    with pytest.raises(InputError, match="går inte att läsa"):
        load(["nowhere"], tmp_path)


def test_an_unknown_provision_is_refused(edition):
    case = Case.model_validate(GOOD | {"provisions": ["norrbotten-finns-inte"]})
    with pytest.raises(InputError, match="norrbotten-finns-inte finns inte"):
        check_provisions([case], edition.provisions)


def test_the_schema_for_editors_is_up_to_date():
    assert (FOLDER / "schema.json").read_text("utf-8") == schema()
