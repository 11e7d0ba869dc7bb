"""Slips in the words of the trade, and right words that must stay."""

import pytest

from assistant.word_mending import mended


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("utskrivningklar", "utskrivningsklar"),
        ("uppfoljnigen", "uppfoljningen"),
        ("kalelse", "kallelse"),
        ("komunen", "kommunen"),
        ("hemtjants", "hemtjanst"),
        ("inskrivningsmedelandet", "inskrivningsmeddelandet"),
        ("samtykce", "samtycke"),
    ],
)
def test_a_slip_is_mended(word, meant):
    assert mended(word) == meant


@pytest.mark.parametrize(
    "word",
    ["lararen", "uppfattat", "underlattar", "kallelses", "skickas", "kommuner", "vard", "samtal"],
)
def test_a_right_word_stays(word):
    assert mended(word) is None
