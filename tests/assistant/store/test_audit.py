import json
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant.store import audit, review
from tests.assistant.store.conftest import ANNA, BO, NOW, REASON, keep


@pytest.fixture
def logged(store):
    number = keep(store)
    review.open_case(store, number, ANNA, REASON, NOW)
    review.assign(store, number, ANNA, ANNA.subject, NOW)
    review.finish(store, number, ANNA, True, NOW)
    return store


def run(store, statement: str) -> None:
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(statement))


def test_every_action_is_in_the_log_with_who_and_why_and_nothing_of_the_conversation(logged):
    entries = audit.entries(logged)
    assert [entry.action for entry in entries] == ["avslutat", "tilldelat", "öppnat"]
    assert {entry.actor for entry in entries} == {ANNA.subject}
    assert json.loads(entries[-1].detail) == {"skäl": REASON}
    assert "kallar" not in "".join(entry.detail for entry in entries)
    assert [entry.sequence for entry in audit.entries(logged, before=3)] == [2, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'annan' WHERE sequence = 1",
        "DELETE FROM audit WHERE sequence = 3",
        "DELETE FROM audit",
    ],
)
def test_the_database_refuses_to_change_the_log(logged, statement):
    before = audit.check(logged)
    with pytest.raises(DBAPIError, match="may not be changed"):
        run(logged, statement)
    assert audit.check(logged) == before
    assert before.broken is None


def test_the_database_refuses_the_ways_around(logged):
    row = "(3, 'x', 'x', 'x', 'x', '{}', 'x', 'x')"
    around = {
        "sqlite": f"INSERT OR REPLACE INTO audit VALUES {row}",
        "postgresql": "TRUNCATE audit",
    }
    before = audit.check(logged)
    with pytest.raises(DBAPIError, match="may not be changed"):
        run(logged, around[logged.engine.dialect.name])
    assert audit.check(logged) == before


def without_triggers(store) -> None:
    names = {"sqlite": ["audit_update", "audit_delete", "audit_insert"]}.get(
        store.engine.dialect.name, ["audit_unchanged ON audit", "audit_kept ON audit"]
    )
    for name in names:
        run(store, f"DROP TRIGGER {name}")


@pytest.mark.parametrize("column", ["at", "actor", "action", "about", "detail", "previous", "hash"])
def test_a_change_behind_the_programs_back_is_found(logged, column):
    without_triggers(logged)
    run(logged, f"UPDATE audit SET {column} = '2020' WHERE sequence = 2")
    assert audit.check(logged).broken == 2


def test_an_entry_taken_out_is_found_and_so_is_the_end_cut_off(logged):
    head = audit.check(logged).head
    without_triggers(logged)
    run(logged, "DELETE FROM audit WHERE sequence = 3")
    assert audit.check(logged).broken is None
    assert audit.check(logged, head).broken == 3
    run(logged, "DELETE FROM audit WHERE sequence = 1")
    assert audit.check(logged).broken == 1


def test_a_head_written_down_earlier_still_stands_in_a_log_that_has_grown(logged):
    head = audit.check(logged).head
    review.assign(logged, 1, BO, None, NOW)
    assert audit.check(logged, head).broken is None


def test_many_at_once_make_one_whole_chain(store):
    number = keep(store)
    review.assign(store, number, ANNA, None, NOW)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                review.assign(store, number, ANNA, None, NOW)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert audit.check(store)[::2] == (31, None)
