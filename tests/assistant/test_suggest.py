"""What is suggested can be asked, is written plainly, and belongs beside the answer."""

from assistant.answer import Question, Status
from assistant.suggest import MOST, Suggester
from tests.conftest import DAY


def test_an_answer_suggests_what_can_be_asked_next(ask):
    answer = ask("Vem kallar till SIP vid utskrivning i Norrbotten?")
    assert 1 <= len(answer.suggestions) <= MOST
    assert all(form.endswith("?") for form in answer.suggestions)


def test_what_is_suggested_is_answered_in_the_same_region(assistant):
    for question in ("Hur ofta följs planen upp?", "Vem leder mötet?", "Måste patienten samtycka?"):
        for region in ("orebro", "norrbotten"):
            answer = assistant.answer(Question((question,), region, DAY))
            for form in answer.suggestions:
                after = assistant.answer(Question((form,), region, DAY))
                assert after.status is Status.ANSWER, form
                assert {c.region for c in after.citations} == {region}


def test_a_suggestion_never_asks_for_what_was_just_said(assistant):
    answer = assistant.answer(Question(("Vem leder mötet?",), "norrbotten", DAY))
    said = {c.provision for c in answer.citations}
    forms = {form: key for key, form in assistant.corpus.forms}
    assert said.isdisjoint(forms[form] for form in answer.suggestions)


def test_nothing_is_suggested_where_nothing_was_answered(ask):
    assert ask("Vad gäller i Skåne?").suggestions == ()
    assert ask("Berätta en vits om SIP").suggestions == ()


def test_most_provisions_have_a_form_fit_to_be_shown(edition):
    suggester = Suggester(edition)
    positive = [key for key, provision in edition.provisions.items() if not provision.gap]
    shown = [form for form in map(suggester.spoken_form, positive) if form]
    assert len(shown) > 3 * len(positive) / 4
    assert all(form[0].isupper() and form.endswith("?") for form in shown)
