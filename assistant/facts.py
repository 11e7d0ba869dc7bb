"""What a text says beside its events: age, setting, places, consent, who is needed, what was sent.

A fact is stated only where the text states it: what is asked ("krävs samtycke?") is no fact, and
None means that nothing was said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant import moment_words
from assistant.fact_words import (
    AGE,
    ASKED,
    COUNT,
    GIVEN,
    INFORMATION,
    NOT,
    PLACES,
    REFUSED,
    SENTENCE,
    SETTINGS,
    SPEAKER,
    TRACK,
    TRACKS,
    TRUTHS,
    UNITS,
    WITHDRAWN,
    Consent,
    Place,
    Setting,
    Unit,
)

__all__ = ["Consent", "Facts", "Place", "Setting", "Unit", "Visit", "find_facts"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A number of SIP at one kind of place."""

    place: Place
    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text states; None or empty where it is silent."""

    age: int | None = None  # years
    settings: tuple[Setting, ...] = ()
    visits: tuple[Visit, ...] = ()
    units: tuple[Unit, ...] = ()
    consent_sip: Consent | None = None
    consent_information: Consent | None = None
    only_social_services: bool | None = None
    region_resources: bool | None = None  # False: the region's own efforts are not in place
    registered_here: bool | None = None  # False: folkbokförd in another municipality
    kallelse_sent: bool | None = None
    kallelse_late: bool | None = None
    municipality_informed: bool | None = None  # of the admission, by inskrivningsmeddelande
    answer_missing: bool | None = None  # no reply or receipt has come
    existing_plan: bool | None = None
    track: str | None = None  # "rött", "gult", "grönt"


def find_facts(text: str) -> Facts:
    """The facts that the text states."""
    folded = moment_words.read(text).text
    age = _age(folded)
    settings = _settings(folded, age)
    truths = {name: _truth(patterns, folded) for name, patterns in TRUTHS.items()}
    if truths["kallelse_late"] is not None and truths["kallelse_sent"] is None:
        truths["kallelse_sent"] = True
    sip, information = _consents(folded)
    return Facts(
        age=age,
        settings=settings,
        visits=_visits(folded),
        units=_units(folded),
        consent_sip=sip,
        consent_information=information,
        track=_track(folded),
        **truths,
    )


def _age(folded: str) -> int | None:
    for match in AGE.finditer(folded):
        written = next(group for group in match.groups() if group)
        age = int(written) if written.isdigit() else _spelled(written)
        if age is not None and age <= 120:
            return age
    return None


def _spelled(word: str) -> int | None:
    """A number in words, also from twenty up: "attiotva"."""
    if word in moment_words.NUMBERS:
        return moment_words.NUMBERS[word]
    tens = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "attio", "nittio")
    for n, ten in enumerate(tens, 2):
        if word.startswith(ten):
            rest = word.removeprefix(ten)
            if not rest:
                return 10 * n
            unit = moment_words.NUMBERS.get(rest)
            return 10 * n + unit if unit is not None and unit < 10 else None
    return None


def _settings(folded: str, age: int | None) -> tuple[Setting, ...]:
    found = [s for s, pattern in SETTINGS if re.search(pattern, folded)]
    if age is not None and age < 18 and Setting.BARN not in found:
        found.append(Setting.BARN)
    if Setting.OPPENVARD in found and re.search(r"\b(?:inte|ej)\s+inlagd", folded):
        found = [s for s in found if s is not Setting.UTSKRIVNING]
    return tuple(sorted(found, key=list(Setting).index))


def _visits(folded: str) -> tuple[Visit, ...]:
    """Each place with the number before it; a place named without a number counts once."""
    left = folded
    found: list[tuple[int, Place, int]] = []
    for place, pattern in PLACES:
        for match in list(re.finditer(pattern, left)):
            before = folded[: match.start()]
            staff = place in (Place.VARDCENTRAL, Place.REHABENHET, Place.SJUKHUS)
            if staff and SPEAKER.search(before):
                continue
            written = COUNT.search(before + " ") if not match.group()[0].isdigit() else None
            inside = re.match(r"(\d+|en|tva|tre|fyra|fem)\s", match.group())
            count = moment_words.number(
                (written and written["n"]) or (inside and inside[1]) or "en"
            )
            found.append((match.start(), place, count))
            left = left[: match.start()] + "\x05" * len(match.group()) + left[match.end() :]
    totals: dict[Place, int] = {}
    for _, place, count in sorted(found):
        totals[place] = max(totals.get(place, 0), count)
    return tuple(Visit(place, count) for place, count in totals.items())


def _units(folded: str) -> tuple[Unit, ...]:
    """Units that act or ask, not those that are only the place of the meeting."""
    places = [
        match.span()
        for place, pattern in PLACES
        if place in (Place.REHABENHET, Place.VARDCENTRAL, Place.SJUKHUS)
        for match in re.finditer(pattern, folded)
        if not SPEAKER.search(folded[: match.start()])
    ]
    found = []
    for unit, pattern in UNITS:
        for match in re.finditer(pattern, folded):
            if not any(start <= match.start() < end for start, end in places):
                found.append((match.start(), unit))
    return tuple(dict.fromkeys(unit for _, unit in sorted(found)))


def _consents(folded: str) -> tuple[Consent | None, Consent | None]:
    """What is said of consent to SIP and to the transfer of information, in this order."""
    sip: Consent | None = None
    information: Consent | None = None
    for part in _parts(folded):
        said = _consent(part)
        if said is None and sip is Consent.GIVEN and re.search(WITHDRAWN, part):
            sip = Consent.WITHDRAWN
        if said is None:
            continue
        about_information = bool(INFORMATION.search(part))
        if about_information:
            information = said
        if not about_information or re.search(r"\bsip\b|\bbade\b|\bplan\w*\b", part):
            sip = said
    return sip, information


def _parts(folded: str) -> Iterable[str]:
    for sentence in SENTENCE.findall(folded):
        yield from re.split(r",\s|\s(?:men|fast|daremot|dock)\s", sentence)


def _consent(part: str) -> Consent | None:
    if re.search(
        rf"\b{NOT}\s+(?:\w+\s+)?(?:nekat|avbojt|aterkallat|motsatt|nekar|tackat\s+nej)", part
    ):
        return None
    about = re.search(
        r"samtyck|\bsip\b|medgiv|\bja\b|\bnej\b|information|mote|plan|consent|uppgift|godkan|delta",
        part,
    )
    if not about or (
        ASKED.search(part) and part.rstrip().endswith("?") and "samtycker" not in part
    ):
        conditional = re.search(
            r"\b(?:nar|om|fast|efter\s+att)\s+(?:pat\w*|hon|han|den\s+enskilde)\b", part
        )
        if not about or not conditional:
            return None
    for consent, pattern in (
        (Consent.WITHDRAWN, WITHDRAWN),
        (Consent.REFUSED, REFUSED),
        (Consent.GIVEN, GIVEN),
    ):
        if re.search(pattern, part):
            return consent
    return None


def _truth(patterns: tuple[tuple[bool, str], ...], folded: str) -> bool | None:
    for sentence in SENTENCE.findall(folded):
        for value, pattern in patterns:
            match = re.search(pattern, sentence)
            if match and not _only_asked(sentence, match.start()):
                return value
    return None


def _only_asked(sentence: str, start: int) -> bool:
    """Whether the sentence asks whether it has to be so: "måste kallelsen skickas?"."""
    clause = re.split(r",\s|\s(?:om|nar|men|och)\s", sentence[:start])[-1]
    opening = bool(
        re.match(r"\s*(?:maste|ska|far|kan|bor|kravs|behover|har|nar|hur|vem|vad)\b", clause)
    )
    return opening and sentence.rstrip().endswith("?")


def _track(folded: str) -> str | None:
    match = TRACK.search(folded)
    if match is None:
        return None
    colour = match["c"] or match["c2"]
    return next(name for start, name in TRACKS.items() if colour.startswith(start))
