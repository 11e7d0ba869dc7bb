"""What is refused before a question is read any further: nothing of it is stored or echoed."""

import re
from datetime import date
from typing import NamedTuple

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
_URGENT = re.compile(
    r"\bta(?:r|ger)? (?:sitt|mitt|hans|hennes|livet|eget)(?: eget)? ?(?:liv|av)\b|sjalvmord\w*"
    r"|suicid\w*|self.?harm|sjalvskad\w*|skurit sig|skar(?:it|er)? (?:sig|handled\w*)"
    r"|\bcut (?:her|his|my|their)?\s?\w* ?wrists?"
    r"|(?:vill|orkar|orka) (?:inte|ej) (?:langre )?leva|vill do\b|inte leva langre"
    r"|gor\w* slut pa (?:det|livet|allt)|wants? to die|kill (?:him|her|my)self"
    r"|slut\w* (?:att )?andas|andas (?:inte|ej)|(?:not|stopped) breathing|hjartstopp|cardiac arrest"
    r"|medvetslos\w*|unconscious|blod(?:er|de) (?:kraftigt|ymnigt|mycket)|bleeding (?:heavily|out)"
    r"|overdos\w*|overdose|akut livsfara|hotar (?:oss |mig |med )?\w* ?(?:kniv|vapen|pistol)"
)
_ELSEWHERE = re.compile(
    r"\b(?:beratta|dra|hitta pa|skriv|dikta|sjung|tell|write)\b[^.?!]{0,25}"
    r"\b(?:vits|skamt|rolig|historia|saga|dikt|sang|joke|poem|story|program|kod i|script|essa)"
    r"|\bpython\w*|\bjavascript|\brecept pa\b|\bmatrecept|\brecipe"
    r"|\b(?:kan|skulle|vill) du\b[^.?!]{0,40}\b(?:ga in|skicka|boka|ringa|registrera|kolla upp"
    r"|mejla|maila|faxa|logga in|lagga in|avboka|bestalla)\b"
    r"|\b(?:skriv|skicka|boka|registrera|fyll i)\b[^.?!]{0,40}\bat (?:mig|oss)\b"
    r"|\bvilken (?:dos|styrka|diagnos)\b|\bvilka doser\b"
    r"|\bhur (?:mycket|manga) (?:mg|ml|tabletter)\b"
    r"|\bwh(?:ich|at) (?:diagnosis|dose|dosage)\b|\bdoser\w* (?:for|av|till)\b"
)
_INSTRUCTION = re.compile(
    r"(?:bortse (?:fran|ifran)|ignorera|strunta i|glom|forbise|ignore|disregard|forget)"
    r"[^.?!]{0,40}(?:instruktion|regel|regler|riktlinje\w* och|prompt|instruction|rules|previous)"
    r"|(?:system|hemliga|dolda)\s*(?:prompt|instruktion)\w*|system\s*:|\bjailbreak|\bdan mode"
    r"|(?:visa|avsloja|skriv ut|repetera)[^.?!]{0,30}(?:instruktioner|prompt)"
    r"|du ar nu (?:en|ett|fri|inte)|fri fran (?:alla )?regler|latsas (?:att du|vara)"
    r"|pretend (?:to be|you)"
)


def refusal(text: str) -> Refused | None:
    """Why the text must be refused, None where it need not be."""
    if len(text) > MAX_LENGTH:
        return Refused(
            "too-long",
            f"Frågan är för lång ({len(text)} tecken). Korta den till högst {MAX_LENGTH} tecken.",
        )
    cleaned = swedish.clean(text)
    if not any(c.isalnum() for c in cleaned):
        return Refused("empty", "Skriv en fråga om SIP eller samverkan vid utskrivning.")
    if has_personal_number(cleaned):
        return Refused(
            "personal-data",
            "Frågan ser ut att innehålla ett personnummer. Ta bort personuppgifterna och fråga "
            "igen; ingenting har sparats. En fråga om riktlinjerna behöver aldrig säga vem "
            "patienten är.",
        )
    folded = swedish.fold(cleaned)
    if _URGENT.search(folded):
        return Refused(
            "urgent",
            "Vid fara för liv: ring 112. Kontakta annars närmaste akutmottagning eller 1177. "
            "Den här assistenten svarar bara på frågor om riktlinjerna för SIP.",
        )
    for reason, pattern in (("instruction", _INSTRUCTION), ("out-of-scope", _ELSEWHERE)):
        if pattern.search(folded):
            return Refused(
                reason,
                "Det kan jag inte göra. Jag svarar bara på frågor om regionernas riktlinjer för "
                "SIP och samverkan vid utskrivning. Jag kan inte arbeta i Lifecare eller andra "
                "system, och inte bedöma en patient.",
            )
    return None


def has_personal_number(text: str) -> bool:
    """Whether the text holds something shaped like a personnummer or samordningsnummer."""
    folded = _DATED.sub(" , ", swedish.fold(text))
    for match in _PERSONAL.finditer(folded):
        year, month, day = (int(g) for g in match.groups() if g is not None)
        day = day - 60 if day > 60 else day
        try:
            date(2000 + year % 100, month, day)
        except ValueError:
            continue
        return True
    return False
