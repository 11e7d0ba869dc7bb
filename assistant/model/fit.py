"""Whether a draft may stand on the page at all, whatever its sources say."""

import re

from assistant.guard import has_personal_number
from assistant.languages import Language, language_of
from assistant.model.draft import Draft, Evidence, Fault
from assistant.model.parse import UNKNOWN
from ingest import swedish

MOST_LETTERS = 700
_TELLING = 5  # words of which one is bound to be among these, or to hold one of the letters
_SWEDISH = frozenset(
    {"å", "ä", "ö", "och", "att", "det", "som", "en", "ett", "av", "inte", "har", "ska", "till"}
    | {"om", "med", "den", "de", "kan", "eller", "vid", "var", "ut", "inom", "dag", "dagar"}
)
_HTML = re.compile(r"</?[a-zA-Z!][^>]*>?|&(?:[a-z]+|#\w+);")
_LINK = re.compile(
    r"\b(?:https?|ftp|javascript|data|file|mailto):\S*|\]\(|[\w.-]+@[\w-]+\.\w+", re.I
)
# A host is shown only where the source names it, and never as a link.
_HOST = re.compile(r"\b[a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)*\.(?:se|com|nu|org|net|eu|io|info)\b", re.I)
_MARKUP = re.compile(r"```|^\s*(?:#{1,6}\s|\|)|!\[|\{\{|\}\}|\$\w+|[{}<>\\]")
_SPOKEN_TO_THE_MODEL = re.compile(
    r"\b(?:bortse (?:fran|ifran)|ignorera|strunta i|glom) (?:\w+ ){0,3}"
    r"(?:instruktion|regel|regler|kallor|riktlinje)\w*"
    r"|\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:instruction|rule|previous|source)\w*"
    r"|system ?prompt|\bsom (?:en )?(?:ai|sprakmodell|assistent)\b|\bas an ai\b"
    r"|\bdu ar (?:nu )?en (?:assistent|ai|sprakmodell|bot)\b"
)


def unfit(draft: Draft, evidence: Evidence) -> tuple[Fault, ...]:
    """Why the draft may not be shown; empty where what it says alone decides."""
    text = draft.text
    folded = swedish.fold(text)
    found: list[Fault] = []
    if not re.search(r"[^\W\d_]{2}", text):
        found.append(Fault("tom", "Raden har inga ord."))
    if len(text) > MOST_LETTERS:
        found.append(Fault("lang", f"Raden är längre än {MOST_LETTERS} tecken."))
    if not draft.citations:
        found.append(Fault("kalla-saknas", "Raden har ingen källa."))
    unknown = [key for key in draft.citations if key not in _given(evidence)]
    if unknown:
        marks = ", ".join(key.removeprefix(UNKNOWN) for key in unknown)
        found.append(Fault("kalla-okand", f"Källan finns inte: {marks}."))
    if _HTML.search(text) or _MARKUP.search(text):
        found.append(Fault("kod", "Raden innehåller HTML eller annan kod."))
    sources = " ".join(_given(evidence).get(key, "") for key in draft.citations).lower()
    if _LINK.search(text) or any(host.lower() not in sources for host in _HOST.findall(text)):
        found.append(Fault("lank", "Raden innehåller en länk eller adress."))
    if not _is_swedish(text):
        found.append(Fault("sprak", "Raden är inte på svenska."))
    if has_personal_number(text):
        found.append(Fault("personuppgift", "Raden innehåller något som liknar ett personnummer."))
    if _SPOKEN_TO_THE_MODEL.search(folded):
        found.append(Fault("uppmaning", "Raden återger en uppmaning till språkmodellen."))
    return tuple(found)


def _is_swedish(text: str) -> bool:
    """Whether the text is Swedish, or too short to tell."""
    if language_of(text) is not Language.SWEDISH:
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) < _TELLING or bool(_SWEDISH & {*words, *text.lower()})


def _given(evidence: Evidence) -> dict[str, str]:
    return {key: p.text for key, p in evidence.provisions.items()} | dict(evidence.computations)
