"""Conditions as data, judged true, false or not known.

A condition names inputs and what they must be; all must hold. A value alone is short for `is`.

    is                  equal to the value, or to any of a list (text without regard to case,
                        diacritics or underscores)
    mentions / lacks    the text (or any part of a list) holds one / none of these phrases
    and_mentions        it holds one of these too
    only / has          the list holds nothing but these / any of these
    below / at_least    the number
    before / from       the day (ISO 8601)
    given               whether it is known at all; the condition is then never unknown itself
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from assistant.rules.calendar import day_of
from assistant.rules.given import Given
from assistant.rules.wording import fold


class Verdict(NamedTuple):
    """Whether a condition holds (None: not known), and the first input that decides it."""

    holds: bool | None
    decided_by: str


def judge(given: Given, when: Mapping[str, Any]) -> Verdict:
    """False as soon as one part is false, else unknown if one is, else true."""
    unknown = ""
    for name, wanted in when.items():
        holds = _part(given, name, wanted)
        if holds is False:
            return Verdict(False, name)
        if holds is None:
            unknown = unknown or name
    return Verdict(None, unknown) if unknown else Verdict(True, next(iter(when), ""))


def _part(given: Given, name: str, wanted: Any) -> bool | None:
    operators = wanted if isinstance(wanted, dict) else {"is": wanted}
    if "given" in operators and given.known(name) is not operators["given"]:
        return False
    if not given.known(name):
        return True if "given" in operators else None
    return all(_OPERATORS[operator](given, name, value) for operator, value in operators.items())


def _is(given: Given, name: str, wanted: Any) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    return any(_equal(given.values[name], option) for option in options)


def _equal(value: Any, wanted: Any) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return fold(value) == fold(wanted)
    return type(value) is type(wanted) and bool(value == wanted)


def _mentions(given: Given, name: str, phrases: list[str]) -> bool:
    return any(fold(phrase) in text for text in given.texts(name) for phrase in phrases)


def _parts(given: Given, name: str, wanted: list[str]) -> tuple[set[str], set[str]]:
    return set(given.texts(name)), {fold(part) for part in wanted}


def _only(given: Given, name: str, wanted: list[str]) -> bool:
    parts, allowed = _parts(given, name, wanted)
    return bool(parts) and parts <= allowed


def _has(given: Given, name: str, wanted: list[str]) -> bool:
    parts, sought = _parts(given, name, wanted)
    return bool(parts & sought)


def _day(given: Given, name: str) -> date:
    return day_of(given.times[name])


_OPERATORS: dict[str, Callable[[Given, str, Any], bool]] = {
    "given": lambda given, name, known: True,
    "is": _is,
    "mentions": _mentions,
    "and_mentions": _mentions,
    "lacks": lambda given, name, phrases: not _mentions(given, name, phrases),
    "only": _only,
    "has": _has,
    "below": lambda given, name, limit: given.values[name] < limit,
    "at_least": lambda given, name, limit: given.values[name] >= limit,
    "before": lambda given, name, limit: _day(given, name) < date.fromisoformat(limit),
    "from": lambda given, name, limit: _day(given, name) >= date.fromisoformat(limit),
}
