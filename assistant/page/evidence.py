"""The evidence beside the answers, as HTML in which every text is escaped."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from assistant.answer import Answer, Citation
from assistant.compose import law_warnings
from assistant.originals import original_lines
from assistant.page.chat import Conversation
from assistant.page.transcript import source_id
from assistant.rules.wording import day_text
from ingest.document import Corpus, Document, Lines, Provision

EMPTY = '<p class="sip-empty">Källorna visas här när du har ställt en fråga.</p>'
NONE = '<p class="sip-empty">Svaret har inga källor.</p>'
AROUND = 4  # lines of the original before and after those that are cited


def panel(conversation: Conversation, corpus: Corpus, originals: Path | None = None) -> str:
    """The sources of every answer; style.css shows the one that was chosen, or else the
    first of the latest answer.
    """
    latest = conversation.latest
    if latest is None:
        return EMPTY
    groups = [
        evidence(e.answer, e.number, corpus, originals, latest=e is latest)
        for e in conversation.exchanges
        if e.answer is not None and e.answer.citations
    ]
    if latest.under_way:
        return EMPTY
    none = "" if latest.answer is not None and latest.answer.citations else NONE
    return none + "".join(groups)


def evidence(
    answer: Answer,
    number: int,
    corpus: Corpus,
    originals: Path | None = None,
    *,
    latest: bool = True,
) -> str:
    """The sources of one answer: a list of them, then each with its passage in its surroundings."""
    entries = "".join(
        f"<li>{_choice(source_id(number, c.number), f'[{c.number}] {_short(c)}')}</li>"
        for c in answer.citations
    )
    articles = "".join(
        _source(answer, at, number, corpus, originals) for at in range(len(answer.citations))
    )
    mark = " sip-latest" if latest else ""
    return (
        f'<section class="sip-sources{mark}" aria-label="Källor till svar {number}">'
        f'<nav class="sip-list" aria-label="Välj källa"><ul>{entries}</ul></nav>'
        f"<div>{articles}</div></section>"
    )


def surroundings(corpus: Corpus, provision: Provision) -> tuple[Provision | None, Provision | None]:
    """The provisions before and after it in the edition of its own document."""
    beside = [p for p in corpus.provisions.values() if p.document == provision.document]
    at = beside.index(provision)
    before = beside[at - 1] if at else None
    return before, beside[at + 1] if at + 1 < len(beside) else None


def validity(document: Document) -> str:
    """When the guideline was decided and applies, as far as it says."""
    told = []
    if document.decided:
        told.append(f"beslutad {day_text(document.decided)}")
    if document.valid_from:
        told.append(f"gäller från {day_text(document.valid_from)}")
    if document.valid_to:
        told.append(f"gällde till {day_text(document.valid_to)}")
    said = ", ".join(told) or "dokumentet anger inget datum"
    return said[0].upper() + said[1:]


def _short(citation: Citation) -> str:
    return f"{citation.publisher}: {citation.section.rsplit(' › ', 1)[-1]}"


def _source(answer: Answer, at: int, number: int, corpus: Corpus, originals: Path | None) -> str:
    citation = answer.citations[at]
    document = corpus.documents[corpus.provisions[citation.provision].document]
    first, last = citation.lines
    lines = f"rad {first}" if first == last else f"rad {first}–{last}"
    rows = [
        ("Riktlinje", citation.document),
        ("Rubrik", citation.section),
        ("Plats i originalet", ", ".join(part for part in (citation.page, lines) if part)),
        ("Giltighet", validity(document)),
        ("Utgåva", corpus.fingerprint[:8]),
    ]
    facts = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return (
        f'<article class="sip-source" id="{source_id(number, citation.number)}" tabindex="-1" '
        f'aria-label="Källa {citation.number} av {len(answer.citations)}">'
        f"<h3>[{citation.number}] {escape(citation.publisher)}</h3>"
        f'<dl class="sip-where">{facts}</dl>{_warned(citation, corpus, answer.as_of)}'
        f"<h4>Vår återgivning</h4>{_passage(citation, corpus)}"
        f"{_original(citation, document, originals)}"
        f"{_onward(answer.citations, at, number)}</article>"
    )


def _warned(citation: Citation, corpus: Corpus, day: date | None) -> str:
    if day is None:
        return ""
    found = law_warnings(corpus, [corpus.provisions[citation.provision]], day)
    return "".join(f'<p class="sip-warning" role="note">{escape(w.text)}</p>' for w in found)


def _passage(citation: Citation, corpus: Corpus) -> str:
    before, after = surroundings(corpus, corpus.provisions[citation.provision])
    return (
        f'<div class="sip-passage">{_beside(before)}'
        f"<p><mark>{escape(citation.quote)}</mark></p>{_beside(after)}</div>"
    )


def _beside(provision: Provision | None) -> str:
    return f'<p class="sip-beside">{escape(provision.text)}</p>' if provision else ""


def _original(citation: Citation, document: Document, originals: Path | None) -> str:
    if citation.original is None:
        return ""
    first, last = citation.lines
    above = Lines(max(1, first - AROUND), first - 1)
    below = Lines(last + 1, min(document.lines, last + AROUND))
    parts = [
        _lines(original_lines(originals, document, above) if above.first <= above.last else None),
        f"<mark>{escape(citation.original)}</mark>",
        _lines(original_lines(originals, document, below) if below.first <= below.last else None),
    ]
    shown = "\n".join(part for part in parts if part)
    return f'<h4>Originalet</h4><div class="sip-passage"><pre>{shown}</pre></div>'


def _lines(text: str | None) -> str:
    return escape(text) if text else ""


def _onward(citations: Sequence[Citation], at: int, number: int) -> str:
    own = source_id(number, citations[at].number)
    buttons = [f'<button type="button" data-back="{own}">Till svaret</button>']
    if at > 0:
        before = source_id(number, citations[at - 1].number)
        buttons.append(_choice(before, "Föregående källa"))
    if at + 1 < len(citations):
        buttons.append(_choice(source_id(number, citations[at + 1].number), "Nästa källa"))
    cited = citations[at]
    read = (
        f'<a href="/riktlinje/{escape(cited.region)}#{escape(cited.provision)}" target="_blank" '
        'rel="noopener">Läs i riktlinjen (ny flik)</a>'
    )
    return f'<nav class="sip-onward" aria-label="Vidare från källan">{"".join(buttons)}{read}</nav>'


def _choice(source: str, text: str) -> str:
    return f'<button type="button" data-source="{source}">{escape(text)}</button>'
