"""The desk's work on feedback: the queue, opening a case, judging, assigning, finishing it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from assistant.feedback import Verdict, free_text, said
from assistant.store.audit import append, done_since
from assistant.store.models import Judgement, Kept, Reviewer
from assistant.store.open import Store
from ingest.errors import InputError

PAGE = 50
LARGEST = 2**31 - 1  # of a number in the database
OPEN_FOR = timedelta(hours=1)  # how long a reason given for opening a case holds
OPENED = "öppnat"
WHOLE, STATEMENT, CITATION = "svar", "påstående", "källa"


class NotOpened(Exception):
    """The conversation may not be read before a reason has been given."""


class Actor(NamedTuple):
    """Who works at the desk: a pseudonymous subject, and the name that colleagues know."""

    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue shows; None means all. `assigned` is a subject, "" nobody's."""

    status: str | None = None
    verdict: str | None = None
    region: str | None = None
    assigned: str | None = None
    unhandled: bool = True


class Judged(NamedTuple):
    """A verdict to record: the target's kind, its number (0 for the whole answer), the verdict."""

    target: str
    number: int
    verdict: str


def about(number: int) -> str:
    """What the log calls a piece of feedback."""
    return f"omdöme {number}"


def known(session: Session, actor: Actor) -> None:
    """Make sure that the reviewer is in the store, under today's name."""
    session.merge(Reviewer(subject=actor.subject, name=actor.name))
    session.flush()


def reviewers(store: Store) -> dict[str, str]:
    """The name of everybody who has worked at the desk, by subject."""
    with store.read() as session:
        found = session.scalars(select(Reviewer).order_by(Reviewer.name))
        return {reviewer.subject: reviewer.name for reviewer in found}


def queue(store: Store, filters: Filters, today: date, page: int = 1) -> tuple[Sequence[Kept], int]:
    """One page of the feedback that has not expired, newest first, and how many there are in all.

    The caller shows no question, answer or comment of it: reading those takes `open_case`.
    """
    wanted = _chosen(filters, today)
    with store.read() as session:
        total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        rows = session.scalars(
            wanted.options(selectinload(Kept.cited))
            .order_by(Kept.received_at.desc(), Kept.id.desc())
            .limit(PAGE)
            .offset(PAGE * (page - 1))
        )
        return list(rows), total


def open_case(store: Store, number: int, actor: Actor, reason: str, now: datetime) -> None:
    """Let the actor read a conversation for an hour; the reason is logged.

    Raises InputError where there is no such feedback or the reason says too little.
    """
    why = free_text(reason, "Skälet", least=10, most=500)
    with store.write() as session:
        _one(session, number, now.date())
        known(session, actor)
        append(session, actor.subject, OPENED, about(number), now, {"skäl": why})


def read_case(store: Store, number: int, actor: Actor, now: datetime) -> Kept:
    """The feedback with its citations and judgements.

    Raises InputError where there is no such feedback, NotOpened where the actor has given no
    reason within the last hour.
    """
    with store.read() as session:
        kept = _one(session, number, now.date())
        _opened(session, number, actor, now)
        return kept


@contextmanager
def acting(
    store: Store,
    number: int,
    actor: Actor,
    action: str,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> Iterator[tuple[Session, Kept]]:
    """A session for doing something to a case that the actor has opened; logged with it.

    Raises as `read_case`; then nothing is done.
    """
    with store.write() as session:
        kept = _one(session, number, now.date())
        _opened(session, number, actor, now)
        known(session, actor)
        yield session, kept
        append(session, actor.subject, action, about(number), now, detail)


def judge(
    store: Store,
    number: int,
    actor: Actor,
    judged: Sequence[Judged],
    comment: str,
    now: datetime,
) -> None:
    """Record the actor's verdicts, in place of the same actor's earlier ones.

    The comment stands with the verdict on the whole answer. Raises InputError where that verdict
    is missing, a verdict is unknown or its target is not in the answer; else as `read_case`.
    """
    words = free_text(comment, "Kommentaren")
    if not any(one.target == WHOLE for one in judged):
        raise InputError("Välj ett omdöme om hela svaret.")
    told = {f"{one.target} {one.number}": one.verdict for one in judged}
    with acting(store, number, actor, "bedömt", now, told) as (session, kept):
        for one in judged:
            _check(one, kept)
            row = session.scalar(
                select(Judgement).where(
                    Judgement.feedback_id == number,
                    Judgement.target == one.target,
                    Judgement.number == one.number,
                    Judgement.reviewer == actor.subject,
                )
            )
            if row is None:
                row = Judgement(
                    feedback_id=number,
                    target=one.target,
                    number=one.number,
                    reviewer=actor.subject,
                )
                session.add(row)
            row.verdict, row.at = one.verdict, now
            row.comment = words if one.target == WHOLE else ""


def assign(store: Store, number: int, actor: Actor, to: str | None, now: datetime) -> None:
    """Assign a case to somebody who works at the desk, by subject, or to nobody.

    Needs no opening: nothing of the conversation is shown. Raises InputError where there is no such
    case or person.
    """
    with store.write() as session:
        known(session, actor)
        kept = _one(session, number, now.date())
        if to is not None and session.get(Reviewer, to) is None:
            raise InputError("Den personen arbetar inte vid granskningen. Välj någon i listan.")
        kept.assigned_to = to
        append(session, actor.subject, "tilldelat", about(number), now, {"till": to})


def finish(store: Store, number: int, actor: Actor, handled: bool, now: datetime) -> None:
    """Mark a case as handled, or take it up again; raises as `read_case`."""
    action = "avslutat" if handled else "återupptaget"
    with acting(store, number, actor, action, now) as (_, kept):
        kept.handled_at = now if handled else None


def _chosen(filters: Filters, today: date) -> Select[Kept]:
    wanted = select(Kept).where(Kept.expires_on > today)
    if filters.status is not None:
        wanted = wanted.where(Kept.status == filters.status)
    if filters.verdict is not None:
        wanted = wanted.where(Kept.verdict == filters.verdict)
    if filters.region is not None:
        wanted = wanted.where(Kept.region == (filters.region or None))
    if filters.assigned is not None:
        wanted = wanted.where(Kept.assigned_to == (filters.assigned or None))
    if filters.unhandled:
        wanted = wanted.where(Kept.handled_at.is_(None))
    return wanted


def _one(session: Session, number: int, today: date) -> Kept:
    kept = session.scalar(
        select(Kept)
        .where(Kept.id == min(number, LARGEST), Kept.expires_on > today)
        .options(selectinload(Kept.cited), selectinload(Kept.judgements))
    )
    if kept is None:
        raise InputError(f"Omdöme {number} finns inte, eller är gallrat.")
    return kept


def _opened(session: Session, number: int, actor: Actor, now: datetime) -> None:
    if not done_since(session, actor.subject, OPENED, about(number), now - OPEN_FOR):
        raise NotOpened


def _check(one: Judged, kept: Kept) -> None:
    numbers = {
        WHOLE: [0],
        STATEMENT: [n for n, part in enumerate(said(kept.answer), 1) if part.citations],
        CITATION: [cited.number for cited in kept.cited],
    }
    if one.number not in numbers.get(one.target, []):
        raise InputError(f"Svaret har inget som heter {one.target} {one.number}.")
    if one.verdict not in list(Verdict):
        raise InputError(f"Välj ett omdöme: {', '.join(Verdict)}.")
