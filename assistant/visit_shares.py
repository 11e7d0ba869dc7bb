"""Whose visits are whose where two units tell of their own; visits told otherwise afterwards."""

import re
from collections.abc import Sequence

from assistant import moment_words
from assistant.fact_words import Unit
from assistant.visits import Named, Visit, find_visits

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_SUPPOSES = re.compile(
    r"(?:och\s+|men\s+|eller\s+|fast\s+)?(?:om|ifall|tank\s+om|anta\s+att|sag\s+att|hade)\b"
)
_ADDS = re.compile(r"\b(?:ocksa|dessutom|plus|aven|till|utover)\b")
_OF_THEM = re.compile(
    r"\b(?P<n>\d{1,2}|en|ett|tva|tre|fyra|fem|sex)\s+(?:ut)?av\s+(?:dem|dom|de|dessa|motena|traffarna|besoken|sip\w*)\b"
)


def told_visits(folded: str, named: list[Named], own: Unit | None) -> tuple[Visit, ...]:
    """The visits as the text has them in the end: its last sentence may suppose others instead."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(folded))]
    last = folded[starts[-1] :]
    earlier = [one for one in named if one.end <= starts[-1]]
    later = [one for one in named if one.start >= starts[-1]]
    if earlier and later and _SUPPOSES.match(last) and not _ADDS.search(last):
        before = find_visits(folded[: starts[-1]], earlier, own)
        return _changed(before, later, last.rjust(len(folded)), own)
    return find_visits(folded, named, own)


def _changed(
    before: tuple[Visit, ...], later: list[Named], last: str, own: Unit | None
) -> tuple[Visit, ...]:
    """The visits before, moved as the last sentence says; none where it is not clear how."""
    if len(later) > 1 or later[0].number is not None:
        return find_visits(last, later, own)
    place = later[0].place
    if some := _OF_THEM.search(last):
        moved = moment_words.number(some["n"])
        rest = [visit for visit in before if visit.place is not place]
        if len(rest) != 1 or len(before) > 1 or rest[0].count <= moved:
            return ()
        return (Visit(rest[0].place, rest[0].count - moved), Visit(place, moved))
    return (Visit(place, before[0].count),) if len(before) == 1 else ()


def shares(
    folded: str, named: Sequence[Named], units: Sequence[tuple[int, Unit]]
) -> tuple[tuple[Unit, tuple[Visit, ...]], ...]:
    """Each unit with the visits told behind it; empty unless every unit has its own.

    `units` are the units that act or ask, with where they are named.
    """
    own = [(at, unit) for at, unit in units if unit in (Unit.VARDCENTRAL, Unit.REHAB)]
    marks = [(at, unit) for n, (at, unit) in enumerate(own) if not n or own[n - 1][1] is not unit]
    if len(marks) != 2 or len({unit for _, unit in marks}) != 2:
        return ()
    ends = [marks[1][0], len(folded)]
    told: list[tuple[Unit, tuple[Visit, ...]]] = []
    for (at, unit), end in zip(marks, ends, strict=True):
        places = [
            one._replace(start=one.start - at, end=one.end - at)
            for one in named
            if at <= one.start < end
        ]
        visits = find_visits(folded[at:end], places, unit) if places else ()
        if not visits:
            return ()
        told.append((unit, visits))
    before = [one for one in named if one.start < marks[0][0]]
    return () if before else tuple(told)
