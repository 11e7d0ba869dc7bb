"""What must be spoken of together for a condition to be told: the signs, over folded text.

A condition is told in countless ways, so it is recognised by what must stand in one clause (the
municipality, being told, the admission, a denial) rather than by whole phrases.
"""

from dataclasses import dataclass

from assistant.fact_words import NOT

_NO = (
    rf"\b(?:{NOT}|inget|ingen|inga|utan|glomt|glomde[s]?|bortglomd\w*|missat[s]?|missade[s]?|miss|"
    r"forsumma\w*|strunta\w*|saknas|saknades|saknats|uteblev|uteblivit|uteblir|slarva\w*|ovetande|"
    r"okunnig\w*|okunskap\w*|not|never|without)\b"
)
_HAS_TO = r"\b(?:ska|skall|maste|far|bor|behov\w*|kravs?|kravdes)\b"
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
    r"hjalpmedelscentral\w*|mobil\w*\s+team\w*|palliativ\w*\s+team\w*|(?!akut)\w*mottagning(?:en|ens)?\b)"
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
    r"igang|fardig\w*|fa(?:tt|r)?\s+(?:fram|till|tag|dit|hem)|fick\s+(?:fram|till|tag)|behandling\w*|"
    r"ordination\w*|recept\w*|\w*utrustning\w*|team\w*|skotersk\w*|\w*terapeut\w*|lakare\w*|dropp|dialys\w*|"
    r"syrgas\w*|antibiotika\w*|erbjud\w*|satta?\s+in|satt\s+in|hitta\w*|leverer\w*|hunnit|hinner|hinna|"
    r"komma\s+(?:ut|hem|dit)|komm(?:it|er)\s+(?:ut|hem|dit)|folja\s+upp|provtag\w*|ta\s+prov\w*|"
    r"ledig\w*|overta\w*|hembesok\w*)\b"
)
_READY = (
    r"\b(?:u(?:t)?skr\w*\.?\s?-?klar\w*|ukl(?:ar)?|klarmeddel\w*|klarsignal\w*|klarmark\w*|"
    r"fardigbehandlad\w*|medicinskt\s+klar|klar\s+(?:for|att)\s+\w+)"
)
_NOT_A_DOCTOR = (
    r"\b(?:ssk|\w*skotersk\w*|barnmorsk\w*|fysioterapeut\w*|arbetsterapeut\w*|sjukgymnast\w*|kurator\w*|"
    r"bistandshandlagg\w*|vardplaner\w*|koordinator\w*|samordnare\w*|avdelningschef\w*|enhetschef\w*|chefen)"
)
_JUDGED = (
    r"(?:bedom(?:de|t|des|ts|d)?|klarmark\w*|avgjorde\w*|bestamde\w*|forklara(?:de|t|des)|"
    r"beslutade\w*|beslutat)"
)
_MORE_THAN_THREE = (
    r"(?:fyra|fem|sex|sju|atta|nio|tio|elva|tolv|fjorton|[4-9]|[1-9]\d)\s+(?:\w+\s+)?"
    r"(?:dagar|dygn|dgr)"
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
class Sign:
    """A clause that holds each of `all_` and none of `none` states that `name` is `value`."""

    name: str
    value: bool
    all_: tuple[str, ...]
    none: str = r"(?!)"
    whole: bool = False  # looked for in the half of a sentence, not in the clause alone
    sentence: bool = False  # looked for in the whole sentence


SIGNS: tuple[Sign, ...] = (
    Sign("only_social_services", False, (r"\b(?:inte|ej)\s+(?:bara|enbart|endast)\b", _SOCIAL)),
    Sign("only_social_services", False, (r"\bbade\b", _SOCIAL), whole=True),
    Sign(
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
    Sign(
        "only_social_services",
        True,
        (
            _SOCIAL,
            rf"\b(?:ingen|inget|inga|{NOT}|utan)\s+(?:nagon\s+|nagot\s+|nagra\s+)?(?:[\w-]+\s+){{0,2}}?"
            rf"{_CARE}",
        ),
        whole=True,
    ),
    Sign(
        "region_resources",
        False,
        (_REGIONS_OWN, _LATER),
        rf"{_CALL}|{_REPLY}|\bmot(?:e|et)\b|\bsip\b",
        whole=True,
    ),
    Sign(
        "region_resources",
        False,
        (_REGION, _LATER, _ABLE),
        rf"{_MUNICIPAL}|{_CALL}|{_REPLY}|\bmot(?:e|et)\b|\bsip\b",
    ),
    Sign(
        "region_resources",
        False,
        (rf"{_REGION}\w*\s+(?:\w+\s+)?(?:saknar|har\s+{NOT}|har\s+inga?)\b", _ABLE),
        rf"{_CALL}|{_REPLY}",
    ),
    Sign(
        "region_resources",
        True,
        (
            rf"{_REGION}(?:s)?\s+(?:[\w-]+\s+){{0,3}}?(?:resurs\w*|insats\w*|del)\s+(?:[\w-]+\s+){{0,1}}?"
            r"(?:finns|ar\s+(?:pa\s+plats|klara?|ordnade|tillgangliga|igang)|tillgangliga)",
        ),
    ),
    Sign("registered_here", False, (_HERE, _NO), whole=False),
    Sign("registered_here", False, (_HERE, _ELSEWHERE)),
    Sign(
        "registered_here",
        False,
        (r"\b(?:bor|tillhor|kommer\s+fran|hor\s+hemma)\b", r"\ban+an\s+(?:kommun|region|stad)\b"),
    ),
    Sign("registered_here", False, (r"\b(?:utomlans\w*|utombys\w*|utsocknes)\b",)),
    Sign(
        "registered_here",
        True,
        (
            r"\b(?:folkbokford\w*|skriven)\s+(?:[\w-]+\s+){0,1}?(?:har|i\s+(?:var\s+|samma\s+|hem)?"
            r"kommun\w*|hos\s+oss)\b",
        ),
    ),
    Sign(
        "kallelse_late",
        False,
        (rf"{_CALL}(?:\s+[\w\x04-]+){{0,6}}?\s+i\s+(?:ratt\s+)?tid\b",),
        _NO,
    ),
    Sign(
        "kallelse_late",
        True,
        (
            _CALL,
            r"\b(?:for\s+sen\w*|forsen\w*|sent|sen)\b|\befter\s+(?:fristen|tiden|tre\s+dagar)\b",
        ),
        r"\b(?:inte|ej|aldrig)\s+(?:\w+\s+)?for\s+sen\w*|\bsen(?:ast)?\s+(?:skick|vara)\w*",
    ),
    Sign(
        "kallelse_late",
        True,
        (
            _CALL,
            rf"\b{_MORE_THAN_THREE}\s+(?:efter\s+(?:(?:att|det|den|meddelandet|om)\s+)*{_READY}|senare|efterat|"
            rf"darefter)|{_READY}[^.?!]*\b{_MORE_THAN_THREE}\s+(?:senare|efterat|darefter)",
        ),
        r"\binom\b|\bdagar\s+pa\s+sig\b",
        whole=True,
    ),
    Sign(
        "kallelse_late",
        True,
        (
            _CALL,
            r"\bmissa\w*\s+(?:\w+\s+){0,3}?(?:med\s+(?:en|ett|tva|tre|nagra?|\d+)\s+(?:dag|dygn)\w*|frist\w*|"
            r"tre(?:-?\s?)dag\w*|tid\w*)",
        ),
        r"\b(?:inte|ej|aldrig)\s+missa\w*",
        whole=True,
    ),
    Sign("kallelse_sent", False, (_CALL, _NO), rf"{_REPLY}|{_HAS_TO}|\bmottag\w*|\bi\s+tid\b"),
    Sign(
        "kallelse_sent",
        True,
        (
            rf"{_CALL}(?:\s+[\w\x04-]+){{0,4}}?\s+(?:skickad\w*|skickat\w*|skickades|gick|gatt|ivag|utgick|"
            r"sand\w*|kom|mottogs)|\b(?:skicka(?:de|t|ts|des)|sande|sant|fick|fatt)\s+(?:[\w-]+\s+){0,2}?"
            r"\w*(?:kallels|inbjud)\w*|\b(?:har|vi)\s+kalla(?:t|de)\b|\bkallades?\b",
        ),
        _NO,
    ),
    Sign(
        "municipality_informed",
        False,
        (_NOTICE, _NO),
        rf"{_REPLY}|{_HAS_TO}|\bmottag\w*|\bkomplett\w*|\bmed\s+datum\b",
    ),
    Sign(
        "municipality_informed",
        False,
        (_MUNICIPAL, _TOLD, _ADMISSION, _NO),
        rf"{_REPLY}|{_HAS_TO}|\butskr\w*klar\w*",
        whole=True,
    ),
    Sign(
        "municipality_informed",
        False,
        (r"\bvi\s+(?:i|pa|fran)\s+kommun\w*", _TOLD, _NO, _ADMISSION),
        _REPLY,
        whole=True,
    ),
    Sign(
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
    Sign(
        "municipality_told_ready",
        False,
        (
            rf"{_READY}|\bunderrattelse\w*|\bmeddelande\w*",
            rf"\b{NOT}\s+till\s+(?:\w+\s+)?kommun|\b(?:bara|endast|enbart)\s+(?:\w+\s+)?till\s+(?:\w+\s+)?{_REGION}",
        ),
        rf"{_NOTICE}|{_CALL}|{_REPLY}|{_HAS_TO}",
        sentence=True,
    ),
    Sign(
        "municipality_told_ready",
        False,
        (
            rf"{_MUNICIPAL}\s+(?:\w+\s+){{0,2}}?(?:inte|ej|aldrig)\s+(?:\w+\s+)?(?:underratta(?:d|des|ts)|"
            r"informera(?:d|des|ts)|meddela(?:d|des|ts)|fatt\s+(?:veta|besked|reda)|veta|hort|kant\s+till)\b|"
            r"\b(?:ingen|inte|aldrig)\s+(?:\w+\s+)?(?:underratt|informer|meddel)\w*\s+(?:\w+\s+){0,2}?"
            rf"{_MUNICIPAL}|{_MUNICIPAL}\s+(?:\w+\s+)?(?:(?:fick|fatt|har)\s+)?(?:inte|ej|aldrig|inget|ingen)\s+"
            r"(?:(?:fatt|fick|nagot|nagon)\s+){0,2}(?:med+elande\w*\s+om\s+)?"
            rf"(?:{_READY}|underrattelse\w*)",
            rf"{_READY}|\bunderrattelse\w*",
        ),
        rf"{_NOTICE}|{_ADMISSION}|{_CALL}|{_REPLY}|{_HAS_TO}",
        whole=True,
    ),
    Sign(
        "assessed_by_doctor",
        False,
        (
            rf"{_NOT_A_DOCTOR}\w*[\s,]+(?:inte\s+lakaren?,?\s+|(?!\w*lakar|doktor)[\w,]+\s+){{0,4}}?"
            rf"{_JUDGED}\b",
            _READY,
        ),
        _HAS_TO,
        whole=True,
    ),
    Sign(
        "assessed_by_doctor",
        False,
        (
            rf"\b{_JUDGED}\s+(?:[\w-]+\s+){{0,4}}?av\s+(?:(?:en|var|avdelningens)\s+)?{_NOT_A_DOCTOR}|"
            rf"\b(?:ingen|utan(?:\s+att)?(?:\s+nagon)?)\s+\w*lakar\w*(?:\s+\w+){{0,3}}?\s*{_JUDGED}\b|"
            rf"\w*lakar\w*\s+(?:\w+\s+)?{NOT}\s+(?:\w+\s+)?{_JUDGED}\b",
            _READY,
        ),
        _HAS_TO,
        whole=True,
    ),
    Sign(
        "answer_missing",
        True,
        (
            r"\b(?:svar\w*|besked|kvitter\w*|kvittens|aterkoppl\w*|hort\s+av)\b",
            rf"{_NO}|\bdrojer\b",
        ),
    ),
    Sign(
        "existing_plan",
        False,
        (
            r"\b(?:ingen|saknar|utan|inte\s+nagon|ej|finns\s+ingen|inte\s+haft)\s+(?:[\w-]+\s+){0,2}?"
            r"(?:sip|plan)\b(?!\s+(?:kalle|mote))",
        ),
        whole=True,
    ),
    Sign(
        "existing_plan",
        True,
        (
            r"\b(?:har|hade|finns|fanns)\s+(?:[\w-]+\s+){0,2}?(?:redan|sedan\s+tidigare|en\s+befintlig|"
            r"aktiv)\s+(?:[\w-]+\s+){0,2}?(?:sip|plan)\w*|\b(?:befintlig|aktiv|tidigare|pagaende)\s+"
            r"(?:sip|plan)\w*|\b(?:sip|plan)\w*\s+(?:finns|fanns)\s+(?:redan|sedan)|\b(?:sip|plan)\w*\s+"
            r"sedan\s+tidigare|\b(?:har|hade|fanns|finns)\s+(?:\w+\s+){0,2}?(?:sip|plan)\w*\s+(?:sedan|sen|redan|innan|"
            r"fore|fran|forut)\b",
        ),
        whole=True,
    ),
    Sign(
        "urgent",
        False,
        (
            r"\b(?:inte|ej|icke|ingen|inget)\s+(?:\w+\s+){0,2}?(?:bradsk\w*|akut\w*|bratto\w*|bratt)\b"
            r"|\bbradskar\s+(?:inte|ej)\b",
        ),
    ),
    Sign(
        "urgent",
        True,
        (
            r"\bbradskande\b|\bbradskar\b|\bbratt(?:om)?\b|\bakuta?\s+(?:behov\w*|lage\w*|situation\w*|sip)\b|"
            r"\b(?:behov\w*|laget|situation\w*|arendet|det|sip\w*)\s+(?:ar|var|blev|kanns)\s+(?:\w+\s+)?akut(?:a|are)?\b",
        ),
    ),
)
