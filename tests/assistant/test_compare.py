"""One question to five regions: a row each, nothing mixed, silence said."""

import pytest

from assistant.answer import Answer, Citation, Statement, Status
from assistant.compare import TOPICS, compare
from assistant.regions import with_guideline
from ingest.errors import InputError
from tests.conftest import DAY

REGIONS = [region.id for region in with_guideline()]


def cited(number, region):
    return Citation(number, f"{region}-x", region, "D", "P", "f", (1, 2), "S", None, "q")


class Scripted:
    """Answers by region, and remembers what it was asked."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def answer(self, question):
        self.asked.append(question)
        return self.answers.get(question.region, Answer(Status.ABSTAIN, "Nej."))


def test_every_region_is_asked_alone_and_gets_one_row(assistant):
    rows = compare(assistant, "Vem kallar till SIP?", DAY)
    assert [row.region for row in rows] == REGIONS


@pytest.mark.parametrize("question", TOPICS.values())
def test_no_cell_cites_another_region(assistant, question):
    for row in compare(assistant, question, DAY):
        assert {c.region for said in row.said for c in said.citations} <= {row.region}
        assert all(said.citations for said in row.said)


def test_a_silent_region_is_told_as_such(assistant):
    rows = {row.region: row for row in compare(assistant, TOPICS["Betalningsansvar"], DAY)}
    assert rows["halland"].silent
    assert not rows["norrbotten"].silent


def test_a_region_named_in_the_question_does_not_take_over_the_others():
    scripted = Scripted({})
    compare(scripted, "Vem kallar till SIP i Norrbotten?", DAY)
    assert [question.region for question in scripted.asked] == REGIONS
    assert not any("Norrbotten" in question.turns[0] for question in scripted.asked)


def test_a_statement_that_rests_on_another_region_is_never_shown():
    own, other = cited(1, "halland"), cited(2, "vgr")
    said = (Statement("Egen.", (1,)), Statement("Annans.", (2,)), Statement("Båda.", (1, 2)))
    scripted = Scripted({"halland": Answer(Status.ANSWER, "", said, (own, other))})
    first = compare(scripted, "Vem kallar till SIP?", DAY)[0]
    assert [one.text for one in first.said] == ["Egen."]


def test_what_a_computation_lacks_is_told_as_a_note():
    scripted = Scripted({"halland": Answer(Status.CLARIFY, "När skickades det?")})
    first = compare(scripted, "Vem kallar till SIP?", DAY)[0]
    assert (first.silent, first.note) == (False, "När skickades det?")


@pytest.mark.parametrize(
    "question",
    ["", "  ?", "Får Anna 19811228-9874 en SIP?", "Norrbotten?", "x" * 100_000],
)
def test_what_is_no_question_to_compare_is_refused_before_anyone_is_asked(question):
    scripted = Scripted({})
    with pytest.raises(InputError) as refused:
        compare(scripted, question, DAY)
    assert scripted.asked == []
    assert "9874" not in str(refused.value)


def test_a_region_without_a_guideline_is_told():
    with pytest.raises(InputError, match="Skåne"):
        compare(Scripted({}), "Vem kallar till SIP i Skåne?", DAY)
