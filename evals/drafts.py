"""From feedback to a golden case: a draft that gates nothing until somebody has checked it."""

import os
import re
from datetime import date
from pathlib import Path

from filelock import FileLock

from assistant.store.golden import FILE
from evals.case import FOLDER, Case, Kind, load
from evals.reply import Reply
from ingest.errors import InputError
from ingest.swedish import fold

DRAFTS = FOLDER / FILE


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


def take(source: Path, target: Path = FOLDER) -> list[str]:
    """Move the drafts that the desk made in `source` into the sets in `target`; gives their ids.

    All are moved or none. Raises InputError where one is no case, its id is taken by another case
    in `target`, or a file cannot be written. A move that was broken off can be made again.
    """
    if not (source / FILE).exists():
        return []
    try:
        target.mkdir(parents=True, exist_ok=True)
        with FileLock(source / f".{FILE}.lock", timeout=15):  # the desk holds it while it writes
            made = load([Path(FILE).stem], source)[Path(FILE).stem]
            held = {c.id: c for cases in load(folder=target).values() for c in cases}
            for case in made:
                if held.get(case.id, case) != case:
                    raise InputError(f"Fallet {case.id} finns redan, med annat innehåll.")
            _append(target / FILE, [case for case in made if case.id not in held])
            (source / FILE).unlink()
    except OSError as error:
        raise InputError(
            f"Utkasten kan inte flyttas från {source} till {target}: {error.strerror}."
        ) from None
    return [case.id for case in made]


def _append(path: Path, cases: list[Case]) -> None:
    """The file with the cases after those that it has, replaced whole."""
    before = path.read_text("utf-8") if path.exists() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    lines = [case.model_dump_json(exclude_defaults=True) + "\n" for case in cases]
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w", encoding="utf-8") as out:
        out.write(before + "".join(lines))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
