"""Inputs of a rule as staff write them → as the rules read them, and what was understood."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from assistant.moments import ZONE, Moment, Precision, find_moments
from assistant.rules import Rule, calendar
from assistant.rules.given import declared, label
from assistant.rules.tools import asked
from assistant.rules.wording import fold, sentence, when_text
from ingest.errors import InputError

_YES = {"ja", "j", "true", "sant", "yes", "y"}
_NO = {"nej", "n", "false", "falskt", "no"}
_UNKNOWN = {"okänt", "okänd", "vet inte", "vet ej", "null", "?"}
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?)?")
_WORDS = re.compile(r"\b(?:den|på|kl|klockan)\b", re.IGNORECASE)  # say nothing about the time
_BETWEEN = re.compile(r"\s*[,;+]\s*|\s+och\s+")


@dataclass(frozen=True, slots=True)
class Understood:
    """Inputs as the rules read them, and a Swedish line on each: "mötesdatum: fredag 13 mars"."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def read_pairs(rule: Rule, pairs: Sequence[str], day: date) -> Understood:
    """The inputs written `name=value` for a rule; `day` is what "i dag" means.

    InputError, naming the value, where the rule asks for no such input or it cannot be read.
    """
    written: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not value.strip():
            raise InputError(f'"{pair}" går inte att läsa. Skriv uppgift=värde: {_asks_for(rule)}')
        key = _name(name, rule)
        if key in written:
            raise InputError(f"Uppgiften {key} ({label(key)}) står två gånger. Ange den en gång.")
        written[key] = value.strip()
    return read_values(written, day)


def read_values(written: Mapping[str, str | Sequence[str] | None], day: date) -> Understood:
    """Each input by name, a list for one that may be several; what is None or empty is left out."""
    values: dict[str, Any] = {}
    lines: list[str] = []
    for name, value in written.items():
        if value is None or (not isinstance(value, str) and not value):
            continue
        values[name], said = read_value(name, value, day)
        lines.append(f"{label(name)}: {said}")
    return Understood(values, tuple(lines))


def read_value(name: str, value: str | Sequence[str], day: date) -> tuple[Any, str]:
    """One input as the rules read it and as it is said back; InputError where it cannot be."""
    kind = declared().kinds[name]
    if not isinstance(value, str):
        return _several(kind, name, value)
    if fold(value) in map(fold, _UNKNOWN):
        return None, "okänt"
    if kind == "tid":
        return read_time(name, value, day)
    if kind == "ja_nej":
        return _yes_or_no(name, value)
    if kind == "tal":
        return _number(name, value)
    if kind in ("lista", "belopp"):
        return _several(kind, name, [part for part in _BETWEEN.split(value) if part])
    return value, value


def read_time(name: str, value: str, day: date) -> tuple[str | bool, str]:
    """A day or a moment as it is written ("13/3 kl 13.10"), ISO 8601, or only that it happened."""
    if fold(value) in _YES | _NO:
        return fold(value) in _YES, "ja" if fold(value) in _YES else "nej"
    if _ISO.fullmatch(value):
        return _iso(name, value)
    found = find_moments(value, datetime.combine(day, time(12), ZONE))
    if len(found) != 1:
        what = "Det är mer än en tidpunkt. " if found else ""
        raise _unread(name, value, f"{what}Skriv till exempel 13 mars 2026 kl. 13.10.")
    (moment,) = found
    if moment.problem:
        raise _unread(name, value, moment.problem)
    rest = value[: moment.start] + value[moment.end :]
    if _WORDS.sub("", rest).strip(" ,.;"):
        raise _unread(name, value, f"Jag förstår bara {moment.text!r}. Skriv resten på annat sätt.")
    if moment.at is not None:
        return moment.at.isoformat(), moment.said
    if moment.date is None or moment.precision is not Precision.DAY:
        raise _unread(name, value, _what_lacks(moment))
    return moment.date.isoformat(), moment.said


def names_of(rule: Rule) -> Iterable[str]:
    """The names that may be given for the rule: what it reads, and what its times are checked by.

    The last are events that must stand in order with those it reads.
    """
    own = asked(rule)
    beside = [
        event
        for earlier, later, _ in declared().order
        for event in (earlier, later)
        if earlier in own or later in own
    ]
    return dict.fromkeys([*own, "region", *beside])


def _name(written: str, rule: Rule) -> str:
    key = fold(written).replace(" ", "_").replace("-", "_")
    key = declared().aliases.get(key, key)
    names = list(names_of(rule))
    called = next((name for name in names if fold(label(name)) == fold(written)), None)
    if called or key in names:
        return called or key
    raise InputError(f"Regeln läser inte uppgiften {written.strip()!r}. {_asks_for(rule)}")


def _asks_for(rule: Rule) -> str:
    if not rule.inputs:
        return "Regeln behöver inga uppgifter."
    return f"Den frågar efter {', '.join(f'{n} ({label(n)})' for n in rule.inputs)}."


def _iso(name: str, value: str) -> tuple[str, str]:
    written = value.replace(" ", "T").replace("Z", "+00:00")
    try:
        readings = calendar.read(written)
    except calendar.ImpossibleTime as error:
        raise _unread(name, value, sentence(str(error))) from None
    return written, when_text(readings[0])


def _what_lacks(moment: Moment) -> str:
    if moment.between is not None:
        return "Det säger bara vilken del av dagen. Skriv klockslaget, eller bara dagen."
    if moment.first is not None:
        return "Det är flera dagar. Skriv vilken dag det var."
    return "Dagen framgår inte. Skriv till exempel 13 mars 2026 kl. 13.10."


def _yes_or_no(name: str, value: str) -> tuple[bool, str]:
    if fold(value) in _YES:
        return True, "ja"
    if fold(value) in _NO:
        return False, "nej"
    raise _unread(name, value, "Skriv ja, nej eller okänt.")


def _number(name: str, value: str) -> tuple[float, str]:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        raise _unread(name, value, "Skriv ett tal med siffror.") from None
    return (int(number) if number.is_integer() else number), value


def _several(kind: str, name: str, parts: Sequence[str]) -> tuple[Any, str]:
    if kind != "belopp":
        return list(parts), ", ".join(parts)
    amounts: dict[str, float] = {}
    for part in parts:
        who, equals, amount = part.partition("=")
        if not equals or not who.strip():
            raise _unread(name, part, "Skriv vem=kronor, till exempel läkare=300.")
        amounts[who.strip()], _ = _number(name, amount.strip().removesuffix("kr").strip())
    told = (f"{who} {f'{amount}'.replace('.', ',')} kr" for who, amount in amounts.items())
    return amounts, ", ".join(told)


def _unread(name: str, value: str, advice: str) -> InputError:
    return InputError(f'Jag kan inte läsa "{value}" som {label(name)}. {advice}')
