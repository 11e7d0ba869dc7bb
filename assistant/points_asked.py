"""Västra Götaland's points: the visits that a question counts → their sum for each unit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.calculated import Calculated
from assistant.facts import Facts, Place, Unit, Visit
from assistant.rules import Outcome, all_rules, compute
from assistant.visits import COMPARED
from ingest import swedish

POINTS_RULE = "vgr-reg-tabell"
DIFFERENCE = "Skillnaden är"
_POINTS = re.compile(r"\bp\b|\bpoang\w*|\btackningsgrad\w*")
_COUNTING = re.compile(
    r"\bpoang\w*|\bsumma\w*|\bsuma\b|\b(?:hur manga|antal|i|vilka) p\b|\btackningsgrad\w*"
    r"|\bpoints?\b|\bsammanlagt\b|\btotal\w*|\bihop\b"
)
_GETTING = re.compile(
    r"\bvad\s+(?:far|ger|blir|genererar)\b|\bhur\s+(?:mycket|mkt)\s+(?:far|ger|blir)\b"
)
_OTHER = re.compile(
    r"\bkod\w*|\bkva\b|\bform\w*|\bkontakttyp\w*|\bregistrer\w*|\bkostar\b|\bavgift\w*"
)
_BOTH = re.compile(
    r"\bbada\b|\bbade\b|\brespektive\b|\bvar(?:t)?\s+(?:och\s+(?:en|ett)|for\s+sig)\b|\bfar\s+vi\s+var\b"
)


_WHY = re.compile(
    r"\bvarfor\b|\bvad\s+(?:betyder|menas|innebar)\b|\b(?:vem|vems|vilka)\b(?!\s+(?:p\b|poang))"
)
_HOW_MANY = re.compile(r"\bhur\s+(?:manga|mycket|mkt)\b|\bsumma\w*")
_COVERAGE = re.compile(r"\btackningsgrad\w*")
_AT = {
    Place.HEMMA: "Hemma",
    Place.REHABENHET: "På rehabenhet",
    Place.VARDCENTRAL: "På vårdcentral",
    Place.SJUKHUS: "På sjukhus",
    Place.DIGITAL: "Digitalt",
}
# Rows that the table does not have are said to be lacking.
_NO_ROW = "regel i texten"


def asks_points(question: str) -> bool:
    """Whether points are asked for, in so many words or by what a visit gives."""
    folded = swedish.fold(question)
    if _WHY.search(folded) and not _HOW_MANY.search(folded):
        return False
    if _COUNTING.search(folded) or (COMPARED.search(folded) and _POINTS.search(folded)):
        return True
    return bool(_GETTING.search(folded)) and not _OTHER.search(folded)


def points(question: str, facts: Facts, day: date) -> list[Calculated]:
    """The points of the visits told, for the unit that asks or for both; none where none are told.

    Added up, or place by place where the places are compared.
    """
    if not facts.visits:
        return []
    if facts.shares:
        return _calculated([(unit, visit) for unit, own in facts.shares for visit in own], day)
    units = _asking(question, facts)
    if len(facts.visits) > 1 and COMPARED.search(swedish.fold(question)):
        return _compared(units, facts.visits, day)
    return _calculated([(unit, visit) for unit in units for visit in facts.visits], day)


def _asking(question: str, facts: Facts) -> list[Unit]:
    folded = swedish.fold(question)
    units: list[Unit] = [u for u in facts.units if u in (Unit.REHAB, Unit.VARDCENTRAL)]
    several = sum(visit.count for visit in facts.visits) > 1
    if not units and _COVERAGE.search(folded):
        return [Unit.VARDCENTRAL]  # only a vårdcentral has one
    if len(units) != 1 and (_BOTH.search(folded) or len(units) == 2 or several):
        return [Unit.VARDCENTRAL, Unit.REHAB]
    return units


def _compared(units: list[Unit], visits: Sequence[Visit], day: date) -> list[Calculated]:
    """What each place gives by itself, and the difference where there are two."""
    made = [
        replace(one, case=_AT.get(visit.place, visit.place.value.replace("_", " ").capitalize()))
        for visit in visits
        for one in _calculated([(unit, visit) for unit in units], day)
    ]
    sums = [sum(one.computation.value.values()) for one in made if one.computation.value]
    if len(units) == 1 and len(made) == len(sums) == 2:
        apart = f"{DIFFERENCE} {abs(sums[0] - sums[1])} p."
        steps = (*made[1].computation.steps, apart)
        made[1] = replace(made[1], computation=replace(made[1].computation, steps=steps))
    return made


def _calculated(held: Sequence[tuple[Unit, Visit]], day: date) -> list[Calculated]:
    """One computation of all these visits; none where no unit registers any."""
    sip = [
        {"plats": visit.place.value.replace("_", " "), "enhet": unit.value}
        for unit, visit in held
        for _ in range(min(visit.count, 200))
    ]
    if not sip:
        return []
    made = compute(POINTS_RULE, {"region": "vgr", "sip": sip}, day)
    if (made.missing or "").startswith("rad för"):
        made = replace(made, missing=_NO_ROW)  # the table is silent on that place
    elif made.status is not Outcome.DETERMINED:
        return []
    return [Calculated(made, all_rules()[POINTS_RULE], day)]
