"""The tab "Registrering": place, unit and form → codes, points, visit type and fee."""

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant.page.cited import alert, edition, sources, style
from assistant.page.private import private
from assistant.registration import NO_FORM, REGIONS, Line, Options, options, registered
from ingest.errors import InputError

_LENGTH = 200
_HEADINGS = ("Uppgift", "Registrera", "Så framgår det", "Källa")


def registration_tab(today: Callable[[], date]) -> None:
    """Build the tab in the present Blocks."""
    start = next(iter(REGIONS))
    held = options(start)
    gr.HTML(
        f"{style()}<h2>Registrering</h2><p>Så registreras en SIP i Halland och Västra Götaland. "
        "Övriga regioners riktlinjer säger inget om registrering.</p>",
        padding=False,
    )
    with gr.Column(elem_classes="sip-form"):
        region = gr.Radio(
            [(name, key) for key, name in REGIONS.items()], value=start, label="Region"
        )
        place = gr.Radio(list(held.places), label="Var SIP görs")
        unit = gr.Radio(list(held.units), label="Enhet som registrerar", visible=bool(held.units))
        form = gr.Radio(list(held.forms), value=NO_FORM, label="Hur mötet hålls")
        done = gr.Textbox(
            label="Vad som görs mer än SIP (tomt: inget)",
            placeholder="provtagning, läkemedelsgenomgång",
            max_length=_LENGTH,
            visible=bool(held.units),
        )
        fees = gr.Textbox(
            label="Flera professioner: vem=kronor",
            placeholder="läkare=300, sjuksköterska=200",
            max_length=_LENGTH,
            visible=bool(held.units),
        )
        show = gr.Button("Visa registreringen", variant="primary")
    result = gr.HTML(padding=False, elem_classes="sip-result", elem_id="sip-registration")

    def computed(
        where: str, at: str | None, by: str | None, how: str | None, more: str, paid: str
    ) -> str:
        try:
            lines = registered(where, at, by, how, more or "", paid or "", edition(), today())
        except InputError as error:
            return alert([str(error)])
        return _table(REGIONS[where], lines)

    told = [region, place, unit, form, done, fees]
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on([show.click, done.submit, fees.submit], private(computed), told, result, **quiet)
    region.input(
        private(lambda where: _choices(options(where))),
        region,
        [place, unit, form, done, fees, result],
        **quiet,
    )


def _choices(held: Options) -> list[Any]:
    asked = bool(held.units)
    return [
        gr.update(choices=list(held.places), value=None),
        gr.update(choices=list(held.units), value=None, visible=asked),
        gr.update(choices=list(held.forms), value=NO_FORM),
        gr.update(value="", visible=asked),
        gr.update(value="", visible=asked),
        "",
    ]


def _table(region: str, lines: Iterable[Line]) -> str:
    found = list(lines)
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in _HEADINGS)
    body = "".join(_row(line) for line in found)
    warnings = dict.fromkeys(warning for line in found for warning in line.warnings)
    warned = "".join(f'<p class="sip-warning" role="note">Obs! {escape(w)}</p>' for w in warnings)
    return (
        f'<p class="sip-hidden" data-say>Registreringen är klar, {len(found)} uppgifter.</p>'
        f'<table class="sip-table" role="table"><caption>Registrering av SIP, {escape(region)}'
        f'</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>{warned}'
    )


def _row(line: Line) -> str:
    value = escape(line.value)
    cells = (
        escape(line.name),
        f"<strong>{value}</strong>" if line.stated else value,
        "<br>".join(escape(step) for step in line.steps),
        sources(line.sources),
    )
    named = zip(_HEADINGS, cells, strict=True)
    inside = "".join(f'<td role="cell" data-name="{name}">{cell}</td>' for name, cell in named)
    return f'<tr role="row">{inside}</tr>'
