from datetime import timedelta

import pytest
from sqlalchemy import func, select

from assistant.answer import Question
from assistant.feedback import Verdict, feedback_on, personal, refused, said
from assistant.store.feedback import receive, receiver
from assistant.store.models import Kept
from ingest.errors import InputError
from tests.assistant.store.conftest import DAY, NOW, keep, some_feedback

# The tax agency's published test numbers, an example domain, numbers kept free for fiction.
PERSONAL = [
    "Patienten 19811218-9876 ska hem",
    "811218 9876",
    "skriv till anna.andersson@example.com",
    "anna (at) example.com",
    "ring mig på 070-174 06 05",
    "ring 08-465 004 00",
    "+46 70 174 06 05",
    "0701740605",
    "(08) 465 004 00",
    "0046701740605",
    "0920-28 40 00",
    "patienten är född 1940-03-12",
    "pat. född 400312",
    "Patienten heter Anna och ska hem",
]
HARMLESS = [
    "Enligt lag 2017:612 om samverkan, 4 kap. 1 §",
    "Prop. 2016/17:106 s. 34",
    "KVÅ-kod AU124 eller XS007",
    "Underrättelsen kom 2026-03-13 kl 13.10",
    "mötet är 13/3 2026 07:50",
    "öppet 0800-1630",
    "Det kostar 10 300 kronor",
    "10 000 000 kr",
    "klockan 0715 0830 0945",
    "04 12 2026",
    "ring 112 eller 1177",
    "patienten är 85 år",
    "vad heter blanketten?",
    "rad 120–134, sida 15",
    "SOSFS 2009:6 och HSLF-FS 2017:40",
]


def how_many(store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Kept)) or 0


@pytest.mark.parametrize("text", PERSONAL)
@pytest.mark.parametrize("field", ["comment", "turns"])
def test_personal_data_is_refused_and_nothing_is_kept(light, text, field):
    feedback = some_feedback(**{field: ("Första frågan", text) if field == "turns" else text})
    received = receive(light, feedback, subject="a", fingerprint="f", now=NOW, keep_days=9)
    assert received.number is None
    assert "Ingenting har sparats" in received.told
    assert text not in received.told
    assert how_many(light) == 0


@pytest.mark.parametrize("text", HARMLESS)
def test_laws_codes_days_and_amounts_are_no_personal_data(text):
    assert personal(text) is None


def test_no_question_that_staff_ask_is_taken_for_personal_data(edition):
    assert [form for _, form in edition.forms if personal(form)] == []


def test_a_personal_number_in_the_answer_is_refused_too(light):
    told = refused(some_feedback(answer="Du skrev 19811218-9876."))
    assert told is not None
    assert "9876" not in told


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "toppen"},
        {"turns": ()},
        {"turns": ("x" * 4001,)},
        {"turns": ("x",) * 21},
        {"comment": "x" * 2001},
        {"answer": "x" * 60_001},
    ],
)
def test_what_is_too_much_or_unknown_is_refused_in_swedish(light, changes):
    received = receive(
        light, some_feedback(**changes), subject="a", fingerprint="f", now=NOW, keep_days=9
    )
    assert received.number is None
    assert received.told.endswith(".")
    assert how_many(light) == 0


def test_the_thanks_say_when_it_is_purged_and_it_is_on_disk_by_then(store):
    take = receiver(store, fingerprint="f" * 64, now=lambda: NOW, keep_days=10)
    told = take(some_feedback(), "a")
    assert "måndag 23 mars 2026" in told
    with pytest.raises(InputError, match="telefonnummer"):
        take(some_feedback(comment="Ring 070-174 06 05."), "a")
    assert how_many(store) == 1


def test_a_double_click_is_kept_once_and_another_opinion_beside_it(store):
    first = keep(store)
    assert keep(store, NOW + timedelta(seconds=2)) == first
    assert keep(store, verdict="rätt") != first
    assert keep(store, NOW + timedelta(days=1)) != first


def test_what_a_database_cannot_hold_is_left_out(store):
    number = keep(store, comment="noll\0 och \ud800 halv", turns=("Vem\0 kallar?",))
    with store.read() as session:
        kept = session.get(Kept, number)
        assert kept is not None
        assert kept.turns == ["Vem kallar?"]
        assert kept.comment == "noll och ? halv"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_feedback_on_an_answer_holds_its_text_and_its_citations_in_order(ask, verdict):
    question = Question(("Vem kallar till SIP i Kalix?",), None, DAY)
    answer = ask(*question.turns, day=DAY)
    feedback = feedback_on(question, answer, verdict)
    assert refused(feedback) is None
    assert feedback.region == "norrbotten"
    cited = [s for s in answer.statements if s.citations]
    parts = [part for part in said(feedback.answer) if part.citations]
    assert [part.citations for part in parts] == [s.citations for s in cited]
    assert feedback.provisions == tuple(c.provision for c in answer.citations)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
