"""A text as clauses: what each claims, how bindingly, whether denied, and on what condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from assistant.model.verify_force import Force, denial, forces_of, main_part
from assistant.model.verify_verbs import (
    AUXILIARIES,
    TOKEN,
    has_own_finite,
    has_own_infinitive,
    is_finite,
    is_infinitive,
    is_verb,
    relative_first,
    second_finite,
    waits,
)
from assistant.model.verify_words import content, plain

_ASIDE = re.compile(r"\s*\([^()]*\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"])|;\s+")
_CUT = re.compile(
    r"(?:^|\b)så (?:snart|fort)(?! som)\b|[:?!](?=\s|$)|\.(?=\s|$)|,"
    r"|\b(?:men|om(?! att| eller)|när(?! som helst)|såvida|ifall|eftersom|medan|innan|så att"
    r"|för att|fast|förutsatt att|utan att|tills|då|sedan|så länge)\b"
    r"|(?<!- )\b(?:och(?!/)|samt|utan)\b"
)
_CONDITION = re.compile(
    r"(?:om|när(?! som helst)|så (?:länge|snart|fort)|då|sedan|såvida|ifall|förutsatt att|medan"
    r"|innan|tills)\b"
)
_PURPOSE = re.compile(r"(?:för att|så att|eftersom)\b")
# After these, "om" is a preposition.
_ABOUT = re.compile(
    r"\b(?:(?:beslut|inform|uppgift|fråg|överens|bestämmelse|regel|handla|ansök|dialog|rutin"
    r"|berätta|föreskrift|underrätt|meddel|avtal|vägledning|samtal|ansvar|initiativ|dokument"
    r"|cirkulär|bilag|skillnad|påminn|tala|villkor|planering|klag)\w*|regler|kännedom|lag(?:en)?"
    r"|råd|oense|oeniga|besked|tillägg|ber|be|mål)\s*$"
)
# After these, "om" asks whether.
_WHETHER = re.compile(
    r"\b(?:(?:bedöm|avgör|pröva|prövning|analysera|svar|framgå|undersök)\w*|ang(?:e|er|es)"
    r"|säg(?:a|er)|vet|veta|fråg(?:an|or|orna) är|ställning till|ta reda på"
    r"|oklart|visar|visa|huruvida)"
    r"(?: (?:av|inte|heller|på|särskilt))*\s*,?\s*$"
)
_AIM = re.compile(r"(?<=\w),? för att\b.*$")  # what is aimed at binds nobody
_OPENING = re.compile(r"^(?:ja|nej)\b[,.! ]*")
_EDGES = ' ,.;:()!?”"–-'
_JOINS = ("och", "eller", "samt")
_OPEN = frozenset({Force.OPEN})


@dataclass(frozen=True)
class Clause:
    """One clause of a text, in lower case."""

    text: str
    words: tuple[str, ...]  # those that claim something
    forces: frozenset[Force]  # of any part of it
    binding: frozenset[Force]  # of the part before a relative clause
    strong: bool  # denied by "inte", "ingen" or the like
    weak: bool  # holds a word such as "utan", which may deny
    conditional: bool
    purpose: bool
    sentence: int
    aside: bool = False  # stands in brackets


class _Piece(NamedTuple):
    text: str
    conditional: bool = False
    whether: bool = False  # "om" that asks, after "bedömer"


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of the text, in order; what stands in brackets comes after its sentence."""
    found: list[Clause] = []
    for number, sentence in enumerate(_SENTENCE.split(text)):
        lower = _OPENING.sub("", plain(sentence))
        asides = [match.group().strip(" ()") for match in _ASIDE.finditer(lower)]
        for piece in _pieces(_ASIDE.sub("", lower)):
            clause = _clause(piece, number)
            previous = _leading(found, number, goes_on=sentence[:1].islower())
            if previous and _continues(clause, previous.sentence == number):
                clause = replace(clause, forces=previous.forces, binding=previous.binding)
            if clause.words or clause.strong:
                found.append(clause)
        found.extend(replace(_clause(_Piece(a), number), aside=True) for a in asides)
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of the text."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def _clause(piece: _Piece, sentence: int) -> Clause:
    strong, weak = denial(piece.text, piece.conditional)
    binding = forces_of(main_part(piece.text), strong)
    return Clause(
        piece.text,
        tuple(content(piece.text)),
        _OPEN if piece.whether else forces_of(_AIM.sub("", piece.text), strong) | binding,
        _OPEN if piece.whether else binding,
        strong,
        weak,
        piece.conditional,
        _PURPOSE.match(piece.text) is not None,
        sentence,
    )


