"""What is refused before a question is read any further: nothing of it is stored or echoed."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assistant.intent import category_of, hints_at_danger, intent
from ingest import swedish

MAX_LENGTH = 4000


class Refused(NamedTuple):
    """Why a question is refused: a category for the record, Swedish words for the person."""

    reason: str
    text: str


# A date shape (day up to 60 more, for samordningsnummer) and four characters, however written.
_PERSONAL = re.compile(
    r"(?<!\d)(?:(?:18|19|20)[ .,/-]?)?(\d{2})[ .,/-]?(\d{2})[ .,/-]?(\d{2})[ ]?[-+./ ]?[ ]?"
    r"(?:\d[ .-]?){3}\d(?!\d)"
    r"|(?<!\d)(?:(?:18|19|20)[ .-]?)?(\d{2})[ .-]?(\d{2})[ .-]?(\d{2})[ ]?[-+][ ]?"
    r"(?:[\dx*][ ]?){3}[\dx*](?![\da-z])"
)
# "12/12 2026 07:50" is a day and a time; taken out, lest their digits run together.
_DATED = re.compile(
    r"(?<![\d/])\d{1,2}/\d{1,2}(?:[ -](?:19|20)\d\d)?(?![\d/]|[ -]?\d{4}\b[ -]?\d)"
    r"|(?<![\d.:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.:-])"
)
_NAME_BEFORE = re.compile(r"(?:\b[A-ZÅÄÖ][\w'-]+,?\s+){1,3}$")
# What is certain by its wording; `assistant.intent` has learned the rest.
_SELF_HARM = re.compile(
    r"\b(?:ska|skall|vill|tanker|tankte|kommer (?:att )?|hotar (?:med )?att|forsoker"
    r"|funderar pa att) (?:ta (?:sitt|mitt|livet)\b|bega sjalvmord|skada (?:sig|mig) sjalv)"
    r"|\b(?:tar|tagit|tog) livet av (?:sig|mig)|\b(?:hangt|hanger|strypt|stryper) (?:sig|mig)\b"
    r"|\btagit (?:en )?overdos|skurit (?:sig|upp|handled)\w* (?:nu|nyss|just|djupt)"
    r"|(?:vill|orkar|orka) (?:inte|ej) (?:langre )?leva|inte leva langre"
    r"|\bvill do\b(?! (?:hemma|i|pa))"
    r"|gor\w* slut pa (?:livet|allt)|wants? to die|\bkill (?:him|her|my)self"
)
_DANGER = re.compile(
    r"slutat (?:att )?andas|andas (?:inte|ej)\b|(?:not|stopped) breathing"
    r"|blod(?:er|de) (?:kraftigt|ymnigt)|bleeding (?:heavily|out)"
    r"|akut livsfara|hotar (?:oss |mig |personalen |med )*(?:kniv|vapen|pistol)"
)
# Words that turn a wish into a question: "kan du förklara hur vi ska skicka …" is one.
_ASKING = r"hur|nar|vem|vad|vilk\w*|varfor|om|forklara|beratta|saga"
_ACT = re.compile(
    rf"\b(?:kan|skulle|vill) du\b(?:(?!\b(?:{_ASKING})\b)[^.?!]){{0,40}}"
    r"\b(?:ga in|skicka|boka|ringa|registrera|kolla upp"
    r"|mejla|maila|faxa|logga in|lagga in|avboka|bestalla|kvittera)\b"
    r"|(?:^|[.!?] )(?:snalla |hej,? )?(?:skriv|skicka|boka|registrera|kvittera|fyll i)\b"
    r"[^.?!]{0,40}\bat (?:mig|oss)\b"
)
_MEDICAL = re.compile(
    r"\bvilken (?:dos|styrka)\b|\bhur (?:mycket|manga) (?:mg|ml|tabletter)\b"
    r"|\bwh(?:ich|at) (?:dose|dosage)\b"
)
_ELSEWHERE = re.compile(
    r"(?:^|[.!?] |\bdu )(?:beratta|dra|hitta pa|skriv|dikta|sjung|tell|write)a?\b[^.?!]{0,25}"
    r"\b(?:vits|skamt|rolig|saga|dikt|sang|joke|poem|story|program|kod i|script|essa)"
    r"|\bpython\w*|\bjavascript|\bmatrecept|\brecipe"
)
_INSTRUCTION = re.compile(
    r"(?:bortse (?:fran|ifran)|ignorera|strunta i|glom\b|forbise|ignore|disregard|forget)"
    r"[^.?!]{0,40}(?:instruktion|regel|regler|riktlinje\w* och|prompt|instruction|rules|previous)"
    r"|(?:system|hemliga|dolda)\s*(?:prompt|instruktion)\w*|system\s*:|\bjailbreak|\bdan mode"
    r"|(?:visa|avsloja|skriv ut|repetera)[^.?!]{0,30}(?:instruktioner|prompt)"
    r"|du ar nu (?:en|ett|fri|inte)|fri fran (?:alla )?regler|latsas (?:att du|vara)"
    r"|pretend (?:to be|you)"
)
_URGENT = {"urgent.self-harm": _SELF_HARM, "urgent.danger": _DANGER}
_OTHER = {
    "instruction": _INSTRUCTION,
    "out-of-scope.act": _ACT,
    "out-of-scope.medical": _MEDICAL,
    "out-of-scope.other": _ELSEWHERE,
}
_SCOPE = (
    "Jag svarar på frågor om vad regionernas riktlinjer säger om SIP och samverkan vid utskrivning."
)
_TOLD = {
    "urgent": "Ring 112 om någon är i fara just nu. Är det inte livshotande: ring 1177 eller "
    "kontakta närmaste akutmottagning. Den här assistenten kan inte hjälpa till när det är akut.",
    "urgent.self-harm": "Ring 112 om någon är i fara just nu, och lämna inte personen ensam. "
    "Kontakta annars närmaste akutmottagning, helst en psykiatrisk, eller ring 1177. "
    "Den här assistenten kan inte hjälpa till när det är akut.",
    "instruction": f"Det kan jag inte göra. {_SCOPE}",
    "out-of-scope": f"Det kan jag inte svara på. {_SCOPE}",
    "out-of-scope.act": "Det kan jag inte göra: jag har ingen tillgång till Lifecare, journaler "
    "eller kalendrar och kan inte skicka, boka eller skriva något åt någon. Behöver du hjälp i "
    f"Lifecare, fråga verksamhetens användarstöd. {_SCOPE}",
    "out-of-scope.medical": "Det kan jag inte bedöma. Vänd dig till ansvarig läkare eller annan "
    f"legitimerad personal som känner patienten. {_SCOPE}",
    "out-of-scope.it": "Det kan jag inte hjälpa till med. Vänd dig till er it-support, eller till "
    f"verksamhetens användarstöd om det gäller Lifecare. {_SCOPE}",
    "out-of-scope.work": "Det kan jag inte svara på. Fråga din chef eller personalavdelningen. "
    f"{_SCOPE}",
}


def refusal(text: str, *, later: bool = False) -> Refused | None:
    """Why the text must be refused, None where it need not be.

    `later`: it is not the first turn of its conversation.
    """
    if len(text) > MAX_LENGTH:
        return Refused(
            "too-long",
            f"Frågan är för lång ({len(text)} tecken). Korta den till högst {MAX_LENGTH} tecken.",
        )
    cleaned = swedish.clean(text)
    if not any(c.isalnum() for c in cleaned):
        return Refused("empty", "Skriv en fråga om SIP eller samverkan vid utskrivning.")
    personal = personal_data(cleaned)
    if personal is not None:
        return personal
    folded = swedish.fold(cleaned)
    kind = _certain(folded, _URGENT)
    if kind is None:
        learned = intent(cleaned, later=later)
        if learned is not None and learned.category == "urgent":
            kind = learned.kind
        else:
            kind = _certain(folded, _OTHER) or (learned.kind if learned else None)
    return None if kind is None else Refused(category_of(kind), told(kind))


def caution(text: str, *, later: bool = False) -> str:
    """What goes before an answer to a text that may tell of danger; empty where none does.

    `later`: it is not the first turn of its conversation.
    """
    hinted = hints_at_danger(swedish.clean(text), later=later)
    return "Är någon i fara just nu: ring 112." if hinted else ""


def personal_data(text: str) -> Refused | None:
    """Why a text may not be kept as it is: it says who somebody is."""
    if not has_personal_number(swedish.clean(text)):
        return None
    return Refused(
        "personal-data",
        "Frågan ser ut att innehålla ett personnummer. Ta bort personuppgifterna och fråga igen; "
        "ingenting har sparats. En fråga om riktlinjerna behöver aldrig säga vem patienten är.",
    )


def told(kind: str) -> str:
    """What is said to a person for a kind of refusal, in Swedish."""
    return _TOLD.get(kind) or _TOLD[category_of(kind)]


def _certain(folded: str, patterns: dict[str, re.Pattern[str]]) -> str | None:
    return next((kind for kind, pattern in patterns.items() if pattern.search(folded)), None)


def has_personal_number(text: str) -> bool:
    """Whether the text holds something shaped like a personnummer or samordningsnummer."""
    return any(True for _ in _personal_numbers(swedish.fold(text)))


def without_personal_numbers(text: str) -> str:
    """The text without what is shaped like a personnummer, and without a name right before it.

    >>> without_personal_numbers("Test Testsson 121212-1212 ska hem. Vem kallar?")
    '… ska hem. Vem kallar?'
    """
    cleaned = swedish.clean(text)
    folded = swedish.fold(cleaned)
    if len(folded) != len(cleaned):  # a ligature or the like: positions would not agree
        cleaned = folded
    for start, end in reversed(list(_personal_numbers(folded))):
        before = _NAME_BEFORE.sub("", cleaned[:start])
        cleaned = f"{before}…{cleaned[end:]}"
    return cleaned


def _personal_numbers(folded: str) -> Iterator[tuple[int, int]]:
    # Of the same length, so that positions stay.
    dated = _DATED.sub(lambda match: ";" * len(match[0]), folded)
    for match in _PERSONAL.finditer(dated):
        year, month, day = (int(g) for g in match.groups() if g is not None)
        day = day - 60 if day > 60 else day
        try:
            date(2000 + year % 100, month, day)
        except ValueError:
            continue
        yield match.span()
