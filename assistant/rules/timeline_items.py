"""What a timeline shows, as `timeline.toml` has it: which rules, of which process, how worded."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.rules.given import label as input_label
from assistant.rules.registry import Rule, all_rules
from assistant.rules.wording import fold, listed
from ingest.errors import InputError

_SOURCE = Path(__file__).with_name("timeline.toml")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of `timeline.toml`; its comment at the head tells the fields."""

    rule: str
    settings: tuple[str, ...]
    what: str
    who: str | None = None
    kind: str = "deadline"
    before: bool = False
    start: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    assume: Mapping[str, str] = field(default_factory=dict)
    only_if: Mapping[str, Any] = field(default_factory=dict)
    unless: Mapping[str, Any] = field(default_factory=dict)
    unless_reason: str = ""
    note: str | None = None
    assume_note: str | None = None
    twin: str | None = None

    @property
    def of(self) -> Rule:
        """The rule that computes it."""
        return all_rules()[self.rule]

    def starts(self) -> tuple[str, ...]:
        """The events it is counted from, by the names of the timeline."""
        second = self.of.data.get("second")
        own = self.start or self.of.data.get("start") or ((second,) if second else ())
        return self._named(own)

    def dones(self) -> tuple[str, ...]:
        """The events that show that it was done, by the names of the timeline."""
        first = self.of.data.get("first")
        own = self.done or self.of.data.get("done") or ((first,) if first else ())
        return self._named(own)

    def names(self) -> tuple[str, ...]:
        """Every event and fact it may use, by the names of the timeline."""
        asked = {name for entry in self.of.data.get("unless", ()) for name in entry["when"]}
        conditions = (*self.of.inputs, *sorted(asked), *self.only_if, *self.unless)
        return tuple(dict.fromkeys((*self.starts(), *self.dones(), *self._named(conditions))))

    def _named(self, inputs: Iterable[str]) -> tuple[str, ...]:
        generic = content()["instead_of"]
        named = (self.given.get(name, name) for name in inputs)
        return tuple(name for name in named if name not in generic)


@lru_cache(maxsize=1)
def content() -> dict[str, Any]:
    """`timeline.toml` as it stands."""
    return tomllib.loads(_SOURCE.read_text("utf-8"))


@lru_cache(maxsize=1)
def items() -> tuple[Item, ...]:
    """What every region's timeline shows, in the order of the process."""
    lists = {"settings", "start", "done", "also"}
    return tuple(Item(**_frozen(entry, lists)) for entry in content()["item"])


def _frozen(entry: dict[str, Any], lists: set[str]) -> dict[str, Any]:
    return {name: tuple(value) if name in lists else value for name, value in entry.items()}


def label(name: str) -> str:
    """The Swedish name of an event or fact of the timeline."""
    if name == "setting":
        return "vilken process det gäller"
    return str(content()["event"].get(name) or input_label(name))


def known_events(region: str | None = None) -> tuple[str, ...]:
    """The events and facts that the region's timeline (any region's, for None) can use."""
    own = [item for item in items() if region is None or item.of.region == region]
    names = {name for item in own for name in item.names()} - {"setting", "region"}
    instead = content()["stands_for"]
    names |= {name for key in names & set(instead) for name in instead[key]}
    names |= {name for entry in content()["setting"] for name in entry["told_by"]}
    return tuple(sorted(names))


def setting_named(written: str) -> str:
    """The process of that name; InputError, with the choices, otherwise."""
    for entry in content()["setting"]:
        if fold(written) in {*map(fold, entry["words"]), entry["name"]}:
            return str(entry["name"])
    names = [entry["name"] for entry in content()["setting"]]
    raise InputError(f"Processen {written!r} finns inte. Välj mellan {listed(names)}.")


def setting_label(name: str) -> str:
    """The Swedish name of a process."""
    return next(str(e["label"]) for e in content()["setting"] if e["name"] == name)


def worth(name: str) -> tuple[int, str]:
    """What is most worth asking for first."""
    order: list[str] = content()["ask"]
    return (order.index(name) if name in order else len(order)), name
