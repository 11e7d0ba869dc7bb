"""Whether the words of a statement's sources carry it, and one of them each part whole."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant import regions
from assistant.model.verify_gap import is_absence
from assistant.model.verify_roles import roles
from assistant.model.verify_values import is_number_word, values
from assistant.model.verify_verbs import is_finite, is_verb
from assistant.model.verify_words import (
    Vocabulary,
    content,
    is_weak,
    joined,
    key,
    lexicon,
    plain,
    vocabulary,
)

_WORD = re.compile(r"[a-zåäöé]+")
_NOT_SO = re.compile(r"(?:o|icke-?)([a-zåäö]{5,})$")
_NOT = re.compile(r"\b(?:inte|ej|ing(?:en|et|a)|utan|sakna[sr]?)\b")
_VERB = 0.6  # weight of an unsupported verb beside a noun
_WEAK = 0.25  # and of a word that any rewording may take to
_LEAST = 0.5  # of the words, however light the rest


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lexicon()["opposites"]["pairs"].strip().splitlines():
        one, other = map(key, line.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def unsupported(statement: str, texts: Sequence[str]) -> tuple[list[str], list[str], float]:
    """The words that the texts lack, those of them that any rewording takes to, the share held."""
    held = joined(texts)
    named = _named(statement)
    words = [
        word for word in content(statement) if not is_number_word(word) and key(word) not in named
    ]
    missing = [word for word in words if held.holds(word) == 0 and not _denied(word, texts)]
    weak = [word for word in missing if is_weak(word)]
    share = 1 - len(missing) / max(1, len(words))
    return [word for word in missing if not is_weak(word)], weak, share


def _denied(word: str, texts: Sequence[str]) -> bool:
    """Whether the word is what a text denies: "otillgänglig" where "inte tillgänglig" stands."""
    match = _NOT_SO.match(word)
    return match is not None and any(
        _NOT.search(plain(text)) and vocabulary(text).holds(match.group(1)) >= 0.9 for text in texts
    )


def _asked(word: str, asked: Vocabulary) -> bool:
    """Whether the word only takes up the question's: a noun, no role."""
    return asked.holds(word) == 1 and not is_verb(word) and not roles(word)


def _named(statement: str) -> frozenset[str]:
    found: set[str] = set()
    for mention in regions.mentions(statement):
        found |= {key(word) for word in statement[mention.start : mention.end].casefold().split()}
    return frozenset(found | {key("region"), key("län"), key("länet")}) if found else frozenset()


def faults(statement: str, texts: Sequence[str], question: str = "") -> Iterator[tuple[str, str]]:
    """Words without support, and words that point the other way: kind and what."""
    strong, weak, share = unsupported(statement, texts)
    absence = is_absence(statement)
    asked = vocabulary("" if absence else question)
    weak += [word for word in strong if _asked(word, asked)]
    strong = [word for word in strong if word not in weak]
    verbs = [word for word in strong if is_verb(word)]
    weight = len(strong) - len(verbs) + (1 if absence else _VERB) * len(verbs) + _WEAK * len(weak)
    little = share < _LEAST and not (_NOT.search(plain(statement)) and not strong)
    if weight >= 1 or little:
        yield "utan stöd", ", ".join(strong + weak)
    held = joined(texts)
    here, there = _keys(statement), _keys(" ".join(texts))
    for stem, word in here.items():
        if stem not in there and not held.holds(word) >= 0.9:
            for other in _opposites().get(stem, ()):
                if other in there and other not in here:
                    yield "motsats", f"{word} i stället för {there[other]}"


def _keys(text: str) -> dict[str, str]:
    return {key(word): word for word in _WORD.findall(plain(text))}


_SEGMENT = re.compile(r",\s+|;|\b(?<!- )(?:och|samt|men|dels|medan|respektive)\b(?!/)")


# A condition and what holds on it are one, relative clause or not.
_OPENS = re.compile(r"(?:om|när|då|vid|ifall|har|drar|är|vill|kan|blir|behöver)\b")


def _segments(said: str) -> Iterator[str]:
    """The coordinated parts, a relative clause after a whole main clause among them."""
    for part in _SEGMENT.split(said):
        head, relative, tail = part.partition(" som ")
        if relative and any(is_finite(w) for w in head.split()) and not _OPENS.match(head.strip()):
            yield from (head, tail)
        else:
            yield part


def merged(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A part of the statement that no source carries alone: two rules made one."""
    if len(texts) < 2:
        return
    held = [(vocabulary(text), {(v.kind, v.of) for v in values(text)}) for text in texts]
    named_roles = [roles(plain(text)) for text in texts]
    named = _named(statement)
    for segment in _segments(plain(statement)):
        words = [
            w
            for w in content(segment)
            if not is_number_word(w) and not is_weak(w) and key(w) not in named
        ]
        own = [(v.kind, v.of) for v in values(segment)]
        words = [w for w in words if any(v.holds(w) for v, _ in held)]
        own = [v for v in own if any(v in known for _, known in held)]
        left = [
            [w for w in words if not (v.holds(w) and roles(w) <= acting)]
            + [str(o[1]) for o in own if o not in known]
            for (v, known), acting in zip(held, named_roles, strict=True)
        ]
        fewest = min(left, key=len)
        if fewest:
            yield "sammanfogat", f"{segment.strip()} ({', '.join(fewest)})"