def _leading(found: list[Clause], number: int, *, goes_on: bool) -> Clause | None:
    """The last main clause, of the same sentence or, after a semicolon, of the one before."""
    main = [c for c in found[-4:] if not (c.purpose or c.conditional or c.aside)]
    return main[-1] if main and (goes_on or main[-1].sentence == number) else None


def _continues(clause: Clause, same: bool) -> bool:
    """Whether the clause lives on the auxiliary of the one before: "och fråga patienten"."""
    words = TOKEN.findall(clause.text)
    if not same:
        return not any(map(is_finite, words))
    return (
        clause.forces == {Force.FACT}
        and (words[0] in _JOINS or is_infinitive(words[0]))
        and any(map(is_infinitive, words))
        and not any(map(is_finite, words[:4]))
    )


def _pieces(lower: str) -> Iterator[_Piece]:
    """The clauses of a sentence in lower case."""
    parts = _merged(lower)
    asks = False
    for number, part in enumerate(parts):
        text = part.strip(_EDGES)
        tokens = list(TOKEN.finditer(text))
        if not tokens:
            continue
        words = [token.group() for token in tokens]
        asks = words[0] == "om" and number > 0 and (asks or _whether(parts[number - 1]))
        if asks:
            yield _Piece(text, whether=True)
            continue
        conditional = _CONDITION.match(text) is not None
        # "Har den skickats efter 12.00 inträder …": a condition by its order of words.
        inverted = number == 0 and is_finite(words[0]) and len(parts) + len(words) > 4
        at = second_finite(words) if conditional or inverted else None
        if at is not None:
            cut = tokens[at].start()
            yield _Piece(text[:cut].strip(" ,"), conditional=True)
            yield _Piece(text[cut:].strip(" ,"))
        elif inverted and len(parts) > 1 and _answers(TOKEN.findall(parts[1])):
            yield _Piece(text, conditional=True)
        else:
            yield _Piece(text, conditional)


def _answers(words: list[str]) -> bool:
    """Whether the main clause after a condition begins: "ska …", "och mognad ska …"."""
    return bool(words) and (
        is_finite(words[0]) or (words[0] in _JOINS and any(w in AUXILIARIES for w in words[1:4]))
    )


def _whether(before: str) -> bool:
    return _WHETHER.search(before) is not None


def _merged(lower: str) -> list[str]:
    """The sentence cut where a clause may begin, what has no verb of its own joined again."""
    merged: list[str] = []
    cuts = [*_cuts(lower), len(lower)]
    for start, end in zip([0, *cuts], cuts, strict=False):
        piece = lower[start:end]
        if merged and _belongs(piece, merged[-1]):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def _cuts(lower: str) -> Iterator[int]:
    for match in _CUT.finditer(lower):
        if match.group() in {"då", "sedan"}:
            following = TOKEN.match(lower, match.end() + 1)
            if match.start() == 0 or following is None or is_finite(following.group()):
                continue
        yield match.start() if match.group()[0].isalpha() else match.end()


def _belongs(piece: str, before: str) -> bool:
    """Whether the piece is no clause of its own, or the one before it none yet."""
    words = TOKEN.findall(piece)
    condition = _CONDITION.match(piece) is not None
    apart = condition or _PURPOSE.match(piece) is not None
    if apart or words[:1] == ["men"]:
        own = has_own_finite(words)
    else:
        own = (has_own_finite(words) and not relative_first(words)) or has_own_infinitive(words)
    if not own or words[:1] == ["som"] or (words[:1] == ["om"] and _ABOUT.search(before)):
        return True
    told = TOKEN.findall(before)
    if not apart and waits(told):
        return True
    return not apart and not any(map(is_verb, told)) and not _CONDITION.match(before.strip())
