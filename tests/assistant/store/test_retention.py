from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.store import audit, review, statistics
from assistant.store.models import Cited, Judgement, Kept, Proposal, Purged
from assistant.store.retention import ACTOR, purge
from assistant.store.review import Judged
from ingest.errors import InputError
from tests.assistant.store.conftest import ANNA, NOW, REASON, keep

LATER = NOW + timedelta(days=30)


def count(store, table) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_feedback_is_deleted_on_its_day_with_all_that_hangs_on_it(store):
    number = keep(store)
    kept = keep(store, keep_days=31, comment="en dag till")
    review.open_case(store, number, ANNA, REASON, NOW)
    review.judge(store, number, ANNA, [Judged("svar", 0, "fel")], "nej", NOW)
    with store.write() as session:
        session.add(
            Proposal(
                feedback_id=number,
                kind="term",
                target="x",
                text="y",
                reason="z",
                reviewer=ANNA.subject,
                at=NOW,
            )
        )
    assert purge(store, LATER - timedelta(days=1)) == 0
    assert purge(store, LATER) == 1
    with pytest.raises(InputError, match="gallrat"):
        review.read_case(store, number, ANNA, LATER)
    assert (count(store, Kept), count(store, Cited), count(store, Judgement)) == (1, 2, 0)
    with store.read() as session:
        assert session.scalars(select(Proposal)).one().feedback_id is None
        assert session.get(Kept, kept) is not None


def test_the_counts_are_kept_and_add_up_over_several_purges(store):
    keep(store)
    keep(store, comment="en till")
    keep(store, NOW + timedelta(days=1), comment="dagen efter", region=None)
    assert purge(store, LATER) == 2
    assert purge(store, LATER + timedelta(days=1)) == 1
    assert purge(store, LATER + timedelta(days=2)) == 0
    found = statistics.statistics(store, date(2027, 1, 1))
    assert (found.verdicts, found.with_purged) == ({}, {"fel källa": 3})
    with store.read() as session:
        rows = {(r.month, r.region, r.provision): r.count for r in session.scalars(select(Purged))}
    assert rows == {
        ("2026-03", "norrbotten", ""): 2,
        ("2026-03", "norrbotten", "norrbotten-ett"): 2,
        ("2026-03", "norrbotten", "norrbotten-tva"): 2,
        ("2026-03", "", ""): 1,
        ("2026-03", "", "norrbotten-ett"): 1,
        ("2026-03", "", "norrbotten-tva"): 1,
    }


def test_a_purge_is_in_the_log(store):
    keep(store)
    purge(store, LATER)
    (entry,) = audit.entries(store)
    assert (entry.actor, entry.action) == (ACTOR, "gallrat")
    assert entry.detail == '{"antal": 1, "till och med": "2026-04-12"}'


def test_nothing_of_what_was_purged_is_left_in_sqlites_files(light, tmp_path: Path):
    for n in range(50):
        keep(light, comment=f"Kanariefågel {n}", turns=(f"Kanariefågel? {n}",))

    def left() -> bool:
        light.close()
        return any(b"Kanarief" in path.read_bytes() for path in tmp_path.glob("omdomen.db*"))

    assert left()
    assert purge(light, LATER) == 50
    assert not left()
