"""Feedback into the store: screened, kept once, on disk before anybody is thanked."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from assistant.feedback import Feedback, refused, storable
from assistant.rules.wording import day_text
from assistant.store.models import Cited, Kept
from assistant.store.open import Store
from ingest.errors import InputError

_TWICE = timedelta(minutes=10)  # the same again within this is a double click or a reload


class Received(NamedTuple):
    """What became of feedback: its number if it was kept, and what the person is told."""

    number: int | None
    told: str


def receive(
    store: Store,
    feedback: Feedback,
    *,
    subject: str,
    fingerprint: str,
    now: datetime,
    keep_days: int,
) -> Received:
    """Screen the feedback and keep it for `keep_days` days, or say in Swedish why it is not kept.

    `subject` is the person's pseudonymous id and `fingerprint` the corpus that answered; `now` has
    its time zone. The same feedback sent twice is kept once. Raises StoreError where the database
    fails; then nothing is kept.
    """
    why = refused(feedback)
    if why is not None:
        return Received(None, why)
    expires = now.date() + timedelta(days=keep_days)
    thanks = (
        f"Tack! Omdömet är sparat och gallras {day_text(expires)}. En superanvändare kan läsa det."
    )
    digest = _digest(feedback, subject)
    with store.write() as session:
        same = select(Kept.id).where(Kept.digest == digest, Kept.received_at > now - _TWICE)
        number = session.scalar(same)
        if number is not None:
            return Received(number, thanks)
        kept = Kept(
            received_at=now,
            expires_on=expires,
            subject=subject,
            region=feedback.region,
            as_of=feedback.as_of,
            turns=[storable(turn) for turn in feedback.turns],
            answer=storable(feedback.answer),
            status=feedback.status,
            fingerprint=fingerprint,
            verdict=str(feedback.verdict),
            comment=storable(feedback.comment).strip(),
            digest=digest,
            cited=[Cited(number=n, provision=p) for n, p in enumerate(feedback.provisions, 1)],
        )
        session.add(kept)
        session.flush()
        number = kept.id
    return Received(number, thanks)


def receiver(
    store: Store, *, fingerprint: str, now: Callable[[], datetime], keep_days: int
) -> Callable[[Feedback, str], str]:
    """`receive` as the page calls it: feedback and the sender's subject in, the thanks out.

    What it gives raises InputError, with what the person is told, where the feedback is not kept.
    """

    def kept(feedback: Feedback, subject: str) -> str:
        received = receive(
            store,
            feedback,
            subject=subject,
            fingerprint=fingerprint,
            now=now(),
            keep_days=keep_days,
        )
        if received.number is None:
            raise InputError(received.told)
        return received.told

    return kept


def _digest(feedback: Feedback, subject: str) -> str:
    told = [
        subject,
        feedback.turns,
        feedback.region,
        feedback.as_of.isoformat(),
        feedback.answer,
        str(feedback.verdict),
        feedback.comment,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
