"""Answers without a language model: right region, each statement cited, plain words otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.answer import Question, Status
from ingest.errors import InputError
from tests.conftest import DAY


def test_who_convenes_at_discharge_in_norrbotten(ask):
    answer = ask("Vem kallar till SIP vid utskrivning i Norrbotten?")
    assert answer.status is Status.ANSWER
    assert "fasta vårdkontakt" in answer.statements[0].text
    assert answer.citations[0].file == "004_norrbotten.txt"


def test_the_code_of_halland(ask):
    answer = ask("Vilken KVÅ-kod gäller i Halland?")
    assert answer.status is Status.ANSWER
    assert "AU124" in answer.statements[0].text
    assert answer.citations[0].section == "Dokumentation"
    assert answer.citations[0].page == "sida 2"


def test_every_statement_is_a_provision_and_carries_its_citation(ask, edition):
    for question in ("Vem leder mötet i Norrbotten?", "Vad kostar SIP i VGR?", "samtycke örebro"):
        answer = ask(question)
        assert answer.statements
        for statement in answer.statements:
            cited = [answer.citations[n - 1] for n in statement.citations]
            assert cited
            assert any(edition.provisions[c.provision].text == statement.text for c in cited)


def test_the_region_chosen_on_the_page_is_used(ask):
    assert {c.region for c in ask("Vilken kod anges?", region="halland").citations} == {"halland"}


def test_a_region_named_in_the_question_goes_before_the_chosen_one(ask):
    answer = ask("Vem kallar till SIP i Norrbotten?", region="halland")
    assert {c.region for c in answer.citations} == {"norrbotten"}


def test_a_municipality_is_enough(ask):
    assert ask("Vem kallar till SIP i Kalix?").region == "norrbotten"


def test_the_region_of_an_earlier_turn_is_kept(ask):
    answer = ask("Vem kallar till SIP i öppenvården i Örebro?", "och inom skolan?")
    assert answer.region == "orebro"
    assert "rektor" in " ".join(s.text for s in answer.statements)


def test_a_turn_that_only_changes_the_region_keeps_the_question(ask):
    answer = ask("Vilken KVÅ-kod gäller i Halland?", "och i Västra Götaland?")
    assert answer.region == "vgr"
    assert "AU124" in " ".join(s.text for s in answer.statements)


def test_without_a_region_each_region_answers_and_the_user_is_asked(ask):
    answer = ask("Vem kallar till SIP?")
    assert answer.status is Status.CLARIFY
    assert set(answer.choices) == {"halland", "vgr", "orebro", "varmland", "norrbotten"}
    assert len({c.region for c in answer.citations}) >= 3


def test_two_regions_named_are_both_answered(ask):
    answer = ask("Vem tar initiativ till SIP i Halland respektive Värmland?")
    assert answer.status is Status.ANSWER
    assert {c.region for c in answer.citations} == {"halland", "varmland"}


def test_a_region_without_guideline_is_said_to_be_missing(ask):
    answer = ask("Hur lång tid har man på sig att kalla till SIP i Skåne?")
    assert answer.status is Status.ABSTAIN
    assert "Region Skåne" in answer.lead
    assert "Norrbotten" in answer.lead
    assert not answer.citations


def test_what_a_guideline_does_not_state_is_said_with_a_citation(ask):
    answer = ask("Vilken KVÅ-kod sätter vi på SIP i Värmland?")
    assert answer.status is Status.ABSTAIN
    assert "inte" in answer.statements[0].text
    assert answer.citations[0].region == "varmland"


@pytest.mark.parametrize("question", ["Hur bakar man en kladdkaka?", "xyzzy plugh qwrt"])
def test_what_nothing_answers_is_not_answered(ask, question):
    assert ask(question).status in {Status.ABSTAIN, Status.REFUSE}


def test_a_repealed_law_is_warned_of_only_after_its_last_day(ask):
    question = "Vilka lagrum anger Örebro för SIP?"
    assert "2025:400" in ask(question, day=date(2025, 7, 1)).warnings[0].text
    assert ask(question, day=date(2025, 6, 30)).warnings == ()


def test_the_same_question_gives_the_same_answer(ask):
    first = ask("Hur ofta ska planen följas upp i Örebro?")
    assert all(ask("Hur ofta ska planen följas upp i Örebro?") == first for _ in range(20))


def test_an_unknown_region_is_an_error_with_the_choices(assistant):
    with pytest.raises(InputError, match="norrbotten"):
        assistant.answer(Question(("Vem kallar?",), "narnia", DAY))


def test_no_turn_at_all_is_an_error(assistant):
    with pytest.raises(InputError, match="Skriv en fråga"):
        assistant.answer(Question((), None, DAY))


@pytest.mark.parametrize(
    "question",
    ["", "   \n\t ", "\u200b\u200d\ufeff", "?!…", "🙂🙂🙂", "\x00\x07\x1b[31m", "a" * 10_000],
)
def test_bad_questions_are_met_with_words(ask, question):
    answer = ask(question)
    assert answer.status in {Status.REFUSE, Status.ABSTAIN, Status.CLARIFY}
    assert answer.lead


@hypothesis_settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_at_all_gets_an_answer_whose_statements_are_cited(assistant, text):
    answer = assistant.answer(Question((text,), "norrbotten", DAY))
    assert all(statement.citations for statement in answer.statements)


def test_the_municipality_of_the_registered_patient_is_named_beside_the_rule(ask):
    answer = ask(
        "Pat är folkbokförd i Älvsbyn men bor hos dottern i Kalix. Vilken kommun får "
        "betalningsansvaret?"
    )
    assert "Älvsbyn" in answer.statements[0].text
    cited = {c.number: c.provision for c in answer.citations}
    assert all(cited[n].startswith("norrbotten-bet-") for n in answer.statements[0].citations)
