"""Several regions' answers stand in one table on the terminal."""

from assistant.answer import Answer, Statement, Status
from assistant.region_table import SILENT, as_table
from assistant.render import as_text

TWO = Answer(
    Status.ANSWER,
    "Riktlinjen i Värmland anger inte det.",
    statements=(
        Statement("Minst en gång per år.", (1,), "Region Norrbotten"),
        Statement("Minst kvartalsvis.", (2,), "Region Örebro län"),
    ),
    silent=("Region Värmland",),
)


def test_each_region_has_a_row_with_its_citation():
    rows = as_table(TWO)
    assert "│ Region Norrbotten │ Minst en gång per år. [1]" in rows
    assert "│ Region Örebro län │ Minst kvartalsvis. [2]" in rows


def test_a_silent_region_has_a_row_that_says_so():
    assert f"│ Region Värmland   │ {SILENT}" in as_table(TWO)


def test_one_region_makes_no_table():
    one = Answer(Status.ANSWER, "", statements=(Statement("Ja.", (1,)),))
    assert as_table(one) == ""
    assert as_text(one, table=True) == as_text(one) == "Ja. [1]"


def test_what_stands_around_the_rows_stays(ask):
    answer = ask("Hur ofta ska SIP följas upp i Norrbotten respektive Örebro?")
    shown = as_text(answer, table=True)
    assert shown.startswith("┏")
    assert "Källor:\n[1]" in shown
    assert all(f"[{c.number}]" in shown for c in answer.citations)
