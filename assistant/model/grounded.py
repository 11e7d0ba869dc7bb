"""Whether what the model makes of a question stays within the question."""

import re

from assistant import guard, regions
from assistant.understand import content_words
from ingest import swedish

# Folded. Not "en" and "ett", which are articles more often than numbers.
_NUMBER_WORDS = frozenset(
    {"noll", "tva", "tre", "fyra", "fem", "sex", "sju", "atta", "nio", "tio", "elva", "tolv"}
    | {"tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo", "trettio"}
)
_DENYING = frozenset({"inte", "ej", "aldrig", "ingen", "inget", "inga", "utan", "nej"})


def adds(wording: str, text: str) -> bool:
    """Whether the wording holds what the text does not: a number, a day, a place, a denial.

    Or what nobody may ask: then too it is not the user's question any more.
    """
    said, own = set(swedish.words(wording)), set(swedish.words(text))
    new = said - own
    if any(re.search(r"\d", word) or word in _NUMBER_WORDS for word in new):
        return True
    if bool(said & _DENYING) != bool(own & _DENYING):
        return True
    named = {mention.region.id for mention in regions.mentions(text)}
    if any(mention.region.id not in named for mention in regions.mentions(wording)):
        return True
    return guard.refusal(wording) is not None


def stands_in(wording: str, text: str) -> bool:
    """Whether every word that carries the wording stands in the text, however inflected."""
    own = set(swedish.stems(text))
    return all(swedish.stem(word) in own for word in content_words(wording))


def region_told(region: str, words: str, text: str) -> bool:
    """Whether those words stand in the text as a place, and are a name of that region.

    The search takes a name that is also a word ("mark", "vara") for a place only as it is properly
    written; the model may point at one that is not. Which region's it is, is never its to say.
    """
    name, whole = swedish.fold(words), swedish.fold(text)
    if not name:
        return False
    placed = rf"\b(?:i|fran|vid|pa) {re.escape(name)}\b|\b{re.escape(name)} kommun"
    if not re.search(placed, whole):
        named = (m for m in regions.mentions(text) if m.region.id == region)
        return any(whole[m.start : m.end].startswith(name) for m in named)
    as_place = " ".join(word[:1].upper() + word[1:] for word in swedish.clean(words).split())
    found = {mention.region.id for mention in regions.mentions(f"Frågan kommer från i {as_place}.")}
    return found == {region}
