"""The kinds of event and the words by which each is known, as patterns over folded text."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What happened, named as staff name it."""

    BEHOV_KANT = "behov_kant"
    INSKRIVEN = "inskriven"
    LAKARBEDOMNING = "lakarbedomning"
    INSKRIVNINGSMEDDELANDE_SKICKAT = "inskrivningsmeddelande_skickat"
    PLANERINGSUNDERLAG = "planeringsunderlag"
    UTSKRIVNINGSKLAR_SKICKAD = "utskrivningsklar_skickad"
    UTSKRIVNINGSMEDDELANDE_SKICKAT = "utskrivningsmeddelande_skickat"
    BERAKNAT_UTSKRIVNINGSDATUM = "beraknat_utskrivningsdatum"
    UTSKRIVEN = "utskriven"
    FORSAMRAD = "forsamrad"
    INSJUKNAD = "insjuknad"
    KALLELSE_SKICKAD = "kallelse_skickad"
    KALLELSE_MOTTAGEN = "kallelse_mottagen"
    MOTE_BOKAT = "mote_bokat"
    MOTE_HALLET = "mote_hallet"
    PLAN_UPPRATTAD = "plan_upprattad"
    UPPFOLJNING_BOKAD = "uppfoljning_bokad"
    UPPFOLJNING_GJORD = "uppfoljning_gjord"
    FORFRAGAN = "forfragan"
    SAMTYCKE = "samtycke"
    FVK_UTSEDD = "fvk_utsedd"
    LANSAVSTAMNINGSMOTE = "lansavstamningsmote"
    DOKUMENTERAD = "dokumenterad"
    BESLUT = "beslut"
    FODD = "fodd"
    AVLIDEN = "avliden"


