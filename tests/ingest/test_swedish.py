"""One normalisation for index and query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import swedish


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bet.ansvar", "betalningsansvar"),
        ("utskr.klar", "utskrivningsklar"),
        ("SIP:en", "SIP"),
        ("sip-en", "sip"),
        ("pat", "patient"),
        ("ÖPPENVÅRD", "oppenvard"),
        ("öppen\u00advård", "öppenvård"),
        ("ssk", "sjuksköterska"),
    ],
)
def test_staff_s_way_of_writing_means_the_same(written, meant):
    assert swedish.words(written) == swedish.words(meant)


@pytest.mark.parametrize("kept", ["12.00", "2017:612", "§", "au124", "3", "21"])
def test_numbers_codes_and_paragraphs_are_kept(kept):
    text = "Senast 12.00, 3-21 dagar, 4 kap. 1 § lag (2017:612), kod AU124"
    assert kept in swedish.words(text)


def test_compounds_share_lexical_terms():
    one = set(swedish.lexical_terms("utskrivningsmeddelande"))
    two = set(swedish.lexical_terms("meddelande om utskrivning"))
    assert len(one & two) >= 5


@given(st.text(max_size=200))
def test_any_text_is_normalised_without_error_and_alike_twice(text):
    once = swedish.clean(text)
    assert swedish.clean(once) == once
    assert "\u200b" not in once
    assert swedish.lexical_terms(text) == swedish.lexical_terms(once)
    assert all(" " not in word for word in swedish.words(text))
    swedish.embedding_features(text)
