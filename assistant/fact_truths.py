"""Whether a text states that a condition holds: who was told, what was sent, what is lacking."""

import re
from collections.abc import Iterator

from assistant.fact_signs import SIGNS, Sign
from assistant.fact_words import NOT, SENTENCE

# "kallades inte förrän 3/3" tells when, and denies nothing.
_NOT_UNTIL = re.compile(rf"\b{NOT}\s+forran\b")
_ONLY_ASKED = re.compile(r"\s*(?:maste|ska|skall|far|kan|bor|kravs|behover|har|nar|hur|vem|vad)\b")
_CLAUSE = re.compile(
    r",\s|\s(?:men|och|fast(?:an)?|daremot|dock|om(?!\s+(?:en|ett|tva|tre|nagr\w+|\d))|ifall|nar|da|eftersom|darfor\s+att|for\s+att|"
    r"medan|som|sa|o|trots\s+att)\s"
)
_HALF = re.compile(r"\s(?:men|fast(?:an)?|daremot|dock)\s")
NAMES = tuple(dict.fromkeys(sign.name for sign in SIGNS))
_READY = [(sign, [re.compile(p) for p in sign.all_], re.compile(sign.none)) for sign in SIGNS]


def find_truths(folded: str) -> dict[str, bool | None]:
    """For each of NAMES whether the folded text states it, denies it or is silent (None)."""
    truths: dict[str, bool | None] = dict.fromkeys(NAMES)
    plain = _NOT_UNTIL.sub("forst", folded)
    for sign, patterns, none in _READY:
        if truths[sign.name] is not None:
            continue
        for sentence, part in _pieces(plain, sign):
            if none.search(part) or not all(p.search(part) for p in patterns):
                continue
            if not (sentence.rstrip().endswith("?") and sign.value and _ONLY_ASKED.match(part)):
                truths[sign.name] = sign.value
                break
    return truths


def _pieces(folded: str, sign: Sign) -> Iterator[tuple[str, str]]:
    """Each sentence with its clauses, with its halves or with itself."""
    for sentence in SENTENCE.findall(folded):
        parts = [sentence] if sign.sentence else (_HALF if sign.whole else _CLAUSE).split(sentence)
        for part in parts:
            yield sentence, part
