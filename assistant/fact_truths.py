"""Whether a text states that a condition holds: who was told, what was sent, whose resources lack.

A condition is told in countless ways, so it is recognised by what must be spoken of together in one
clause (the municipality, being told, the admission, a denial) rather than by whole phrases.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.fact_words import NOT, SENTENCE

_NO = (
    rf"\b(?:{NOT}|inget|ingen|inga|utan|glomt|glomde[s]?|bortglomd\w*|missat[s]?|missade[s]?|miss|"
    r"forsumma\w*|strunta\w*|saknas|saknades|saknats|uteblev|uteblivit|uteblir|slarva\w*|ovetande|"
    r"okunnig\w*|okunskap\w*|not|never|without)\b"
)
_LACKING = re.compile(_NO)
# "kallades inte förrän 3/3" tells when, and denies nothing.
_NOT_UNTIL = re.compile(rf"\b{NOT}\s+forran\b")
_ONLY_ASKED = re.compile(r"\s*(?:maste|ska|skall|far|kan|bor|kravs|behover|har|nar|hur|vem|vad)\b")
_HAS_TO = r"\b(?:ska|skall|maste|far|bor|behov\w*|kravs?|kravdes)\b"
_CLAUSE = re.compile(
    r",\s|\s(?:men|och|fast(?:an)?|daremot|dock|om(?!\s+(?:en|ett|tva|tre|nagr\w+|\d))|ifall|nar|da|eftersom|darfor\s+att|for\s+att|"
    r"medan|som|sa|o|trots\s+att)\s"
)
_HALF = re.compile(r"\s(?:men|fast(?:an)?|daremot|dock)\s")

_SOCIAL = (
    r"(?:socialtjanst\w*|hemtjanst\w*|sol-?\s?insats\w*|\bsoc\b|bistand\w*|\w*larm\b|matlada\w*|"
    r"\bstad(?:ning|hjalp)?\b|ledsag\w*|boendestod\w*|dagverksamhet\w*|\bhtj\b|social\s+services)"
)
_CARE = (
    r"(?:\bvard\b|\w*sjukvard\w*|halso-?\s?(?:och|&)?\s?sjuk\w*|omvardnad\w*|medicinsk\w*|rehab\w*)"
)
_REGION = (
    r"\b(?:region\w*|oppenvard\w*|oppna\s+vard\w*|vardcentral\w*|halsocentral\w*|hc(?::?[ns])?|"
    r"vc(?::?[ns])?|primarvard\w*|narsjukvard\w*|psykiatri\w*|rehab\w*|distriktslakar\w*|"
    r"hjalpmedelscentral\w*)"
)
_REGIONS_OWN = (
    r"\b(?:regionens|oppenvardens|vardcentralens|halsocentralens|primarvardens|psykiatrins|hc:?s|"
    r"vc:?s)\s+(?:egna\s+|egen\s+)?(?:\w+\s+){0,2}?(?:resurs\w*|insats\w*|\w*hjalpmed\w*|lakar\w*|"
    r"rehab\w*|personal|team\w*|del|bit|\w*skotersk\w*|vard\w*)"
)
_MUNICIPAL = (
    r"(?:\bkommun\w*|hemsjukvard\w*|socialtjanst\w*|hemtjanst\w*|bistandshandlagg\w*|\bsoc\b|"
    r"\bbhl\b)"
)
_ABLE = (
    r"\b(?:ta\s+(?:over|emot|hand|sig\s+an|vid)|tar\s+(?:over|emot|hand)|tagit\s+(?:over|emot)|start\w*|"
    r"borja|komma\s+igang|kommit\s+igang|klara?|klart|redo|pa\s+plats|tillganglig\w*|bemann\w*|"
    r"personal|resurs\w*|kapacitet|insats\w*|ordna\w*|losa|lost|\w*hjalpmed\w*|lakar(?:stod|tid\w*)|"
    r"igang|fardig\w*)\b"
)
_LATER = (
    rf"{_NO}|\b(?:forran|forst|droj\w*|vanta\w*|fordroj\w*|forsena\w*|brist\w*|fattas|stangt|"
    r"semesterstangt)\b"
)
_TOLD = (
    r"\b(?:meddel\w*|underratt\w*|informer\w*|information|info|besked|bud|veta|visste|vetat|vetskap|"
    r"kannedom|kande\s+till|kant\s+till|reda\s+pa|beratta\w*|sagt|sa\s+till|sade|tala\w*\s+om|talat|"
    r"aviser\w*|hort|hora|horde|ringde?|ringt|signal|aning|told|informed|notified)\b|\w*medd\b"
)
_ADMISSION = (
    r"\b(?:inskriv\w*|inskr\b|inlagd\w*|inlagg\w*|lagts\s+in|lades?\s+in|las\s+in|skrivits\s+in|"
    r"skrevs?\s+in|la(?:g|ge|gat|agt)?\s+(?:inne|pa\s+(?:sjukhus\w*|avd\w*|lasarett\w*))|"
    r"ligger\s+(?:inne|pa)|lag\s+(?:inne|pa)|kommit\s+in|kom\s+in|vardas|vardades|intagen|admitted|"
    r"admission)\b"
)
_NOTICE = r"\b(?:inskr\w*\.?\s?-?med+\w*|inskrivningsmed\w*|im:?et|admission\s+notice)\b"
_CALL = (
    r"\b(?:\w*kallels\w*|\w*inbjud\w*|kallat|kallats|kallade[s]?|bj[ou]d\w*\s+in|skickat\s+sip)\b"
)
_REPLY = (
    r"(?:kvitter\w*|svar\w*|\blast\b|oppna[td]\w*|\bsedd\b|godkan\w*|bekraft\w*|accepter\w*|"
    r"andra\w*)"
)
_HERE = r"\b(?:folkbokfor\w*|mantalsskriven|skriven|hemkommun\w*|bokford)\b"
_ELSEWHERE = (
    r"\b(?:annan|annat|andra|grann\w*|utomlands|utomlans|utombys\w*|utsocknes|nagon\s+annanstans|"
    r"annanstans|utanfor|soderut|fel\s+kommun)\b"
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A clause that holds each of `all_` and none of `none` states that `name` is `value`."""

    name: str
    value: bool
    all_: tuple[str, ...]
    none: str = r"(?!)"
    whole: bool = False  # looked for in the half of a sentence, not in the clause alone


