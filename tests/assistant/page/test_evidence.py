"""The evidence beside an answer."""

from dataclasses import replace

from assistant.page.evidence import evidence


def test_each_citation_shows_guideline_heading_page_and_passage(ask):
    shown = evidence(ask("Vem kallar till SIP vid utskrivning i Norrbotten?"))
    for part in ("Region Norrbotten", "Kallelse till samordnad", "sida 27", "rad 891–892"):
        assert part in shown


def test_nothing_is_rendered_as_markup(ask):
    answer = ask("Vilken KVÅ-kod gäller i Halland?")
    bad = replace(answer.citations[0], quote="<script>alert(1)</script>", section="<b>x</b>")
    shown = evidence(replace(answer, citations=(bad,)))
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_a_warning_stands_before_the_sources(ask):
    shown = evidence(ask("Vilka lagrum anger Örebro för SIP?"))
    assert shown.index("2025:400") < shown.index("sip-source")
