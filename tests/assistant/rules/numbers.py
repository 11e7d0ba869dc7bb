"""A Swedish text → the numbers, times, dates, codes, sections and names in it, in one form."""

import re
from typing import NamedTuple

from assistant.rules.wording import MONTHS


class Number(NamedTuple):
    """What a text counts or names: ("3", "arbetsdag"), ("12.00", ""), ("7 a", "§"), ("AU124", "").

    The unit is empty where the text gives none beside the number.
    """

    value: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value} {self.unit}".strip()


_WORDS = {
    word: str(number)
    for number, words in enumerate(
        (
            "noll",
            "en ett första",
            "två båda",
            "tre tredje",
            "fyra fjärde",
            "fem femte",
            "sex sjätte",
            "sju sjunde",
            "åtta åttonde",
            "nio nionde",
            "tio tionde",
            "elva elfte",
            "tolv tolfte",
        )
    )
    for word in words.split()
} | {"tjugofyra": "24", "tjugoett": "21", "tjugoåtta": "28"}
# These words mostly do not count anything: they are numbers only where a unit follows.
_ONLY_WITH_UNIT = {"en", "ett", "första", "båda"}
_UNITS = {
    "dag": r"(?:kalender)?dag(?:ar|arna|ars|en|ens|s)?",
    "arbetsdag": r"arbetsdag\w*",
    "vecka": r"veck(?:a|an|or|orna|ors)",
    "månad": r"månad(?:en|er|ers|erna)?",
    "år": r"år(?:s|et|en)?|årsdag\w*",
    "timme": r"timm(?:e|ar|ars|en|arna)",
    "p": r"p|poäng",
    "kr": r"kr|kronor",
    "§": r"§+",
    "kap": r"kap|kapitlet",
}
_MONTH = "|".join(MONTHS)
_TOKEN = re.compile(
    r"(?P<law>\d{4}:\d+)"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"
    r"|(?P<clock>\d{1,2}[.:]\d{2})\b"
    r"|\bk(?:l|lockan)\.?\s+(?P<hour>\d{1,2})\b(?![.:]?\d)"
    r"|\b(?P<code>[A-ZÅÄÖ]{1,3}\d+)\b"
    r"|(?P<integer>\d+)"
    r"|(?P<word>[^\W\d_]+|§+|[–-])"
)
_RANGE = {"–", "-", "till", "och", "eller"}
# What says a number without naming it.
_PHRASES = (
    (r"samma (?:kalender)?dag", Number("0", "dag")),
    (r"\bdagen (?:innan|före)", Number("1", "dag")),
    (r"årlig|varje år|per år", Number("1", "år")),
    (r"kvartal", Number("3", "månad")),
    (r"ingen avgift|avgiftsfri|kostnadsfri|gratis", Number("0", "kr")),
    (r"ersättning \w+ inte|ingen (?:extra|ytterligare) ersättning", Number("0", "ersättning")),
    (r"fler än en\b", Number("2")),
)


def numbers(text: str) -> set[Number]:
    """Every number of the text, each with and without its unit: "tre dagar" is 3 dag, and 3.

    Years of age are folded to the birthday that is meant: "till och med 20 år" is also 21 år.
    """
    text = _whole_words(text)
    found = {number for phrase, number in _PHRASES if re.search(phrase, text, re.IGNORECASE)}
    tokens = list(_TOKEN.finditer(text))
    for place, token in enumerate(tokens):
        found |= _at(tokens, place, token)
    for last in re.findall(r"till och med (\d+) år", text):
        found.add(Number(str(int(last) + 1), "år"))
    return found | {Number(number.value) for number in found}


def names(text: str) -> set[Number]:
    """Every word that begins with a capital: names of systems and roles, codes without digits.

    All but SIP: it is what every guideline is about, so that most provisions leave it unsaid.
    """
    found = set(re.findall(r"\b[A-ZÅÄÖ][^\W\d_]*\b", text))
    return {Number(word, "name") for word in found - {"SIP"}}


def _whole_words(text: str) -> str:
    """Lines of an original joined: a word broken by a hyphen at a line's end is whole again."""
    return re.sub(r"\s+", " ", re.sub(r"([a-zåäö])[-\u00ad]\s*\n\s*(?=[a-zåäö])", r"\1", text))


def _at(tokens: list[re.Match[str]], place: int, token: re.Match[str]) -> set[Number]:
    kind = token.lastgroup
    if token["month"]:
        month_day = f"{MONTHS.index(token['month']) + 1:02}-{int(token['day']):02}"
        return {Number(f"{token['year']}-{month_day}" if token["year"] else month_day)}
    if kind == "clock":
        return {Number(f"{int(token['clock'][:-3]):02}.{token['clock'][-2:]}")}
    if kind == "hour":
        return {Number(f"{int(token['hour']):02}.00")}
    if kind == "law":
        return {Number(token["law"]), Number(token["law"].partition(":")[0])}
    if kind in ("iso", "code"):
        return {Number(token[kind])}
    value = _counted(token)
    if value is None:
        return set()
    value, unit = _unit(tokens, place, value)
    if not unit and token[0].lower() in _ONLY_WITH_UNIT:
        return set()
    return {Number(value, unit)}


def _counted(token: re.Match[str]) -> str | None:
    return token["integer"] or _WORDS.get(token[0].lower())


def _unit(tokens: list[re.Match[str]], place: int, value: str) -> tuple[str, str]:
    """The unit after the number, past the rest of a range; or before it (dag 21, § 8)."""
    rest = [token[0].lower() for token in tokens[place + 1 : place + 6]]
    after = list(zip(tokens[place + 1 : place + 6], rest, strict=True))
    if len(rest) > 1 and re.fullmatch("[a-z]", rest[0]) and rest[1].startswith("§"):
        return f"{value} {rest[0]}", "§"
    for token, word in after:
        for unit, forms in _UNITS.items():
            if re.fullmatch(forms, word):
                return value, unit
        if word not in _RANGE and _counted(token) is None:
            break
    before = [token[0].lower() for token in tokens[max(place - 3, 0) : place]]
    while before and (before[-1] in _RANGE or before[-1].isdigit()):
        before.pop()
    return value, before[-1] if before and before[-1] in ("dag", "§") else ""
