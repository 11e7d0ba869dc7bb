"""The tables."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the time zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; ValueError for one without a time zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment, aware."""
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables share: constraints have names, so that migrations can reach them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Kept(Base):
    """Feedback as it was given, with what the desk has decided about it."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(Moment)
    expires_on: Mapped[date] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(String(200))
    region: Mapped[str | None] = mapped_column(String(40), index=True)
    as_of: Mapped[date]
    turns: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    fingerprint: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("reviewer.subject"))
    handled_at: Mapped[datetime | None] = mapped_column(Moment)
    golden_case: Mapped[str | None] = mapped_column(String(200))

    cited: Mapped[list["Cited"]] = relationship(
        order_by="Cited.number", cascade="all, delete-orphan", passive_deletes=True
    )
    judgements: Mapped[list["Judgement"]] = relationship(
        order_by="Judgement.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Cited(Base):
    """A provision that the answer cited; `number` is what the answer's [n] points to."""

    __tablename__ = "cited"

    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    provision: Mapped[str] = mapped_column(String(200), index=True)


class Reviewer(Base):
    """Who works at the desk."""

    __tablename__ = "reviewer"

    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class Judgement(Base):
    """A reviewer's verdict on the whole answer (number 0), a statement or a citation of it."""

    __tablename__ = "judgement"
    __table_args__ = (
        UniqueConstraint("feedback_id", "target", "number", "reviewer"),
        CheckConstraint("target IN ('svar', 'påstående', 'källa')", name="target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(ForeignKey("reviewer.subject"))
    at: Mapped[datetime] = mapped_column(Moment)


class Proposal(Base):
    """A change to the edition that a reviewer proposes; it outlives the feedback it came from."""

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint("kind IN ('bestämmelse', 'frågeform', 'term')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(ForeignKey("reviewer.subject"))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Purged(Base):
    """How many of a kind have been deleted; provision "" counts answers, others their citations."""

    __tablename__ = "purged"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    region: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[str] = mapped_column(String(20), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20), primary_key=True)
    provision: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]


class AuditEntry(Base):
    """What was done at the desk, by whom and why; the database refuses to change or delete it."""

    __tablename__ = "audit"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200), index=True)
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
