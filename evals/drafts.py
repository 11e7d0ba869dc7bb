"""From feedback to a golden case: a draft that gates nothing until somebody has checked it."""

import re
from datetime import date
from pathlib import Path

from evals.case import FOLDER, Case, Kind, load
from evals.reply import Reply
from ingest.errors import InputError
from ingest.swedish import fold

DRAFTS = FOLDER / "drafts.jsonl"


def draft(
    turns: tuple[str, ...],
    reply: Reply,
    *,
    region: str | None,
    as_of: date,
    why: str,
    kind: Kind = Kind.LOOKUP,
) -> Case:
    """A draft case that expects what was replied: its status, provisions and first statement.

    The reviewer then mends what was wrong and fills `checked_by`. Raises InputError where the
    reply answers nothing that a case could expect.
    """
    first = fold(turns[-1])
    name = "-".join(re.findall(r"[a-z0-9]+", first)[:6]) or "fraga"
    provisions = tuple(c.provision for c in reply.citations if c.provision)
    answered = reply.action == "answer"
    if answered and not provisions:
        raise InputError("Svaret har ingen källa och kan inte bli ett fall.")
    return Case.model_validate(
        {
            "id": f"d-{name}-{as_of:%Y%m%d}",
            "turns": turns,
            "region": region,
            "as_of": as_of,
            "kind": kind,
            "provisions": provisions if answered else (),
            "status": reply.action,
            "why": why,
        }
    )


def add(case: Case, path: Path = DRAFTS) -> None:
    """Append the draft to the file; InputError if its id is taken in any set beside it."""
    taken = {c.id for cases in load(folder=path.parent).values() for c in cases}
    if case.id in taken:
        raise InputError(f"Fallet {case.id} finns redan.")
    with path.open("a", encoding="utf-8") as out:
        out.write(case.model_dump_json(exclude_defaults=True) + "\n")
