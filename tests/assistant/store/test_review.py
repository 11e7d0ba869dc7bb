from datetime import timedelta

import pytest

from assistant.store import audit, review
from assistant.store.review import Filters, Judged, NotOpened
from assistant.store.statistics import statistics, unanswered
from ingest.errors import InputError
from tests.assistant.store.conftest import ANNA, BO, DAY, NOW, REASON, keep

WHOLE = [Judged("svar", 0, "fel")]


@pytest.fixture
def case(store):
    number = keep(store)
    review.open_case(store, number, ANNA, REASON, NOW)
    return number


def test_a_conversation_is_read_only_by_the_one_who_gave_a_reason_and_for_an_hour(store, case):
    assert review.read_case(store, case, ANNA, NOW).turns == ["Vem kallar till SIP?"]
    assert review.read_case(store, case, ANNA, NOW + timedelta(minutes=59)).id == case
    with pytest.raises(NotOpened):
        review.read_case(store, case, BO, NOW)
    with pytest.raises(NotOpened):
        review.read_case(store, case, ANNA, NOW + timedelta(minutes=61))


@pytest.mark.parametrize("reason", ["", "därför", "patienten 19811218-9876 ringde"])
def test_a_reason_that_says_nothing_or_too_much_opens_nothing(store, reason):
    number = keep(store)
    with pytest.raises(InputError, match="Skälet"):
        review.open_case(store, number, ANNA, reason, NOW)
    assert audit.check(store).entries == 0


def test_nothing_is_done_to_a_case_that_is_not_opened(store):
    number = keep(store)
    with pytest.raises(NotOpened):
        review.judge(store, number, ANNA, WHOLE, "", NOW)
    with pytest.raises(NotOpened):
        review.finish(store, number, ANNA, True, NOW)
    assert statistics(store, DAY).judged == 0


def test_a_later_verdict_replaces_the_same_reviewers_and_no_one_elses(store, case):
    review.judge(store, case, ANNA, [*WHOLE, Judged("påstående", 2, "fel")], "första", NOW)
    review.open_case(store, case, BO, REASON, NOW)
    review.judge(store, case, BO, [Judged("svar", 0, "rätt"), Judged("källa", 2, "fel")], "", NOW)
    review.judge(store, case, ANNA, [Judged("svar", 0, "fel källa")], "andra", NOW)
    found = {
        (one.reviewer, one.target, one.number): (one.verdict, one.comment)
        for one in review.read_case(store, case, ANNA, NOW).judgements
    }
    assert found == {
        ("s-anna", "svar", 0): ("fel källa", "andra"),
        ("s-anna", "påstående", 2): ("fel", ""),
        ("s-bo", "svar", 0): ("rätt", ""),
        ("s-bo", "källa", 2): ("fel", ""),
    }


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        ([], "hela svaret"),
        ([Judged("källa", 1, "fel")], "hela svaret"),
        ([*WHOLE, Judged("källa", 3, "fel")], "källa 3"),
        ([*WHOLE, Judged("påstående", 1, "fel")], "påstående 1"),  # our own lead-in
        ([*WHOLE, Judged("annat", 1, "fel")], "annat"),
        ([Judged("svar", 0, "toppen")], "Välj"),
    ],
)
def test_a_verdict_on_what_is_not_there_is_refused_whole(store, case, judged, told):
    with pytest.raises(InputError, match=told):
        review.judge(store, case, ANNA, judged, "", NOW)
    assert review.read_case(store, case, ANNA, NOW).judgements == []
    assert audit.check(store).entries == 1


def test_the_queue_is_filtered_and_leaves_out_the_expired(store):
    first = keep(store)
    second = keep(store, region=None, status="abstain", verdict="ofullständig", provisions=())
    third = keep(store, region="halland", verdict="rätt")
    keep(store, NOW - timedelta(days=40), comment="gammalt")
    review.assign(store, first, ANNA, ANNA.subject, NOW)
    review.open_case(store, third, ANNA, REASON, NOW)
    review.finish(store, third, ANNA, True, NOW)

    def numbers(**chosen: object) -> list[int]:
        rows, total = review.queue(store, Filters(**chosen), DAY)  # type: ignore[arg-type]
        assert total == len(rows)
        return [row.id for row in rows]

    assert numbers() == [second, first]
    assert numbers(unhandled=False) == [third, second, first]
    assert numbers(status="abstain") == [second]
    assert numbers(verdict="fel källa") == [first]
    assert numbers(region="halland", unhandled=False) == [third]
    assert numbers(region="") == [second]
    assert numbers(assigned=ANNA.subject) == [first]
    assert numbers(assigned="") == [second]


def test_a_long_queue_comes_in_pages_and_every_case_on_one_of_them(light):
    for n in range(review.PAGE + 3):
        keep(light, comment=f"nummer {n}")
    first, total = review.queue(light, Filters(), DAY)
    second, _ = review.queue(light, Filters(), DAY, page=2)
    assert total == review.PAGE + 3
    assert len({row.id for row in [*first, *second]}) == total


def test_a_case_is_assigned_only_to_somebody_at_the_desk(store, case):
    with pytest.raises(InputError, match="listan"):
        review.assign(store, case, ANNA, "okänd", NOW)
    review.assign(store, case, BO, ANNA.subject, NOW)
    assert review.read_case(store, case, ANNA, NOW).assigned_to == ANNA.subject
    assert review.reviewers(store) == {"s-anna": ANNA.name, "s-bo": BO.name}


@pytest.mark.parametrize("number", [-1, 0, 999, 2**80])
def test_feedback_that_does_not_exist_is_told_so(store, number):
    with pytest.raises(InputError, match="finns inte"):
        review.read_case(store, number, ANNA, NOW)


def test_statistics_count_agreement_with_its_n(store, case):
    review.judge(store, case, ANNA, [Judged("svar", 0, "fel källa")], "", NOW)
    review.open_case(store, case, BO, REASON, NOW)
    review.judge(store, case, BO, [Judged("svar", 0, "rätt")], "", NOW)
    keep(store, verdict="rätt")
    found = statistics(store, DAY)
    assert found.verdicts == {"fel källa": 1, "rätt": 1}
    assert (found.users_agree.hits, found.users_agree.n) == (1, 2)
    assert (found.reviewers_agree.hits, found.reviewers_agree.n) == (0, 1)
    assert found.reviewers_agree.share == 0
    assert [tuple(one) for one in found.provisions] == [
        ("norrbotten-ett", 2, 1),
        ("norrbotten-tva", 2, 1),
    ]


def test_nothing_counted_gives_no_rate(store):
    assert statistics(store, DAY).users_agree.share is None


def test_the_most_asked_without_an_answer_are_read_for_a_logged_reason(store):
    for n, turn in enumerate(["Vem betalar?", "vem betalar", "Vad är SIP?"]):
        keep(store, turns=(turn,), status="abstain", comment=str(n), provisions=())
    with pytest.raises(InputError, match="Skälet"):
        unanswered(store, ANNA, "", NOW)
    found = unanswered(store, ANNA, REASON, NOW)
    assert [(one.question, one.times) for one in found] == [("Vem betalar?", 2), ("Vad är SIP?", 1)]
    assert [entry.action for entry in audit.entries(store)] == ["läst obesvarade frågor"]
