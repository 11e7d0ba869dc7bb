"""The golden cases: what is asked, what a right answer holds, and why the case exists."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.answer import Status
from ingest.errors import InputError

FOLDER = Path(__file__).parent / "golden"
FLAGS = regex.IGNORECASE | regex.DOTALL


class Kind(StrEnum):
    """What a case tries."""

    WHO = "who"
    WHEN = "when"
    HOW_MANY = "how-many"
    LOOKUP = "lookup"
    CODE = "code"
    FEE = "fee"
    COMPENSATION = "compensation"
    DEADLINE = "deadline-calc"
    LIABILITY = "liability-calc"
    LIST = "list"
    YES_NO = "yes-no"
    COMPARE = "compare-regions"
    AMBIGUOUS = "ambiguous-region"
    FOLLOW_UP = "followup"
    SEVERAL = "several"
    FALSE_PREMISE = "false-premise"
    REPEALED = "repealed-law"
    AS_OF = "as-of"
    UNANSWERABLE = "unanswerable"
    OUT_OF_SCOPE = "out-of-scope"
    URGENT = "urgent"
    PERSONAL_DATA = "personal-data"
    INJECTION = "injection"
    ENGLISH = "english"
    LONG = "long"


CALCULATED = {Kind.DEADLINE, Kind.LIABILITY, Kind.COMPENSATION}
_SILENT = {Status.ABSTAIN, Status.REFUSE}


class Case(BaseModel):
    """One question with what decides whether it was met. The last turn is the one judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+(-[a-z0-9]+)+$", description="Fast id; byts aldrig.")
    turns: tuple[str, ...] = Field(min_length=1, description="Samtalet; sista turen bedöms.")
    region: str | None = Field(default=None, description="Regionen som valts på sidan.")
    as_of: date = Field(description="Dagen svaret gäller.")
    kind: Kind
    required: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Grupper av reguljära uttryck; ett ur varje grupp ska finnas."
    )
    forbidden: tuple[str, ...] = Field(default=(), description="Uttryck som inte får finnas.")
    provisions: tuple[str, ...] = Field(
        default=(), description="Bestämmelser som vart och ett bär svaret."
    )
    evidence: tuple[tuple[str, int, int], ...] = Field(
        default=(), description="Originalets fil och rader, om de ska gälla i stället."
    )
    status: Status
    status_alt: tuple[Status, ...] = ()
    why: str = Field(min_length=8, description="Vad fallet prövar.")
    tags: tuple[str, ...] = ()
    checked_by: str | None = Field(
        default=None, description="Vem som granskat fallet, och när. Tomt: ett utkast."
    )

    @property
    def draft(self) -> bool:
        """Whether nobody has checked the case yet; a draft never gates."""
        return not self.checked_by

    @property
    def always(self) -> bool:
        """Whether the required facts must stand there however the question was met."""
        return self.kind is Kind.URGENT

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        statuses = {self.status, *self.status_alt}
        if self.provisions and statuses <= _SILENT:
            raise ValueError("avstå eller avvisa väntar ingen bestämmelse")
        if self.status is Status.ANSWER and not self.required and not self.provisions:
            raise ValueError("ett svar väntar en bestämmelse eller ett faktum")
        if any(not group for group in self.required):
            raise ValueError("en grupp av uttryck är tom")
        for pattern in [p for group in self.required for p in group] + list(self.forbidden):
            try:
                regex.compile(pattern, FLAGS)
            except regex.error as error:
                raise ValueError(f"uttrycket {pattern!r} går inte att läsa: {error}") from None
        return self


def load(names: Iterable[str] | None = None, folder: Path = FOLDER) -> dict[str, list[Case]]:
    """The cases of each set (a file without its ending), of all sets if none are named.

    Raises InputError with file, line and reason for a set that is missing or empty, a line that is
    no case, a case that contradicts itself, or an id that stands twice.
    """
    paths = (
        sorted(folder.glob("*.jsonl"))
        if names is None
        else [folder / f"{name}.jsonl" for name in names]
    )
    sets: dict[str, list[Case]] = {}
    seen: dict[str, Path] = {}
    for path in paths:
        cases = list(_read(path))
        if not cases:
            raise InputError(f"Frågesamlingen {path} är tom.")
        for case in cases:
            if case.id in seen:
                raise InputError(f"{path}: fallet {case.id} finns redan i {seen[case.id]}.")
            seen[case.id] = path
        sets[path.stem] = cases
    return sets


def check_provisions(cases: Iterable[Case], known: Iterable[str]) -> None:
    """InputError for the first case that names a provision the corpus does not have."""
    ids = set(known)
    for case in cases:
        for provision in case.provisions:
            if provision not in ids:
                raise InputError(f"Fallet {case.id}: bestämmelsen {provision} finns inte.")


def _read(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"Frågesamlingen {path} går inte att läsa: {error.strerror}.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{path}:{number}: {where} {first['msg']}".rstrip()) from None


def schema() -> str:
    """The JSON schema of a case, for editors."""
    return json.dumps(Case.model_json_schema(), ensure_ascii=False, indent=1) + "\n"
