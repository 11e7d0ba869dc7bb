"""From what is found to what may be said."""

import pytest

from assistant.answer import Status
from assistant.decide import Evidence, decide
from assistant.search import Found
from ingest.document import Lines, Locator, Provision

EVIDENCE = Evidence()


def found(text, score=5.0, similarity=0.8, gap=False):
    locator = Locator(("x",), Lines(1, 1), (), None, "x")
    return Found(Provision(text, "halland", "halland", text, locator, gap), score, similarity)


RULE = "Kallelsen skickas inom tre dagar."
OTHER = "Mötet hålls på hälsocentralen."
GAP = "Rutinen anger inte hur ofta gruppen träffas."


def test_nothing_found_is_an_abstention():
    assert decide("Vem?", [], EVIDENCE).provisions == ()


def test_what_is_too_unlike_the_question_is_not_said():
    assert decide("Vem?", [found(RULE, similarity=0.2)], EVIDENCE).status is Status.ABSTAIN


def test_the_best_is_said_and_what_lies_close_beside_it():
    said = decide("Vad gäller?", [found(RULE), found(OTHER, 4.5), found("Annat.", 1)], EVIDENCE)
    assert [p.text for p in said.provisions] == [RULE, OTHER]


def test_a_question_for_a_number_is_not_answered_by_a_sentence_without_one():
    said = decide("Hur ofta träffas gruppen?", [found(OTHER)], EVIDENCE)
    assert said.status is Status.ABSTAIN
    assert said.provisions == ()


def test_the_sentence_that_holds_what_is_asked_for_comes_first():
    said = decide("Inom hur många dagar?", [found(OTHER), found(RULE, 4.5)], EVIDENCE)
    assert said.provisions[0].text == RULE


def test_a_gap_found_first_is_said_as_an_abstention():
    said = decide("Hur ofta träffas gruppen?", [found(GAP, gap=True), found(OTHER, 3.5)], EVIDENCE)
    assert said.status is Status.ABSTAIN
    assert [p.text for p in said.provisions] == [GAP]


def test_a_gap_gives_way_to_a_close_provision_that_holds_the_fact():
    said = decide("Inom hur många dagar?", [found(GAP, gap=True), found(RULE, 3.5)], EVIDENCE)
    assert said.status is Status.ANSWER
    assert [p.text for p in said.provisions] == [RULE, GAP]


def test_a_gap_must_lead_clearly_to_be_said():
    beside = found(OTHER, 5.0 - EVIDENCE.gap_lead / 2)
    said = decide("Vad gäller?", [found(GAP, gap=True), beside], EVIDENCE)
    assert GAP not in [p.text for p in said.provisions]


def test_a_question_of_law_is_answered_though_a_gap_leads():
    law = "För SIP hänvisar rutinen till 2 kap. 7 § socialtjänstlagen."
    said = decide("Vilken paragraf?", [found(GAP, gap=True), found(law, 3.5)], EVIDENCE)
    assert said.status is Status.ANSWER
    assert said.provisions[0].text == law


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_is_said_than_allowed(most):
    many = [found(f"Sats {n}.") for n in range(5)]
    assert len(decide("Vad?", many, Evidence(most=most)).provisions) == most
