"""Changes to the edition that the desk proposes: recorded, exported as one patch, withdrawn."""

import difflib
import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from assistant.feedback import free_text
from assistant.store.audit import append
from assistant.store.models import Proposal
from assistant.store.open import Store
from assistant.store.review import LARGEST, Actor, acting, known
from ingest.document import Corpus
from ingest.edition import read_corpus
from ingest.errors import CorpusError, InputError

PROVISION, FORM, TERM = "bestämmelse", "frågeform", "term"
KINDS = (PROVISION, FORM, TERM)
_TERMS = "terms.toml"


class Change(NamedTuple):
    """What is to stand in the edition.

    `target` is a provision's id, or the word that is explained; `text` its new wording, a question
    asked about it, or what the word stands for.
    """

    kind: str
    target: str
    text: str


def propose(
    store: Store,
    number: int,
    actor: Actor,
    change: Change,
    reason: str,
    now: datetime,
    folder: Path,
) -> int:
    """Record a proposed change to the edition in `folder`; gives its number.

    The change is tried on a copy first. Raises InputError where the edition could not be read with
    it, where it changes nothing, or where the reason is missing; else as `review.read_case`.
    """
    why = free_text(reason, "Motiveringen", least=10, most=1000)
    text = " ".join(free_text(change.text, "Den nya texten", least=1).split())
    tidy = Change(change.kind, change.target.strip(), text)
    changed(folder, [tidy])
    detail = {"vad": tidy.kind, "i": tidy.target}
    with acting(store, number, actor, "föreslagit ändring", now, detail) as (session, _):
        row = Proposal(
            feedback_id=number,
            kind=tidy.kind,
            target=tidy.target,
            text=tidy.text,
            reason=why,
            reviewer=actor.subject,
            at=now,
        )
        session.add(row)
        session.flush()
        return row.id


def proposals(store: Store) -> list[Proposal]:
    """The proposals that have not been withdrawn, oldest first."""
    with store.read() as session:
        wanted = select(Proposal).where(Proposal.withdrawn_at.is_(None)).order_by(Proposal.id)
        return list(session.scalars(wanted))


def withdraw(store: Store, proposal: int, actor: Actor, now: datetime) -> None:
    """Take a proposal back, or out of the list once it has been applied; InputError if unknown."""
    with store.write() as session:
        row = session.get(Proposal, min(proposal, LARGEST))
        if row is None or row.withdrawn_at is not None:
            raise InputError("Förslaget finns inte, eller är redan borttaget.")
        known(session, actor)
        row.withdrawn_at = now
        append(session, actor.subject, "tagit bort förslag", f"förslag {proposal}", now)


def patch(store: Store, actor: Actor, folder: Path, now: datetime) -> str:
    """All open proposals as one unified diff against the edition in `folder`; logged.

    Raises InputError where there are none or where one no longer fits; it is then named.
    """
    waiting = proposals(store)
    if not waiting:
        raise InputError("Det finns inga förslag att exportera.")
    changes = []
    for row in waiting:
        changes.append(Change(row.kind, row.target, row.text))
        try:
            _apply(folder, [changes[-1]], {})
        except InputError as error:
            raise InputError(f"Förslag {row.id} passar inte längre: {error}") from None
    text = diff(folder, changed(folder, changes))
    with store.write() as session:
        known(session, actor)
        numbers = [row.id for row in waiting]
        append(session, actor.subject, "exporterat", "förslag", now, {"förslag": numbers})
    return text


def changed(folder: Path, changes: Iterable[Change]) -> dict[str, str]:
    """The files of the edition in `folder` that the changes alter, by name, as they would read.

    Raises InputError where a change does not fit or the edition could not be read with it.
    """
    wanted = list(changes)
    files: dict[str, str] = {}
    _apply(folder, wanted, files)
    before = read_corpus(folder)
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "corpus"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for name, text in files.items():
            (copy / name).write_text(text, "utf-8")
        try:
            after = read_corpus(copy)
            tomllib.loads((copy / _TERMS).read_text("utf-8"))
        except (CorpusError, tomllib.TOMLDecodeError):
            after = None
    if after is None or not _only(wanted, before, after):
        raise InputError(
            "Med den texten går utgåvan inte att läsa. Skriv den utan hakparenteser, klamrar, "
            "lodstreck och andra tecken som styr layouten."
        )
    return files


