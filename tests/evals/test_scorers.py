"""Each scorer gives full marks, none, or does not apply, for the right reasons."""

import pytest

from evals import scorers
from evals.case import Case
from evals.facts import facts
from evals.reply import from_json
from ingest.errors import InputError

CASE = {
    "id": "g-nb-when-001",
    "turns": ["När ska kallelsen skickas?"],
    "as_of": "2026-11-23",
    "kind": "when",
    "required": [[r"\b(3|tre)\b.{0,20}arbetsdag"]],
    "forbidden": ["fyra veckor"],
    "provisions": ["norrbotten-ov-kallelse-tre-arbetsdagar"],
    "status": "answer",
    "why": "prövar frist",
    "checked_by": "AB",
}
TEXT = "Kallelsen ska skickas inom tre arbetsdagar."


def case(**change):
    return Case.model_validate(CASE | change)


@pytest.fixture
def cited(edition):
    provision = edition.provisions["norrbotten-ov-kallelse-tre-arbetsdagar"]
    return {
        "file": "004_norrbotten.txt",
        "lines": list(provision.locator.lines),
        "provision": provision.id,
        "region": "norrbotten",
    }


def reply(answer=TEXT, action="answer", **fields):
    return from_json({"action": action, "answer": answer, **fields})


def test_status_counts_the_alternatives(edition):
    assert scorers.status(case(), reply(), edition).value
    assert not scorers.status(case(), reply(action="abstain"), edition).value
    assert scorers.status(case(status_alt=["clarify"]), reply(action="clarify"), edition).value


def test_required_facts_are_looked_for_in_answers_only(edition):
    assert scorers.required(case(), reply(), edition).value
    assert not scorers.required(case(), reply("Snarast."), edition).value
    assert scorers.required(case(), reply("", "abstain"), edition) is None


def test_an_urgent_case_needs_its_fact_however_it_was_met(edition):
    urgent = case(kind="urgent", status="refuse", provisions=[], required=[["112"]])
    assert scorers.required(urgent, reply("Ring 112.", "refuse"), edition).value
    assert not scorers.required(urgent, reply("Nej.", "refuse"), edition).value


def test_forbidden_facts_count_wherever_they_stand(edition):
    assert scorers.forbidden(case(), reply(), edition).value
    assert not scorers.forbidden(case(), reply("Inom fyra veckor.", "abstain"), edition).value
    assert scorers.forbidden(case(forbidden=[]), reply(), edition) is None


def test_marks_of_citations_are_no_facts(edition):
    twenty = case(required=[[r"\b20\b"]])
    assert not scorers.required(twenty, reply("Till vuxen ålder [20]."), edition).value


def test_a_citation_hits_by_overlapping_lines_or_by_provision(edition, cited):
    assert scorers.citation_hit(case(), reply(citations=[cited]), edition).value
    wrong = cited | {"lines": [1, 4]}
    assert not scorers.citation_hit(case(), reply(citations=[wrong]), edition).value
    whole = cited | {"lines": [1, 1700]}
    assert not scorers.citation_hit(case(), reply(citations=[whole]), edition).value
    other = cited | {"file": "002_orebro.txt"}
    assert not scorers.citation_hit(case(), reply(citations=[other]), edition).value
    bare = {"provision": cited["provision"]}
    assert scorers.citation_hit(case(), reply(citations=[bare]), edition).value


def test_a_citation_is_not_due_where_no_provision_is_expected(edition):
    abstain = case(status="abstain", provisions=[], required=[])
    assert scorers.citation_hit(abstain, reply("", "abstain"), edition) is None


def test_precision_is_the_share_of_citations_that_carry(edition, cited):
    both = reply(citations=[cited, cited | {"lines": [1, 4]}])
    assert scorers.citation_precision(case(), both, edition).value == 0.5


def test_a_statement_is_supported_by_what_it_cites(edition, cited):
    said = [{"text": "Inom tre arbetsdagar.", "citations": [1]}]
    assert scorers.support(case(), reply(statements=said, citations=[cited]), edition).value
    wrong = [{"text": "Inom fem arbetsdagar.", "citations": [1]}]
    score = scorers.support(case(), reply(statements=wrong, citations=[cited]), edition)
    assert not score.value
    assert "5" in score.why
    bare = [{"text": "Inom tre arbetsdagar.", "citations": []}]
    assert not scorers.support(case(), reply(statements=bare), edition).value


def test_a_computation_supports_too(edition, cited):
    said = [{"text": "Senast den 5 november 2026.", "citations": [1]}]
    shown = [{"steps": ["2 november 2026 plus tre dagar är 5 november 2026"]}]
    assert scorers.support(
        case(), reply(statements=said, citations=[cited], computations=shown), edition
    ).value


def test_a_citation_of_another_region_is_impure(edition, cited):
    assert scorers.region_purity(case(), reply(citations=[cited]), edition).value
    other = cited | {"file": "002_orebro.txt", "region": "orebro"}
    assert not scorers.region_purity(case(), reply(citations=[cited, other]), edition).value


def test_parts_of_a_question_are_counted(edition):
    several = case(kind="several", required=[["tre"], ["rektor"]])
    assert scorers.parts(several, reply(), edition).value == 0.5
    assert scorers.parts(case(), reply(), edition) is None


def test_a_computed_result_is_judged_only_where_one_is_asked(edition):
    assert scorers.computed(case(), reply(), edition) is None
    assert scorers.computed(case(kind="deadline-calc"), reply(), edition).value


def test_a_pattern_that_takes_for_ever_is_stopped(edition, monkeypatch):
    monkeypatch.setattr(scorers, "PATTERN_SECONDS", 0.05)
    slow = case(required=[["^(a|aa)+$"]])
    with pytest.raises(InputError, match="Skriv om"):
        scorers.required(slow, reply("a" * 60 + "c"), edition)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("inom tre dagar", {"3"}),
        ("3–21 dagar", {"3", "21"}),
        ("senast klockan 12.00", {"12.00"}),
        ("4 kap. 1 §", {"4kap", "1§"}),
        ("lag (2017:612)", {"2017:612"}),
        ("AU124 eller ZV051", {"au124", "zv051"}),
        ("den behandlande läkaren", {"behandlande lakar"}),
        ("en plan", set()),
    ],
)
def test_facts_are_numbers_times_paragraphs_codes_and_roles(text, found):
    assert facts(text) == found
