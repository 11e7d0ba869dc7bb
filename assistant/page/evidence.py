"""The evidence beside an answer, as HTML in which every text is escaped."""

from html import escape

from assistant.answer import Answer, Citation

EMPTY = '<p class="sip-empty">Källorna visas här när du har ställt en fråga.</p>'


def evidence(answer: Answer) -> str:
    """Each citation with guideline, heading path, page and passage; then the warnings."""
    warnings = "".join(
        f'<p class="sip-warning" role="note">{escape(warning.text)}</p>'
        for warning in answer.warnings
    )
    if not answer.citations:
        return warnings or '<p class="sip-empty">Svaret har inga källor.</p>'
    return warnings + "".join(_source(citation) for citation in answer.citations)


def _source(citation: Citation) -> str:
    first, last = citation.lines
    lines = f"rad {first}" if first == last else f"rad {first}–{last}"
    place = ", ".join(part for part in (citation.page, lines) if part)
    original = (
        f"<p>Originalet:</p><blockquote><pre>{escape(citation.original)}</pre></blockquote>"
        if citation.original
        else ""
    )
    return (
        f'<article class="sip-source" aria-label="Källa {citation.number}">'
        f"<h3>[{citation.number}] {escape(citation.publisher)}</h3>"
        f'<p class="sip-where">{escape(citation.document)}<br>{escape(citation.section)}<br>'
        f"{escape(place)}</p>"
        f"<p>Vår återgivning:</p><blockquote>{escape(citation.quote)}</blockquote>{original}"
        "</article>"
    )
