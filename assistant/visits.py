"""How many SIP were held at each kind of place: "tre digitala och en hemma", "1 sip sjukhus".

A text that says how many there were in all, and tells of another number, gives none: what cannot be
added up must not be added up.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from assistant import moment_words
from assistant.fact_words import PLACES, SPEAKER, Place, Unit

_N = r"(?:\d{1,2}|en|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv)"
_COUNT = re.compile(
    rf"\b(?P<n>{_N})\s+(?:st\s+)?(?:(?!och\b|samt\b|o\b|plus\b)[\w-]+\s+){{0,2}}?"
    r"(?:(?:i|pa|hos|via|per|vid)\s+)?$"
)
# "på sjukhuset 5 ggr": how often, told after the place.
_TIMES = re.compile(
    rf"\s*(?:pa\s+|for\s+)?(?:sip\s*)?[,:]?\s*(?:x\s*(?P<x>\d{{1,2}})\b|(?P<n>{_N})\s*(?:ggr|ganger|st\b|x\b))"
)
_WITHIN = re.compile(rf"({_N})\s")
_REST = re.compile(r"\b(?:resten|ovriga|de\s+andra)\s+(?:\w+\s+){0,2}?$")
_IN_ALL = re.compile(
    rf"\b(?P<n>{_N})\s+(?:\w+\s+)?sip(?::?[a-z]+)?(?:-?mot\w*)?\s*(?:,|:|\(|totalt|sammanlagt|varav|i\s+allt)"
)
_OF_SIP = re.compile(
    rf"\b(?P<n>{_N})\s+(?:st\s+)?(?:\w+\s+)?"
    r"(?:sip(?:ar|er)?|\w*besok(?:en)?|moten|\w*traffar|ggr|ganger)\b"
)
_EVERYWHERE = re.compile(
    r"\b(?:varje|alla|samtliga|vart\s+och\s+ett\s+av)\s+(?:de\s+)?(?:stall\w*|plats\w*|rad(?:er|en)?\b)"
)
_TABLE = (Place.HEMMA, Place.REHABENHET, Place.VARDCENTRAL, Place.SJUKHUS, Place.DIGITAL)
# Places named without a preposition, where a number or a list shows that they are counted.
_BARE: tuple[tuple[Place, str], ...] = (
    (Place.SJUKHUS, r"sjukhus(?:et)?|avd(?:elning(?:en)?)?|lasarett(?:et)?"),
    (Place.REHABENHET, r"rehab(?:enhet(?:en)?|en)?"),
    (Place.VARDCENTRAL, r"vardcentral(?:en)?|vc(?::?n)?"),
    (Place.HEMMA, r"(?:team|hem)?(?:besok|traff|mot)\w*\s+hemma|hemma|hem(?:met)?"),
)
_BARE_PATTERNS = tuple(
    (
        place,
        re.compile(
            rf"(?:\b(?P<n>{_N})\s+(?:st\s+)?(?:sip(?:ar|er|:ar)?(?:-?mot\w*)?\s+)?|[(,]\s*"
            rf"|\boch\s+|\b(?P<rest>resten|ovriga|de\s+andra)\s+(?:var\s+|holls\s+)?)"
            rf"(?P<place>{names})(?=\s*(?:[,.;()?]|$|och\b|samt\b|o\b|\+))"
        ),
    )
    for place, names in _BARE
)
# Places set beside each other to be compared, not added up.
COMPARED = re.compile(
    r"\bskilj\w*|\bskillnad\w*|\b(?:fler|mer|mindre|farre|hogre|lagre)\s+(?:p\b|poang\w*)|\bjamfor\w*|\blona\w*\s+sig"
    r"|\b(?:mest|hogst|bast|minst)\b|\bspelar\s+det\s+(?:\w+\s+)?roll|\bhellre\b|\bflytta\w*|\blika\s+(?:manga|mycket)\b"
)
_MOVED_FROM = re.compile(r"\bflytta\w*\s+(?:\w+\s+)?fran\s*$")
_OPENS = re.compile(r"(?:^|[.!?:;,]\s*|\b(?:och|men)\s+)$")
_ACTS = re.compile(r"\s*:|\s+(?!och\b|samt\b|o\b|eller\b|plus\b|x\b|ggr\b|st\b|ganger\b)[a-z]+")
# "digitala SIP på vårdcentralen" is held on line: the vårdcentral is who holds it.
_BY_WHOM = re.compile(r"\s+(?:sip\w*(?:-?mot\w*)?|mot\w*)\s*$")
_ON_LINE = (Place.DIGITAL, Place.SKYPE, Place.TELEFON)
_OF_PATIENTS = re.compile(
    rf"\s+(?:hos\s+)?(?P<n>{_N})\s+(?:olika\s+)?(?:patient\w*|pat\b|person\w*|brukar\w*|hyresgast\w*)"
)
_OWN_RECEPTION = re.compile(r"(?:pa\s+)?(?:var\s+)?(?:egen\s+|egna\s+)?mott(?:agning(?:en)?)?")
_ELSEWHERE = re.compile(r"\b(?:sjukhus\w*|psyk\w*|\w+iska|specialist\w*|annan|deras)\s*$")
_TOUCHES = re.compile(r"\s*(?:pa\s+|har\s+|,\s*)?")
_STAFF = (Place.VARDCENTRAL, Place.REHABENHET, Place.SJUKHUS)
_OURS = re.compile(r"\b(?:hos|i)\s+(?:oss|vara\s+(?:egna\s+)?lokaler)\b")
_OUR_PLACE = {Unit.VARDCENTRAL: Place.VARDCENTRAL, Unit.REHAB: Place.REHABENHET}


@dataclass(frozen=True, slots=True)
class Visit:
    """A number of SIP at one kind of place."""

    place: Place
    count: int


class Named(NamedTuple):
    """A place named at [start, end) of the folded text; number is None where none is written."""

    start: int
    end: int
    place: Place
    number: int | None
    rest: bool = False


def places_named(folded: str) -> list[Named]:
    """The places at which something is held, in order; not those where the speaker works."""
    left = folded
    found: list[Named] = []
    for place, pattern in PLACES:
        for match in list(re.finditer(pattern, left)):
            before = folded[: match.start()]
            if place in _STAFF and _is_speaker(match, before, folded, found):
                continue
            found.append(
                _named(
                    match.start(), match.end(), place, before, match.group(), folded[match.end() :]
                )
            )
            left = left[: match.start()] + "\x05" * len(match.group()) + left[match.end() :]
    counted = bool(found) or "sip" in folded
    for place, bare in _BARE_PATTERNS if counted else ():
        for match in list(bare.finditer(left)):
            rest = match["rest"] is not None
            if match["n"] is None and not rest and not _in_a_list(match, left):
                continue
            count = moment_words.number(match["n"]) if match["n"] else None
            found.append(Named(*match.span("place"), place, count, rest))
            left = left[: match.start()] + "\x05" * len(match.group()) + left[match.end() :]
    return sorted(found)


def _is_speaker(match: re.Match[str], before: str, folded: str, found: list[Named]) -> bool:
    """Whether the unit is who speaks or acts, not the place: "vi på rehab", "rehabenheten fick"."""
    if _MOVED_FROM.search(before):
        return False
    if SPEAKER.search(before):
        return True
    if _OPENS.search(before) and _ACTS.match(folded, match.end()) and " " not in match.group():
        return True
    return any(
        one.place in _ON_LINE
        and one.end <= match.start()
        and _BY_WHOM.fullmatch(folded[one.end : match.start()])
        for one in found
    )


def find_visits(folded: str, named: list[Named], own: Unit | None) -> tuple[Visit, ...]:
    """The number of SIP at each place; a place without a number counts once.

    `own` is the unit that speaks: "hos oss" is its place.
    """
    totals: dict[Place, int] = {}
    if own in _OUR_PLACE:
        named = _at_home(folded, named, _OUR_PLACE[own])
    for one in named:
        if one.number is not None:
            totals[one.place] = totals.get(one.place, 0) + one.number
        else:
            totals.setdefault(one.place, 0 if one.rest else 1)
    if not totals and (every := _EVERYWHERE.search(folded)):
        before = _COUNT.search(folded[: every.start()])
        totals = dict.fromkeys(_TABLE, moment_words.number(before["n"]) if before else 1)
    if COMPARED.search(folded) and len(named) > 1:
        numbers = {int(moment_words.number(m["n"])) for m in _OF_SIP.finditer(folded)}
        if set(totals.values()) == {1} and len(numbers) == 1:
            totals = dict.fromkeys(totals, numbers.pop())
        return tuple(Visit(place, count) for place, count in totals.items())
    in_all = _IN_ALL.search(folded)
    rest = next((one for one in named if one.rest), None)
    if in_all and totals:
        told = moment_words.number(in_all["n"])
        if rest is not None:
            totals[rest.place] += told - sum(totals.values())
        if sum(totals.values()) != told or min(totals.values()) < 1:
            return ()
    elif rest is not None or _left_over(folded, named, totals):
        return ()
    return tuple(Visit(place, count) for place, count in totals.items())


def _at_home(folded: str, named: list[Named], own: Place) -> list[Named]:
    """The places, "hos oss" and the unit's own "mottagning" told as the place of the unit."""
    ours = _OURS.search(folded)
    if ours is not None:
        around = folded[: ours.start()], "", folded[ours.end() :]
        named = sorted([*named, _named(*ours.span(), own, *around)])
    there: list[Named] = []
    for one in named:
        here = (
            one.place is Place.MOTTAGNING
            and _OWN_RECEPTION.fullmatch(folded[one.start : one.end])
            and not _ELSEWHERE.search(folded[: one.start])
        )
        now = one._replace(place=own) if here else one
        last = there[-1] if there else None
        if (
            last is not None
            and now.place is last.place is own
            and _TOUCHES.fullmatch(folded[last.end : now.start])
            and (ours is not None and ours.start() in (now.start, last.start))
        ):
            number = last.number if last.number is not None else now.number
            there[-1] = last._replace(end=now.end, number=number, rest=last.rest or now.rest)
        else:
            there.append(now)
    return there


