"""Expired feedback is deleted; how many there were is kept."""

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from assistant.store.audit import append
from assistant.store.models import Kept, Purged
from assistant.store.open import Store

ACTOR = "gallring"  # in the log, where no person does it


def purge(store: Store, now: datetime, actor: str = ACTOR) -> int:
    """Delete feedback whose day has come, keep the counts, log it; gives how many were deleted.

    A golden case or a proposal made from it stays: a reviewer has taken that over.
    """
    today = now.date()
    expired = Kept.expires_on <= today
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    with store.write() as session:
        rows = list(
            session.scalars(
                select(Kept).where(expired).options(selectinload(Kept.cited)).with_for_update()
            )
        )
        for kept in rows:
            kind = (f"{kept.received_at:%Y-%m}", kept.region or "", kept.status, kept.verdict)
            counts[(*kind, "")] += 1
            for cited in kept.cited:
                counts[(*kind, cited.provision)] += 1
        for key, count in counts.items():
            row = session.get(Purged, key)
            if row is None:
                month, region, status, verdict, provision = key
                row = Purged(
                    month=month,
                    region=region,
                    status=status,
                    verdict=verdict,
                    provision=provision,
                    count=0,
                )
                session.add(row)
            row.count += count
        session.flush()
        session.expunge_all()
        for start in range(0, len(rows), 500):
            batch = [kept.id for kept in rows[start : start + 500]]
            session.execute(delete(Kept).where(Kept.id.in_(batch)))
        append(
            session,
            actor,
            "gallrat",
            "omdömen",
            now,
            {"antal": len(rows), "till och med": today.isoformat()},
        )
    store.forget_deleted()
    return len(rows)
