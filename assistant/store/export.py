"""Feedback as CSV, for a spreadsheet; the texts only for a stated reason."""

import csv
import io
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from assistant.feedback import free_text
from assistant.store.audit import append
from assistant.store.models import Kept
from assistant.store.open import Store
from assistant.store.review import WHOLE, Actor, known

COLUMNS = (
    "nummer",
    "inkommet",
    "gallras",
    "region",
    "gäller dag",
    "status",
    "omdöme",
    "bestämmelser",
    "granskarnas omdömen",
    "avslutat",
    "golden-fall",
)
TEXTS = ("fråga", "svar", "kommentar")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(store: Store, actor: Actor, now: datetime, *, reason: str | None = None) -> str:
    """Every piece of feedback that has not expired, a row each, semicolons between; logged.

    Question, answer and comment come along only with a reason. Raises InputError where the reason
    says too little.
    """
    why = None if reason is None else free_text(reason, "Skälet", least=10, most=500)
    detail = {"texter": why is not None} | ({"skäl": why} if why else {})
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(COLUMNS + (TEXTS if why else ()))
    with store.write() as session:
        known(session, actor)
        append(session, actor.subject, "exporterat", "omdömen", now, detail)
        wanted = (
            select(Kept)
            .where(Kept.expires_on > now.date())
            .options(selectinload(Kept.cited), selectinload(Kept.judgements))
            .order_by(Kept.id)
        )
        for kept in session.scalars(wanted):
            rows.writerow([harmless(cell) for cell in _row(kept, with_texts=why is not None)])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text also to a spreadsheet, which would compute what begins as a formula.

    >>> harmless("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _row(kept: Kept, *, with_texts: bool) -> list[str]:
    whole = [one.verdict for one in kept.judgements if one.target == WHOLE]
    row = [
        str(kept.id),
        kept.received_at.isoformat(timespec="minutes"),
        kept.expires_on.isoformat(),
        kept.region or "",
        kept.as_of.isoformat(),
        kept.status,
        kept.verdict,
        " ".join(cited.provision for cited in kept.cited),
        ", ".join(whole),
        kept.handled_at.date().isoformat() if kept.handled_at else "",
        kept.golden_case or "",
    ]
    return row + (["\n".join(kept.turns), kept.answer, kept.comment] if with_texts else [])
