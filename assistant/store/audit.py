"""The append-only log of what is done at the desk, each entry sealed to the one before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from assistant.store.models import AuditEntry
from assistant.store.open import Store

START = "0" * 64  # what the first entry holds in place of a hash before it
_PAGE = 200
_LARGEST = 2**31 - 1  # of a number in the database


class Checked(NamedTuple):
    """The log as found: its length, the hash of its last entry, the first entry that is wrong."""

    entries: int
    head: str
    broken: int | None


def append(
    session: Session,
    actor: str,
    action: str,
    about: str,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry in the same transaction as what it tells of.

    `actor` is a pseudonymous subject and `detail` never holds question, answer or comment.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).first()
    entry = AuditEntry(
        sequence=last.sequence + 1 if last else 1,
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
        actor=actor,
        action=action,
        about=about,
        detail=json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
        previous=last.hash if last else START,
    )
    entry.hash = sealed(entry)
    session.add(entry)
    session.flush()
    return entry


def sealed(entry: AuditEntry) -> str:
    """The hash over everything in the entry, that of the one before included."""
    told = [
        entry.sequence,
        entry.at,
        entry.actor,
        entry.action,
        entry.about,
        entry.detail,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def check(store: Store, head: str | None = None) -> Checked:
    """Whether every entry follows from the one before.

    Entries cut off at the end leave a chain that is whole; they are found only where `head`, a
    last hash written down earlier and elsewhere, must stand in it.
    """
    previous, count, broken = START, 0, None
    met = head is None or head == START
    with store.read() as session:
        for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)):
            count += 1
            whole = entry.sequence == count and entry.previous == previous
            if broken is None and not (whole and entry.hash == sealed(entry)):
                broken = count
            previous = entry.hash
            met = met or previous == head
    if broken is None and not met:
        broken = count + 1
    return Checked(count, previous, broken)


def entries(store: Store, before: int | None = None) -> list[AuditEntry]:
    """The latest entries, newest first; only those before a sequence number if one is given."""
    wanted = select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(_PAGE)
    if before is not None:
        wanted = wanted.where(AuditEntry.sequence < min(before, _LARGEST))
    with store.read() as session:
        return list(session.scalars(wanted))


def done_since(session: Session, actor: str, action: str, about: str, since: datetime) -> bool:
    """Whether somebody has done something to something since a moment."""
    moment = since.astimezone(UTC).isoformat(timespec="seconds")
    found = session.scalar(
        select(func.count()).where(
            AuditEntry.actor == actor,
            AuditEntry.action == action,
            AuditEntry.about == about,
            AuditEntry.at >= moment,
        )
    )
    return bool(found)
