"""The quantities, clock times, days, codes and legal references of a text, and what bounds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.model.verify_words import key, plain
from assistant.moment_words import DAY_NAMES, MONTH_NAMES

_TENS = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]
_SMALL = [
    *[
        "noll",
        "ett",
        "två",
        "tre",
        "fyra",
        "fem",
        "sex",
        "sju",
        "åtta",
        "nio",
        "tio",
        "elva",
        "tolv",
    ]
]
_SMALL += [*["tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"]]
NUMBERS: dict[str, int] = {word: n for n, word in enumerate(_SMALL)} | {
    ten + (unit if n else ""): 10 * m + n
    for m, ten in enumerate(_TENS, 2)
    for n, unit in enumerate(["", *_SMALL[1:10]])
}
NUMBERS |= {ten + "en": 10 * m + 1 for m, ten in enumerate(_TENS, 2)}
NUMBERS |= {"en": 1, "hundra": 100, "tvenne": 2, "dussin": 12}
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}
_UNITS = (
    ("arbetsdag", r"arbetsdag(?:ar|arna|en|s)?"),
    ("vardag", r"vardag(?:ar|arna|en)?"),
    ("kalenderdag", r"kalenderdag(?:ar|arna|en)?"),
    ("dag", r"dag(?:ar|arna|en|ars|s)?\b|dgr"),
    ("dygn", r"\w*dygn(?:et|en)?"),
    ("timme", r"\w*timm(?:e|ar|en|arna|ars)|tim\b|h\b"),
    ("minut", r"minut(?:er|erna|en)?|min\b"),
    ("vecka", r"veck(?:a|or|an|orna|ors)"),
    ("månad", r"månad(?:er|erna|en|ers)?"),
    ("halvår", r"halvår(?:et)?"),
    ("kvartal", r"kvartal(?:et|en)?"),
    ("år", r"år(?:et|en|s|ens)?\b|-?årig\w*|-?åring\w*"),
    ("kr", r"kr\b|kronor|sek\b"),
    ("procent", r"procent|%"),
    ("p", r"p\b|poäng(?:en)?"),
    ("gång", r"gånger"),
)
_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS))
_WORDS = "|".join(sorted(NUMBERS, key=lambda word: -len(word)))
_NUMBER = rf"(?:\d+(?:[,.]\d+)?|(?:{_WORDS})\b)"
_QUANTITY = re.compile(
    rf"(?<![\w:.])(?:(?P<low>{_NUMBER})\s*(?:-|till|eller|och|respektive)\s*)?(?P<n>{_NUMBER})"
    rf"(?:\s*-?\s*(?:{_UNIT}))"
)
_MONTHS = "|".join(MONTH_NAMES)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)(?:t[\d:+]+)?")
_LONG = re.compile(rf"\b(?P<d>\d{{1,2}})(?::?e|:a)? (?P<m>{_MONTHS})(?: (?P<y>\d{{4}}))?")
_SLASH = re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:[ -](?P<y>\d{4}))?(?![\d/])")
_MONTH = re.compile(rf"\b(?P<m>{_MONTHS})(?: (?P<y>\d{{4}}))?\b")
_CLOCK = re.compile(
    rf"\b(?:klockan|kl\.?|klockslaget)\s*(?P<half>halv\s+)?(?P<h>\d{{1,2}}"
    rf"|(?:{_WORDS})\b)(?:[.:](?P<min>\d\d))?"
    r"(?P<late>\s+på (?:kvällen|eftermiddagen))?"
    r"|(?<![\d.:(-])(?P<h2>[01]?\d|2[0-4])\.(?P<min2>[0-5]\d)(?![\d.]|:\d)"
)
_SFS = re.compile(r"\b(?:\d{4}/\d\d|\d{4}):[a-zåäö]*\d+\b|\b\d\d:\d\d\b|\b\d{1,2}/(?:19|20)\d\d\b")
_PARAGRAPH = re.compile(
    r"(?:(?P<kap>\d+)\s*kap\.?\s*)?(?P<n>\d+(?:\s*[a-z]\b)?)(?:\s*(?:§\s*)?(?:och|-"
    r"|,)\s*(?P<n2>\d+))?\s*(?:§+|paragraf\w*)"
    rf"(?:\s*(?P<st>\d+|{'|'.join(_ORDINALS)})\s*(?:st\b\.?|stycket))?"
    rf"(?:[\s,]*(?:p\.?\s*(?P<p0>\d+)|(?P<p>\d+|{'|'.join(_ORDINALS)})\s*(?:p\b\.?|punkten)?))?"
)
_CODE = re.compile(r"\b[a-zåäö]{1,3}\d{1,4}\b")
_YEAR = re.compile(r"(?<![\d:/-])(?:19|20)\d\d(?![\d:/-])")
_WEEKDAY = re.compile(
    r"\b(" + "|".join(DAY_NAMES) + r"|mån|tis|ons|tors|fre|lör|sön)(?:en|ar|s)?\b"
)
_EVERY = {
    "årligen": "år",
    "årsvis": "år",
    "halvårsvis": "halvår",
    "kvartalsvis": "kvartal",
    "månadsvis": "månad",
    "månatligen": "månad",
    "veckovis": "vecka",
    "dagligen": "dag",
}
_PER = re.compile(
    rf"\bper (?P<per>år|halvår|kvartal|månad|vecka|dag|dygn)\b|\bvar(?:je|t|annan"
    rf"|tredje) (?P<every>år|halvår|kvartal|månad|vecka|dag)\b"
    rf"|\b(?P<word>{'|'.join(_EVERY)})\b"
)
_DAY_RELATION = re.compile(
    r"\b(?P<same>samma dag|(?:det |samma )?datum(?:et)? då|den dag då|dagen då|dag som)"
    r"|(?P<after>dagen efter|dagen därpå"
    r"|nästa dag|följande dag|dagen därefter)"
    r"|(?P<before>dagen före|dagen innan)"
)
_BARE = re.compile(
    rf"(?<![\w.:/-])(?P<n>\d{{1,4}}|(?:{_WORDS})\b)(?!\s*[§/:]|\s*kap\b"
    rf"|\d)\s+(?P<noun>[a-zåäö-]{{3,}})(?:\s+(?P<noun2>[a-zåäö-]{{3,}}))?"
)
_LONE = re.compile(r"(?<![\w.:/#-])\d{3,}(?![\w:/#-])(?!\.\d)")
_PHONE = re.compile(r"(?<!\d)0\d{1,3}[- ]\d{2,3}(?: ?\d{2}){1,3}(?!\d)|\+46[\d -]{6,}")
_NOT_COUNTED = {"en", "ett"}

UPPER, LOWER = "högst", "minst"
_UPPER = re.compile(
    r"(?:\b(?:senast|inom|längst|högst|maximalt|max|mest|upp till|till och med|t\.o\.m\."
    r"|inte (?:mer|senare|längre) än"
    r"|under|yngre än|mindre än|färre än|före|innan|dröja|fram till|till)(?:\s+(?:de|den|dock"
    r"|allra))?)\s*$"
)
_LOWER = re.compile(
    r"(?:\b(?:tidigast|minst|från(?: och med)?|fr\.o\.m\.|över|äldre än|mer än|fler än|längre än"
    r"|efter|åtminstone|inte (?:mindre|färre|mer sällan) än"
    r"|mer sällan än|sedan)(?:\s+(?:de|den|allra))?)\s*$"
)
_NEVER_LATER = re.compile(r"\binte (?:mer|senare|längre) än\s*$")
_NEVER_LESS = re.compile(r"\binte (?:mindre|färre|mer sällan) än\s*$")
_AFTER = re.compile(r"^\W*(?:\w+\s+){0,2}?(?:efter|från|sedan|räknat från)\b")
_BEFORE = re.compile(r"^\W*(?:\w+\s+){0,1}?(?:före|i förväg|inför)\b")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a text: what kind, which, and how the text bounds it."""

    kind: str
    of: tuple[str | int | None, ...]
    written: str
    bound: str | None = None  # UPPER, LOWER or none
    side: str | None = None  # "efter" or "före" what follows


