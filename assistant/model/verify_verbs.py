"""Which words of a text are verbs, and which of them stands as the verb of its clause."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.model.verify_words import lexicon

TOKEN = re.compile(r"[a-zåäöé]+(?:[:-][a-zåäöé]+)*")
AUXILIARIES = frozenset({"ska", "skall", "kan", "får", "måste", "bör"})
_RELATIVE = {"som", "vilka", "vilken", "vilket", "där", "att", "hur", "vad", "vem"}
_GOVERNING = AUXILIARIES | {"kunna", "att", "behöver", "och", "eller"}
# What looks like the present tense of a verb and is a noun or another word.
_NOUNS = frozenset(
    [
        "kontakter",
        "former",
        "grunder",
        "delar",
        "länkar",
        "tolkar",
        "planer",
        "resor",
        "för",
        "tider",
    ]
)
_FINITE = frozenset(
    [
        "är",
        "var",
        "har",
        "hade",
        "blir",
        "blev",
        "ska",
        "skall",
        "måste",
        "får",
        "fick",
        "kan",
        "bör",
        "vill",
        "finns",
        "fanns",
        "vet",
        "gör",
        "står",
        "går",
        "ser",
        "ger",
        "tar",
        "sker",
        "bor",
        "tillhör",
        "hör",
        "beror",
        "rör",
        "avgör",
        "framgår",
        "ingår",
        "utgår",
        "består",
        "förstår",
        "avstår",
    ]
)
_NOT_PRESENT = {"för", "var", "far"}  # stems that are other words


@lru_cache(maxsize=1)
def _forms() -> tuple[frozenset[str], frozenset[str]]:
    """The infinitives, and the forms of the present tense, of the verbs known."""
    infinitives: set[str] = set()
    present: set[str] = set()
    for verb in lexicon()["verbs"]["infinitives"].split():
        infinitives |= {verb, verb + "s"}
        stem = verb.removesuffix("a")
        present |= {verb + "r", stem + "er", stem + "ar", stem + "s", stem + "r"}
        if not verb.endswith("a"):
            present.add(verb + "s")
        if verb.endswith("ra") and stem not in _NOT_PRESENT:
            present.add(stem)
        if stem.endswith("s"):
            present.add(stem + "es")
    return frozenset(infinitives), frozenset(present - infinitives - _NOUNS | _FINITE)


def is_infinitive(word: str) -> bool:
    """Whether the word, in lower case, is a known verb in the infinitive, active or passive."""
    return word in _forms()[0]


def is_finite(word: str) -> bool:
    """Whether the word, in lower case, is a known verb in the present tense."""
    return word in _forms()[1]


def is_verb(word: str) -> bool:
    """Whether the word, in lower case, is a known verb in the infinitive or the present tense."""
    return is_infinitive(word) or is_finite(word)


def stands(words: Sequence[str], at: int) -> bool:
    """Whether the word there is in the present tense, "kallas" among them where nothing governs it.

    >>> stands("ska kallelsen skickas".split(), 2), stands("kallelsen skickas snarast".split(), 1)
    (False, True)
    """
    word = words[at]
    return is_finite(word) or (
        word.endswith("as")
        and is_infinitive(word)
        and _GOVERNING.isdisjoint(words[max(0, at - 6) : at])
    )


def _opens(words: Sequence[str], at: int) -> bool:
    """Whether the word there opens a clause within the clause, with a verb of its own."""
    if words[at] not in _RELATIVE:
        return False
    following = words[at + 1 : at + 3]
    return words[at] != "att" or not any(is_infinitive(w) and not is_finite(w) for w in following)


def main_finite(words: Sequence[str]) -> int | None:
    """Which of the words is the first finite verb outside a relative clause."""
    pending = 0
    for at, word in enumerate(words):
        if word in _RELATIVE:
            pending += at > 0 and _opens(words, at)
        elif stands(words, at):
            if not pending:
                return at
            pending -= 1
    return None


def has_own_finite(words: Sequence[str]) -> bool:
    """Whether a finite verb stands outside the clauses that the words open."""
    pending = 0
    for at, word in enumerate(words):
        if word in _RELATIVE:
            pending += at > 1 and _opens(words, at)
        elif stands(words, at):
            if not pending or words[at - 1] == "där":
                return True
            pending -= 1
    return False


def second_finite(words: Sequence[str]) -> int | None:
    """Which of the words is the second finite verb: where the main clause of a condition begins."""
    seen = pending = 0
    for at in range(len(words)):
        before = words[at - 1] if at else ""
        pending += _opens(words, at)
        if not stands(words, at) or before in {"och", "eller", "samt"}:
            continue
        if pending and before != "där":
            pending -= 1
            continue
        seen += 1
        if seen == 2:
            return at
    return None


def relative_first(words: Sequence[str]) -> bool:
    """Whether a relative clause comes before any verb: "i en lokal som den enskilde väljer"."""
    for at, word in enumerate(words):
        if word == "som" and at > 0:
            return True
        if is_finite(word):
            return False
    return False


def has_own_infinitive(words: Sequence[str]) -> bool:
    """Whether an infinitive stands there without "att"."""
    return any(is_infinitive(word) and before != "att" for before, word in pairwise(words))


def waits(words: Sequence[str]) -> bool:
    """Whether an auxiliary still lacks its verb: "då får inskrivningsmeddelandet | och …"."""
    at = max((i for i, word in enumerate(words) if word in AUXILIARIES), default=None)
    return at is not None and not any(map(is_infinitive, words[at + 1 :]))
