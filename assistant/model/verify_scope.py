"""Whether a statement reaches further than its texts: all, always, only, and conditions dropped."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.model.verify_clauses import Clause, clauses, sentences
from assistant.model.verify_relations import covered, ranked
from assistant.model.verify_roles import roles
from assistant.model.verify_words import Vocabulary, content, key, plain, vocabulary

_ALWAYS = re.compile(
    r"\b(?:alltid|ständigt|undantagslöst|jämt|varje gång|utan undantag|i samtliga fall"
    r"|i alla(?: \w+)? fall\w*|ovillkorlig\w*)\b"
)
_ALL = re.compile(
    r"\b(?:alla|samtlig[at]|varje|varenda|vardera|var och en|respektive|samlade|allt|hela"
    r"|oavsett|vem som helst|inklusive|såväl|hos varje"
    r"|årets alla)\b"
)
_ONLY = re.compile(
    r"\b(?:endast|bara|enbart|uteslutande|ensam\w*|enda|inga andra|ingen annan|först när"
    r"|först sedan|förrän|undantag\w*|blott)\b"
)
_NEVER = re.compile(r"\b(?:aldrig|under inga omständigheter|inte under några|på inga villkor)\b")
_EVER = re.compile(
    r"\b(?:någon gång|någonsin|när som helst|hur som helst|vem som helst|var som helst|fritt)\b"
)
_REGARDLESS = re.compile(r"\b(?:oavsett|oberoende|även om|även utan|även när)\b")
_REGARDS = re.compile(
    r"\b(?:oavsett|oberoende|även|ändå|trots|alla|samtlig\w*|både|antingen|varken|eller"
    r"|respektive)\b"
)
_TOO = re.compile(r"\b(?:också|likaså)\b")
_JOINING = (
    (re.compile(r"\bantingen\b"), re.compile(r"\b(?:både|båda|såväl)\b")),
    (re.compile(r"\b(?:både|såväl)\b"), re.compile(r"\bantingen\b")),
)
_ALONE = re.compile(r"\bensam(?:ma|t)?\b")
_SOMETIMES = re.compile(
    r"\b(?:oftast|ofta|vanligen|vanligtvis|i regel|normalt|normalfallet|huvudregel\w*"
    r"|eventuell\w*|ibland|nästan|delvis|i vissa fall"
    r"|i praktiken|ev|kan|bör|för det mesta|sällan|någon gång|merparten|flesta|vissa|en del"
    r"|möjligast|exempelvis|får|i första hand|förstahand)\b"
)
_HEDGE = re.compile(
    r"\b(?:oftast|vanligen|vanligtvis|normalfallet|huvudregel\w*|eventuell\w*|nästan|delvis"
    r"|i vissa fall|för det mesta)\b"
)
_BINDING = re.compile(r"\b(?:ska|måste|alltid|skyldig\w*)\b")
_EVERY_NOUN = re.compile(
    r"\b(?:alla|samtliga|varje|varenda)\s+(?:de\s+|dessa\s+|sina\s+|berörda\s+"
    r"|inblandade\s+)?([a-zåäöé-]{3,})(?:\s+([a-zåäöé-]{3,}))?(?:\s+([a-zåäöé-]{3,}))?"
)
_NOT_NOUNS = {
    "som",
    "inblandade",
    "berörda",
    "medverkande",
    "andra",
    "är",
    "ska",
    "får",
    "kan",
    "har",
    "genast",
    "och",
    "eller",
}
_UNLESS = re.compile(r"^(?:om|såvida|förutsatt att|ifall|så länge|medan)\b")
_OPENING = re.compile(
    r"^(?:vid|för|inför|hos|inom|bland)\s+(?P<of>(?:[a-zåäöé/-]+\s+){1,6}?)(?:ska|måste|får|kan"
    r"|bör|är|har|gäller|görs|blir)\b"
)
_FRAME = (
    "sip möte mötet utskrivning öppenvård slutenvård planering plan patient enskild person behov"
)
_MEANT = 0.6  # of the statement's words, for a sentence to be the one it tells
_MAIN = 0.9  # how surely a word of the condition stands in the main clause too
_PERSONS = frozenset({"brukar*", "personal*"})
# Conditions that no paraphrase leaves out.
_STRICT = re.compile(r"^(?:såvida|förutsatt att|medan)\b")
_LOOSE = re.compile(r"\b(?:alltså|exempelvis)\b")  # a definition or an instance
_LOST = 0.25  # of a condition's words in the statement or the question; below, it is dropped


def faults(statement: str, texts: Sequence[str], question: str) -> Iterator[tuple[str, str]]:
    """Where the statement says more than the texts do: kind and what."""
    said, held = plain(statement), plain(" \n".join(texts))
    yield from _quantified(said, held)
    yield from _hedged(statement, texts)
    yield from _dropped(statement, texts, question)
    every = bool(_ALWAYS.search(said) or _EVERY_NOUN.search(said))
    yield from _for_some(statement, texts, question, every=every)


def _quantified(said: str, held: str) -> Iterator[tuple[str, str]]:
    match = _ALWAYS.search(said)
    if match and re.search(r"\bnästan\s*$", said[: match.start()]) and "nästan" in held:
        match = None
    if match and not (_ALWAYS.search(held) or _ALL.search(held)):
        yield "alltid", match.group()
    if (match := _NEVER.search(said)) and not _NEVER.search(held):
        yield "aldrig", match.group()
    match = _REGARDLESS.search(said)
    too = match is not None and match.group().startswith("även") and _TOO.search(held)
    if match and not too and not _REGARDS.search(held):
        yield "alla", match.group()
    for word, other in _JOINING:
        if word.search(said) and other.search(held) and not word.search(held):
            yield "alla", word.pattern.strip("\\b")
    if (match := _EVER.search(said)) and not _EVER.search(held):
        yield "alltid", match.group()
    if (match := _ALONE.search(said)) and not _ALONE.search(held):
        yield "endast", match.group()
    if (match := _ONLY.search(said)) and not _ONLY.search(held):
        yield "endast", match.group()
    for match in _EVERY_NOUN.finditer(said):
        if not _ALL.search(held):
            yield "alla", match.group()
            return
        noun = match.group(1).rstrip("-")
        if noun in _NOT_NOUNS or noun.endswith(("ande", "ende")):
            continue
        if not _every(noun, match.group(2), match.group(3), held):
            yield "alla", match.group()
            return


def _every(noun: str, after: str | None, last: str | None, held: str) -> bool:
    """Whether the text, too, speaks of every one of them."""
    wanted = [noun] if after not in {"och", "eller"} else [word for word in (noun, last) if word]
    for match in _ALL.finditer(held):
        near = vocabulary(held[match.end() : match.end() + 60])
        if any(near.holds(word) >= 0.9 for word in wanted) or near.holds(noun):
            return True
    return False


def _hedged(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    if _SOMETIMES.search(plain(statement)):
        return
    for clause in clauses(statement):
        if clause.conditional or len(clause.words) < 1:
            continue
        found = ranked(clause, texts)
        if not found:
            continue
        nearest = found[0][1]
        for near in nearest[:1]:
            match = _HEDGE.search(near.text)
            if match and match[0].startswith("eventuel"):
                if not _BINDING.search(clause.text):
                    continue
                after = vocabulary(" ".join(near.text[match.end() :].split()[:2]))
                if not any(after.holds(word) >= 0.9 for word in clause.words):
                    continue
            if match and covered(clause.words, vocabulary(near.text)) >= 0.6:
                yield "förbehåll", match.group()
                return


def _dropped(statement: str, texts: Sequence[str], question: str) -> Iterator[tuple[str, str]]:
    known = vocabulary(f"{statement}\n{question}")
    for clause in clauses(statement):
        if clause.conditional or clause.purpose or not clause.words:
            continue
        best = next(
            (
                w[0]
                for _, w in ranked(clause, texts)
                if len(w) == 1 and not w[0].conditional and len(w[0].words) > w[0].aside
            ),
            None,
        )
        if best is None or best.aside or _LOOSE.search(best.text):
            continue
        if clause.strong and not best.strong:
            continue
        conditions = [c for c in _conditions(best, texts) if _own(c, best)]
        shares = [_told(c, best, known) for c in conditions]
        if shares and (max(shares) if _either(conditions) else min(shares)) < _LOST:
            yield "villkor", conditions[shares.index(min(shares))].text
            return


def _told(condition: Clause, best: Clause, known: Vocabulary) -> float:
    """How much of the condition the statement or the question tells."""
    own = covered(_own(condition, best), known)
    if condition.strong or _STRICT.match(condition.text):
        return own
    return max(own, covered(condition.words, known))


def _own(clause: Clause, best: Clause) -> list[str]:
    """The words of the condition that make it more than the frame of the whole guideline."""
    main = vocabulary(best.text)
    own = [w for w in clause.words if clause.strong or key(w) not in _framing()]
    own = [w for w in own if not roles(w) & _PERSONS and main.holds(w) < _MAIN]
    alone = clause.strong or _UNLESS.match(clause.text) is not None
    return own if len(own) > 1 or alone else []


def _for_some(
    statement: str, texts: Sequence[str], question: str, *, every: bool
) -> Iterator[tuple[str, str]]:
    """A rule for some, "vid psykisk störning ska …", told as one for all."""
    known = vocabulary(f"{statement}\n{question}")
    for text in texts:
        for sentence in sentences(text):
            opening = _OPENING.match(plain(sentence))
            if opening is None or covered(content(statement), vocabulary(sentence)) < _MEANT:
                continue
            words = [w for w in content(opening.group("of")) if key(w) not in _framing()]
            if not every:
                of_case = plain(sentence).startswith(("vid ", "hos ", "bland "))
                words = [w for w in words if of_case and not roles(w)]
            if words and covered(words, known) < _LOST:
                yield "villkor", opening.group("of")
                return


@lru_cache(maxsize=1)
def _framing() -> frozenset[str]:
    return frozenset(map(key, _FRAME.split()))


def _either(conditions: Sequence[Clause]) -> bool:
    """Whether one of the conditions is enough: "om …, eller när …"."""
    strict = any(c.strong or _STRICT.match(c.text) for c in conditions)
    return len(conditions) > 1 and not strict and any(_OR.search(c.text) for c in conditions)


_OR = re.compile(r"(?:^|\s)eller(?:$| (?:om|när)\b)")
_EVEN = re.compile(r"\b(?:även|oavsett|oberoende av)$")
_NO_CONDITION = re.compile(r"^(?:sedan tidigare|då även|innan)\b")


def _conditions(best: Clause, texts: Sequence[str]) -> list[Clause]:
    """What the clause of the texts hangs on, in its sentence."""
    found: list[Clause] = []
    for text in texts:
        told = clauses(text)
        if best not in told:
            continue
        at = told.index(best)
        for n, other in enumerate(told):
            if other.sentence != best.sentence or not other.conditional:
                continue
            between = told[min(n, at) + 1 : max(n, at)]
            apart = other.strong and any(not (c.conditional or c.purpose) for c in between)
            even = n > 0 and _EVEN.search(told[n - 1].text)
            if not (apart or even or _NO_CONDITION.match(other.text)):
                found.append(other)
    return found
