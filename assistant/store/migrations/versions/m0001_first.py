"""The first schema: feedback, the desk, counts of what was purged, and an append-only log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = (
    """CREATE TRIGGER audit_update BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the log may not be changed'); END""",
    """CREATE TRIGGER audit_delete BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the log may not be changed'); END""",
    # INSERT OR REPLACE would delete without the trigger above.
    """CREATE TRIGGER audit_insert BEFORE INSERT ON audit
       WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
       BEGIN SELECT RAISE(ABORT, 'the log may not be changed'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION audit_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the log may not be changed'; END $$""",
    """CREATE TRIGGER audit_unchanged BEFORE UPDATE OR DELETE ON audit
       FOR EACH ROW EXECUTE FUNCTION audit_unchanged()""",
    """CREATE TRIGGER audit_kept BEFORE TRUNCATE ON audit
       FOR EACH STATEMENT EXECUTE FUNCTION audit_unchanged()""",
)


def upgrade() -> None:
    """Make every table."""
    _people()
    _feedback()
    _log()


def _people() -> None:
    op.create_table(
        "reviewer",
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False, index=True),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("region", sa.String(40), index=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("turns", sa.JSON, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("assigned_to", sa.String(200), sa.ForeignKey("reviewer.subject")),
        sa.Column("handled_at", sa.DateTime(timezone=True)),
        sa.Column("golden_case", sa.String(200)),
    )
    of_feedback = sa.ForeignKey("feedback.id", ondelete="CASCADE")
    op.create_table(
        "cited",
        sa.Column("feedback_id", sa.Integer, of_feedback, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("provision", sa.String(200), nullable=False, index=True),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "feedback_id",
            sa.Integer,
            sa.ForeignKey("feedback.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("target", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("reviewer", sa.String(200), sa.ForeignKey("reviewer.subject"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("feedback_id", "target", "number", "reviewer"),
        sa.CheckConstraint("target IN ('svar', 'påstående', 'källa')", name="target"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id", ondelete="SET NULL")),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("target", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("reviewer", sa.String(200), sa.ForeignKey("reviewer.subject"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("kind IN ('bestämmelse', 'frågeform', 'term')", name="kind"),
    )
    op.create_table(
        "purged",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("region", sa.String(40), primary_key=True),
        sa.Column("status", sa.String(20), primary_key=True),
        sa.Column("verdict", sa.String(20), primary_key=True),
        sa.Column("provision", sa.String(200), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _log() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("about", sa.String(200), nullable=False, index=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
