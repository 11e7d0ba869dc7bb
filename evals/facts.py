"""The facts of a text that must stand in its source: numbers, times, dates, codes, §§, roles."""

import regex

from ingest import swedish

# Folded number word → digits. "en" and "ett" are articles far more often than numbers.
_UNITS = "noll - två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton"
_MORE = "sjutton arton nitton tjugo tjugoen"
NUMBER_WORDS = {
    swedish.fold(word): str(value)
    for value, word in enumerate(f"{_UNITS} {_MORE}".split())
    if word != "-"
} | {"tjugoett": "21", "tjugofyra": "24", "trettio": "30"}

_FACT = regex.compile(
    r"\d+(?:[.:]\d+)*(?:\s*(?:kap\b|§))?|\b[a-z]{1,3}\d{2,3}\b|§|\b(?:"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + r")\b"
)
# Roles that answer "who"; a statement that names one must find it in its source.
ROLES = tuple(
    swedish.fold(role)
    for role in (
        "behandlande läkar",
        "chefsöverläkar",
        "verksamhetschef",
        "enhetschef",
        "fast vårdkontakt",
        "fasta vårdkontakt",
        "samordningsansvarig",
        "samordnare",
        "sjuksköterska",
        "biståndshandläggar",
        "superanvändar",
        "förvaltningsledar",
        "objektspecialist",
        "förvaltningsrätt",
        "vårdnadshavar",
        "god man",
        "rektor",
        "förskolechef",
        "elevhälsoteam",
        "försäkringskassa",
        "arbetsförmedling",
        "socialtjänst",
        "närstående",
    )
)


def facts(text: str) -> set[str]:
    """The facts of the text, number words as digits."""
    folded = swedish.fold(text)
    found = {_normal(match) for match in _FACT.findall(folded)}
    return found | {role for role in ROLES if role in folded}


def unsupported(statement: str, sources: list[str]) -> set[str]:
    """The statement's facts that stand in none of its sources."""
    return facts(statement) - set().union(*(facts(source) for source in sources))


def _normal(fact: str) -> str:
    fact = NUMBER_WORDS.get(fact, fact)
    return "".join(fact.split())
