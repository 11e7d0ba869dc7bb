"""The rules as LangChain tools: one for each thing that a person asks about, none held twice."""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
    create_model,
)

from assistant.rules.batch import as_json
from assistant.rules.computation import Computation, Outcome
from assistant.rules.engine import compute
from assistant.rules.given import BadInput, declared, label, readings
from assistant.rules.registry import Rule, all_rules
from assistant.rules.wording import REGIONS
from ingest.errors import CorpusError

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

TABLE = Path(__file__).parent / "tools.toml"
_TYPES: Mapping[str, Any] = {
    "tid": StrictStr | StrictBool,
    "ja_nej": StrictBool,
    "text": StrictStr,
    "lista": list[StrictStr | dict[str, StrictStr]] | StrictStr,
    "tal": StrictInt | StrictFloat,
    "belopp": dict[str, StrictInt | StrictFloat],
    "fri": StrictStr,
}
_WRITTEN: Mapping[str, str] = {
    "tid": "ISO 8601 i svensk tid: 2026-03-13 eller 2026-03-13T13:10",
    "ja_nej": "true eller false",
    "lista": "en lista",
    "tal": "ett tal",
    "belopp": "kronor för var och en",
}
_UNKNOWN = "Utelämna det som ingen har frågat om; null betyder att det är okänt."
# Where an entry of a rule names inputs: as a list, as one name, or as the keys of a condition.
_NAMING = ("start", "done", "needs")
_NAMING_ONE = ("first", "second", "instead")
_CONDITIONAL = ("unless", "cases")


@dataclass(frozen=True, slots=True)
class Group:
    """The rules on one thing that people ask about: a tool, and a heading in the table."""

    name: str
    title: str
    description: str
    rules: tuple[Rule, ...]
    extra: tuple[str, ...]  # inputs that the rules read beside those they ask for


@lru_cache(maxsize=1)
def groups() -> Mapping[str, Group]:
    """The groups by name, in the order of `tools.toml`.

    CorpusError where a rule is named twice, is unknown, or stands in no group.
    """
    entries = tomllib.loads(TABLE.read_text("utf-8"))["tool"]
    owner = _owners(entries)
    return MappingProxyType(
        {
            entry["name"]: Group(
                entry["name"],
                entry["title"],
                entry["description"],
                tuple(r for r in all_rules().values() if owner[r.id] == entry["name"]),
                tuple(entry.get("extra", ())),
            )
            for entry in entries
        }
    )


def group_of(rule_id: str) -> Group:
    """The group that holds the rule; KeyError where there is no such rule."""
    rule = all_rules()[rule_id]
    return next(group for group in groups().values() if rule in group.rules)


def asked(rule: Rule) -> tuple[str, ...]:
    """Every input that the rule asks for or reads, those it asks for first."""
    data = rule.data
    conditions = [entry.get("when", {}) for key in _CONDITIONAL for entry in data.get(key, ())]
    names = [
        *rule.inputs,
        *(name for key in _NAMING for name in data.get(key, ())),
        *(data[key] for key in _NAMING_ONE if key in data),
        *(name for condition in conditions for name in condition),
    ]
    return tuple(dict.fromkeys(name for name in names if name in declared().kinds))


def rule_tools(only: Collection[str] | None = None) -> list["BaseTool"]:
    """One LangChain tool for each group; with `only`, for each that holds one of those rules.

    The content of a reply is the computation as compact JSON, its artifact the `Computation`
    itself. What cannot be read gives status invalid_input with a Swedish reason, never a raise.
    """
    if only is None:
        return [_tool(group) for group in groups().values()]
    held = [
        replace(group, rules=tuple(rule for rule in group.rules if rule.id in only))
        for group in groups().values()
    ]
    return [_tool(group) for group in held if group.rules]


def as_text(computation: Computation) -> str:
    """The computation as compact JSON, as a tool replies."""
    fields = {"rule": computation.rule, "region": computation.region} | as_json(computation)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=str)