_GAP = r"\s+(?:[\w.\x04-]+\s+){0,3}?"  # a moment in the text is a run of \x04
_HOME = r"(?:hem|hemma|hemat|till\s+(?:bostaden|boendet|lagenheten|huset|sabo))"
_WARD = (
    r"(?:avd\w*|sjukhus\w*|lasarett\w*|slutenvard\w*|klinik\w*|vardavd\w*|oss|kirurgen|medicin\w*|"
    r"vardplats\w*)"
)
_PERCEIVED = (
    r"fick\s+(?:syn\s+pa|veta|reda\s+pa|upp\s+ogonen|kannedom|klart)|blev\s+(?:varse|medvet\w+|klart|"
    r"uppmarksam\w*)|sag|sett|marke?te?|upptackt\w*|uppmarksamma\w*|insag|forstod|konstatera\w*|"
    r"identifiera\w*|notera\w*|framkom|kom\s+(?:det\s+)?fram|visade\s+(?:det\s+)?sig|stod\s+det\s+klart|"
    r"larmade|rapporterade|anmalde|signalerade|flaggade|lyfte"
)
_OF_PLAN = r"(?:\s+av\s+(?:en\s+)?(?:sip|plan)\w*)?"
_FOUND = (
    r"(?:ansag|anser|beslutade|beslutat|konstaterade|skrev|noterade|sag|bestamde|uppgav|tyckte|"
    r"bedomer|kom\s+fram\s+till|slog\s+fast)"
)
_OF_NEED = r"(?:[\s,]+[\w\x04-]+){0,9}?[\s,]+(?:behov\w*|behover\s+\w+|insats\w*)"
_DOCTOR = r"(?:ol|ul|dr|lak|al|rond(?:en)?|at-lak\w*|st-lak\w*)"
_NOT_A_MESSAGE = r"(?!\s+i\s+(?:lifecare|systemet|it-stodet|journalen))"
_PART = (
    r"(?:(?:min|var|sin|deras|hans|hennes|din)\s+(?:egen\s+)?(?:del|bit|dokumentation)(?:en)?|"
    r"delen|delarna)"
)
_PATIENT = (
    r"(?:pat\w*|hon|han|hen|mannen|kvinnan|damen|herrn|personen|brukaren|mormor|morfar|farmor|farfar|"
    r"mamma|pappa)"
)
_ILLNESS = (
    r"(?:\w*infektion\w*|\w*inflammation\w*|\w*feber\w*|sepsis|\w*blodning\w*|stroke|\w*propp\w*|"
    r"\w*infarkt\w*|covid\w*|influensa\w*|calici\w*|vinterkraksjuk\w*|magsjuk\w*|\w*fraktur\w*|delir\w*|"
    r"konfusion\w*|krampanfall|komplikation\w*)"
)
_WRITTEN: tuple[tuple[Kind, str], ...] = (
    # The longer name goes first: what it claims is not read again.
    (
        Kind.BERAKNAT_UTSKRIVNINGSDATUM,
        r"\b(?:beraknat|planerat|preliminart)\s+utskrivningsdatum\w*",
    ),
    (
        Kind.INSKRIVNINGSMEDDELANDE_SKICKAT,
        r"\binskr\w*\.?\s?-?med+\w*|\binskrivningsmed\w*|\bim:?et\b",
    ),
    (Kind.INSKRIVNINGSMEDDELANDE_SKICKAT, r"\badmission\s+notice\b"),
    (Kind.UTSKRIVNINGSMEDDELANDE_SKICKAT, r"\butskr(?:ivnings)?\.?\s?-?med+(?:elan\w*|\b)"),
    (Kind.UTSKRIVNINGSMEDDELANDE_SKICKAT, r"\bdischarge\s+notice\b"),
    (Kind.PLANERINGSUNDERLAG, r"\bplanerings?\s?-?underlag\w*|\bplan\.\s?underlag\w*"),
    (
        Kind.LANSAVSTAMNINGSMOTE,
        r"\blansavstamning(?!s?-?\s?grupp)\w*(?:\s?-?mot\w*)?|\blansmot\w*",
    ),
    (
        Kind.DOKUMENTERAD,
        r"\bdokumenterad(?:e|es)?\b|\bdokumenterats?\b|\bjournalfor(?:de|des|t|ts|d)\b|"
        r"\b(?:skrev|skrivit|la|lade|lagt|forde|fort|fyllde|fyllt|matade|matat|registrerade|"
        rf"registrerat)\b"
        rf"(?:\s+\w+){{0,2}}?\s+(?:in\s+|i\s+)?(?:\w+\s+){{0,2}}?{_PART}(?:\s+(?:in|i\s+lifecare)\b)?|"
        rf"\b{_PART}(?:\s+\w+){{0,2}}?\s+(?:skrevs?|lades?|fordes?|fylldes?)\s+in\b",
    ),
    (
        Kind.UTSKRIVNINGSKLAR_SKICKAD,
        r"\bu(?:t)?skr\w*\.?\s?-?klar\w*|\bukl(?:ar|:?an)?\b|\bu-klar\w*|\b(?:medicinskt\s+)?"
        r"fardigbehandlad\w*|\bklarsignal\w*|\bklarmeddel\w*|\bklar(?:rapportera|marker|mark)\w*|\bmedicinskt\s+klar\b|\bunderrattelse\w*|"
        r"\bklar\s+(?:for|till|att)\s+(?:utskrivning|hemgang|skrivas\s+ut|aka\s+hem|ga\s+hem)|"
        r"\b(?:rapporter|anmal|medd?el)\w*\s+(?:[\w-]+\s+){0,3}?klar\b|\bklar\s+i\s+(?:systemet|lifecare)|"
        r"\bready\s+for\s+discharge\b|\bmeddelande\w*\s+om\s+utskr\w*",
    ),
    (
        Kind.UTSKRIVEN,
        rf"\butskriv(?:en|na)\b|\b(?:skrevs?|skrivits|skrivs|skriva[st]?|skriver)\b{_GAP}(?:ut|hem)\b|"
        rf"\b(?:kom|kommit|kommer|komma|akte|akt|aker|aka|gick|gatt|gar|ga|for|for|flytta\w*|vande|"
        rf"atervand\w*|skicka[dt]\w*|skjutsa\w*|fick\s+aka)\b\s+(?:\w+\s+){{0,2}}?{_HOME}\b|"
        rf"\b(?:hamta\w*|hemtag\w*|togs|tog)\b{_GAP}{_HOME}\b|\bslapp(?:te|t|tes|ts)?\b\s+(?:\w+\s+){{0,2}}?(?:hem|ut|fran)\b|\bhamtades\b(?!\s+\w*\s*in)|\bhemgang\w*|"
        rf"\bhemkomst\w*|\b(?:lamna\w*)\s+(?:\w+\s+)?{_WARD}\b|\butskrivning(?:en|sdag\w*|sdatum\w*)?\b|"
        rf"\b{_PATIENT}\s+lamna(?:de|t)\s+(?:\w+\s+)?(?=\x04)|"
        rf"\butskr(?:\.|\b)|\b(?:ar|varit|var)?\s*hemma\s+(?:igen|sedan|sen)\b|\bhem\b|"
        r"\b(?:was\s+)?discharged\b|\bwent\s+home\b|\bcame\s+home\b|\bleft\s+(?:the\s+)?(?:ward|hospital)\b|\bsent\s+home\b",
    ),
    (
        Kind.LAKARBEDOMNING,
        rf"\b(?:\w*lakar\w*|doktor\w*|{_DOCTOR})\b\.?{_GAP}(?:bedom\w*|bed(?:omn)?\b)|\blakarbed(?:omn)?\b|\bbedom\w*{_GAP}(?:av\s+)?"
        rf"(?:\w*lakar\w*|doktor\w*|{_DOCTOR})\b|"
        r"\bbedom(?:de|t|des|ts|d|ning\w*)\b(?:\s+\w+){0,4}?\s+(?:behov\w*|"
        r"insats\w*)|\b(?:lakar)?bedomning\w*|"
        rf"\b(?:\w*lakar\w*|doktor\w*|{_DOCTOR})\b\.?\s+{_FOUND}{_OF_NEED}|\b{_FOUND}\s+(?:\w*lakar\w*|"
        rf"doktor\w*|{_DOCTOR})\b\.?{_OF_NEED}|"
        r"\b(?:doctor|physician)\w*\s+(?:\w+\s+){0,2}assess\w*",
    ),
    (
        Kind.BEHOV_KANT,
        r"\bbehov\w*(?:\s+[\w\x04-]+){0,5}?\s+(?:kan[td]\w*|kand\w*|upptack\w*|uppmarksam\w*|uppdaga\w*|"
        r"identifiera\w*|konstatera\w*|framkom\w*|uppstod|uppsta\w*|sag\w?|fangad\w*|kom\s+fram|vacktes|"
        r"anmal\w*|lyftes|dok\s+upp|visade\s+sig|stod\s+klart|blev\s+tydlig\w*)|"
        rf"\b(?:{_PERCEIVED})(?:[\s,]+[\w\x04-]+){{0,10}}?[\s,]+(?:[\w-]*behov\w*{_OF_PLAN}|behover\s+(?:sam)?ordn\w*|"
        r"(?:maste|behover|behovde)\s+samordn\w*)|\b(?:sag|sett|upptack\w*|uppmarksam\w*|identifiera\w*|marke?t?e|"
        r"konstatera\w*|insag|lyfte|anmal\w*|fick\s+(?:vi\s+)?(?:veta|kannedom)|medvet\w+|kannedom)"
        r"(?:\s+[\w\x04-]+){0,7}?\s+behov\w*(?:\s+av\s+(?:en\s+)?(?:sip|plan)\w*)?|"
        r"\bneed\w*\s+(?:for\s+(?:an?\s+|the\s+)?\w+\s+)?(?:was\s+|were\s+|became\s+|got\s+)?(?:identified|"
        r"known|noticed|discovered)\b",
    ),
    (
        Kind.INSKRIVEN,
        rf"\binskriv(?:en|na|ning\w*)\b|\binskr\.|\bskrevs?\b{_GAP}in\b|\bskrivits\b{_GAP}in\b|"
        rf"\bla(?:de|des|s|gts|ggs|gga\w*)\b{_GAP}in\b{_NOT_A_MESSAGE}|\binlag[dt]\w*{_NOT_A_MESSAGE}|\binlaggning\w*|"
        rf"\b(?:kom|kommit|akte|togs)\s+(?:\w+\s+){{0,2}}?in\s+(?:till|pa)\s+(?:{_WARD}|akut\w*|iva)\b|"
        r"\badmitted\b",
    ),
    (
        Kind.FORSAMRAD,
        r"\bforsamr\w*|\b(?:blev|blivit|blir|mar|madde|akut)\s+(?:\w+\s+){0,2}?samre\b|\b(?:inte|ej)\s+"
        r"langre\s+klar\b|\bfor\s+(?:dalig|sjuk)\s+for\s+att\s+(?:aka|ga|skrivas)|\bgot\s+worse\b|"
        r"\bdeteriorat\w*",
    ),
    (
        Kind.INSJUKNAD,
        rf"\b(?:fick|fatt|far|akte\s+pa|akt\s+pa|drabba\w*\s+av|utveckla\w*|insjukna\w*(?:\s+i)?)\s+"
        rf"(?:(?!mot\b|for\b|hjalp\b)\w+\s+){{0,2}}?{_ILLNESS}\b|\binsjukna(?:de|t)\b|"
        r"\b(?:blev|blivit)\s+(?:\w+\s+)?(?:sjuk|dalig|febrig|forvirrad)\b",
    ),
    (
        Kind.UPPFOLJNING_GJORD,
        rf"\b(?:sip-?)?uppfolj\w*(?:\s+(?:av|pa)\s+(?:\w+\s+)?(?:sip|plan)(?::?\w+)?\b)?|\bfolj(?:de|des|t|ts|s|a|as|er)\b{_GAP}upp\b|\buppf\b\.?|"
        r"\bfollow(?:ed)?[- ]up\b",
    ),
    (
        Kind.PLAN_UPPRATTAD,
        rf"\b(?:plan(?:en)?|sip:?(?:en)?|sip-?plan\w*|vardplan\w*|dokument\w*)\b{_GAP}(?:upprattad\w*|"
        rf"upprattat\w*|upprattas|klar\b|faststall\w*|underteckna\w*|skriven|skrevs|fardig\w*|signera\w*|"
        rf"gjordes\s+klar)|\bupprattad\w*{_GAP}(?:sip\w*|plan\w*)|\bupprattande\w*|\bupprattades?\b|"
        rf"\b(?:upprattat|skrev|skrivit)\b{_GAP}(?:sip\w*|plan(?:en)?)\b",
    ),
    (
        Kind.KALLELSE_SKICKAD,
        r"\b(?:sip-?)?kallels\w*|\bkalla(?:de|des|d|t|ts|s)?\b(?!\s+det\b)|\binbjud\w*|\b(?:bjod|bjudit|bjods)\b"
        rf"{_GAP}in\b|\binvit(?:ation|ed)\w*|\bsummons\b",
    ),
    (
        Kind.FORFRAGAN,
        r"\bforfragan\w*|\b(?:fragade|fragat|tillfragad\w*|fick\s+fragan|stallde\s+fragan)\b",
    ),
    (
        Kind.SAMTYCKE,
        r"\b(?:gav|gett|lamna\w*|inhamta\w*|aterkalla\w*|drog|tog)\b(?:\s+\w+){0,3}?\s+samtyck\w*|"
        r"\bsamtyck\w*(?:\s+\w+){0,3}?\s+(?:gavs|lamnad\w*|inhamtad\w*|aterkalla\w*|togs|registrera\w*)|"
        r"\bsamtyck(?:te|t)\b|\btackade\s+(?:ja|nej)\b|\bconsent(?:ed)?\b",
    ),
    # What was sent and taken back counts as a patient who got worse: the text is silent on both.
    (
        Kind.FORSAMRAD,
        r"\b(?:tog|togs|tagits|tagit|drog|drogs|dragits|dragit)\s+(?:\w+\s+){0,2}?tillbaka\b|"
        r"\baterkalla(?:des|ts|d|de|t)\b|\b(?:inte|ej)\s+langre\s+(?:medicinskt\s+)?(?:utskrivnings)?"
        r"(?:klar|fardig)\w*",
    ),
    (
        Kind.FVK_UTSEDD,
        rf"\b(?:fvk\w*|fast\w*\s+vardkontakt\w*)\b{_GAP}(?:utsed?d\w*|utsag\w*|utsett\w*)|"
        rf"\b(?:utsag\w*|utsedd\w*|utsett)\b{_GAP}(?:fvk|fast\w*\s+vardkontakt\w*)",
    ),
    (Kind.BESLUT, r"\bbeslut(?:ade|ades|et|at|ats)?\s+(?:om|pa|fattades|togs|kom|fattat\w*)\b"),
    (
        Kind.UTSKRIVNINGSKLAR_SKICKAD,
        r"(?:\b(?:pat\w*|hon|han|hen|mannen|kvinnan|personen|brukaren|damen|herrn)\s+(?:\w+\s+)?(?:ar|var|"
        r"blev|blir|varit|blivit)\s+(?:\w+\s+)?|(?<=[.:,;?!]\s)|^)klar\b(?=\s+(?:\w+\s+){0,2}?[\x04])",
    ),
    (Kind.FODD, r"\bfodd\b|\bfodelsedatum\b|\bfodelsedag\w*|\bborn\b|\bf\.(?=\s*\d)"),
    (Kind.AVLIDEN, r"\bavl(?:ed|iden|idit)\b|\bdog\b|\bgick\s+bort\b|\bdied\b"),
    (
        Kind.MOTE_HALLET,
        r"\b(?:sip|planerings|samordnings|uppstarts|vardplanerings|natverks)?-?mot(?:e|et|en|ena)\w*\b|"
        r"\b(?:sip:?(?:en|ar|s)?(?!-(?!traff|samtal)[a-z\x05])|samordnad\s+individuell\s+plan\w*|vardplanering\w*|meeting)\b",
    ),
)
# A message spoken of by a pronoun or by nothing but its sending: the one named before is meant.
SENT_AGAIN = re.compile(
    r"\b(?:skicka(?:de|t|des|ts)|sande[s]?|sant[s]?)\b(?:\s+(?:vi|jag|de|dom|hon|han|ni|avdelningen))?"
    r"(?:\s+(?:ut|ivag))?(?:\s+(?P<it>den|det|meddelandet)\b)?"
    r"|\b(?P<it2>den|det|meddelandet)\s+(?:\w+\s+)?(?:gick|gatt|kom|skickad)\b(?:\s+(?:ut|ivag))?"
)
# A meeting spoken of by a pronoun and its being held: "när ska mötet följas upp, det hölls 31/12?"
HELD_AGAIN = re.compile(
    r"\b(?:det|den|som|vilket)\s+(?:\w+\s+)?(?:holls|agde\s+rum|genomfordes|skedde)\b"
)
PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _WRITTEN)