_SIGNS: tuple[_Sign, ...] = (
    _Sign("only_social_services", False, (r"\b(?:inte|ej)\s+(?:bara|enbart|endast)\b", _SOCIAL)),
    _Sign("only_social_services", False, (r"\bbade\b", _SOCIAL), whole=True),
    _Sign(
        "only_social_services",
        True,
        (
            r"\b(?:endast|bara|enbart|uteslutande|only|inget\s+annat\s+an|inga\s+andra\s+insatser\s+an)"
            rf"\s+(?:[\w-]+\s+){{0,5}}?{_SOCIAL}|{_SOCIAL}\s+(?:och\s+inget\s+annat|ar\s+det\s+enda|"
            r"enbart|bara|endast)\b",
        ),
        rf"\b(?:och|samt|plus|med)\s+(?:[\w-]+\s+)?(?:{_CARE}|region\w*)",
        whole=True,
    ),
    _Sign(
        "only_social_services",
        True,
        (
            _SOCIAL,
            rf"\b(?:ingen|inget|inga|{NOT}|utan)\s+(?:nagon\s+|nagot\s+|nagra\s+)?(?:[\w-]+\s+){{0,2}}?"
            rf"{_CARE}",
        ),
        whole=True,
    ),
    _Sign(
        "region_resources",
        False,
        (_REGIONS_OWN, _LATER),
        rf"{_CALL}|{_REPLY}|\bmot(?:e|et)\b|\bsip\b",
        whole=True,
    ),
    _Sign(
        "region_resources",
        False,
        (_REGION, _LATER, _ABLE),
        rf"{_MUNICIPAL}|{_CALL}|{_REPLY}|\bmot(?:e|et)\b|\bsip\b",
    ),
    _Sign(
        "region_resources",
        False,
        (rf"{_REGION}\w*\s+(?:\w+\s+)?(?:saknar|har\s+{NOT}|har\s+inga?)\b", _ABLE),
        rf"{_CALL}|{_REPLY}",
    ),
    _Sign(
        "region_resources",
        True,
        (
            rf"{_REGION}(?:s)?\s+(?:[\w-]+\s+){{0,3}}?(?:resurs\w*|insats\w*|del)\s+(?:[\w-]+\s+){{0,1}}?"
            r"(?:finns|ar\s+(?:pa\s+plats|klara?|ordnade|tillgangliga|igang)|tillgangliga)",
        ),
    ),
    _Sign("registered_here", False, (_HERE, _LACKING.pattern), whole=False),
    _Sign("registered_here", False, (_HERE, _ELSEWHERE)),
    _Sign(
        "registered_here",
        False,
        (r"\b(?:bor|tillhor|kommer\s+fran|hor\s+hemma)\b", r"\ban+an\s+(?:kommun|region|stad)\b"),
    ),
    _Sign("registered_here", False, (r"\b(?:utomlans\w*|utombys\w*|utsocknes)\b",)),
    _Sign(
        "registered_here",
        True,
        (
            r"\b(?:folkbokford\w*|skriven)\s+(?:[\w-]+\s+){0,1}?(?:har|i\s+(?:var\s+|samma\s+|hem)?"
            r"kommun\w*|hos\s+oss)\b",
        ),
    ),
    _Sign(
        "kallelse_late",
        False,
        (rf"{_CALL}(?:\s+[\w\x04-]+){{0,6}}?\s+i\s+(?:ratt\s+)?tid\b",),
        _NO,
    ),
    _Sign(
        "kallelse_late",
        True,
        (
            _CALL,
            r"\b(?:for\s+sen\w*|forsen\w*|sent|sen)\b|\befter\s+(?:fristen|tiden|tre\s+dagar)\b",
        ),
        r"\b(?:inte|ej|aldrig)\s+(?:\w+\s+)?for\s+sen\w*|\bsen(?:ast)?\s+(?:skick|vara)\w*",
    ),
    _Sign("kallelse_sent", False, (_CALL, _NO), rf"{_REPLY}|{_HAS_TO}|\bmottag\w*|\bi\s+tid\b"),
    _Sign(
        "kallelse_sent",
        True,
        (
            rf"{_CALL}(?:\s+[\w\x04-]+){{0,4}}?\s+(?:skickad\w*|skickat\w*|skickades|gick|gatt|ivag|utgick|"
            r"sand\w*|kom|mottogs)|\b(?:skicka(?:de|t|ts|des)|sande|sant|fick|fatt)\s+(?:[\w-]+\s+){0,2}?"
            r"\w*(?:kallels|inbjud)\w*|\b(?:har|vi)\s+kalla(?:t|de)\b|\bkallades?\b",
        ),
        _NO,
    ),
    _Sign(
        "municipality_informed",
        False,
        (_NOTICE, _NO),
        rf"{_REPLY}|{_HAS_TO}|\bmottag\w*|\bkomplett\w*|\bmed\s+datum\b",
    ),
    _Sign(
        "municipality_informed",
        False,
        (_MUNICIPAL, _TOLD, _ADMISSION, _NO),
        rf"{_REPLY}|{_HAS_TO}|\butskr\w*klar\w*",
        whole=True,
    ),
    _Sign(
        "municipality_informed",
        False,
        (r"\bvi\s+(?:i|pa|fran)\s+kommun\w*", _TOLD, _NO, _ADMISSION),
        _REPLY,
        whole=True,
    ),
    _Sign(
        "municipality_informed",
        True,
        (
            rf"{_NOTICE}(?:\s+[\w\x04-]+){{0,4}}?\s+(?:skicka\w*|gick|gatt|kom\b|mottog\w*|mottag\w*|"
            rf"kvittera\w*|sand\w*|lamna\w*)|\b(?:fick|fatt|skickade|skickat|mottog|har)\s+"
            rf"(?:[\w-]+\s+){{0,2}}?{_NOTICE}|{_MUNICIPAL}\s+(?:\w+\s+){{0,2}}?(?:informera(?:d|de|des|ts)|"
            r"underratta(?:d|de|des|ts)|fick\s+(?:besked|veta))\b",
        ),
        _NO,
    ),
    _Sign(
        "answer_missing",
        True,
        (
            r"\b(?:svar\w*|besked|kvitter\w*|kvittens|aterkoppl\w*|hort\s+av)\b",
            rf"{_NO}|\bdrojer\b",
        ),
    ),
    _Sign(
        "existing_plan",
        False,
        (
            r"\b(?:ingen|saknar|utan|inte\s+nagon|ej|finns\s+ingen|inte\s+haft)\s+(?:[\w-]+\s+){0,2}?"
            r"(?:sip|plan)\b(?!\s+(?:kalle|mote))",
        ),
        whole=True,
    ),
    _Sign(
        "existing_plan",
        True,
        (
            r"\b(?:har|hade|finns|fanns)\s+(?:[\w-]+\s+){0,2}?(?:redan|sedan\s+tidigare|en\s+befintlig|"
            r"aktiv)\s+(?:[\w-]+\s+){0,2}?(?:sip|plan)\w*|\b(?:befintlig|aktiv|tidigare|pagaende)\s+"
            r"(?:sip|plan)\w*|\b(?:sip|plan)\w*\s+(?:finns|fanns)\s+(?:redan|sedan)|\b(?:sip|plan)\w*\s+"
            r"sedan\s+tidigare|\bhar\s+(?:en\s+)?(?:sip|plan)\s+(?:sedan|redan)",
        ),
        whole=True,
    ),
    _Sign(
        "urgent",
        False,
        (
            r"\b(?:inte|ej|icke|ingen|inget)\s+(?:\w+\s+){0,2}?(?:bradsk\w*|akut\w*|bratto\w*|bratt)\b"
            r"|\bbradskar\s+(?:inte|ej)\b",
        ),
    ),
    _Sign("urgent", True, (r"\bbradskande\b|\bbradskar\b|\bbratt(?:om)?\b",)),
)
NAMES = tuple(dict.fromkeys(sign.name for sign in _SIGNS))
_READY = [(sign, [re.compile(p) for p in sign.all_], re.compile(sign.none)) for sign in _SIGNS]


def find_truths(folded: str) -> dict[str, bool | None]:
    """For each of NAMES whether the folded text states it, denies it or is silent (None)."""
    truths: dict[str, bool | None] = dict.fromkeys(NAMES)
    plain = _NOT_UNTIL.sub("forst", folded)
    for sign, patterns, none in _READY:
        if truths[sign.name] is not None:
            continue
        for sentence, part in _pieces(plain, whole=sign.whole):
            if none.search(part) or not all(p.search(part) for p in patterns):
                continue
            if not (sentence.rstrip().endswith("?") and sign.value and _ONLY_ASKED.match(part)):
                truths[sign.name] = sign.value
                break
    return truths


def _pieces(folded: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Each sentence with its clauses, or with its halves."""
    for sentence in SENTENCE.findall(folded):
        for part in (_HALF if whole else _CLAUSE).split(sentence):
            yield sentence, part
