"""Questions in other languages: which language, and a line in English beside the Swedish answer.

A detector of languages from a library needs whole sentences and tens of MB; a question of five
words with Swedish terms in it is told better by the words that bind it together.
"""

import re
import tomllib
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import corpus
from assistant.answer import Answer, Status
from assistant.asked import Kind, asked
from ingest import swedish


class Language(StrEnum):
    """What a question is written in."""

    SWEDISH = "sv"
    ENGLISH = "en"
    OTHER = "other"


_BINDING = {
    Language.SWEDISH: (
        "och att det som en ett är av för på inte har vi ska vad vem när hur vilken vilka vilket "
        "kan får måste om till med den de han hon eller var man finns gäller behöver från vid"
    ),
    Language.ENGLISH: (
        "the is are was who what when where how which does do did can must should may has have of "
        "to with and or if it we my our there they this that be by from not need long many "
        "at applies apply code codes fee meeting discharge discharged outpatient hospital consent "
        "municipality care follow before after"
    ),
    Language.OTHER: (
        # Danish and Norwegian, German, Finnish, French, Spanish, Polish, Somali, Kurdish, Bosnian
        "hvem hvad hva hvordan hvornår hvor hvilken ikke og "
        "wer wann wie wo der die das ist und nicht muss "
        "kuka mikä milloin miten onko missä täytyy ja "
        "qui quand comment est le les dans doit quién quién cuándo cómo el los debe es "
        "kto kiedy jak czy nie waa maxaa goorma yaa iyo kî kengî çawa tko kada kako gdje"
    ),
}
_LATIN = re.compile(r"LATIN")
_NUMBERED = re.compile(
    r"\b(?:(?P<low>\d+)\s*[-–]\s*)?(?P<count>\d+|[a-zåäö]+)\s+"
    r"(?P<unit>arbetsdag|kalenderdag|dag|dygn|timm|veck|månad|kvartal|poäng|kronor|kr\b|år\b|års\b)"
)
_CODE = re.compile(r"\b(?:[A-ZÅÄÖ]{2} ?\d{3}|P0|Gena|DR16|VAS)\b")
_LAW = re.compile(r"\b\d+ kap\. \d+(?:[–-]\d+)? §+|\b\d{4}:\d+\b")
_CLOCK = re.compile(r"\bklockan (\d{1,2}[.:]\d\d)")
_AGE = re.compile(r"\b\d{1,2} (?:år\b|års)")
_MOST = 3


def language_of(text: str) -> Language:
    """The language of the question; Swedish where nothing tells otherwise.

    >>> language_of("Who convenes the SIP?"), language_of("vem kallar, fvk?")
    (<Language.ENGLISH: 'en'>, <Language.SWEDISH: 'sv'>)
    """
    letters = [c for c in text if c.isalpha()]
    foreign = sum(not _LATIN.match(unicodedata.name(c, "")) for c in letters)
    if letters and foreign > len(letters) / 2:
        return Language.OTHER
    words = re.findall(r"[^\W\d_]+", swedish.clean(text).lower())
    count = {name: sum(word in known for word in words) for name, known in _binding().items()}
    best = max(count.values())
    # A single word in common proves nothing: "is" and "man" are Swedish too.
    if best < 2 or count[Language.SWEDISH] == best:
        return Language.SWEDISH
    return next(name for name in (Language.ENGLISH, Language.OTHER) if count[name] == best)


def note(answer: Answer, question: str) -> str:
    """A line for the reader who did not write Swedish; empty where none is called for."""
    language = language_of(question)
    if language is Language.SWEDISH:
        return ""
    if language is Language.OTHER:
        return "Jag svarar på svenska. / I answer in Swedish."
    if answer.status is Status.REFUSE:
        return (
            "In an emergency call 112. I answer in Swedish."
            if answer.reason == "urgent"
            else "I only answer questions on the SIP guidelines, and I answer in Swedish."
        )
    if answer.status is Status.ABSTAIN:
        return "I answer in Swedish: the guideline does not state what you ask for."
    if answer.status is Status.CLARIFY:
        return "I answer in Swedish, and need to know more: see the question below."
    found = key_facts(answer, question)
    told = f" Key fact: {'; '.join(found)}." if found else ""
    return f"I answer in Swedish, with the source.{told}"


def key_facts(answer: Answer, question: str) -> list[str]:
    """Facts of the first statement in English, those of the kind that was asked for first."""
    if answer.computations and (computed := _computed(answer.computations[0].value)):
        return computed
    if not answer.statements:
        return []
    text = answer.statements[0].text
    lower = text.lower()
    wanted = asked(question)
    by_kind = {
        Kind.CODE: _CODE.findall(text),
        Kind.LAW: _LAW.findall(text),
        Kind.AGE: [f"{age.split()[0]} years" for age in _AGE.findall(text)],
        Kind.DURATION: _numbers(lower) + [f"at {clock}" for clock in _CLOCK.findall(text)],
        Kind.WHO: _named("who", lower),
    }
    order = sorted(by_kind, key=lambda kind: kind not in wanted)
    first = [fact for kind in order if kind in wanted for fact in by_kind[kind]]
    rest = _named("phrases", lower) + [f for kind in order for f in by_kind[kind]]
    return list(dict.fromkeys(first or rest))[:_MOST]


def _computed(value: Any) -> list[str]:
    if not isinstance(value, str):
        return []
    try:
        when = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return []
    day = f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return [f"{day} at {when:%H.%M}" if isinstance(when, datetime) else day]


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _numbers(lower: str) -> list[str]:
    units, numbers = _table()["units"], _table()["numbers"]
    found = []
    for match in _NUMBERED.finditer(lower):
        count = match["count"] if match["count"].isdigit() else numbers.get(match["count"])
        if count is None:
            continue
        unit = next(name for short, name in units.items() if match["unit"].startswith(short))
        low = f"{match['low']}–" if match["low"] else ""
        one = count == "1" and not low
        found.append(f"{low}{count} {unit.removesuffix('s') if one else unit}")
    return found


def _named(table: str, lower: str) -> list[str]:
    """The English names of the words that stand in the text, in the order in which they stand."""
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for word, name in _table()[table].items():
        match = re.search(rf"\b{re.escape(word)}", lower)
        if match and not any(a <= match.start() < b for a, b in taken):
            taken.append(match.span())
            found[match.start()] = name
    return [found[at] for at in sorted(found)]


@lru_cache(maxsize=1)
def _binding() -> dict[Language, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _BINDING.items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((corpus.FOLDER / "english.toml").read_text("utf-8"))
