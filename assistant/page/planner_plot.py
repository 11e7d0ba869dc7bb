"""A timeline's dated rows as a Plotly figure: a line each, state by colour, shape and words."""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any

from assistant.plan_view import Row
from assistant.rules import calendar
from assistant.rules.timeline import State
from assistant.rules.wording import MONTHS

# Each at least 3:1 against white and against the dark page; the shape tells the same.
LOOKS = {
    State.DONE: ("#2e8b57", "circle"),
    State.DONE_LATE: ("#b8651b", "diamond"),
    State.LATE: ("#d6453d", "x"),
    State.COMING: ("#3b7dd8", "triangle-right"),
    State.PASSED: ("#808080", "square"),
}
_WIDTH = 30  # letters on a line; fits a page 320 px wide
_LINE, _GAP = 16, 34  # px


def figure(rows: Sequence[Row], now: datetime) -> Any:
    """The rows from top to bottom, each with its words above its mark, and a line at `now`.

    `customdata` of each mark holds number, time, what and state, as the table has them.
    """
    # Heavy, and needed by none but who looks at a plot.
    from plotly.graph_objects import Figure, Scatter

    texts = [_text(row) for row in rows]
    levels, height = _levels(texts)
    drawn = Figure()
    for row, y in zip(rows, levels, strict=True):
        colour, shape = LOOKS[row.state]
        last = _at(row.last)
        times = [last] if row.first is None else [_at(row.first), last]
        drawn.add_trace(
            Scatter(
                x=[_plain(moment) for moment in times],
                y=[y] * len(times),
                mode="markers" if len(times) == 1 else "lines+markers",
                marker={"color": colour, "symbol": shape, "size": 13},
                line={"color": colour, "width": 4},
                customdata=[[str(row.number), row.when, row.what, row.said]] * len(times),
                hovertemplate="%{customdata[1]}<br>%{customdata[3]}<extra></extra>",
                name=f"{row.number}",
            )
        )
    for text, y in zip(texts, levels, strict=True):
        drawn.add_annotation(
            text="<br>".join(text),
            x=0,
            xref="paper",
            xanchor="left",
            y=y,
            yshift=9,
            yanchor="bottom",
            align="left",
            showarrow=False,
        )
    first, last = _span(rows, now)
    drawn.add_vline(x=_plain(now), line={"dash": "dot", "width": 2, "color": "#808080"})
    drawn.add_annotation(
        x=_plain(now), y=1, yref="paper", yanchor="bottom", text="nu", showarrow=False
    )
    ticks = _ticks(first, last)
    years = first.year != last.year
    drawn.update_xaxes(
        range=[_plain(first), _plain(last)],
        tickvals=[_plain(tick) for tick in ticks],
        ticktext=[_day(tick, years=years) for tick in ticks],
        fixedrange=True,
        gridcolor="rgba(128,128,128,.35)",
    )
    drawn.update_yaxes(visible=False, fixedrange=True, range=[-height, 0])
    drawn.update_layout(
        height=height + 70,
        margin={"l": 12, "r": 12, "t": 28, "b": 36},
        showlegend=False,
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        template="none",
        font={"family": "system-ui, sans-serif", "size": 12},
    )
    return drawn


def _text(row: Row) -> list[str]:
    what = textwrap.wrap(f"{row.number}. {row.what}", _WIDTH)
    when = textwrap.wrap(f"{row.when}: {row.said}", _WIDTH)
    return [*map(escape, what), *(f"<i>{escape(line)}</i>" for line in when)]


def _levels(texts: Sequence[Sequence[str]]) -> tuple[list[float], int]:
    """How far down each mark stands, below its own words, and how high it all becomes; in px."""
    levels, down = [], 0
    for text in texts:
        down += _LINE * len(text) + _GAP
        levels.append(float(_GAP / 2 - down))
    return levels, down


def _at(when: date) -> datetime:
    """The moment; of a whole day, noon."""
    if isinstance(when, datetime):
        return when.astimezone(calendar.ZONE)
    return datetime.combine(when, time(12), calendar.ZONE)


def _plain(moment: datetime) -> str:
    """Swedish time without its zone, since Plotly shows the clock that stands in the text."""
    return moment.astimezone(calendar.ZONE).replace(tzinfo=None).isoformat()


def _span(rows: Sequence[Row], now: datetime) -> tuple[datetime, datetime]:
    moments = [now, *(_at(row.last) for row in rows)]
    moments += [_at(row.first) for row in rows if row.first is not None]
    margin = max((max(moments) - min(moments)) * 0.06, timedelta(hours=12))
    return min(moments) - margin, max(moments) + margin


def _ticks(first: datetime, last: datetime, most: int = 4) -> list[datetime]:
    """Midnights, evenly apart, at most that many."""
    days = (last.date() - first.date()).days
    step = max(1, -(-days // most))
    start = first.date() + timedelta(1)
    found = [start + timedelta(step * number) for number in range(most + 1)]
    return [datetime.combine(d, time(), calendar.ZONE) for d in found if d <= last.date()][:most]


def _day(tick: datetime, *, years: bool) -> str:
    return f"{tick.day} {MONTHS[tick.month - 1][:3]}" + (f" {tick.year}" if years else "")
