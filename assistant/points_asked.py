"""Västra Götaland's points: the visits that a question counts → their sum for each unit."""

import re
from dataclasses import replace
from datetime import date

from assistant.facts import Facts, Unit
from assistant.rules import Computation, Outcome, compute
from ingest import swedish

POINTS_RULE = "vgr-reg-tabell"
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
# "rehab har två hemma och vårdcentralen en digital": whose visit is whose is not told apart.
_EACH_ITS_OWN = re.compile(
    r"\b(?:rehab\w*|vardcentral\w*|vc)\s+(?:har|hade|gjorde|gjort|gor|haller|holl|tog)\b"
)
_BOTH = re.compile(
    r"\bbada\b|\bbade\b|\brespektive\b|\bvar(?:t)?\s+(?:och\s+(?:en|ett)|for\s+sig)\b|\bfar\s+vi\s+var\b"
)


def asks_points(question: str) -> bool:
    """Whether points are asked for, in so many words or by what a visit gives."""
    folded = swedish.fold(question)
    if _COUNTING.search(folded):
        return True
    return bool(_GETTING.search(folded)) and not _OTHER.search(folded)


def points(question: str, facts: Facts, day: date) -> Computation | None:
    """The sum of the visits told, for the unit that asks or for both; None where it has none."""
    units = [u for u in facts.units if u in (Unit.REHAB, Unit.VARDCENTRAL)]
    several = sum(visit.count for visit in facts.visits) > 1
    if not facts.visits:
        return None
    if len(units) != 1 and (_BOTH.search(swedish.fold(question)) or len(units) == 2 or several):
        units = [Unit.VARDCENTRAL, Unit.REHAB]
    if not units or (len(units) == 2 and len(_EACH_ITS_OWN.findall(swedish.fold(question))) > 1):
        return None
    sip = [
        {"plats": visit.place.value.replace("_", " "), "enhet": unit.value}
        for unit in units
        for visit in facts.visits
        for _ in range(min(visit.count, 200))
    ]
    made = compute(POINTS_RULE, {"region": "vgr", "sip": sip}, day)
    if (made.missing or "").startswith("rad för"):
        return replace(made, missing="regel i texten")  # the table is silent on that place
    return made if made.status is Outcome.DETERMINED else None
