"""The tab "Tidsplan": what has happened, the deadlines from it, a question back, a file to save."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

import gradio as gr

from assistant import regions
from assistant.page.cited import alert, style
from assistant.page.planner_html import calendar_link, others, summary, table
from assistant.page.planner_plot import figure
from assistant.page.private import private
from assistant.plan_view import (
    UNKNOWN,
    Field,
    Plan,
    fields,
    gives,
    next_missing,
    plan,
    processes,
    rows,
)
from assistant.rules import calendar
from assistant.rules.timeline import Timeline

_LENGTH = 100  # letters in a field
_YES_NO = ["ja", "nej", UNKNOWN]
_HOW = (
    "Skriv dag och klockslag som du brukar: 13/3 kl 13.10, i går kl 9, 2026-03-13. Lämna tomt det "
    "som inte har hänt. Skriv aldrig personuppgifter. Ingenting av det du skriver sparas."
)
_PLOT = "<h3>Tidslinje</h3><p>Samma frister som i tabellen.</p>"
_GROUPS = {
    "hänt": "Händelser som frister räknas från",
    "gjort": "Fler händelser",
    "om": "Uppgifter om personen och planeringen",
}


def planner_tab(today: Callable[[], date], now: Callable[[], datetime] | None = None) -> None:
    """Build the tab in the present Blocks; `now` is the moment that holds when none is written."""

    def present() -> datetime:
        if now is not None:
            return now()
        clock = datetime.now(calendar.ZONE).replace(microsecond=0)
        return datetime.combine(today(), clock.timetz())

    held = fields()
    names = [field.name for field in held]
    first = regions.with_guideline()[0].id
    usual = next(iter(processes(first)))
    visible = {field.name for field in fields(first, usual)}
    gr.HTML(f"{style()}<h2>Tidsplan</h2><p>{_HOW}</p>", padding=False)
    with gr.Column(elem_classes="sip-form"):
        region = gr.Radio(
            [(found.name, found.id) for found in regions.with_guideline()],
            value=first,
            label="Region",
        )
        process = gr.Radio(_process_choices(first), value=usual, label="Process")
        boxes: dict[str, Any] = {}
        for group, title in _GROUPS.items():
            with gr.Accordion(title, open=group == "hänt", elem_classes="sip-events"):
                for field in held:
                    if field.group == group:
                        boxes[field.name] = _box(field, visible=field.name in visible)
        moment = gr.Textbox(
            label="Läget gäller (tomt: nu)", placeholder="14/3 kl 8", max_length=_LENGTH
        )
        count = gr.Button("Visa tidsplanen", variant="primary")
    asked = gr.State("")
    with gr.Column(visible=False, elem_classes="sip-form") as more:
        why = gr.HTML(padding=False, elem_classes="sip-result")
        answer = gr.Textbox(label="Nästa uppgift", max_length=_LENGTH, elem_id="sip-next")
        choice = gr.Radio(_YES_NO, label="Nästa uppgift", elem_id="sip-next-choice")
        with gr.Row():
            add = gr.Button("Lägg till uppgiften", variant="primary")
            skip = gr.Button("Vet inte")
    result = gr.HTML(padding=False, elem_classes="sip-result", elem_id="sip-plan")
    plot = gr.Plot(show_label=False, visible=False, elem_classes="sip-plot", elem_id="sip-plot")
    beside = gr.HTML(padding=False, elem_classes="sip-result")
    printing = gr.Button("Skriv ut", elem_classes="sip-form", visible=False)

    shown = [result, plot, beside, more, why, answer, choice, asked, printing]
    written = [boxes[name] for name in names]
    told = [region, process, moment, *written]

    def made(where: str, what: str, at: str, values: Mapping[str, str]) -> list[Any]:
        return _results(plan(where, what, values, present(), at or ""))

    def computed(where: str, what: str, at: str, *values: str | None) -> list[Any]:
        return made(where, what, at, _told(names, values))

    def moved(where: str, what: str) -> list[Any]:
        kept = what if what in processes(where) else next(iter(processes(where)))
        radio = gr.update(choices=_process_choices(where), value=kept)
        return [radio, *_shown(names, where, kept), *_nothing()]

    def changed(where: str, what: str) -> list[Any]:
        return [*_shown(names, where, what), *_nothing()]

    def added(
        name: str, text: str, one: str | None, where: str, what: str, at: str, *values: str | None
    ) -> list[Any]:
        value = text.strip() or one or ""
        return with_answer(name, value, where, what, at, values)

    def skipped(name: str, where: str, what: str, at: str, *values: str | None) -> list[Any]:
        return with_answer(name, UNKNOWN, where, what, at, values)

    def with_answer(
        name: str, value: str, where: str, what: str, at: str, values: tuple[str | None, ...]
    ) -> list[Any]:
        known = _told(names, values)
        if name not in names or not value:
            return [*made(where, what, at, known), *(gr.skip() for _ in names)]
        tried = plan(where, what, known | {name: value}, present(), at or "")
        if tried.timeline is None:
            # What was there stays; only the answer that cannot be read is spoken of.
            before = [gr.skip() for _ in shown]
            before[shown.index(why)] = alert(tried.problems)
            return [*before, *(gr.skip() for _ in names)]
        return [*_results(tried), *(value if n == name else gr.skip() for n in names)]

    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    count.click(private(computed), told, shown, **quiet)
    gr.on(
        [box.submit for box in [moment, *written] if isinstance(box, gr.Textbox)],
        private(computed),
        told,
        shown,
        **quiet,
    )
    region.input(private(moved), [region, process], [process, *written, *shown], **quiet)
    process.input(private(changed), [region, process], [*written, *shown], **quiet)
    gr.on(
        [add.click, answer.submit],
        private(added),
        [asked, answer, choice, *told],
        shown + written,
        **quiet,
    )
    skip.click(private(skipped), [asked, *told], shown + written, **quiet)
    printing.click(None, js="() => { window.print(); }", **quiet)


def _results(made: Plan) -> list[Any]:
    """What is shown of a plan, in the order of the tab's outputs."""
    found = made.timeline
    if found is None:
        return [alert(made.problems), *_nothing()[1:]]
    dated = rows(found)
    drawn = gr.update(value=figure(dated, found.now), visible=True) if dated else _hidden()
    return [
        summary(found) + table(found) + calendar_link(found) + (_PLOT if dated else ""),
        drawn,
        others(found),
        *_question(found),
        gr.update(visible=True),
    ]


