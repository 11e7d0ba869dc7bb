"""Whether a statement denies, binds and bounds what it says as the texts do, clause by clause."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.model.verify_clauses import Clause, clauses
from assistant.model.verify_force import Force
from assistant.model.verify_values import is_number_word
from assistant.model.verify_verbs import is_verb
from assistant.model.verify_words import Vocabulary, content, vocabulary

_NEAR = 0.85  # of the best, to count as a clause that may be meant
_NEAREST = 0.93
_SHARE = 0.6  # of what the best clause carries, for another beside it to bind
_SAME = 0.6  # of the clause's words, for a clause of the text to speak of the same
_BACK = 0.25  # weight of how much of the text's clause the statement takes up
_CONDITION = 0.8  # of a condition's words, for two to be the same
_KIN = 0.5  # of the words of what holds on it
_WHOLE = 0.7  # of what stands before "efter" or the like
_QUESTION = re.compile(r"[^.?!:–]*\?")
_WORD = re.compile(r"[a-zåäöé]+")

# What a clause of the text may say where the statement speaks so.
_BACKED: dict[Force, frozenset[Force]] = {
    Force.MUST: frozenset({Force.MUST, Force.FACT, Force.BAN}),
    Force.FACT: frozenset({Force.MUST, Force.FACT, Force.BAN, Force.NEED_NOT, Force.OPEN}),
    Force.SHOULD: frozenset({Force.SHOULD}),
    Force.MAY: frozenset({Force.MAY, Force.NEED_NOT}),
    Force.BAN: frozenset({Force.BAN, Force.MUST, Force.FACT}),
    Force.NEED_NOT: frozenset({Force.NEED_NOT, Force.FACT}),
    Force.OPEN: frozenset(Force),
}
_TOLD = {
    Force.MUST: "ett krav",
    Force.FACT: "något som alltid sker",
    Force.SHOULD: "en rekommendation",
    Force.MAY: "en möjlighet",
    Force.BAN: "ett förbud",
    Force.NEED_NOT: "att något inte behövs",
    Force.OPEN: "en öppen fråga",
}


def covered(words: Sequence[str], by: Vocabulary) -> float:
    """The share of the words that the vocabulary carries."""
    return sum(by.holds(word) for word in words) / max(1, len(words))


@lru_cache(maxsize=2048)
def _windows(text: str) -> tuple[tuple[tuple[Clause, ...], Vocabulary], ...]:
    """Each clause, and each clause with the next of its sentence, with their words."""
    found = clauses(text)
    windows = [(clause,) for clause in found]
    pairs = [(one, two) for one, two in pairwise(found) if one.sentence == two.sentence]
    return tuple(
        (window, vocabulary(" ".join(clause.text for clause in window)))
        for window in [*windows, *pairs]
    )


def ranked(clause: Clause, texts: Sequence[str]) -> list[tuple[float, tuple[Clause, ...]]]:
    """The windows of the texts by how much of the clause they carry, best first."""
    own = vocabulary(clause.text)
    found = [
        (
            covered(clause.words, held)
            + _BACK * covered([word for c in window for word in c.words], own),
            window,
        )
        for text in texts
        for window, held in _windows(text)
    ]
    return sorted(found, key=lambda item: -item[0])


def faults(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where the statement denies what the texts say, or binds more or less: kind and what."""
    before: Clause | None = None
    said = clauses(_QUESTION.sub(" ", statement))
    for clause in said:
        contrast = clause.text.startswith("utan ") and before is not None and before.strong
        before = clause
        if not clause.words:
            if clause.strong and not any(c.strong or c.weak for t in texts for c in clauses(t)):
                yield "nekande", clause.text
            continue
        found = ranked(clause, texts)
        if not found:
            continue
        kin = _kindred(clause, said, texts)
        if not contrast:
            yield from _without(clause, texts)
        yield from _polarity(clause, found, kin)
        if not clause.conditional and not clause.purpose:
            yield from _force(clause, found, kin)


