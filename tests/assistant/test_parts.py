"""One turn is taken apart only where it asks several things."""

import pytest

from assistant.parts import core, parts


@pytest.mark.parametrize(
    ("turn", "count"),
    [
        ("Vem leder mötet och var hålls det?", 2),
        ("1) vem ansöker 2) vem betalar 3) vem följer upp", 3),
        ("Hur ofta följs planen upp? Vem kallar till det?", 2),
        ("Två saker: vem dokumenterar och kan patienten säga nej?", 2),
        ("I vilket system skriver man och vem gör det?", 2),
        ("Vem kallar till SIP?", 1),
        ("Vem kallar till SIP och uppföljning?", 1),
        ("När pat lämnar sjukhuset, är det fvk som kallar?", 1),
        ("Killen är tolv, behöver vi fråga honom?", 1),
        ("vem kallar, fvk?", 1),
        ("", 1),
    ],
)
def test_a_turn_has_as_many_parts_as_it_asks(turn, count):
    assert len(parts(turn)) == count


def test_the_asking_sentence_is_found_within_a_story():
    story = (
        "Vi har en man på avdelningen som legat länge och nu äntligen är bättre. Dottern ringer "
        "varje dag och kommunen säger att allt är ordnat. Vem ska kalla till mötet?"
    )
    assert core(story) == "Vem ska kalla till mötet?"


def test_a_short_question_has_no_story_around_it():
    assert core("Vem ska kalla till mötet?") is None
