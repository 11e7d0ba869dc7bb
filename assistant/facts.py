"""What a text says beside its events: age, setting, places, consent, who is needed, what was sent.

A fact is stated only where the text states it: what is asked ("krävs samtycke?") is no fact, and
None means that nothing was said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant import moment_words
from assistant.fact_truths import find_truths
from assistant.fact_words import (
    AGE,
    ASKED,
    GIVEN,
    INFORMATION,
    NOT,
    REFUSED,
    SENTENCE,
    SETTINGS,
    TRACK,
    TRACKS,
    UNITS,
    WITHDRAWN,
    Consent,
    Place,
    Setting,
    Unit,
)
from assistant.visit_shares import shares, told_visits
from assistant.visits import Named, Visit, places_named
from ingest import swedish

__all__ = ["Consent", "Facts", "Place", "Setting", "Unit", "Visit", "find_facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text states; None or empty where it is silent."""

    age: int | None = None  # years
    settings: tuple[Setting, ...] = ()
    visits: tuple[Visit, ...] = ()
    shares: tuple[tuple[Unit, tuple[Visit, ...]], ...] = ()  # where each unit tells of its own
    units: tuple[Unit, ...] = ()
    consent_sip: Consent | None = None
    consent_information: Consent | None = None
    only_social_services: bool | None = None
    region_resources: bool | None = None  # False: the region's own efforts are not in place
    registered_here: bool | None = None  # False: folkbokförd in another municipality
    kallelse_sent: bool | None = None
    kallelse_late: bool | None = None
    municipality_informed: bool | None = None  # of the admission, by inskrivningsmeddelande
    municipality_told_ready: bool | None = None  # False: utskrivningsklar went to others only
    assessed_by_doctor: bool | None = None  # False: somebody else judged who is ready to leave
    answer_missing: bool | None = None  # no reply or receipt has come
    existing_plan: bool | None = None
    urgent: bool | None = None
    track: str | None = None  # "rött", "gult", "grönt"


def find_facts(text: str) -> Facts:
    """The facts that the text states."""
    folded = moment_words.read(text).text
    age = _age(folded)
    settings = _settings(folded, age)
    truths = find_truths(folded)
    if truths["kallelse_late"] is not None and truths["kallelse_sent"] is None:
        truths["kallelse_sent"] = True
    sip, information = _consents(folded)
    named = places_named(folded)
    acting = _units(folded, named)
    units = tuple(dict.fromkeys(unit for _, unit in acting))
    own = [unit for unit in units if unit in (Unit.VARDCENTRAL, Unit.REHAB)]
    return Facts(
        age=age,
        settings=settings,
        visits=told_visits(folded, named, own[0] if len(own) == 1 else None),
        shares=shares(folded, named, acting),
        units=units,
        consent_sip=sip,
        consent_information=information,
        track=_track(folded),
        **truths,
    )


def age_of(text: str) -> int | None:
    """The age in years that the text tells of somebody, None where it tells none."""
    return _age(swedish.fold(text))


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


def _units(folded: str, named: list[Named]) -> list[tuple[int, Unit]]:
    """Units that act or ask, with where; not those that are only the place of the meeting."""
    places = [(one.start, one.end) for one in named]
    found = []
    for unit, pattern in UNITS:
        for match in re.finditer(pattern, folded):
            if not any(start <= match.start() < end for start, end in places):
                found.append((match.start(), unit))
    return sorted(found)


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


def _track(folded: str) -> str | None:
    match = TRACK.search(folded)
    if match is None:
        return None
    colour = match["c"] or match["c2"]
    return next(name for start, name in TRACKS.items() if colour.startswith(start))
