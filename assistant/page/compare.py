"""The tab "Jämför regioner": one question, a cell for each region, each with its sources."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.compare import SILENT, TOPICS, Answering, Row, Said, compare
from assistant.page.cited import alert, link, style
from assistant.page.private import private
from ingest.errors import SipError

_LENGTH = 1000


def compare_tab(assistant: Answering, today: Callable[[], date]) -> None:
    """Build the tab in the present Blocks."""
    gr.HTML(
        f"{style()}<h2>Jämför regioner</h2><p>Samma fråga till varje regions riktlinje. Varje svar "
        "kommer ur den egna riktlinjen; där den inte svarar står det så.</p>",
        padding=False,
    )
    with gr.Column(elem_classes="sip-form"):
        question = gr.Textbox(
            label="Vad vill du jämföra?",
            placeholder="Till exempel: Vem kallar till SIP?",
            max_length=_LENGTH,
            lines=1,
            submit_btn=False,
        )
        show = gr.Button("Jämför", variant="primary")
        with gr.Row():
            topics = {words: gr.Button(name, size="sm") for name, words in TOPICS.items()}
    result = gr.HTML(padding=False, elem_id="sip-compare")

    def compared(words: str) -> str:
        try:
            return cells(words.strip(), compare(assistant, words, today()))
        except SipError as error:
            return alert([str(error)])

    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on([show.click, question.submit], private(compared), question, result, **quiet)
    for words, button in topics.items():
        chosen = button.click(partial(str, words), None, question, **quiet)
        chosen.then(private(compared), question, result, **quiet)


def cells(question: str, rows: Iterable[Row]) -> str:
    """The rows side by side, each a part of its own with the region as heading."""
    found = list(rows)
    told = sum(not row.silent for row in found)
    return (
        f'<p class="sip-hidden" data-say>Jämförelsen är klar. {told} av {len(found)} regioner '
        "har ett svar.</p>"
        f'<p class="sip-asked" dir="auto">{escape(question)}</p>'
        f'<div class="sip-compare">{"".join(_cell(row) for row in found)}</div>'
    )


def _cell(row: Row) -> str:
    silent = f"<p><strong>{SILENT}</strong></p>" if row.silent else ""
    note = f"<p>{escape(row.note)}</p>" if row.note else ""
    said = "".join(_said(one) for one in row.said)
    warned = "".join(
        f'<p class="sip-warning" role="note">Obs! {escape(w)}</p>' for w in row.warnings
    )
    mark = " sip-silent" if row.silent else ""
    return (
        f'<section class="sip-cell{mark}" aria-label="{escape(row.name)}" '
        f'data-region="{escape(row.region)}"><h3>{escape(row.name)}</h3>'
        f"{silent}{note}{said}{warned}</section>"
    )


def _said(said: Said) -> str:
    links = "".join(f"<li>{link(cited)}</li>" for cited in said.citations)
    return f'<p>{escape(said.text)}</p><ul class="sip-refs">{links}</ul>'