def _kindred(clause: Clause, said: Sequence[Clause], texts: Sequence[str]) -> list[Clause]:
    """What the texts say on the same condition as the statement's clause."""
    on = [c for c in said if c.conditional and c.sentence == clause.sentence and len(c.words) > 1]
    if clause.conditional or not on:
        return []
    found: list[Clause] = []
    for text in texts:
        told = clauses(text)
        same = {
            c.sentence
            for c in told
            if c.conditional and any(covered(o.words, vocabulary(c.text)) >= _CONDITION for o in on)
        }
        found += [
            c
            for c in told
            if c.sentence in same
            and not c.conditional
            and covered(clause.words, vocabulary(c.text)) >= _KIN
        ]
    return found


_WITHOUT = re.compile(
    r"\butan (?!att\b|hinder\b|även\b|också\b)(?:någon |något |några |en |ett )?([a-zåäöé-]{4,})"
)


_ASKS = {"vart", "hur", "vad", "vilka", "vilken", "vilket", "vem"}
_NOT = re.compile(r"\b(?:inte|ej|ing(?:en|et|a))\b")


def _without(clause: Clause, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """ "Utan underrättelse", where the texts speak of it and deny nothing."""
    match = _WITHOUT.search(clause.text)
    if match is None or clause.strong or _NOT.search(clause.text):
        return
    speaking = [c for t in texts for c in clauses(t) if vocabulary(c.text).holds(match.group(1))]
    if speaking and not any(c.strong or c.weak for c in speaking):
        yield "nekande", match.group()


def _polarity(
    clause: Clause, found: list[tuple[float, tuple[Clause, ...]]], kin: Sequence[Clause]
) -> Iterator[tuple[str, str]]:
    if len(clause.words) == 1 and not any(map(is_verb, _WORD.findall(clause.text))):
        return
    single = [(score, window[0]) for score, window in found if len(window) == 1]
    alike = [(s, c) for s, c in single if c.conditional == clause.conditional] or single
    near = [c for score, c in alike if score >= _NEAREST * alike[0][0]] + list(kin)
    if covered(clause.words, vocabulary(near[0].text)) < _SAME:
        return
    if (clause.strong and not any(c.strong or c.weak for c in near)) or (
        not clause.strong and not clause.weak and all(c.strong for c in near)
    ):
        yield "nekande", clause.text


_CORE = re.compile(
    r"\b(?:efter|räknat|från (?:det|att)|exempelvis|såsom|för att|utifrån|genom|enligt)\b"
)
_BUT = re.compile(r"\butan\b")
_ONLY = re.compile(r"\b(?:bara|endast|enbart)\b")


def _core(clause: Clause, found: list[tuple[float, tuple[Clause, ...]]]) -> set[Clause]:
    """The clauses beside the best one that carry all that stands before "efter" or the like."""
    head = _CORE.split(clause.text)[0]
    words = [word for word in content(head) if not is_number_word(word)]
    if not words or head == clause.text:
        return set()
    best = found[0][1][0]
    return {
        w[0]
        for _, w in found
        if len(w) == 1
        and abs(w[0].sentence - best.sentence) <= 1
        and not w[0].conditional
        and covered(words, vocabulary(w[0].text)) >= _WHOLE
    }


def _force(
    clause: Clause, found: list[tuple[float, tuple[Clause, ...]]], kin: Sequence[Clause]
) -> Iterator[tuple[str, str]]:
    words = _WORD.findall(clause.text)
    if not any(is_verb(word) for word in words) or _ASKS & set(words[:2]):
        return
    near = {c for score, window in found if score >= _NEAR * found[0][0] for c in window}
    near = {c for c in near if not c.conditional} or near
    shares = {c: covered(clause.words, vocabulary(c.text)) for c in near}
    near = {c for c, share in shares.items() if share >= _SHARE * max(shares.values())}
    near |= set(kin) | _core(clause, found)
    held = {force for c in near for force in c.forces}
    held |= {Force.FACT for c in near if c.purpose}
    held |= {Force.BAN for c in near if _BUT.search(clause.text) and _ONLY.search(c.text)}
    needed = clause.binding
    if Force.SHOULD in needed:
        needed = needed - {Force.MUST}
    for force in sorted(needed):
        if not held & _BACKED[force]:
            yield "bindande", f"{_TOLD[force]}: {clause.text}"