def diff(folder: Path, files: Mapping[str, str]) -> str:
    """The changed files as a unified diff from the project's root."""
    parts: list[str] = []
    for name in sorted(files):
        old = (folder / name).read_text("utf-8").splitlines(keepends=True)
        new = files[name].splitlines(keepends=True)
        parts += difflib.unified_diff(old, new, f"a/corpus/{name}", f"b/corpus/{name}")
    return "".join(parts)


def _apply(folder: Path, changes: list[Change], files: dict[str, str]) -> None:
    for change in changes:
        if change.kind not in KINDS:
            raise InputError(f"Välj vad som ska rättas: {', '.join(KINDS)}.")
        name = _TERMS if change.kind == TERM else _file_of(folder, change)
        old = files.get(name) or (folder / name).read_text("utf-8")
        new = _ALTER[change.kind](old, change)
        if new == old:
            raise InputError(f"{change.target} har redan den texten i utgåvan.")
        files[name] = new


def _file_of(folder: Path, change: Change) -> str:
    kind, ending = ("guidelines", "md") if change.kind == PROVISION else ("questions", "tsv")
    for guideline in sorted((folder / "guidelines").glob("*.md")):
        if f"{{#{change.target} " in guideline.read_text("utf-8"):
            return f"{kind}/{guideline.stem}.{ending}"
    raise InputError(f"Bestämmelsen {change.target} finns inte i utgåvan.")


def _with_provision(old: str, change: Change) -> str:
    """A paragraph after its attribute line, or a table cell before its attributes."""
    mark = re.escape(f"{{#{change.target} ")
    paragraph = re.compile(rf"(^{mark}[^\n]*}}\n)(?:[^\n]+\n?)+", re.MULTILINE)
    ends = "\n"
    new, count = paragraph.subn(lambda m: f"{m[1]}{change.text}{ends}", old)
    if count == 0:
        new, count = re.subn(rf"\[[^\[\]\n]*\](?={mark})", lambda m: f"[{change.text}]", old)
    if count != 1:
        raise InputError(f"Bestämmelsen {change.target} finns inte en enda gång i utgåvan.")
    return new


def _with_form(old: str, change: Change) -> str:
    """A line of its own after the provision's other forms."""
    lines = old.splitlines()
    row = f"{change.target}\t{change.text}"
    if row in lines:
        return old
    own = [n for n, line in enumerate(lines) if line.startswith(f"{change.target}\t")]
    lines.insert(own[-1] + 1 if own else len(lines), row)
    return "\n".join(lines) + "\n"


def _with_term(old: str, change: Change) -> str:
    """In place of the word's line, or last among the abbreviations."""
    if not re.fullmatch(r"[\w .&/-]{1,60}", change.target):
        raise InputError("Skriv ordet som det skrivs av personalen: bokstäver, siffror, . & / -.")
    key = json.dumps(change.target.lower(), ensure_ascii=False)
    row = f"{key} = {json.dumps(change.text, ensure_ascii=False)}"
    lines = old.splitlines()
    first = lines.index("[abbreviations]") + 1
    last = next((n for n in range(first, len(lines)) if lines[n].startswith("[")), len(lines))
    for place in range(first, last):
        if lines[place].startswith(f"{key} ="):
            lines[place] = row
            break
    else:
        while not lines[last - 1].strip() or lines[last - 1].startswith("#"):
            last -= 1
        lines.insert(last, row)
    return "\n".join(lines) + "\n"


_ALTER = {PROVISION: _with_provision, FORM: _with_form, TERM: _with_term}


def _only(changes: list[Change], before: Corpus, after: Corpus) -> bool:
    """Whether the edition differs in what was to change, and in nothing else."""
    wanted = {p.id: p.text for p in before.provisions.values()}
    wanted |= {c.target: c.text for c in changes if c.kind == PROVISION}
    asked = {(c.target, c.text) for c in changes if c.kind == FORM}
    return {p.id: p.text for p in after.provisions.values()} == wanted and set(after.forms) == set(
        before.forms
    ) | asked
