"""Whether a statement's quantities, times, codes and references are those of its texts."""

import re
from collections.abc import Iterator

from assistant.model.verify_values import LOWER, Value, values
from assistant.model.verify_words import key, plain

_TWO = re.compile(r"\b(?:både|båda|dels|varken|bägge|ena|var sin|vardera)\b")
_ONE = re.compile(r"\b(?:en|ett)(?: enda)? ([a-zåäö]+)")
_ENUMERATED = re.compile(r"\(?(\d)\)")


def faults(statement: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each value of the statement that the texts don't hold, or bound otherwise: kind and what."""
    held = [value for text in texts for value in values(text)]
    numbers = {value.of[0] for value in held if value.kind in {"mått", "antal"}}
    whole = " ".join(plain(text) for text in texts)
    numbers |= set(_ENUMERATED.findall(whole))
    if _TWO.search(whole):
        numbers.add("2")
    for value in values(statement):
        same = [other for other in held if _same(value, other)]
        if value.kind == "antal":
            if value.of[0] == "1" and any(key(n) in value.of[1:] for n in _ONE.findall(whole)):
                continue
            if value.of[0] not in numbers or _counted_otherwise(value, held):
                yield "tal", value.written
        elif not same:
            if value.kind != "hur ofta" or not any(o.of == ("1", value.of[0]) for o in held):
                yield value.kind, value.written
        else:
            yield from _bounded(value, same)


def _bounded(value: Value, same: list[Value]) -> Iterator[tuple[str, str]]:
    """Where the texts set the value as the other limit, or on the other side of an event."""
    bounds = {other.bound for other in same}
    turned = value.bound and None not in bounds and value.bound not in bounds
    added = value.bound == LOWER and bounds == {None} and value.kind != "hur ofta"
    if turned or added:
        yield "gräns", value.written
    sides = {other.side for other in same}
    if value.side and None not in sides and value.side not in sides:
        yield "före eller efter", value.written


def _counted_otherwise(value: Value, held: list[Value]) -> bool:
    nouns = set(value.of[1:2])
    others = [o for o in held if o.kind == "antal" and nouns & set(o.of[1:])]
    return bool(others) and all(o.of[0] != value.of[0] for o in others)


def _same(value: Value, other: Value) -> bool:
    if value.kind != other.kind:
        return False
    if value.kind == "datum":
        return value.of[:2] == other.of[:2] and value.of[2] in (None, other.of[2])
    if value.kind == "månad":
        return value.of[0] == other.of[0]
    if value.kind == "paragraf":
        return (
            value.of[1] == other.of[1]
            and value.of[0] in (None, other.of[0])
            and (value.of[2] == other.of[2] or None in (value.of[2], other.of[2]))
        )
    return value.of == other.of