def _number(word: str) -> float | int:
    if word in NUMBERS:
        return NUMBERS[word]
    return float(word.replace(",", ".")) if "," in word or "." in word else int(word)


_LAW = re.compile(
    r"\b(?:hsl|sol|lss|lpt|lrv|osl|lvu|lvm|[a-zåäö-]{4,}lagen?s?)\b|lagen? om [a-zåäö]+ [a-zåäö]+"
)
_SHORT = {
    "hälso- och sjukvårdslag": "hsl",
    "sjukvårdslag": "hsl",
    "socialtjänstlag": "sol",
    "sekretesslag": "osl",
    "lag om psykiatrisk tvångsvård": "lpt",
    "lag om rättspsykiatrisk vård": "lrv",
    "lag om stöd och": "lss",
}


_NOTHING = re.compile(r"[\s#(),:]*(?:i |enligt )?")
_LITTLE = re.compile(
    r"[\s#(),.]*(?:\w+ stycket |\w+ punkten |\d+ )?(?:i |nya |gamla |den |enligt "
    r"|dåvarande )*(?:hälso- och )?"
)


def _law(text: str, start: int, end: int) -> str | None:
    """The law that a paragraph is said to stand in: the one named closest to it."""
    before = list(_LAW.finditer(text, max(0, start - 60), start))
    after = _LAW.search(text, end, end + 60)
    if before and _NOTHING.fullmatch(text[before[-1].end() : start]):
        found = before[-1].group()
    elif after and _LITTLE.fullmatch(text[end : after.start()]):
        found = after.group()
    else:
        return None
    name = re.sub(r"^lagen\b", "lag", re.sub(r"(?<=lag)ens?$", "", found))
    return next((short for long, short in _SHORT.items() if name.endswith(long)), name)


