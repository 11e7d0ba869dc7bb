"""Which kind of fact a question asks for, and whether a sentence holds one."""

import pytest

from assistant.asked import Kind, asked, held


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hur ofta träffas gruppen?", Kind.FREQUENCY),
        ("hur lang tid har vi pa oss", Kind.DURATION),
        ("Inom hur många dagar ska kallelsen skickas?", Kind.DURATION),
        ("Vad kostar ett vårddygn?", Kind.AMOUNT),
        ("hur många poäng får rehab", Kind.POINTS),
        ("Vilken KVÅ-kod?", Kind.CODE),
        ("Till vilken ålder gäller Norrbus?", Kind.AGE),
        ("Vad är telefonnumret till supporten?", Kind.PHONE),
        ("hur många steg är det", Kind.COUNT),
        ("Vem kallar?", Kind.WHO),
        ("How long do we have?", Kind.DURATION),
    ],
)
def test_the_form_of_a_question_tells_what_it_asks_for(question, kind):
    assert kind in asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "Får närstående vara med?",
        "Vad är poängen med kartläggningen?",
        "At what point is the coordinator chosen?",
        "Hur mycket får patienten bestämma?",
        "Vem står för kostnaden?",
        "Ska patienten få telefonnumret till sin vårdkontakt?",
        "Vad tar man hänsyn till?",
    ],
)
def test_a_question_of_another_form_asks_for_no_measured_kind(question):
    assert asked(question) <= {Kind.WHO}


@pytest.mark.parametrize(
    ("text", "kind", "holds"),
    [
        ("Planen följs upp minst en gång per år.", Kind.FREQUENCY, True),
        ("Gruppen leds av förvaltningsledarna.", Kind.FREQUENCY, False),
        ("Kallelsen skickas inom tre arbetsdagar.", Kind.DURATION, True),
        ("Mötet hålls inom 3–21 dagar.", Kind.DURATION, True),
        ("Kvittera senast klockan 12.00.", Kind.DURATION, True),
        ("Mötet hålls på hälsocentralen.", Kind.DURATION, False),
        ("Koden är AU124.", Kind.CODE, True),
        ("Det ger 5 p.", Kind.POINTS, True),
        ("Supporten nås via portalen.", Kind.PHONE, False),
    ],
)
def test_a_sentence_holds_a_kind_of_fact_or_not(text, kind, holds):
    assert (kind in held(text)) is holds
