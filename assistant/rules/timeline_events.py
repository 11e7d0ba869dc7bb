"""The events of a timeline: read, checked, and what process they tell of."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from assistant.rules import calendar
from assistant.rules.given import BadInput, Given, declared, readings
from assistant.rules.timeline_items import Item, content, known_events, label
from assistant.rules.wording import sentence, when_text
from ingest.errors import InputError


def read(events: Mapping[str, Any]) -> Given:
    """The events, checked one by one and then their order; an hour told twice read as the later."""
    aliases, known = declared().aliases, known_events()
    values: dict[str, Any] = {}
    times: dict[str, date] = {}
    for written, value in events.items():
        name = aliases.get(written, written)
        if name in content()["instead_of"]:
            better = " eller ".join(content()["instead_of"][name])
            raise InputError(f"{written} säger inte vilken händelse som menas. Skriv {better}.")
        if name not in known:
            raise InputError(
                f"Händelsen {written!r} finns inte i tidsplanen. Välj bland: {', '.join(known)}."
            )
        # The timeline's own events are read as the one event that the rules have for them.
        as_input = "kvitterat" if name in content()["event"] else name
        try:
            *_, reading = readings({as_input: value})
        except BadInput as error:
            raise InputError(
                f"{sentence(label(name))[:-1]} ({value}) går inte att använda: {error}. "
                "Skriv till exempel 2026-03-13T13:10."
            ) from None
        values[name] = value
        if as_input in reading.times:
            times[name] = reading.times[as_input]
    told = dict(times)
    for name, others in content()["stands_for"].items():
        source = next((other for other in others if other in told), None)
        if source and name not in values:
            values[name], times[name] = values[source], times[source]
    _check_order(times)
    return Given(values, times)


def _check_order(times: Mapping[str, date]) -> None:
    own = ((o["earlier"], o["later"], o["reason"]) for o in content()["order"])
    for earlier, later, reason in (*declared().order, *own):
        if earlier in times and later in times and _precedes(times[later], times[earlier]):
            raise InputError(
                f"Händelserna går inte ihop: {reason} ({when_text(times[later])} ligger före "
                f"{when_text(times[earlier])}). Kontrollera datum och klockslag."
            )


def _precedes(one: date, other: date) -> bool:
    """Whether `one` is certainly before `other`; a day and a moment are compared as days."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return calendar.day_of(one) < calendar.day_of(other)


def setting_told(case: Given) -> str | None:
    """The process that the events tell of."""
    for entry in content()["setting"]:
        if any(case.known(name) for name in entry["told_by"]):
            return str(entry["name"])
    return None


def understood(case: Given) -> dict[str, Any]:
    """The events in Swedish time; as written where they can be read in two ways."""
    shown = case.shown()
    for name, value in case.values.items():
        if name in case.times and len(calendar.read(value)) > 1:
            shown[name] = value
    return shown


def inputs_of(item: Item, case: Given, setting: str | None) -> dict[str, Any]:
    """The inputs that the item's rule is computed from."""
    inputs = {n: v for n, v in case.values.items() if n not in content()["event"]}
    inputs |= {n: case.values[own] for n, own in item.given.items() if own in case.values}
    for name, event in item.assume.items():
        if name not in inputs and event in case.times:
            inputs[name] = calendar.day_of(case.times[event]).isoformat()
    if setting and "setting" in item.of.inputs:
        inputs["setting"] = setting
    return inputs
