"""The language of a question is told, and an English question gets a true line in English."""

import pytest

from assistant.answer import Status
from assistant.languages import Language, language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who convenes the SIP?", Language.ENGLISH),
        ("patient refuses consent, what do we do in Kalix", Language.ENGLISH),
        ("How long is the time limit?", Language.ENGLISH),
        ("vem kallar, fvk?", Language.SWEDISH),
        ("kallelse SIP öppenvård", Language.SWEDISH),
        ("Is the fasta vårdkontakten the one who kallar?", Language.ENGLISH),
        ("Vad gäller vid follow-up?", Language.SWEDISH),
        ("Team meeting SIP Teams link?", Language.SWEDISH),
        ("Hvem skal indkalde og hvornår?", Language.OTHER),
        ("Kuka kutsuu ja milloin?", Language.OTHER),
        ("من يدعو إلى الاجتماع؟", Language.OTHER),
        ("Кто созывает встречу?", Language.OTHER),
        ("", Language.SWEDISH),
    ],
)
def test_the_language_is_told_by_its_binding_words(question, language):
    assert language_of(question) is language


def test_hardly_any_swedish_form_is_taken_for_another_language(edition):
    swedish = [form for _, form in edition.forms if any(c in form for c in "åäöÅÄÖ")]
    taken = [form for form in swedish if language_of(form) is not Language.SWEDISH]
    assert len(taken) < len(swedish) / 50


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Which KVÅ code applies in Halland?", "AU124"),
        ("How often must the plan be followed up in Norrbotten?", "once a year"),
        ("Who appoints the permanent care contact at discharge in Boden?", "verksamhetschef"),
        ("Within how many days must the summons be sent after ready for discharge, Kalix?", "3 "),
    ],
)
def test_the_key_fact_is_named_in_english(ask, question, fact):
    answer = ask(question)
    assert answer.status is Status.ANSWER
    assert answer.note.startswith("I answer in Swedish")
    assert fact in answer.note


def test_a_computed_day_is_named_in_english(ask):
    answer = ask(
        "Ready for discharge was sent on 13 March 2026 at 13.10. When does the municipality start "
        "to pay in Norrbotten?"
    )
    assert "17 March 2026" in answer.note


def test_every_number_of_the_english_line_stands_in_the_answer(ask, edition):
    english = [(k, f) for k, f in edition.forms if language_of(f) is Language.ENGLISH][::12]
    for provision, form in english:
        answer = ask(form, region=edition.provisions[provision].region)
        numbers = {n for n in answer.note.split() if n.isdigit() and len(n) > 2}
        said = " ".join(s.text for s in answer.statements)
        assert all(n in said for n in numbers), (form, answer.note)


def test_a_silent_guideline_is_said_to_be_silent_in_english(ask):
    answer = ask("What is the phone number to the SIP coordinator in Örebro?")
    assert answer.status is Status.ABSTAIN
    assert "does not state" in answer.note


def test_other_languages_are_told_that_the_answer_is_swedish(ask):
    assert "svenska" in ask("Кто созывает встречу SIP?").note


def test_a_swedish_question_gets_no_note(ask):
    assert ask("Vem kallar till SIP i Kalix?").note == ""
