"""What tells twin rules apart."""

import pytest

from assistant.setting import settings_of


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("pat är inlagd på avd", "utskrivning"),
        ("i öppenvården", "oppenvard"),
        ("hon har ÖPT", "tvangsvard"),
        ("insulin som egenvård", "egenvard"),
        ("flickan är 12 år", "barn"),
        ("bor på säbo", "sabo"),
        ("mötet är via Skype", "distans"),
        ("kollegan sa att hon tackar nej", "samtycke"),
    ],
)
def test_a_word_tells_the_setting(text, setting):
    assert setting in settings_of(text)


def test_a_neutral_question_has_none():
    assert settings_of("Vad betyder det?") == frozenset()
