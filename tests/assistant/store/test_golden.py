import json
from dataclasses import replace

import pytest

from assistant.store import audit, golden, review
from assistant.store.golden import FILE, Expected
from assistant.store.models import Kept
from evals.case import Kind, load
from ingest.errors import InputError
from tests.assistant.store.conftest import ANNA, BO, NOW, REASON, keep

KNOWN = {"norrbotten-ett", "norrbotten-tva"}
EXPECTED = Expected("answer", ("norrbotten-tva",), "who", "Svaret nämnde fel part.")


@pytest.fixture
def case(light):
    number = keep(light, turns=("Hur går det till?", "Vem är det som kallar till SIP?"))
    review.open_case(light, number, ANNA, REASON, NOW)
    return number


def test_every_kind_that_is_offered_is_a_kind_of_the_golden_set():
    assert set(golden.KINDS) <= {kind.value for kind in Kind}


def test_a_draft_is_a_case_that_names_the_reviewer_and_gates_nothing(light, case, tmp_path):
    name = golden.add(light, case, ANNA, EXPECTED, tmp_path / "golden", KNOWN, NOW)
    ((made,),) = load(folder=tmp_path / "golden").values()
    assert made.id == name
    assert made.turns == ("Hur går det till?", "Vem är det som kallar till SIP?")
    assert (made.region, made.provisions) == ("norrbotten", ("norrbotten-tva",))
    assert "Anna Granskare fredag 13 mars 2026" in made.why
    assert made.draft
    assert audit.entries(light)[0].action == "gjort golden-fall"


def test_a_case_that_the_reviewer_vouches_for_says_so(light, case, tmp_path):
    golden.add(light, case, ANNA, replace(EXPECTED, checked=True), tmp_path, KNOWN, NOW)
    ((made,),) = load(["drafts"], tmp_path).values()
    assert made.checked_by == "Anna Granskare 2026-03-13"


def test_an_abstention_is_a_case_too(light, case, tmp_path):
    expected = Expected("abstain", (), "unanswerable", "Riktlinjen säger inget.")
    golden.add(light, case, ANNA, expected, tmp_path, KNOWN, NOW)
    ((made,),) = load(["drafts"], tmp_path).values()
    assert (made.status, made.provisions) == ("abstain", ())


def test_feedback_becomes_one_case_only(light, case, tmp_path):
    golden.add(light, case, ANNA, EXPECTED, tmp_path, KNOWN, NOW)
    review.open_case(light, case, BO, REASON, NOW)
    with pytest.raises(InputError, match="redan"):
        golden.add(light, case, BO, EXPECTED, tmp_path, KNOWN, NOW)
    assert len((tmp_path / FILE).read_text("utf-8").splitlines()) == 1


def test_an_id_that_stands_in_a_set_beside_it_is_not_used_again(light, case, tmp_path):
    golden.add(light, case, ANNA, EXPECTED, tmp_path, KNOWN, NOW)
    (tmp_path / FILE).rename(tmp_path / "granskade.jsonl")
    with light.write() as session:
        kept = session.get(Kept, case)
        assert kept is not None
        kept.golden_case = None
    with pytest.raises(InputError, match="finns redan"):
        golden.add(light, case, ANNA, EXPECTED, tmp_path, KNOWN, NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "kanske"},
        {"kind": "annat"},
        {"why": "kort"},
        {"why": "mejla anna@example.com"},
        {"provisions": ()},
        {"provisions": ("norrbotten-finns-inte",)},
        {"status": "abstain"},
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_is_written(light, case, tmp_path, changes):
    with pytest.raises(InputError):
        golden.add(light, case, ANNA, replace(EXPECTED, **changes), tmp_path / "g", KNOWN, NOW)
    assert not (tmp_path / "g" / FILE).exists()
    assert audit.check(light).entries == 1


def test_a_line_cut_off_by_a_crash_does_not_take_the_next_one_with_it(light, case, tmp_path):
    (tmp_path / FILE).write_text('{"id": "d-avbr', "utf-8")
    name = golden.add(light, case, ANNA, EXPECTED, tmp_path, KNOWN, NOW)
    last = (tmp_path / FILE).read_text("utf-8").splitlines()[-1]
    assert json.loads(last)["id"] == name


def test_a_draft_that_cannot_be_written_is_not_marked_as_made(light, case, tmp_path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(Exception, match="går inte att skriva"):
        golden.add(light, case, ANNA, EXPECTED, tmp_path, KNOWN, NOW)
    assert review.read_case(light, case, ANNA, NOW).golden_case is None
