"""Every rule that can be computed, as `data/*.toml` states it, with the sources of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from assistant.rules.given import DATA
from ingest.errors import CorpusError

NOT_RULES = {"inputs.toml"}
_OWN = ("id", "provisions", "question")  # what a rule never takes over from the one it is `like`


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: where it applies, what it answers, what it asks for, what it rests on.

    `family` names the function that computes it, `topic` the file it stands in; `data` is all that
    its entry holds, for that function. A wording that changes on a day is one of its `versions`,
    each a table of `from` (a date) and the values that are new from then.
    """

    id: str
    region: str
    question: str
    family: str
    topic: str
    inputs: tuple[str, ...]
    provisions: tuple[str, ...]
    data: Mapping[str, Any]


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of the files. CorpusError where an entry is not whole."""
    entries: dict[str, dict[str, Any]] = {}
    shared: dict[str, dict[str, Any]] = {}
    for path in sorted(DATA.glob("*.toml")):
        if path.name in NOT_RULES:
            continue
        content = tomllib.loads(path.read_text("utf-8"))
        for entry in content["rule"]:
            if entry["id"] in entries:
                raise CorpusError(f"Regeln {entry['id']} står två gånger i reglernas filer.")
            entries[entry["id"]] = entry
            shared[entry["id"]] = content.get("default", {}) | {"topic": path.stem}
    return MappingProxyType({name: _rule(name, entries, shared[name]) for name in entries})


def in_force(rule: Rule, day: date | None) -> Rule:
    """The rule as it reads on that day: each version whose `from` has come replaces what it names.

    Without a day it is the first wording.
    """
    changes = [v for v in rule.data.get("versions", ()) if day is not None and v["from"] <= day]
    if not changes:
        return rule
    data = dict(rule.data)
    for change in sorted(changes, key=lambda version: version["from"]):
        data |= change
    provisions = tuple(data.get("provisions", rule.provisions))
    return replace(rule, data=MappingProxyType(data), provisions=provisions)


def _rule(name: str, entries: Mapping[str, dict[str, Any]], shared: dict[str, Any]) -> Rule:
    own = entries[name]
    model = {k: v for k, v in entries.get(own.get("like", ""), {}).items() if k not in _OWN}
    entry = shared | model | own
    try:
        return Rule(
            id=name,
            region=name.split("-")[0],
            question=entry["question"],
            family=entry["family"],
            topic=entry["topic"],
            inputs=tuple(entry.get("inputs", ())),
            provisions=tuple(entry.get("provisions", (name,))),
            data=MappingProxyType(entry),
        )
    except KeyError as error:
        raise CorpusError(f"Regeln {name} saknar {error.args[0]} i reglernas filer.") from None
