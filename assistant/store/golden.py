"""From a reviewed answer to a draft of a golden case: one JSON line, whole or not at all."""

import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.answer import Status
from assistant.feedback import free_text
from assistant.rules.wording import day_text
from assistant.store import StoreError
from assistant.store.models import Kept
from assistant.store.open import Store
from assistant.store.review import Actor, acting
from ingest.errors import InputError
from ingest.swedish import fold

FILE = "drafts.jsonl"
# What a case tries, as evals/golden/schema.json has it, with the words shown to a reviewer.
KINDS = {
    "lookup": "vad riktlinjen säger",
    "who": "vem som gör något",
    "when": "när något ska göras",
    "how-many": "hur många eller hur länge",
    "code": "kod",
    "fee": "avgift",
    "list": "flera saker i en lista",
    "yes-no": "ja eller nej",
    "deadline-calc": "uträknad frist",
    "liability-calc": "uträknat betalningsansvar",
    "compensation": "ersättning eller poäng",
    "compare-regions": "jämförelse mellan regioner",
    "ambiguous-region": "region saknas",
    "followup": "följdfråga",
    "several": "flera frågor i en",
    "false-premise": "frågan utgår från något felaktigt",
    "repealed-law": "upphävd lag",
    "as-of": "gäller en annan dag",
    "unanswerable": "riktlinjen säger inget",
    "out-of-scope": "utanför området",
}
_SILENT = (Status.ABSTAIN, Status.REFUSE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reviewer says that a right answer does.

    `checked` means that the reviewer vouches for it against the guideline; else it is a draft.
    """

    status: str
    provisions: tuple[str, ...]
    kind: str
    why: str
    checked: bool = False


def add(
    store: Store,
    number: int,
    actor: Actor,
    expected: Expected,
    folder: Path,
    known: Collection[str],
    now: datetime,
) -> str:
    """Append a case made of the feedback to the drafts in `folder`; gives the case's id.

    `known` are the ids of the edition's provisions. Raises InputError where what is expected
    contradicts itself or the case exists, StoreError where the file cannot be written; else as
    `review.read_case`. The line is on disk before the database says so.
    """
    why = free_text(expected.why, "Beskrivningen", least=8, most=500)
    _check(expected, known)
    with acting(store, number, actor, "gjort golden-fall", now) as (_, kept):
        if kept.golden_case is not None:
            raise InputError(f"Omdömet är redan ett golden-fall: {kept.golden_case}.")
        case = _case(kept, expected, why, actor, now)
        _append(folder, case)
        kept.golden_case = case["id"]
    return str(case["id"])


def _check(expected: Expected, known: Collection[str]) -> None:
    if expected.kind not in KINDS:
        raise InputError("Välj vad fallet prövar.")
    if expected.status not in list(Status):
        raise InputError("Välj hur frågan ska mötas.")
    for provision in expected.provisions:
        if provision not in known:
            raise InputError(f"Bestämmelsen {provision} finns inte i utgåvan.")
    if expected.status in _SILENT and expected.provisions:
        raise InputError("Ett fall där assistenten ska avstå väntar ingen bestämmelse.")
    if expected.status == Status.ANSWER and not expected.provisions:
        raise InputError("Ange vilken bestämmelse som bär svaret.")


def _case(kept: Kept, expected: Expected, why: str, actor: Actor, now: datetime) -> dict[str, Any]:
    words = re.findall(r"[a-z0-9]+", fold(kept.turns[-1]))[:6]
    case: dict[str, Any] = {
        "id": "-".join(["d", *words, f"{kept.as_of:%Y%m%d}", str(kept.id)]),
        "turns": kept.turns,
        "as_of": kept.as_of.isoformat(),
        "kind": expected.kind,
        "status": expected.status,
        "why": f"{why} Ur ett omdöme ({kept.verdict}), föreslaget av {actor.name} "
        f"{day_text(now.date())}.",
        "tags": ["omdöme"],
    }
    if kept.region is not None:
        case["region"] = kept.region
    if expected.provisions:
        case["provisions"] = list(expected.provisions)
    if expected.checked:
        case["checked_by"] = f"{actor.name} {now.date().isoformat()}"
    return case


def _append(folder: Path, case: dict[str, Any]) -> None:
    line = (json.dumps(case, ensure_ascii=False) + "\n").encode()
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f".{FILE}.lock", timeout=15), path.open("ab+") as out:
            if case["id"] in _taken(folder):
                raise InputError(f"Fallet {case['id']} finns redan.")
            # A line that was cut off by a crash must not take this one with it.
            if out.seek(0, os.SEEK_END) and _last(out.fileno(), out.tell()) != b"\n":
                line = b"\n" + line
            os.write(out.fileno(), line)
            os.fsync(out.fileno())
    except OSError as error:
        raise StoreError(f"Utkasten i {folder} går inte att skriva: {error.strerror}.") from None


def _last(descriptor: int, size: int) -> bytes:
    return os.pread(descriptor, 1, size - 1)


def _taken(folder: Path) -> set[str]:
    found = set()
    for path in folder.glob("*.jsonl"):
        found |= set(re.findall(r'^\{"id": ?"([^"]+)"', path.read_text("utf-8"), re.MULTILINE))
    return found
