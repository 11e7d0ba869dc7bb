"""The planner's table and plot are the same rows, and no text of theirs is markup."""

from datetime import datetime
from html.parser import HTMLParser

import pytest

from assistant.page.planner_html import SYMBOLS, calendar_link, others, summary, table
from assistant.page.planner_plot import LOOKS, figure
from assistant.plan_view import plan, processes, rows
from assistant.rules.calendar import ZONE
from assistant.rules.timeline import State

NOW = datetime(2026, 3, 14, 8, tzinfo=ZONE)
CASES = [
    ("norrbotten", "utskrivning", {"utskrivningsklar_skickat": "13/3 kl 13.10"}),
    ("norrbotten", "oppenvard", {"behov_kant": "2/3", "mote": "1/4", "sip_upprattad": "1/4"}),
    ("orebro", "oppenvard", {"mote": "1/4", "kallelse_skickad": "3/3"}),
    ("orebro", "utskrivning", {"kallelse_skickad": "10/3", "sip_upprattad": "12/3"}),
    ("norrbotten", "forvaltning", {"lansavstamningsmote": "1/6"}),
]


class Cells(HTMLParser):
    """The text of each cell by its column, row by row."""

    def __init__(self, html):
        super().__init__()
        self.rows = []
        self.within = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "td":
            self.within = dict(attributes)["data-name"]
            if self.within == "Nr":
                self.rows.append({})
            self.rows[-1][self.within] = ""

    def handle_endtag(self, tag):
        if tag == "td":
            self.within = None

    def handle_data(self, data):
        if self.within:
            self.rows[-1][self.within] += data


@pytest.mark.parametrize(("region", "process", "told"), CASES)
def test_the_plot_has_the_rows_of_the_table_in_its_order(region, process, told):
    found = plan(region, process, told, NOW, "").timeline
    cells = Cells(table(found)).rows
    drawn = figure(rows(found), found.now)
    assert len(drawn.data) == len(cells) > 0
    for trace, cell in zip(drawn.data, cells, strict=True):
        number, when, what, said = trace.customdata[-1]
        assert (number, when) == (cell["Nr"], cell["När"])
        assert cell["Vad"].startswith(what)
        assert cell["Läge"].endswith(f" {said}")


def test_each_state_has_a_colour_a_shape_and_a_sign_of_its_own():
    assert set(LOOKS) == set(SYMBOLS) == set(State) - {State.MISSING}
    assert len({colour for colour, _ in LOOKS.values()}) == len(LOOKS)
    assert len({shape for _, shape in LOOKS.values()}) == len(LOOKS)
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_a_whole_day_stands_at_noon_and_a_window_is_a_line():
    found = plan(*CASES[1], NOW, "").timeline
    drawn = figure(rows(found), found.now)
    windows = [(t, r) for t, r in zip(drawn.data, rows(found), strict=True) if r.first]
    assert windows
    for trace, row in windows:
        assert list(trace.x) == [f"{row.first}T12:00:00", f"{row.last}T12:00:00"]
        assert trace.mode == "lines+markers"


def test_the_plot_speaks_swedish_and_asks_no_other_host_for_anything():
    drawn = figure(rows(plan(*CASES[0], NOW, "").timeline), NOW)
    assert set(drawn.layout.xaxis.ticktext) <= {f"{day} mar" for day in range(1, 32)}
    assert "http" not in drawn.to_json()


def test_every_dated_row_leads_to_its_provisions():
    html = table(plan(*CASES[0], NOW, "").timeline)
    assert 'href="/riktlinje/norrbotten#norrbotten-kallelse-tre-dagar"' in html


def test_nothing_dated_gives_no_calendar_file_but_says_what_is_missing():
    found = plan("norrbotten", "utskrivning", {}, NOW, "").timeline
    assert calendar_link(found) == ""
    assert "Ingen frist har något datum än" in table(found)
    assert "Frister som saknar en uppgift" in others(found)


@pytest.mark.parametrize("written", ["<img src=x onerror=alert(1)>", "<b>x</b>", "&lt;i&gt;"])
def test_what_is_typed_is_never_markup(written):
    found = plan("norrbotten", "utskrivning", {"behov": written}, NOW, "").timeline
    html = summary(found) + table(found) + others(found)
    assert "<img" not in html
    assert "<b>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize("region", ["halland", "vgr", "varmland"])
def test_a_region_without_numbers_is_told_so_and_not_as_if_something_were_missing(region):
    for process in processes(region):
        found = plan(region, process, {"utskriven": "13/3", "mote": "13/3"}, NOW, "").timeline
        waits = any(entry.state is State.MISSING for entry in found.entries)
        assert ("har något datum än" in table(found)) == waits
        assert ("anger inga frister med datum" in table(found)) == (not waits)
