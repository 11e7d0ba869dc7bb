"""A timeline as HTML: what was understood, the table of deadlines, what waits, the file to save."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from assistant.page.cited import places, sources_of
from assistant.plan_view import Row, calendar_bytes, rows, undated, understood
from assistant.rules.timeline import Entry, Kind, State, Timeline
from assistant.rules.wording import when_text

SYMBOLS = {
    State.DONE: "✓",
    State.DONE_LATE: "✓!",
    State.LATE: "!",
    State.COMING: "→",
    State.PASSED: "■",
}
_NONE_YET = "Ingen frist har något datum än."
_NO_DATES = "Riktlinjen anger inga frister med datum för den här processen."
HEADINGS = ("Nr", "När", "Vad", "Läge", "Källa")


def summary(found: Timeline) -> str:
    """Which process, as of when, and each event as it was understood."""
    told = _list(understood(found))
    events = f"<p>Så har uppgifterna uppfattats:</p>{told}" if told else ""
    count = f"Tidsplanen är klar. Frister med datum: {len(rows(found))}."
    return (
        f'<p class="sip-hidden" data-say>{count}</p>'
        f"<h3>Tidsplan: {escape(found.region_name)}, {escape(found.setting_label or '')}</h3>"
        f"<p>Läget {escape(when_text(found.now))}.</p>{events}"
    )


def table(found: Timeline) -> str:
    """The dated deadlines, in the same order as in the plot."""
    dated = rows(found)
    if not dated:
        waits = any(entry.state is State.MISSING for entry in found.entries)
        return f"<p>{_NONE_YET if waits else _NO_DATES}</p>"
    # The roles stay where a narrow page shows the rows as blocks.
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in HEADINGS)
    body = "".join(_row(row) for row in dated)
    return (
        '<table class="sip-table" role="table"><caption>Frister i tidsordning</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def others(found: Timeline) -> str:
    """The deadlines that wait for something, those without a number, those that do not apply."""
    waiting = [entry for entry in found.entries if entry.state is State.MISSING]
    silent = [entry for entry in found.entries if entry.kind is Kind.NO_NUMBER]
    gone = [
        f"<li>{escape(f'{one.what}: {one.reason}.')}{sources_of(one.provisions)}</li>"
        for one in found.excluded
    ]
    return (
        _section("Frister som saknar en uppgift", _undated(waiting))
        + _section("Utan tal i riktlinjen", _undated(silent))
        + _section("Gäller inte här", gone)
    )


def calendar_link(found: Timeline) -> str:
    """A link that saves the calendar file. It holds the file itself: none lies on the server."""
    dated = rows(found)
    if not dated:
        return ""
    file = calendar_bytes(found, places({name for row in dated for name in row.provisions}))
    return (
        f'<a class="sip-save" download="sip-tidsplan-{escape(found.region)}.ics" '
        f'href="data:text/calendar;charset=utf-8;base64,{b64encode(file).decode()}">'
        "Hämta kalenderfil (.ics)</a>"
    )


def _row(row: Row) -> str:
    who = f'<p class="sip-who">{escape(row.who)}</p>' if row.who else ""
    cells = (
        str(row.number),
        escape(row.when),
        f"{escape(row.what)}{who}{_details(row.details)}",
        f'<span class="sip-state sip-{row.state.value}"><span aria-hidden="true">'
        f"{SYMBOLS[row.state]}</span> {escape(row.said)}</span>",
        sources_of(row.provisions),
    )
    named = zip(HEADINGS, cells, strict=True)
    inside = "".join(f'<td role="cell" data-name="{name}">{cell}</td>' for name, cell in named)
    return f'<tr role="row">{inside}</tr>'


def _details(details: Sequence[str]) -> str:
    if not details:
        return ""
    return f"<details><summary>Så räknas det</summary>{_list(details)}</details>"


def _undated(entries: Iterable[Entry]) -> list[str]:
    return [f"<li>{escape(undated(e))}{sources_of(e.provisions)}</li>" for e in entries]


def _section(title: str, inside: Sequence[str]) -> str:
    return f"<h3>{title}</h3><ul>{''.join(inside)}</ul>" if inside else ""


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""