def _left_over(folded: str, named: list[Named], totals: dict[Place, int]) -> bool:
    """Whether a number of SIP is told whose place is not known."""
    counts = [one.number for one in named if one.number] or list(totals.values())
    for match in _OF_SIP.finditer(folded):
        number = moment_words.number(match["n"])
        if number > 1 and number not in counts:
            return True
    return False


def _named(start: int, end: int, place: Place, before: str, text: str, after: str) -> Named:
    inside = _WITHIN.match(text)
    written = None if inside else _COUNT.search(f"{before.rstrip()} ")
    number: str | None = inside[1] if inside else written["n"] if written else None
    if number in (None, "en", "ett") and (often := _TIMES.match(after)):
        number = str(often["x"] or often["n"])
    if number is None and (patients := _OF_PATIENTS.match(after)):
        number = str(patients["n"])
    rest = number is None and bool(_REST.search(f"{before.rstrip()} "))
    return Named(start, end, place, moment_words.number(number) if number else None, rest)


def _in_a_list(match: re.Match[str], text: str) -> bool:
    """Whether the place stands between brackets, beside others that are counted."""
    opened = text.rfind("(", 0, match.end())
    closed = text.find(")", match.start())
    return opened >= 0 and closed >= 0 and ")" not in text[opened : match.start()]
