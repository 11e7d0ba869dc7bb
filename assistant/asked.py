"""What kind of fact a question asks for, and whether a text holds a fact of that kind.

"Hur ofta?" is answered by nothing but a frequency: a provision about the right meeting that gives
none is no answer. The kinds and their marks are of the language, not of any one question.
"""

import re
from enum import StrEnum
from functools import lru_cache

from ingest import swedish


class Kind(StrEnum):
    """A kind of fact that a question can ask for and a text either holds or not."""

    DURATION = "duration"  # how long, within how many days, by when
    FREQUENCY = "frequency"
    AMOUNT = "amount"  # of money
    POINTS = "points"
    CODE = "code"
    COUNT = "count"
    AGE = "age"
    PHONE = "phone"
    ADDRESS = "address"  # on the web
    LAW = "law"
    WHO = "who"


_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|noll|ett|en|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|fjorton"
    r"|tjugo\w*|trettio|flera|manga)"
)
_UNIT = r"(?:arbetsdag|kalenderdag|vardag|dag|dygn|timm|timme|veck|manad|ar\b|kvartal|minut|tim\b)"

_ASKED: dict[Kind, str] = {
    Kind.FREQUENCY: (
        r"\bhur (?:ofta|regelbundet|tatt|manga ganger)\b"
        r"|\b(?:med vilket|vilket) (?:intervall|mellanrum)"
        r"|\bhow (?:often|frequently)\b"
    ),
    Kind.AMOUNT: (
        r"\bhur (?:mycket|mkt) kostar"
        r"|\bhur (?:mycket|mkt) (?:(?:ska|far|maste|kan) )?(?:\w+ )?(?:betala|ta betalt|debitera)"
        r"|\b(?:vad|hur mkt|hur mycket) (?:kostar|betala\w*|tar (?:vi|ni|de|man|det) betalt)\b"
        r"|\bhur (?:manga|mkt|mycket) (?:kronor|kr|pengar)\b|\bkostar\b"
        r"|\b(?:vad|vilken|hur stor|hur hog) (?:ar |blir )?(?:\w+ )?kostnad\w*"
        r"|\bdygns?(?:pris|kostnad|belopp)"
        r"|\bhur stor (?:ar )?(?:avgift|ersattning)|\b(?:vilket|hur stort) (?:\w+ )?belopp\b"
        r"|\bhow much (?:does|is|do|must|should|money|will)\b"
    ),
    # "Poängen med" something is its purpose, "at what point" a time.
    Kind.POINTS: (
        r"\bhur (?:manga|mkt|mycket) (?:poang|p)\b|\bpoang(?!\w* (?:med|for|i att|enligt)\b)\w*"
        r"|\bpoints\b"
    ),
    Kind.CODE: r"\b(?:kva)?-?\s?kod(?:en|er|erna)?\b|\bkva\b|\batgardskod\w*|\bcodes?\b",
    Kind.AGE: (
        r"\bhur gam(?:mal|la|malt)\b|\b(?:till|fran|vid) vilken alder\b"
        r"|\baldersgrans\w*|\bhow old\b"
    ),
    Kind.PHONE: (
        r"\b(?:vad|vilket|vilka|vart|finns|har ni|nagot|ge mig|hitta\w*)\b[^.?!]{0,30}"
        r"\b(?:tele(?:fon)?|tel|tfn|mobil)?\s?-?(?:nummer|nr|numret|tid)\w* "
        r"(?:till|for|man|jag|vi|dit)\b"
        r"|^(?:tele(?:fon)?|tel|tfn)\s?-?(?:nummer|nr|numret) till\b"
        r"|\bwhat\b[^.?!]{0,30}\bphone number\b"
    ),
    Kind.ADDRESS: (
        r"\b(?:webb|hem)?(?:adress|sida|lank|url)\w* (?:till|for|pa)\b"
        r"|\bpa natet\b|\bwebb\w*"
    ),
    Kind.LAW: (
        r"\b(?:vilk\w+|vad for) "
        r"(?:lag\w*|paragraf\w*|lagrum\w*|kap\w*|forordning\w*|foreskrift\w*)\b"
        r"|\blagstod\w*|\bsfs\b|\bparagraf\w*|\blagrum\w*|\bwhich (?:law|section|act)"
    ),
    Kind.DURATION: (
        r"\bhur (?:langt? (?:tid|innan|efter|i forvag)|lange|snabbt|snart|fort|sent|tidigt|kort"
        r"|mkt tid|mycket tid)\b"
        rf"|\bhur manga {_UNIT}\w*|\b(?:tids)?frist\w*|\bdeadline\w*"
        rf"|\btidsgrans\w*|\bsenast nar\b|\bnar senast\b"
        r"|\bhur dags\b|\bvilket klockslag\b|\bhow (?:long|soon|many (?:days|hours|weeks))\b"
    ),
    Kind.COUNT: r"\bhur manga\b|\bhow many\b|\bantal(?:et)?\b",
    Kind.WHO: (
        r"\b(?:vem|vems|vilka personer|vilken (?:roll|funktion|chef|yrkesgrupp|profession)|who)\b"
    ),
}
_HELD: dict[Kind, str] = {
    Kind.FREQUENCY: (
        r"\bgang(?:er)? (?:per|om|i)\b"
        rf"|\bvar(?:je|t|tredje|sjatte)? (?:ar|manad|vecka|kvartal|{_UNIT})"
        r"|\b(?:kvartals|manads|vecko)vis\b|\barlig\w*|\bkontinuerligt\b|\bregelbund\w*|\blopande\b"
    ),
    Kind.AMOUNT: (
        r"\b\d+ ?(?:kr|kronor)\b|\bingen avgift\b|\bgratis\b|\bavgiftsfri\w*"
        r"|\bavgift\w*|\bgenomsnittskostnad\w*"
        r"|\bbelopp\w*|\bersattning\w*"
    ),
    Kind.POINTS: r"\b\d+ ?p\b|\bpoang\b",
    Kind.CODE: r"\b[a-z]{2}\d{3}\b|\bp0\b|\bgena\b|\bdr16\b|\bkod\w*",
    Kind.AGE: r"\b\d+ ?(?:ar|arsalder)\b|\b\d+ ars\b|\balder\w*",
    Kind.PHONE: r"\b\d{2,4}[- ]\d{2,3}[ ]?\d{2}",
    Kind.ADDRESS: r"\bwww\.|\bhttps?:|\b\w+\.se\b|\bwebb\w*|\blank\w*",
    Kind.LAW: r"\b\d{4}:\d+\b|§|\bkap\b|\blag(?:en|ar)?\b|\bfs \d",
    Kind.DURATION: (
        rf"\b{_NUMBER}(?: till {_NUMBER}|-{_NUMBER})? {_UNIT}\w*"
        rf"|\b\d+ ?- ?\d+ {_UNIT}\w*|\b\d{{1,2}}[.:]\d\d\b"
        r"|\bsamma dag\b|\bomgaende\b|\bsnarast\b|\bsa snart\b|\butan drojsmal\b"
        r"|\bgenast\b|\bdagen (?:innan|fore)\b"
        r"|\binnan\b|\bkvartalsvis\b|\bi samband med\b"
    ),
    Kind.COUNT: rf"\b{_NUMBER}\b",
    Kind.WHO: (
        r"\b(?:lakar|chef|kontakt|personal|samordn|skoterska|handlagg|huvudm|kommun|region|vard|patient|enskild"
        r"|aktor|anvandar|ledare|ratt(?:en)?|foretradare|myndighet|socialtjanst"
        r"|rektor|team|forskriv|narstaende)\w*"
    ),
}


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[Kind, re.Pattern[str]], dict[Kind, re.Pattern[str]]]:
    return (
        {kind: re.compile(pattern) for kind, pattern in _ASKED.items()},
        {kind: re.compile(pattern) for kind, pattern in _HELD.items()},
    )


def asked(question: str) -> frozenset[Kind]:
    """The kinds of fact that the question asks for; empty where the form does not tell.

    >>> sorted(asked("Hur ofta träffas gruppen?"))
    [<Kind.FREQUENCY: 'frequency'>]
    """
    folded = swedish.fold(question)
    found = {kind for kind, pattern in _patterns()[0].items() if pattern.search(folded)}
    if found - {Kind.COUNT, Kind.WHO}:
        found.discard(Kind.COUNT)
    return frozenset(found)


@lru_cache(maxsize=4096)
def held(text: str) -> frozenset[Kind]:
    """The kinds of fact that the text holds."""
    folded = swedish.fold(text)
    return frozenset(kind for kind, pattern in _patterns()[1].items() if pattern.search(folded))
