"""A conversation without a browser: what is kept of it, what is shown, what can be taken along."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.answer import Status
from assistant.page import chat, share
from assistant.page.chat import Conversation
from assistant.page.examples import ROLES
from assistant.page.transcript import transcript
from ingest.errors import InputError
from tests.conftest import DAY

NUMBER = "19811218-9876"  # one of the tax agency's test numbers
HOSTILE = [
    "<script>alert(1)</script> Vem kallar till SIP i Norrbotten?",
    "<img src=x onerror=alert(1)> Vem kallar till SIP i Norrbotten?",
    '"><svg onload=alert(1)> vem kallar till SIP?',
    "**fet** [länk](javascript:alert(1)) $\\frac{1}{2}$ vem kallar till SIP?",
    "Vem kallar till SIP " + "a" * 3000,
    "\u202evem kallar till SIP\u202c i Norrbotten\u200f?",
    "Vem\tkallar\ttill SIP\nHalland\t1\nVGR\t2",
    "\x00vem kallar till SIP\x1b[31m?",
]


def last(assistant, talk, question, region=None):
    return [*chat.asked(assistant, talk, question, region, DAY)][-1]


def test_the_steps_are_told_as_they_happen_and_end_in_the_answer(assistant):
    seen = [*chat.asked(assistant, Conversation(), "Vem kallar till SIP i Kalix?", None, DAY)]
    lengths = [len(talk.latest.steps) for talk in seen]
    assert lengths == sorted(set(lengths))
    assert [talk.latest.under_way for talk in seen] == [True] * (len(seen) - 1) + [False]
    assert "Region enligt frågan: Region Norrbotten" in seen[-1].latest.steps
    assert seen[-1].turns == ("Vem kallar till SIP i Kalix?",)


def test_a_follow_up_keeps_the_region_and_says_whence(assistant):
    talk = last(assistant, Conversation(), "Vem kallar till SIP vid utskrivning i Norrbotten?")
    talk = last(assistant, talk, "Och hur snabbt ska det ske?")
    assert talk.answer.region == "norrbotten"
    assert "Region enligt samtalet: Region Norrbotten" in talk.latest.steps


def test_a_personal_number_is_taken_out_before_a_question_is_shown_or_kept(assistant):
    talk = last(assistant, Conversation(), f"Vem kallar {NUMBER} till SIP i öppenvård? Kalix")
    assert talk.answer.status is Status.ANSWER
    assert talk.turns == ("Vem kallar … till SIP i öppenvård? Kalix",)
    assert talk.latest.asked == talk.turns[0]
    assert NUMBER not in repr(talk) + transcript(talk)


@pytest.mark.parametrize("question", [f"Pat {NUMBER}", "Vem kallar? " * 1000])
def test_what_may_not_be_shown_is_neither_shown_nor_kept(assistant, question):
    talk = last(assistant, Conversation(), question)
    assert talk.turns == ()
    assert talk.answer.status is Status.REFUSE
    assert question[:40] not in repr(talk)
    assert NUMBER not in transcript(talk)


def test_after_a_refusal_the_conversation_goes_on_from_before_it(assistant):
    talk = last(assistant, Conversation(), "Vem kallar till SIP vid utskrivning i Norrbotten?")
    talk = last(assistant, talk, f"Gäller det {NUMBER}?")
    talk = last(assistant, talk, "Och hur snabbt ska det ske?")
    assert talk.answer.region == "norrbotten"
    assert len(talk.exchanges) == 3


def test_the_choice_of_a_region_asks_the_last_question_of_it(assistant):
    talk = last(assistant, Conversation(), "Vem kallar till SIP?")
    assert talk.answer.status is Status.CLARIFY
    region = talk.answer.choices[0]
    talk = [*chat.asked_again(assistant, talk, region, DAY)][-1]
    assert talk.answer.region == region
    assert talk.turns == ("Vem kallar till SIP?",)


def test_a_choice_whose_question_is_lost_says_so(assistant):
    talk = [*chat.asked_again(assistant, Conversation(), "halland", DAY)][-1]
    assert talk.latest.failed == chat.LOST


def test_an_unforeseen_fault_is_told_and_the_log_holds_no_question(caplog):
    class Broken:
        def steps(self, question, who):
            raise RuntimeError(question.turns[-1])

    talk = last(Broken(), Conversation(), "Vem kallar till SIP i Kalix?")
    assert talk.latest.failed == chat.BROKEN
    assert talk.turns == ()
    assert "RuntimeError" in caplog.text
    assert "Kalix" not in caplog.text


def test_a_long_conversation_keeps_its_latest_and_numbers_stay_unique(assistant):
    talk = Conversation()
    for _ in range(chat.MOST + 3):
        talk = last(assistant, talk, "?")
    numbers = [e.number for e in talk.exchanges]
    assert numbers == list(range(4, chat.MOST + 4))


@pytest.mark.parametrize("question", HOSTILE)
def test_nothing_that_is_asked_is_rendered_as_markup(assistant, question):
    shown = transcript(last(assistant, Conversation(), question))
    for tag in ("<script", "<img", "<svg", "<b>", "<strong>fet"):
        assert tag not in shown


def test_each_statement_carries_a_button_for_each_of_its_citations(assistant):
    talk = last(assistant, Conversation(), "Vem kallar till SIP vid utskrivning i Norrbotten?")
    shown = transcript(talk)
    for cited in talk.answer.citations:
        assert f'data-source="kalla-1-{cited.number}"' in shown


def test_a_computation_unfolds_with_rule_inputs_steps_and_readings(assistant):
    question = (
        "När måste planeringen vara klar i Norrbotten om patienten blir utskrivningsklar fredag "
        "13 mars 2026 klockan 13.10?"
    )
    talk = last(assistant, Conversation(), question)
    (made,) = talk.answer.computations
    shown = transcript(talk)
    unfolded = shown[shown.index("<details") : shown.index("</details>")]
    assert made.rule in unfolded
    assert "fredag 13 mars 2026 klockan 13.10" in unfolded
    assert all(f"<li>{step}</li>" in unfolded for step in made.steps)


@pytest.mark.parametrize(
    ("written", "day"),
    [("", DAY), ("  ", DAY), ("2026-03-13", DAY.replace(month=3, day=13))],
)
def test_the_day_is_read_and_an_empty_field_is_today(written, day):
    assert chat.chosen_day(written, DAY) == day


@pytest.mark.parametrize("written", ["i går", "2026-02-30", NUMBER, "9999-12-31", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused_without_being_echoed(written):
    with pytest.raises(InputError) as refused:
        chat.chosen_day(written, DAY)
    assert written not in str(refused.value)


def test_markdown_carries_every_source_as_a_footnote_and_escapes_markup(ask):
    answer = ask("Vem kallar till SIP vid utskrivning i Norrbotten?")
    bad = replace(answer, lead="<b>*x*</b> [a](b)")
    made = share.as_markdown(bad)
    assert "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b)" in made
    for cited in answer.citations:
        assert f"[^{cited.number}]: " in made
        assert made.count(f"[^{cited.number}]") >= 2


def test_the_link_carries_the_question_only_after_the_number_sign():
    made = share.link("http://127.0.0.1:7860/", "halland", "2026-03-13", "Vem & när? #1 å+ö")
    parts = urlsplit(made)
    assert parse_qs(parts.query) == {"region": ["halland"], "dag": ["2026-03-13"]}
    assert parse_qs(parts.fragment) == {"fraga": ["Vem & när? #1 å+ö"]}
    assert "fraga" not in share.link("http://127.0.0.1:7860/", "halland")


@pytest.mark.parametrize(
    "told",
    [
        "",
        None,
        "[]",
        "{",
        "1",
        json.dumps({"region": "stockholm", "dag": "x", "adress": "javascript:x"}),
    ],
)
def test_an_address_that_says_nothing_we_know_opens_an_empty_page(told):
    assert share.opened(told) == share.Opened()


def test_an_address_fills_in_what_it_names():
    told = {"region": "vgr", "fraga": "Vem?", "dag": "2026-03-13", "adress": "http://x/"}
    assert share.opened(json.dumps(told)) == share.Opened("vgr", "Vem?", "2026-03-13", "http://x/")


@pytest.mark.parametrize("question", [q for role in ROLES for q in role.questions])
def test_every_example_is_answered_with_a_source(ask, question):
    answer = ask(question)
    assert answer.status is Status.ANSWER
    assert answer.citations
