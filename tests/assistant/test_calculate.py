"""From a sentence to a computed answer: the right rule, the right day, and words for the rest."""

from datetime import date

import pytest

from assistant.answer import Status

CASES = [
    # Norrbotten: betalningsansvar, the noon rule and its conditions
    ("Utskrivningsklar skickades fredag 13 mars 2026 kl 13.10, när börjar kommunen betala?",
     "norrbotten", "tisdag 17 mars 2026"),
    ("utskr.klar gick ons 4 mars 2026 kl 11.59, vilket datum slår bet.ansvar till?",
     "norrbotten", "lördag 7 mars 2026"),
    ("Meddelande om utskrivningsklar skickades 2026-03-02 kl 12.00. När börjar betalningsansvaret?",
     "norrbotten", "torsdag 5 mars 2026"),
    ("utskrivningsklar i lifecare 2 mars 2026 kl halv ett, fran vilken dag betalar kommunen",
     "norrbotten", "fredag 6 mars 2026"),
    ("Ready for discharge was sent 2 March 2026 at 1.10 pm. When does payment liability start?",
     "norrbotten", "fredag 6 mars 2026"),
    # Norrbotten: deadlines
    ("Pat skrevs ut 2 mars 2026. Senast vilken dag ska SIP vara upprättad?",
     "norrbotten", "måndag 23 mars 2026"),
    ("Meddelande om utskrivningsklar skickades 2 mars 2026 kl 9. Senast när ska fast vårdkontakt "
     "kalla till SIP?", "norrbotten", "torsdag 5 mars 2026"),
    ("SIP-mötet hölls tisdag 3 mars 2026. När ska vi senast ha dokumenterat vår del?",
     "norrbotten", "fredag 6 mars 2026"),
    # Örebro
    ("Patienten skrevs ut 2 mars 2026, senast när ska SIP-mötet hållas?",
     "orebro", "måndag 30 mars 2026"),
    ("SIP-möte i öppenvården är bokat till 30 mars 2026. När ska kallelsen senast skickas?",
     "orebro", "måndag 2 mars 2026"),
]  # fmt: skip
YES_NO = [
    ("Pat kom hem 2 mars 2026 och SIP-mötet är bokat 30 mars 2026, håller vi tiden?",
     "norrbotten", "Nej, det är för sent"),
    ("Pat kom hem 2 mars 2026 och SIP-mötet är bokat 20 mars 2026, håller vi tiden?",
     "norrbotten", "Ja, det är i tid"),
    ("Utskr.klar sändes 2 mars 2026 kl 08.00 och pat åkte hem 4 mars 2026. Hann betalningsansvaret "
     "börja?", "norrbotten", "Nej, kommunen får inget betalningsansvar"),
]  # fmt: skip
POINTS = [
    ("Tre digitala SIP och en hemma för rehab, poängsumma?", "3 × 2 p + 1 × 4 p = 10 p"),
    ("Hur många poäng får vårdcentralen för två SIP hemma hos patienten?", "2 × 5 p = 10 p"),
]


def first(answer):
    return answer.statements[0].text


@pytest.mark.parametrize(("question", "region", "day"), CASES)
def test_a_day_is_computed_and_said_first(ask, question, region, day):
    answer = ask(question, region=region, day=date(2026, 3, 3))
    assert answer.status is Status.ANSWER
    assert day in first(answer).split(". ")[0]
    assert answer.statements[0].citations
    assert answer.computations[0].steps


@pytest.mark.parametrize(("question", "region", "said"), YES_NO)
def test_a_question_of_time_gets_a_yes_or_a_no(ask, question, region, said):
    assert first(ask(question, region=region, day=date(2026, 3, 21))).startswith(said)


@pytest.mark.parametrize(("question", "told"), POINTS)
def test_points_are_added_up(ask, question, told):
    assert told in first(ask(question, region="vgr"))


def test_two_cases_are_computed_apart(ask):
    answer = ask(
        "Två fall: A blev utskrivningsklar i Lifecare 2 mars 2026 kl 11.45, B samma dag kl 18. "
        "Vilket datum börjar bet.ansvaret för respektive?",
        region="norrbotten",
    )
    assert [c.value for c in answer.computations] == ["2026-03-05", "2026-03-06"]
    assert first(answer).startswith("A: ")


def test_a_missing_time_is_asked_for_with_both_days(ask):
    answer = ask(
        "Utskrivningsklar skickades 2 mars 2026. När börjar kommunens betalningsansvar?",
        region="norrbotten",
    )
    assert answer.status is Status.CLARIFY
    assert "torsdag 5 mars 2026" in first(answer)
    assert "fredag 6 mars 2026" in first(answer)


def test_conditions_that_were_not_told_are_named(ask):
    answer = ask(
        "Utskrivningsklar skickades 2 mars 2026 kl 9. När börjar kommunen betala?",
        region="norrbotten",
    )
    assert "folkbokförd" in first(answer)
    assert "kallelsen till SIP skickades inom tre dagar" in first(answer)


def test_nothing_is_computed_where_no_time_is_asked_for(ask):
    answer = ask("Farbrorn skrevs ut i fredags, vem blir samordnare?", region="orebro")
    assert answer.computations == ()


def test_nothing_is_computed_for_a_region_without_a_number(ask):
    answer = ask("Pat skrevs ut 2 mars 2026, senast när ska SIP hållas?", region="halland")
    assert answer.computations == ()
    assert answer.status is Status.ABSTAIN


def test_what_a_turn_adds_is_computed_with_what_was_said(ask):
    answer = ask(
        "Utskrivningsklar skickades 2 mars 2026, när börjar kommunen betala? Norrbotten",
        "Klockan var kvart i två på eftermiddagen.",
    )
    assert answer.computations[0].value == "2026-03-06"
