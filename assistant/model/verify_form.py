"""What no statement may hold whatever its sources: markup, addresses, other languages, names."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant import regions
from assistant.guard import has_personal_number
from assistant.model.verify_words import is_known, lexicon, vocabulary
from ingest import swedish

_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z!][^>]*>|<script|&(?:[a-z]{2,8}|#\d+);"
    r"|\*\*|__|~~|`|^\s{0,3}#{1,6}\s|^\s*>\s|^\s*[-*+]\s|^\s*\|.*\||!\[|\]\(|\[\d*\]|\{\{|\}\}"
    r"|\$\{|\\[nt]"
    r"|(?<!\w)\*\S[^*]*\*(?!\w)|(?<!\w)_\S[^_]*_(?!\w)",
    re.MULTILINE,
)
_ADDRESS = re.compile(
    r"https?://\S+|\bwww\.[^\s,;)]+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.(?:se|com|org"
    r"|net|nu|eu|info|io)\b[^\s,;)]*",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:jag|min|mina|mitt|mig|prompt\w*|systeminstruktion\w*|system\s*prompt|språkmodell\w*"
    r"|ai-\w+|assistent(?:en)?|instruktion(?:en)? säger"
    r"|enligt anvisningen|som (?:jurist|ai|expert) )\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-zÅÄÖåäöÉéÜüÆØæøß]+(?:[-'’][A-Za-zÅÄÖåäöÉéÜü]+)*")
_FOREIGN_LETTER = re.compile(
    r"[æøßñçłşğ]|[\u0370-\u03ff\u0400-\u04ff\u0600-\u06ff\u4e00-\u9fff]", re.IGNORECASE
)
_OPENS = re.compile(r"(?:^|[.!?:]\s+|[”\"–(]\s*|\d\)\s*)$")
_LEAST_FOREIGN = 2


@lru_cache(maxsize=1)
def _foreign() -> tuple[frozenset[str], frozenset[str]]:
    table = lexicon()["foreign"]
    return frozenset(table["strong"].split()), frozenset(table["weak"].split())


def faults(statement: str, texts: Sequence[str], question: str) -> Iterator[tuple[str, str]]:
    """What in the statement may never be shown: kind and what, in Swedish."""
    whole = "\n".join(texts)
    if "\n" in statement.strip():
        yield "uppställning", "radbrytning i påståendet"
    if match := _MARKUP.search(statement):
        yield "uppställning", match.group()
    for match in _ADDRESS.finditer(statement):
        if match.group().rstrip(".").casefold() not in whole.casefold():
            yield "adress", match.group()
    match = _SELF.search(statement)
    if match and not re.search(rf"\b{re.escape(match.group())}\b", whole, re.IGNORECASE):
        yield "om sig själv", match.group()
    if has_personal_number(statement):
        yield "personuppgift", "personnummer"
    yield from _language(statement, whole)
    yield from _names(statement, whole, question)


def _language(statement: str, whole: str) -> Iterator[tuple[str, str]]:
    if (match := _FOREIGN_LETTER.search(statement)) and match.group() not in whole:
        yield "språk", match.group()
        return
    strong, weak = _foreign()
    words = [word.casefold() for word in _WORD.findall(statement)]
    held = {word.casefold() for word in _WORD.findall(whole)}
    one = [word for word in words if word in strong and word not in held]
    two = [word for word in words if word in weak and word not in held]
    if len(one) + (len(two) >= 1) >= _LEAST_FOREIGN or len(two) > _LEAST_FOREIGN:
        yield "språk", ", ".join(dict.fromkeys([*one, *two]))


def _names(statement: str, whole: str, question: str) -> Iterator[tuple[str, str]]:
    """Capitalised words that neither the sources nor the names of regions account for."""
    held = vocabulary(whole)
    places = [(m.start, m.end) for m in regions.mentions(statement)]
    asked = {word.casefold() for word in _capitals(question)}
    for match in _WORD.finditer(swedish.clean(statement)):
        word = match.group()
        if not word[0].isupper() or any(a <= match.start() < b for a, b in places):
            continue
        lower = word.casefold()
        meant = [lower, *re.split(r"[-'’]", lower)[1:], *swedish.abbreviations().get(lower, ())]
        stands = any(held.holds(word) > 0 for word in meant) or lower in whole.casefold()
        if stands or len(word) < 2:
            continue
        if not _OPENS.search(statement[: match.start()]):
            if (
                not word.isupper()
                or len(word) > 5
                or (swedish.fold(word) not in swedish.abbreviations() and lower not in _SHORT)
            ):
                yield "namn", word
        elif (lower in asked or lower.rstrip("s") in asked) and not is_known(lower):
            yield "namn", word


_SHORT = {
    "sip",
    "ja",
    "nej",
    "vgr",
    "hsl",
    "sol",
    "lss",
    "öpt",
    "örv",
    "it",
    "kvå",
    "mas",
    "mån",
    "fre",
}


def _capitals(question: str) -> Iterator[str]:
    """The capitalised words of the question that may be names."""
    for match in _WORD.finditer(question):
        word = match.group()
        if word[0].isupper() and not word.isupper():
            yield word
            yield word.rstrip("s")