class _Arguments(BaseModel):
    """What a tool may be given. A field not given is left out, since null means not known."""

    model_config = ConfigDict(extra="forbid")

    def model_dump(self, **options: Any) -> dict[str, Any]:
        # Defaults must not reach the rule: LangChain passes on what stands in the dump.
        return super().model_dump(**options | {"exclude_unset": True})


def arguments(group: Group) -> type[BaseModel]:
    """The model of a group's tool: the rule, the day whose wording applies, the inputs by name."""
    names = dict.fromkeys(
        ["region", *(n for rule in group.rules for n in asked(rule)), *group.extra]
    )
    ids = tuple(rule.id for rule in group.rules)
    questions = "\n".join(f"{r.id}: {REGIONS[r.region]}. {r.question}" for r in group.rules)
    fields: dict[str, Any] = {
        "regel": (Literal[ids], Field(description=f"Regeln som svarar på frågan:\n{questions}")),
        "per_datum": (
            date | None,
            Field(None, description="Dagen vars lydelse av regeln gäller, till exempel 2026-11-23"),
        ),
    }
    for name in names:
        kind = declared().kinds[name]
        written = f" ({_WRITTEN[kind]})" if kind in _WRITTEN else ""
        field = Field(None, description=f"{label(name)}{written}")
        fields[name] = (_TYPES[kind] | None, field)
    return create_model(f"{group.name}_argument", __base__=_Arguments, **fields)


def _tool(group: Group) -> "BaseTool":
    from langchain_core.tools import StructuredTool

    def run(regel: str, per_datum: date | None = None, **inputs: Any) -> tuple[str, Computation]:
        made = compute(regel, inputs, per_datum)
        return as_text(made), made

    return StructuredTool.from_function(
        func=run,
        name=group.name,
        description=f"{group.description} {_UNKNOWN}",
        args_schema=arguments(group),
        response_format="content_and_artifact",
        handle_validation_error=_refused,
    )


def _refused(error: Any) -> str:
    """What is wrong with the arguments, as the text of an invalid computation."""
    reasons = dict.fromkeys(_reasons(error))
    return as_text(Computation("", "", Outcome.INVALID_INPUT, reason="; ".join(reasons)))


def _reasons(error: ValidationError) -> Iterator[str]:
    for found in error.errors(include_url=False):
        name = str(found["loc"][0]) if found["loc"] else ""
        if name == "regel":
            known = found["type"] == "missing"
            yield "regel saknas: ange regelns id" if known else f"okänd regel: {found['input']}"
        elif name == "per_datum":
            yield "per_datum ska vara ett datum, till exempel 2026-11-23"
        elif found["type"] == "extra_forbidden":
            yield f"okänd uppgift: {name}"
        else:
            yield _shall_be(name)


def _shall_be(name: str) -> str:
    """What the input shall be, as the rules themselves say it of a thing that fits no kind."""
    try:
        list(readings({name: object()}))
    except BadInput as error:
        return str(error)
    return f"uppgiften {label(name)} ska vara text"


def _owners(entries: list[dict[str, Any]]) -> Mapping[str, str]:
    """Rule id → the group that names it, or else the group of its file."""
    named: dict[str, str] = {}
    for entry in entries:
        for rule_id in entry.get("rules", ()):
            if rule_id in named or rule_id not in all_rules():
                raise CorpusError(f"Regeln {rule_id} i tools.toml är okänd eller står två gånger.")
            named[rule_id] = entry["name"]
    topics: dict[str, str] = {}
    for entry in entries:
        for topic in entry.get("topics", ()):
            if topics.setdefault(topic, entry["name"]) != entry["name"]:
                raise CorpusError(f"Ämnet {topic} står i två verktyg i tools.toml.")
    owner = {r.id: named.get(r.id) or topics.get(r.topic) for r in all_rules().values()}
    homeless = [rule_id for rule_id, name in owner.items() if name is None]
    if homeless:
        raise CorpusError(f"Reglerna {', '.join(homeless)} saknar verktyg i tools.toml.")
    return {rule_id: name for rule_id, name in owner.items() if name is not None}
