"""A rule's entry → every number that it claims, where in the entry, and what it should rest on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from assistant.rules import Rule
from assistant.rules.registry import in_force
from tests.assistant.rules.numbers import Number, names, numbers


class Claim(NamedTuple):
    """A number of a rule: its place in the entry and the provisions that should state it."""

    rule: str
    topic: str
    place: str
    number: Number
    sources: tuple[str, ...]

    @property
    def kind(self) -> tuple[str, str, str]:
        """The topic, the last name in the place (`why`, `amount`) and the number."""
        key = next(part for part in reversed(self.place.split(".")) if not part.isdigit())
        return self.topic, key, str(self.number)


# Names of rules, inputs and files: they say nothing to a reader.
_MACHINERY = {
    "id",
    "like",
    "topic",
    "family",
    "inputs",
    "start",
    "done",
    "needs",
    "first",
    "second",
}
_MACHINERY |= {"provisions", "provision", "instead", "alternative_unit", "versions", "from"}
_UNITS = {
    "timmar": "timme",
    "dagar": "dag",
    "arbetsdagar": "arbetsdag",
    "veckor": "vecka",
    "månader": "månad",
    "år": "år",
}
_UNIT_OF = {
    "before_noon": "dag",
    "after_noon": "dag",
    "call_days": "dag",
    "within_weeks": "vecka",
    "limit": "år",
}
# The liability is counted from provisions that its code cites, whichever of its rules is asked.
_LIABILITY = {
    "before_noon": ("norrbotten-bet-tre-dagar",),
    "after_noon": ("norrbotten-bet-fyra-dagar",),
    "call_days": ("norrbotten-bet-villkor-kallelse",),
    "interpretation": ("norrbotten-bet-tre-dagar", "norrbotten-bet-fyra-dagar"),
}
# What is answered: here the names count too.
_ANSWERS = {"value", "from_", "under"}
_CODES = {
    "standard": "vgr-kva-standardkoder",
    "hospital": "vgr-kva-sjukhus-au125",
    "distance": "vgr-kva-zv051",
}


def all_claims(rules: Mapping[str, Rule], table: Mapping[str, Any]) -> Iterator[Claim]:
    """Every number of every wording of the rules, and of Västra Götaland's table.

    Raises ValueError where nothing tells what a number counts.
    """
    for rule in rules.values():
        for wording in _wordings(rule):
            yield from _claims(wording, dict(wording.data), "", wording.provisions)
    yield from _table_claims(table)


def _wordings(rule: Rule) -> Iterator[Rule]:
    yield rule
    for day in sorted({version["from"] for version in rule.data.get("versions", ())}):
        yield in_force(rule, day)


def _table_claims(table: Mapping[str, Any]) -> Iterator[Claim]:
    for place, cells in table["cell"].items():
        for unit, cell in cells.items():
            name, sources = f"{place}/{unit}", (cell["provision"],)
            for key, value in cell["value"].items():
                written = f"{value} p" if key == "p" else str(value)
                for number in _widest(numbers(written) | names(written)):
                    yield Claim(name, "vgr", key, number, sources)
    for key, source in _CODES.items():
        for number in sorted(numbers(str(table["codes"][key]))):
            yield Claim("codes", "vgr", key, number, (source,))


def _claims(rule: Rule, value: Any, place: str, sources: tuple[str, ...]) -> Iterator[Claim]:
    key = place.rpartition(".")[2]
    topic = rule.topic
    if isinstance(value, Mapping):
        own = value.get("provisions", value.get("provision", sources))
        sources = (own,) if isinstance(own, str) else tuple(own)
        for name, part in value.items():
            if name not in _MACHINERY:
                yield from _claims(rule, part, f"{place}.{name}".lstrip("."), sources)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _claims(rule, part, f"{place}.{number}", sources)
    elif isinstance(value, int) and not isinstance(value, bool):
        sources = _LIABILITY.get(key, sources)
        yield Claim(rule.id, topic, place, Number(str(abs(value)), _unit(rule, place)), sources)
    elif isinstance(value, str):
        if topic == "betalningsansvar":
            sources = _LIABILITY.get(key, sources)
        if key == "unit":
            value = {"klockan_12": "klockan 12"}.get(value, "")
        told = names(value) if _ANSWERS & set(place.split(".")) else set()
        for found in _widest(numbers(value) | told):
            yield Claim(rule.id, topic, place, found, sources)
    elif not isinstance(value, bool | date):
        raise ValueError(f"{rule.id}: what is {value!r} at {place}?")


def _widest(found: set[Number]) -> list[Number]:
    """Each number with its unit; without one only where the text has none beside it."""
    with_unit = {number.value for number in found if number.unit}
    return sorted(number for number in found if number.unit or number.value not in with_unit)


def _unit(rule: Rule, place: str) -> str:
    """What the number at that place counts."""
    parts = place.split(".")
    if parts[-1] in _UNIT_OF:
        return _UNIT_OF[parts[-1]]
    if parts[-1] in ("amount", "earliest", "latest"):
        return _UNITS[rule.data["unit"]]
    if parts[-1] in ("below", "at_least"):
        return "år" if "alder" in parts else ""
    if parts[-1] == "value" and parts[0] == "cases":
        unit = str(rule.data["cases"][int(parts[1])]["details"]["unit"])
        return "ersättning" if "ersättning" in unit else unit
    raise ValueError(f"{rule.id}: what does the number at {place} count?")
