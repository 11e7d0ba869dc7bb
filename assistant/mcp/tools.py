"""What a language model may call: the question, each group of rules, a provision by its id."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_jsonable_python

from assistant import compose, regions, render
from assistant.answer import Question, Status
from assistant.chain import Assistant
from assistant.guard import MAX_LENGTH, personal_data
from assistant.rules.tools import arguments as rule_arguments
from assistant.rules.tools import groups, rule_tools
from assistant.rules.wording import sentence
from assistant.understand import find_region
from assistant.web import faults
from assistant.web.api_models import Answered, AsOf, Compute, Computed
from ingest.errors import InputError

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

Json = dict[str, Any]
M = TypeVar("M", bound=BaseModel)
# The rule tools have names of their own for what `Compute` limits.
_NAMES = {"rule": "regel", "as_of": "per_datum", "inputs": "uppgifterna"}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as it is described to a client, and what it does with a client's arguments.

    `run` raises InputError, in Swedish, where the arguments cannot be used. What is `counted` is
    limited in number: it takes time.
    """

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Json], Json]
    counted: bool = True


class Ask(BaseModel):
    """Vad verktyget fraga tar."""

    model_config = ConfigDict(extra="forbid", title="Fråga")

    fraga: str = Field(
        max_length=MAX_LENGTH,
        description="Hela frågan, så att den går att förstå för sig. Högst "
        f"{MAX_LENGTH} tecken. Skriv aldrig personuppgifter.",
        examples=["Vem kallar till SIP vid utskrivning?"],
    )
    region: str | None = Field(
        None,
        max_length=100,
        description="Region eller kommun som frågan gäller. Utan den svaras för varje region.",
        examples=["norrbotten", "Jokkmokk"],
    )
    per_datum: AsOf = None


class Fetch(BaseModel):
    """Vad verktyget riktlinje tar."""

    model_config = ConfigDict(extra="forbid", title="Bestämmelse")

    id: str = Field(
        max_length=200,
        description="Bestämmelsens id, som det står i ett svars `citations` (provision) eller i en "
        "beräknings `provisions`.",
        examples=["norrbotten-ut-21-dagar"],
    )
    per_datum: AsOf = None


def tools(
    assistant: Assistant, today: Callable[[], date], originals: Path | None = None
) -> list[Tool]:
    """Every tool; `today` gives the day that answers hold for where the client names none."""
    return [
        Tool(
            "fraga",
            "Fråga om riktlinjerna",
            "Svarar på en fråga om SIP och samverkan vid utskrivning, ur riktlinjerna för "
            f"{', '.join(r.short for r in regions.with_guideline())}. Varje mening i statements "
            "har numren på källorna i citations som bär den: återge meningen med källa, lägg inte "
            "till något och visa warnings. action säger hur frågan möttes: answer; clarify (region "
            "eller uppgift saknas: fråga igen, med den i frågan); abstain (riktlinjen anger det "
            "inte); refuse. Frågan sparas inte.",
            Ask,
            Answered,
            partial(_answer, assistant, today),
        ),
        *(
            Tool(
                tool.name,
                groups()[tool.name].title,
                tool.description,
                rule_arguments(groups()[tool.name]),
                Computed,
                partial(_compute, tool, today),
            )
            for tool in rule_tools()
        ),
        Tool(
            "riktlinje",
            "Läs en bestämmelse",
            "Ger en bestämmelses ordalydelse efter dess id, med dokument, rubrik, sida och rader, "
            "och säger till om den hänvisar till en lag som inte längre gäller.",
            Fetch,
            Answered,
            partial(_fetch, assistant, today, originals),
            counted=False,
        ),
    ]


def _answer(assistant: Assistant, today: Callable[[], date], given: Json) -> Json:
    asked = _read(Ask, given)
    question = Question((asked.fraga,), _region(asked.region), asked.per_datum or today())
    return _plain(render.as_json(assistant.answer(question)))


def _compute(tool: "BaseTool", today: Callable[[], date], given: Json) -> Json:
    rule, day = given.get("regel", ""), given.get("per_datum")
    inputs = {name: held for name, held in given.items() if name not in ("regel", "per_datum")}
    limited = _read(Compute, {"rule": rule, "inputs": inputs, "as_of": day})
    _screen(*_texts(given))
    when = (limited.as_of or today()).isoformat()
    call = {"type": "tool_call", "id": tool.name, "name": tool.name}
    reply = tool.invoke(call | {"args": given | {"per_datum": when}})
    if reply.artifact is None:
        # The reply is then a computation in JSON that says only what is wrong.
        raise InputError(sentence(json.loads(reply.content)["reason"]))
    return _plain(asdict(reply.artifact))


def _fetch(
    assistant: Assistant, today: Callable[[], date], originals: Path | None, given: Json
) -> Json:
    asked = _read(Fetch, given)
    day = asked.per_datum or today()
    corpus = assistant.corpus
    provision = corpus.provisions.get(asked.id.strip())
    if provision is None:
        raise InputError(
            "Bestämmelsen finns inte. Ange ett id ur citations eller provisions i ett annat svar."
        )
    in_force = corpus.documents[provision.document].in_force(day)
    stated = compose.state(
        corpus,
        [provision],
        status=Status.ABSTAIN if provision.gap else Status.ANSWER,
        lead="" if in_force else "Riktlinjen gällde inte den dagen.",
        day=day,
        region=provision.region,
        originals=originals,
        reason="gap" if provision.gap else None,
    )
    return _plain(render.as_json(stated))


def _region(written: str | None) -> str | None:
    """The region's id. InputError that does not repeat what was written: it may be a question."""
    if written is None or not written.strip():
        return None
    try:
        return find_region(written).id
    except InputError:
        known = ", ".join(r.id for r in regions.with_guideline())
        raise InputError(f"Regionen känner jag inte till. Välj mellan {known}.") from None


def _screen(*texts: str) -> None:
    """InputError where one of the texts says who somebody is: a rule would repeat it."""
    refused = next(filter(None, map(personal_data, texts)), None)
    if refused is not None:
        raise InputError(refused.text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            yield name
            yield from _texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from _texts(held)
    elif value is not None:
        yield str(value)


def _read(model: type[M], given: Json) -> M:
    """The arguments as the model has them. InputError that repeats nothing of them."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        reasons = (_reason(model, found) for found in error.errors(include_url=False))
        told = "; ".join(dict.fromkeys(reasons))
        raise InputError(f"Anropet går inte att använda. {told}.") from None


def _reason(model: type[BaseModel], found: Any) -> str:
    if found["type"] == "extra_forbidden":
        return f"Bara {', '.join(model.model_fields)} kan anges"
    name = next((part for part in found["loc"] if part in model.model_fields), "anropet")
    return f"{_NAMES.get(name, name)}: {faults.fields([found])[0]['error']}"


def _plain(value: Any) -> Json:
    return cast(Json, to_jsonable_python(value))
