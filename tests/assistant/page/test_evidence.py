"""The evidence beside an answer."""

from dataclasses import replace
from html import escape

import pytest

from assistant.page.chat import Conversation, Exchange
from assistant.page.evidence import EMPTY, NONE, evidence, panel, surroundings, validity

# Two questions, so that there are two sources at least.
ASKED = "Vem leder SIP-mötet och hur ofta följs planen upp i Norrbotten?"


@pytest.fixture(scope="module")
def answer(ask):
    return ask(ASKED)


def test_each_citation_shows_guideline_heading_page_and_passage(answer, edition):
    shown = evidence(answer, 1, edition)
    for cited in answer.citations:
        for part in (cited.publisher, cited.section, cited.page, cited.quote):
            assert escape(part) in shown


def test_the_cited_passage_alone_is_marked_between_its_neighbours(answer, edition):
    shown = evidence(answer, 1, edition)
    assert shown.count("<mark>") == len(answer.citations)
    for cited in answer.citations:
        assert f"<mark>{escape(cited.quote)}</mark>" in shown
        for neighbour in surroundings(edition, edition.provisions[cited.provision]):
            assert neighbour is None or f'sip-beside">{escape(neighbour.text)}' in shown


def test_neighbours_are_of_the_same_document(edition):
    for provision in edition.provisions.values():
        before, after = surroundings(edition, provision)
        assert {p.document for p in (before, after) if p} == {provision.document}
        assert provision.id not in {p.id for p in (before, after) if p}


def test_the_original_is_marked_among_four_lines_before_and_after(answer, edition, originals):
    cited = replace(answer.citations[0], original="(originalets rader)")
    shown = evidence(replace(answer, citations=(cited,)), 1, edition, originals)
    first, last = cited.lines
    text = (originals / cited.file).read_text("utf-8").split("\n")
    above, below = "\n".join(text[first - 5 : first - 1]), "\n".join(text[last : last + 4])
    marked = "<mark>(originalets rader)</mark>"
    assert f"{escape(above)}\n{marked}\n{escape(below)}" in shown


def test_without_the_originals_only_our_wording_is_shown(answer, edition):
    assert "Originalet" not in evidence(answer, 1, edition).replace("Plats i originalet", "")


def test_nothing_is_rendered_as_markup(answer, edition):
    bad = replace(answer.citations[0], quote="<script>alert(1)</script>", section="<b>x</b>")
    shown = evidence(replace(answer, citations=(bad,)), 1, edition)
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_a_repealed_law_is_warned_of_at_the_source_that_cites_it(ask, edition):
    shown = evidence(ask("Vilka lagrum anger Örebro för SIP?"), 1, edition)
    assert shown.index("2025:400") < shown.index("<mark>")


def test_each_source_leads_to_its_place_in_the_guideline(answer, edition):
    shown = evidence(answer, 1, edition)
    for cited in answer.citations:
        assert f'href="/riktlinje/{cited.region}#{cited.provision}"' in shown


def test_previous_and_next_lead_through_the_sources_and_stop_at_the_ends(answer, edition):
    shown = evidence(answer, 7, edition)
    assert len(answer.citations) > 1
    assert (
        shown.count("Föregående källa") == shown.count("Nästa källa") == len(answer.citations) - 1
    )
    assert shown.index("Nästa källa") < shown.index("Föregående källa")


def test_validity_says_what_the_document_says_and_no_more(edition):
    assert validity(edition.documents["orebro"]) == "Beslutad tisdag 28 april 2020"
    assert validity(edition.documents["norrbotten"]) == "Dokumentet anger inget datum"


def test_the_panel_holds_every_answer_and_marks_the_latest(answer, edition):
    talk = Conversation(
        (ASKED, ASKED), (Exchange(1, ASKED, (), answer), Exchange(2, ASKED, (), answer))
    )
    shown = panel(talk, edition)
    assert 'id="kalla-1-1"' in shown
    assert 'id="kalla-2-1"' in shown
    assert shown.count('class="sip-sources sip-latest"') == 1


def test_an_answer_without_sources_says_so(ask, edition):
    assert panel(Conversation(), edition) == EMPTY
    without = Exchange(1, "x", (), ask("Hur blir vädret på Mars?"))
    assert panel(Conversation((), (without,)), edition) == NONE
