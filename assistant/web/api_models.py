"""What the REST routes take and give: limits, and Swedish descriptions for OpenAPI."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.guard import MAX_LENGTH

MAX_TURNS = 20
MAX_DEPTH = 4
MAX_VALUES = 300
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)

Turn = Annotated[str, Field(max_length=MAX_LENGTH)]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The inputs of a rule, where they are such as can be computed with and written as JSON."""
    for count, (value, depth) in enumerate(_within(values, 0)):
        if count > MAX_VALUES or depth > MAX_DEPTH:
            raise ValueError("för många uppgifter")
        if isinstance(value, str):
            value.encode()  # half a surrogate pair is valid JSON but no text
            if len(value) > MAX_LENGTH:
                raise ValueError("för lång text")
        elif isinstance(value, float) and not math.isfinite(value):
            raise ValueError("inget tal")
        elif isinstance(value, int) and abs(value) > 10**12:
            raise ValueError("för stort tal")
    return values


def _within(value: Any, depth: int) -> Iterator[tuple[Any, int]]:
    yield value, depth
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, held in value.items():
            yield name, depth
            yield from _within(held, depth + 1)
    elif isinstance(value, list):
        for held in value:
            yield from _within(held, depth + 1)


AsOf = Annotated[
    date | None,
    Field(
        ge=FIRST_DAY,
        le=LAST_DAY,
        description="Dagen som svaret ska gälla, till exempel 2026-11-23. Utan den: i dag.",
    ),
]


class Ask(BaseModel):
    """En fråga med det samtal som den hör till. Ingenting av den sparas."""

    model_config = ConfigDict(extra="forbid", title="Fråga")

    turns: list[Turn] = Field(
        min_length=1,
        max_length=MAX_TURNS,
        description=f"Samtalets frågor i ordning, den sista är den som besvaras. Högst "
        f"{MAX_TURNS}, var och en högst {MAX_LENGTH} tecken. Skriv aldrig personuppgifter.",
        examples=[["Vem kallar till SIP vid utskrivning i Norrbotten?"]],
    )
    region: str | None = Field(
        default=None,
        max_length=100,
        description="Regionens id, namn eller en kommun i den. Se /api/regions.",
        examples=["norrbotten"],
    )
    as_of: AsOf = None


class Compute(BaseModel):
    """En regel att räkna med och det som är känt."""

    model_config = ConfigDict(extra="forbid", title="Beräkning att göra")

    rule: str = Field(max_length=100, description="Regelns id. Se /api/rules.")
    inputs: Annotated[dict[str, Any], AfterValidator(_plain)] = Field(
        default_factory=dict,
        max_length=60,
        description="Uppgifterna vid namn. null betyder att ingen vet; det som utelämnas är inte "
        "efterfrågat. Tider skrivs enligt ISO 8601 i svensk tid.",
    )
    as_of: AsOf = None


class FieldFault(BaseModel):
    """Vad som är fel med en uppgift; det som skickades upprepas aldrig."""

    field: str = Field(description="Uppgiftens namn, till exempel turns.0")
    error: str


class Fault(BaseModel):
    """Varför anropet inte gick att besvara, i klartext."""

    error: str
    fields: list[FieldFault] = Field(default_factory=list)


class Said(BaseModel):
    """En mening i svaret, med numren på de källor som bär den."""

    text: str
    citations: list[int]


class Answered(BaseModel):
    """Svaret, detsamma som kommandot `sip ask --json` ger.

    Har en språkmodell formulerat det står modellens namn i `worded_by`.
    """

    action: str = Field(description="answer, clarify (något saknas), abstain (anges inte), refuse")
    answer: str = Field(description="Hela svaret som text, med [nummer] för varje källa.")
    statements: list[Said]
    computations: list[dict[str, Any]]
    citations: list[dict[str, Any]] = Field(
        description="Källorna: bestämmelse, dokument, rubriker, sida, rader och ordalydelse."
    )
    warnings: list[dict[str, str]]
    region: str | None
    reason: str | None = Field(description="Varför frågan avvisades eller inte fick svar.")
    choices: list[str] = Field(description="Regioner att välja mellan, vid clarify.")
    suggestions: list[str]
    as_of: date | None


class Computed(BaseModel):
    """En regel tillämpad på det som är känt."""

    rule: str
    region: str
    status: str = Field(
        description="determined, undetermined, not_applicable, no_number eller invalid_input"
    )
    value: Any
    missing: str | None
    reason: str | None
    answer: str | None
    inputs: dict[str, Any]
    steps: list[str] = Field(description="Hur det räknades, en hel mening för varje steg.")
    provisions: list[str]
    interpretation: str | None
    alternative: str | None
    details: dict[str, Any]


class InputAsked(BaseModel):
    """En uppgift som en regel kan behöva."""

    name: str
    label: str
    kind: str = Field(description="tid, ja_nej, text, lista, tal, belopp eller fri")


class RuleShown(BaseModel):
    """En regel som kan räknas."""

    id: str
    region: str
    question: str
    topic: str
    inputs: list[InputAsked]
    provisions: list[str] = Field(description="Bestämmelserna som regeln vilar på.")


class RegionShown(BaseModel):
    """En region; `guideline` säger om assistenten har dess riktlinje."""

    id: str
    name: str
    short: str
    guideline: bool


class Health(BaseModel):
    """Att assistenten svarar, och ur vilken utgåva."""

    status: str
    version: str
    provisions: int
    edition: str = Field(description="De första tecknen i utgåvans kontrollsumma.")
