"""A conversation as HTML in which every text is escaped; its citations are buttons to the panel."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from assistant.answer import Answer, Citation, Shown, Statement
from assistant.page.chat import Conversation, Exchange
from assistant.rules.given import label
from assistant.rules.wording import day_text
from assistant.rules_shown import spoken

EMPTY = (
    '<p class="sip-empty">Svaren visas här. Varje mening i ett svar har en siffra som leder till '
    "stället i riktlinjen.</p>"
)
_STATUS = {
    "answer": "Svar",
    "clarify": "Fråga tillbaka",
    "abstain": "Inget svar i riktlinjen",
    "refuse": "Frågan besvaras inte",
}


def transcript(conversation: Conversation) -> str:
    """Every exchange, oldest first; the latest is marked so that print can find it."""
    if not conversation.exchanges:
        return EMPTY
    latest = conversation.latest
    return "".join(_exchange(e, latest=e is latest) for e in conversation.exchanges)


def source_id(number: int, citation: int) -> str:
    """The id in the page of a citation in the panel."""
    return f"kalla-{number}-{citation}"


def _exchange(exchange: Exchange, *, latest: bool) -> str:
    mark = " sip-latest" if latest else ""
    return (
        f'<section class="sip-exchange{mark}" '
        f'aria-label="Fråga {exchange.number}">'
        f'<h3 class="sip-asked" dir="auto">{escape(exchange.asked)}</h3>'
        f"{_reply(exchange)}</section>"
    )


def _reply(exchange: Exchange) -> str:
    if exchange.under_way:
        steps = f'<ol class="sip-steps sip-under-way">{_items(exchange.steps)}</ol>'
        return steps + _so_far(exchange)
    if exchange.answer is None:
        return f'<p class="sip-failed" role="alert">{escape(exchange.failed)}</p>'
    answer = exchange.answer
    note = f'<p class="sip-note" lang="en">{escape(answer.note)}</p>' if answer.note else ""
    lead = f"<p>{escape(answer.lead)}</p>" if answer.lead else ""
    said = "".join(_statement(s, answer, exchange.number) for s in answer.statements)
    warned = "".join(
        f'<p class="sip-warning" role="note">Obs! {escape(w.text)}</p>' for w in answer.warnings
    )
    return (
        f'<div class="sip-answer sip-is-{escape(answer.status.value)}">{note}'
        f'<p class="sip-status">{_STATUS[answer.status.value]}{_holds_for(answer.as_of)}'
        f"{_worded(answer)}</p>"
        f"{lead}{said}{warned}"
        f"{''.join(_computation(c) for c in answer.computations)}{_way(exchange)}</div>"
    )


def _so_far(exchange: Exchange) -> str:
    """What is verified while the rest is awaited; its sources come with the whole answer."""
    if exchange.so_far is None:
        return ""
    said = "".join(
        f'<p class="sip-said">{escape(f"{s.label}: " if s.label else "")}{escape(s.text)}</p>'
        for s in exchange.so_far.statements
    )
    return f'<div class="sip-so-far">{said}</div>'


def _worded(answer: Answer) -> str:
    if not answer.worded_by:
        return ""
    return " · formulerat av en språkmodell, varje mening kontrollerad mot källan"


def _holds_for(day: date | None) -> str:
    return f" · gäller {day_text(day)}" if day else ""


def _statement(statement: Statement, answer: Answer, number: int) -> str:
    by_number = {c.number: c for c in answer.citations}
    links = "".join(_link(number, by_number[n]) for n in statement.citations if n in by_number)
    label = f"<strong>{escape(statement.label)}:</strong> " if statement.label else ""
    return f'<p class="sip-said">{label}{escape(statement.text)} {links}</p>'


def _link(number: int, citation: Citation) -> str:
    told = f"Källa {citation.number}: {citation.publisher}, {citation.section}"
    return (
        f'<button type="button" class="sip-cite" aria-label="{escape(told)}" '
        f'data-source="{source_id(number, citation.number)}">[{citation.number}]</button>'
    )


def _computation(shown: Shown) -> str:
    parts = [f"<p>Regel: {escape(shown.rule)}</p>"]
    if shown.inputs:
        parts.append(f"<p>Uppgifter som jag har förstått dem:</p><ul>{_inputs(shown.inputs)}</ul>")
    if shown.steps:
        parts.append(f"<p>Så här räknas det:</p><ol>{_items(shown.steps)}</ol>")
    if shown.value is not None:
        parts.append(f"<p>Resultat: {escape(spoken(shown.value))}</p>")
    if shown.interpretation:
        parts.append(f"<p>Tolkning: {escape(shown.interpretation)}</p>")
    if shown.alternative:
        parts.append(f"<p>Annan läsning: {escape(shown.alternative)}</p>")
    return (
        '<details class="sip-computation"><summary>Visa beräkningen steg för steg</summary>'
        f"{''.join(parts)}</details>"
    )


def _inputs(inputs: Mapping[str, Any]) -> str:
    return _items(f"{label(key)}: {spoken(value)}" for key, value in inputs.items())


def _way(exchange: Exchange) -> str:
    if not exchange.steps:
        return ""
    return (
        '<details class="sip-way"><summary>Så kom svaret till</summary>'
        f'<ol class="sip-steps">{_items(exchange.steps)}</ol></details>'
    )


def _items(texts: Iterable[str]) -> str:
    return "".join(f"<li>{escape(text)}</li>" for text in texts)
