"""What is known of a case: the inputs read once, checked, and asked for by name."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import product
from math import isfinite
from pathlib import Path
from typing import Any

from assistant.rules import calendar
from assistant.rules.wording import fold

DATA = Path(__file__).parent / "data"


class BadInput(ValueError):
    """An input cannot be what it says; the text says why, in Swedish."""


@dataclass(frozen=True, slots=True)
class Given:
    """The inputs of one case, every time in it read one way.

    An input is *known*, *unknown* (given as null: it was asked for, nobody could say) or absent.
    """

    values: Mapping[str, Any]
    times: Mapping[str, date]

    def known(self, name: str) -> bool:
        return self.values.get(name) is not None

    def unknown(self, name: str) -> bool:
        return name in self.values and self.values[name] is None

    def when(self, *names: str) -> date | None:
        """The day or moment of the first of these events that is known."""
        return next((self.times[name] for name in names if name in self.times), None)

    def first(self, names: tuple[str, ...]) -> str | None:
        """The first of these events whose time is known."""
        return next((name for name in names if name in self.times), None)

    def text(self, name: str) -> str:
        """The input as folded text, empty where it is not known."""
        value = self.values.get(name)
        return fold(str(value)) if value is not None else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The input's parts as folded texts: a list, or one text alone."""
        value = self.values.get(name)
        if value is None:
            return ()
        return tuple(fold(str(part)) for part in (value if isinstance(value, list) else [value]))

    def shown(self) -> dict[str, Any]:
        """The inputs as understood: times in Swedish time, the rest as given."""
        return {
            name: calendar.written(self.times[name]) if name in self.times else value
            for name, value in self.values.items()
        }


@dataclass(frozen=True, slots=True)
class Inputs:
    """What inputs there are, as `data/inputs.toml` has them."""

    kinds: Mapping[str, str]
    labels: Mapping[str, str]
    aliases: Mapping[str, str]
    order: tuple[tuple[str, str, str], ...]  # earlier event, later event, why not otherwise


@lru_cache(maxsize=1)
def declared() -> Inputs:
    """The inputs that the rules know."""
    data = tomllib.loads((DATA / "inputs.toml").read_text("utf-8"))
    fields = data["input"]
    return Inputs(
        {name: entry["kind"] for name, entry in fields.items()},
        {name: entry["label"] for name, entry in fields.items()},
        data["alias"],
        tuple((o["earlier"], o["later"], o["reason"]) for o in data["order"]),
    )


def label(name: str) -> str:
    """The Swedish name of an input."""
    return declared().labels.get(name, name.replace("_", " "))


def readings(inputs: Mapping[str, Any]) -> Iterator[Given]:
    """Each way to read the inputs: more than one where a local time comes twice.

    Raises BadInput where a value is of the wrong kind, a time does not exist, or events stand in
    an order that cannot be.
    """
    values = _canonical(inputs)
    known = declared()
    times: dict[str, tuple[date, ...]] = {}
    for name, value in values.items():
        kind = known.kinds.get(name)
        if value is None or kind is None:
            continue
        if not _fits(kind, value):
            raise BadInput(f"uppgiften {label(name)} ska vara {_SHALL_BE[kind]}")
        if kind == "tid" and isinstance(value, str):
            try:
                times[name] = calendar.read(value)
            except calendar.ImpossibleTime as error:
                raise BadInput(str(error)) from None
    for combination in product(*times.values()):
        given = Given(values, dict(zip(times, combination, strict=True)))
        _check_order(given, known)
        yield given


_SHALL_BE = {
    "tid": "ett datum eller en tidpunkt, till exempel 2026-03-13T13:10",
    "ja_nej": "ja eller nej (true eller false)",
    "text": "text",
    "lista": "en lista",
    "tal": "ett tal som inte är negativt",
    "belopp": "belopp för var och en som utfört åtgärder",
    "fri": "text",
}


def _fits(kind: str, value: Any) -> bool:
    if kind == "tid":
        return isinstance(value, str | bool)
    if kind == "ja_nej":
        return isinstance(value, bool)
    if kind == "text":
        return isinstance(value, str)
    if kind == "lista":
        return isinstance(value, list | str)
    if kind == "tal":
        return _number(value)
    if kind == "belopp":
        return isinstance(value, dict) and bool(value) and all(map(_number, value.values()))
    return True


def _number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) and value >= 0


def _canonical(inputs: Mapping[str, Any]) -> dict[str, Any]:
    aliases = declared().aliases
    values = {aliases.get(name, name): value for name, value in inputs.items()}
    event = values.get("event")
    if "at" in values and isinstance(event, str):
        values.setdefault(aliases.get(event, event), values["at"])
        del values["at"]
    return values


def _check_order(given: Given, known: Inputs) -> None:
    for earlier, later, reason in known.order:
        first, second = given.when(earlier), given.when(later)
        if first is None or second is None:
            continue
        if not (isinstance(first, datetime) and isinstance(second, datetime)):
            first, second = calendar.day_of(first), calendar.day_of(second)
        if second < first:
            raise BadInput(reason)
