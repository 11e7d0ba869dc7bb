"""What the feedback adds up to: counts, agreement, questions without an answer, provisions."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from assistant.answer import Status
from assistant.feedback import Verdict, free_text
from assistant.store.audit import append
from assistant.store.models import Cited, Judgement, Kept, Purged
from assistant.store.open import Store
from assistant.store.review import WHOLE, Actor, known
from ingest import swedish

MOST = 30


class Rate(NamedTuple):
    """So many of so many; a rate is never told without its n."""

    hits: int
    n: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where there is nothing to count."""
        return self.hits / self.n if self.n else None


class OfProvision(NamedTuple):
    """A provision with how often it was cited in answers that got feedback, and how many held."""

    provision: str
    cited: int
    right: int


class Statistics(NamedTuple):
    """The whole; `with_purged` counts also feedback that has been deleted since."""

    verdicts: dict[str, int]
    with_purged: dict[str, int]
    unhandled: int
    judged: int
    users_agree: Rate  # a user's verdict against each reviewer's on the same answer
    reviewers_agree: Rate  # pairs of reviewers of the same answer
    provisions: list[OfProvision]


class Unanswered(NamedTuple):
    """A question that got no answer, how often it stands in the feedback, and for which region."""

    question: str
    region: str | None
    times: int


def statistics(store: Store, today: date) -> Statistics:
    """What the feedback that has not expired adds up to; no text of it is read."""
    live = Kept.expires_on > today
    with store.read() as session:
        verdicts = Counter(
            dict(
                session.execute(
                    select(Kept.verdict, func.count()).where(live).group_by(Kept.verdict)
                ).all()
            )
        )
        purged = Counter(
            {
                verdict: int(count)
                for verdict, count in session.execute(
                    select(Purged.verdict, func.sum(Purged.count))
                    .where(Purged.provision == "")
                    .group_by(Purged.verdict)
                )
            }
        )
        unhandled = session.scalar(
            select(func.count()).select_from(Kept).where(live, Kept.handled_at.is_(None))
        )
        users: dict[int, str] = {}
        judged: dict[int, list[str]] = defaultdict(list)
        for number, users_own, reviewers_own in session.execute(
            select(Kept.id, Kept.verdict, Judgement.verdict)
            .join(Judgement, Judgement.feedback_id == Kept.id)
            .where(live, Judgement.target == WHOLE)
        ):
            users[number] = users_own
            judged[number].append(reviewers_own)
        rows = session.execute(
            select(Cited.provision, Kept.verdict, func.count())
            .join(Kept, Kept.id == Cited.feedback_id)
            .where(live)
            .group_by(Cited.provision, Kept.verdict)
        )
        cited: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for provision, verdict, count in rows:
            cited[provision] += count
            right[provision] += count if verdict == Verdict.RATT else 0
    against = [(users[number], own) for number, every in judged.items() for own in every]
    pairs = [
        (one, other)
        for every in judged.values()
        for place, one in enumerate(every)
        for other in every[place + 1 :]
    ]
    worst_first = sorted(cited, key=lambda key: (right[key] - cited[key], -cited[key], key))
    return Statistics(
        verdicts=dict(verdicts),
        with_purged=dict(verdicts + purged),
        unhandled=unhandled or 0,
        judged=len(judged),
        users_agree=_rate(against),
        reviewers_agree=_rate(pairs),
        provisions=[OfProvision(key, cited[key], right[key]) for key in worst_first[:MOST]],
    )


def unanswered(store: Store, actor: Actor, reason: str, now: datetime) -> list[Unanswered]:
    """The questions without an answer, most asked first, whatever their case and punctuation.

    They are people's own words, so a reason is asked for and logged. Raises InputError where the
    reason says too little.
    """
    why = free_text(reason, "Skälet", least=10, most=500)
    silent = [Status.ABSTAIN.value, Status.CLARIFY.value]
    counts: Counter[tuple[str, str | None]] = Counter()
    wording: dict[tuple[str, str | None], str] = {}
    with store.write() as session:
        known(session, actor)
        append(session, actor.subject, "läst obesvarade frågor", "statistik", now, {"skäl": why})
        for kept in session.scalars(
            select(Kept)
            .where(Kept.expires_on > now.date(), Kept.status.in_(silent))
            .order_by(Kept.id)
        ):
            words = "".join(c if c.isalnum() else " " for c in swedish.fold(kept.turns[-1]))
            key = (" ".join(words.split()), kept.region)
            counts[key] += 1
            wording.setdefault(key, kept.turns[-1])
    return [Unanswered(wording[key], key[1], count) for key, count in counts.most_common(MOST)]


def _rate(pairs: list[tuple[str, str]]) -> Rate:
    return Rate(sum(one == other for one, other in pairs), len(pairs))