def _question(found: Timeline) -> list[Any]:
    """The next thing to ask for, with a field for a text or a choice; or nothing."""
    missing = next_missing(found)
    if missing is None:
        return [_hidden(), "", _hidden(), _hidden(), ""]
    field = next(f for f in fields(found.region, found.setting) if f.name == missing.event)
    dates = "".join(f"<li>{escape(what)}</li>" for what in gives(found, missing))
    why = f"<h3>Nästa uppgift</h3><p>Vet du detta? Det behövs för:</p><ul>{dates}</ul>"
    if field.kind == "ja_nej":
        return [
            gr.update(visible=True),
            why,
            gr.update(value="", visible=False),
            gr.update(value=None, label=field.label, visible=True),
            field.name,
        ]
    label = field.label if missing.label.casefold() in field.label.casefold() else missing.label
    box = gr.update(value="", label=_capital(label), placeholder=_hint(field), visible=True)
    return [gr.update(visible=True), why, box, gr.update(value=None, visible=False), field.name]


def _nothing() -> list[Any]:
    return ["", _hidden(), "", _hidden(), "", _hidden(), _hidden(), "", _hidden()]


def _hidden() -> Any:
    return gr.update(visible=False)


def _box(field: Field, *, visible: bool) -> Any:
    if field.kind == "ja_nej":
        return gr.Radio(_YES_NO, label=field.label, visible=visible)
    return gr.Textbox(
        label=field.label,
        placeholder=_hint(field),
        max_length=_LENGTH,
        lines=1,
        visible=visible,
    )


def _hint(field: Field) -> str:
    hints = {
        "tid": "13/3 kl 13.10",
        "tal": "17",
        "lista": "socialtjänst, kommunal hälso- och sjukvård",
    }
    return hints.get(field.kind, "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told(names: list[str], values: tuple[str | None, ...]) -> dict[str, str]:
    return {name: value or "" for name, value in zip(names, values, strict=True)}


def _shown(names: list[str], region: str, process: str) -> list[Any]:
    own = {field.name for field in fields(region, process)}
    return [gr.update(visible=name in own) for name in names]


def _process_choices(region: str) -> list[tuple[str, str]]:
    return [(_capital(label), name) for name, label in processes(region).items()]