def _bound(before: str) -> str | None:
    tail = before[-28:]
    if _NEVER_LATER.search(tail):
        return UPPER
    if _NEVER_LESS.search(tail):
        return LOWER
    if _UPPER.search(tail):
        return UPPER
    return LOWER if _LOWER.search(tail) else None


def _side(after: str) -> str | None:
    if _AFTER.search(after[:30]):
        return "efter"
    return "före" if _BEFORE.search(after[:30]) else None


@lru_cache(maxsize=4096)
def values(text: str) -> tuple[Value, ...]:
    """The values that the text holds, in no certain order."""
    return tuple(_values(plain(text)))


def _values(text: str) -> Iterator[Value]:
    left = text

    def take(match: re.Match[str]) -> None:
        nonlocal left
        left = left[: match.start()] + "#" * (match.end() - match.start()) + left[match.end() :]

    for match in _PHONE.finditer(left):
        yield Value("telefon", (re.sub(r"\D", "", match.group()),), match.group())
        take(match)
    for pattern in (_ISO, _LONG, _SLASH):
        for match in list(pattern.finditer(left)):
            month = match["m"]
            number = int(month) if month.isdigit() else MONTH_NAMES.index(month) + 1
            year = match["y"]
            yield Value(
                "datum", (int(match["d"]), number, int(year) if year else None), match.group()
            )
            take(match)
    for match in list(_SFS.finditer(left)):
        if re.search(r"\b(?:klockan|kl\.?)\s*$", left[: match.start()]):
            continue
        yield Value("nummer", (match.group(),), match.group())
        take(match)
    for match in list(_PARAGRAPH.finditer(left)):
        kap = int(match["kap"]) if match["kap"] else None
        law = _law(left, match.start(), match.end())
        for n in (match["n"], match["n2"]):
            if n:
                yield Value("paragraf", (kap, n.replace(" ", ""), law), match.group())
        for name in ("st", "p", "p0"):
            if match[name]:
                n = match[name]
                yield Value(
                    "stycke" if name == "st" else "punkt",
                    (_ORDINALS.get(n) or int(n),),
                    match.group(),
                )
        take(match)
    for match in list(_CLOCK.finditer(left)):
        hour = match["h"] or match["h2"]
        minutes = int(match["min"] or match["min2"] or 0) + 60 * int(_number(hour))
        minutes += 720 if match["late"] and minutes < 720 else 0
        minutes -= 30 if match["half"] else 0
        yield Value("klockslag", (minutes,), match.group(), _bound(left[: match.start()]))
        take(match)
    for match in list(_QUANTITY.finditer(left)):
        unit = next(name for i, (name, _) in enumerate(_UNITS) if match[f"u{i}"])
        for n in (match["low"], match["n"]):
            if n:
                yield Value(
                    "mått",
                    (str(_number(n)), unit),
                    match.group(),
                    _bound(left[: match.start()]),
                    _side(left[match.end() :]),
                )
        take(match)
    for match in list(_PER.finditer(left)):
        unit = match["per"] or match["every"] or _EVERY[match["word"]]
        yield Value("hur ofta", (unit,), match.group(), _bound(left[: match.start()]))
    for match in list(_MONTH.finditer(left)):
        yield Value("månad", (match["m"], match["y"]), match.group())
        take(match)
    for match in _YEAR.finditer(left):
        yield Value("årtal", (match.group(),), match.group())
    for match in _WEEKDAY.finditer(left):
        yield Value("veckodag", (match.group(1)[:3],), match.group())
    for match in _CODE.finditer(left):
        yield Value("kod", (match.group(),), match.group())
    for match in _DAY_RELATION.finditer(left):
        which = "samma" if match["same"] else "efter" if match["after"] else "före"
        yield Value("dag", (which,), match.group())
    for match in _LONE.finditer(left):
        yield Value("nummer", (match.group(),), match.group())
    for match in list(_BARE.finditer(left)):
        if match["n"] in _NOT_COUNTED or (match["n"].isdigit() and int(match["n"]) > 1900):
            continue
        nouns = tuple(key(noun) for noun in (match["noun"], match["noun2"]) if noun)
        yield Value("antal", (str(_number(match["n"])), *nouns), match.group())


def is_number_word(word: str) -> bool:
    """Whether the word is a number, a unit or a code: held by its value, not as a word."""
    return word in NUMBERS or word in _ORDINALS or any(c.isdigit() for c in word)
