"""The words by which the facts of a text are known, as patterns over folded text."""

import re
from enum import StrEnum


class Setting(StrEnum):
    """Where in the care the question stands."""

    UTSKRIVNING = "utskrivning"
    OPPENVARD = "oppenvard"
    TVANGSVARD = "tvangsvard"
    BARN = "barn"
    SARSKILT_BOENDE = "sarskilt_boende"
    KORTTIDSBOENDE = "korttidsboende"
    EGENVARD = "egenvard"


class Place(StrEnum):
    """Where or how a SIP is held, as it is registered."""

    HEMMA = "ordinart_boende"
    REHABENHET = "rehabenhet"
    VARDCENTRAL = "vardcentral"
    SJUKHUS = "sjukhus"
    DIGITAL = "digital"
    SKYPE = "skype"
    TELEFON = "telefon"
    MOTTAGNING = "mottagning"
    SARSKILT_BOENDE = "sarskilt_boende"
    KORTTIDSBOENDE = "korttidsboende"


class Unit(StrEnum):
    """Who registers or asks."""

    VARDCENTRAL = "vardcentral"
    REHAB = "rehab"
    SJUKHUS = "sjukhus"
    KOMMUN = "kommun"


class Consent(StrEnum):
    """What the person has said."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_W = r"(?:\s+[\w.-]+){0,4}?\s+"
NOT = r"(?:inte|ej|aldrig|icke)"
ASKED = re.compile(
    r"\b(?:maste|behover|kravs|behovs|racker|far|kan|borde?|ska|skall|vem|hur|vad|vilken|when|who|must)\b"
)
SENTENCE = re.compile(r"[^.?!;\n]+(?:\.(?=\S)[^.?!;\n]+)*[.?!;\n]?")
AGE = re.compile(
    r"\b(?P<n>\d{1,3}|[a-z]+)[\s-]*(?:ar\s+gamma?l\w*|-?arig\w*|-?aring\w*|ars\s+alder\w*)|"
    r"\b(?:ar|fyllt|fyller|pa|blir|bara|over)\s+(?P<n2>\d{1,3})(?:\s+ar\b(?!\s+sed|\s+sen)|(?=\s+bast))|"
    r"\b(?:kvinna|man|pat\w*|flicka|pojke|kille|tjej|brukare|barn|dam|herre|elev),?\s+(?:pa\s+)?"
    r"(?P<n3>\d{1,3})\s*(?:ar\b|ar,|(?=,))|\b(?P<n4>\d{1,3})[-\s]years?[-\s]old|"
    # "Tjejen är 16", "om hon bara är tolv": a person, a verb and a number that counts nothing else.
    r"\b(?:hon|han|hen|pat\w*|tjejen|killen|flickan|pojken|barnet|eleven|ungdomen|dottern|sonen"
    r"|brukaren|klienten|personen|he|she)\s+(?:ju\s+|bara\s+)?(?:ar|is|fyllt|fyller|blir|har fyllt)"
    r"\s+(?:bara\s+|nyss\s+|ju\s+|only\s+)?(?P<n5>\d{1,2}|[a-z]+)(?=\s*(?:[,.?!;]|$|da\b|och\b|nu\b))"
)
SETTINGS: tuple[tuple[Setting, str], ...] = (
    (
        Setting.TVANGSVARD,
        r"\btvangsvard\w*|\b(?:opt|orv|lpt|lrv|lvm)\b|\brattspsykiatri\w*|\boppen\s+psykiatrisk\s+"
        r"tvang\w*|\bchefsoverlakar\w*|\bforvaltningsratt\w*",
    ),
    (Setting.EGENVARD, r"\begenvard\w*|\bself-?care\b"),
    (
        Setting.BARN,
        r"\bbarn(?:et|en|ets|s)?\b|\belev\w*|\b(?:for)?skol(?:a|an|or|orna|barn\w*)\b|\btonaring\w*|\bbup\b|"
        r"\bvardnadshavar\w*|\bungdom\w*|\bnorrbus\b|\b(?:flicka|pojke)\w*|\bminderarig\w*|\bchild\w*",
    ),
    (
        Setting.SARSKILT_BOENDE,
        r"\bsarskil\w+\s+boende\w*|\bsabo\w*|\baldreboende\w*|\b(?:vobo|lss-?boende)\w*|\bgruppboende\w*|"
        r"\bvard-?\s*och\s+omsorgsboende\w*|\bdemensboende\w*|\bsjukhem\w*|\bnursing\s+home\b",
    ),
    (Setting.KORTTIDSBOENDE, r"\bkorttids\w*|\bvaxelvard\w*"),
    (
        Setting.UTSKRIVNING,
        r"\butskr\w*|\bu-klar\b|\bukl\b|\bslutenvard\w*|\binlagd\w*|\binneliggande|\binskr\w*|\bhemgang\w*|"
        r"\b(?:lamna\w*)\s+(?:avd\w*|sjukhus\w*)|\b(?:kom|kommit|akte|hamta\w*|gick)(?:\s+\w+){0,2}\s+hem\b|"
        r"\bligger\s+(?:pa|inne)|\bdischarge\w*",
    ),
    (
        Setting.OPPENVARD,
        r"\boppenvard\w*|\bhemmaboende\w*|\bbor\s+hemma\b|\b(?:inte|ej)\s+inlagd\w*|\boutpatient\w*|"
        r"\bingen\s+(?:inlaggning|sjukhusvist\w*)|\bhemsjukvard\w*\s+och\s+bor\b",
    ),
)
_HELD_AT = (
    r"(?:pa|i|hos|vid|till|inne\s+pa|uppe\s+pa|nere\s+pa|at|on|in)\s+"
    r"(?:(?:en|ett|var|vart|deras|sin|sitt|egen|eget|den|det|samma)\s+){0,2}"
)
PLACES: tuple[tuple[Place, str], ...] = (
    (Place.SKYPE, r"\bskype\w*"),
    (
        Place.DIGITAL,
        r"\bdigital\w*|\bvideo\w*|\bteams\b|\bzoom\b|\b(?:via|pa|over)\s+lank\w*|\bonline\w*|\bdistansmot\w*|"
        r"\bsynkron\w*|\bpa\s+distans\b|\bvirtuell\w*",
    ),
    (
        Place.TELEFON,
        r"\btelefon(?:en|mote\w*|kontakt\w*|ledes|samtal\w*|-?sip\w*)?\b|\b(?:per|via|pa|over)\s+(?:tele\w*|tfn"
        r"|tel|luren)\b|\bphone\b",
    ),
    (
        Place.SARSKILT_BOENDE,
        r"\bsarskil\w+\s+boende\w*|\bsabo\w*|\baldreboende\w*|\bvobo\w*|\bsjukhem\w*",
    ),
    (Place.KORTTIDSBOENDE, r"\bkorttids\w*"),
    (
        Place.HEMMA,
        r"\bordinar\w*\s+boende\w*|\bordn\.?\s?boende|\bhembesok\w*|\b(?:sip|mote\w*|holls|var|ar|en|tva|tre|"
        r"fyra|fem|\d+|hade|gjorde\w*|sags|traffa\w*|traff\w*|\w*besok\w*|korde|genomfor\w*)(?:\s+(?:det|den|vi|"
        r"en|sip|gjordes?|holls|var|i))*\s+hemma\b(?!\s+(?:igen|sedan|sen)\b)|\bhemma\s+hos\b|"
        r"\bi\s+(?:\w+s?\s+)?(?:hem|hemmet|hemet|bostad\w*|lagenhet\w*|koket)\b|\bakte\s+hem\s+till\b|"
        r"\bhem\s+till\s+(?:pat\w*|brukar\w*|henne|honom)|\b(?:at\s+home|home\s+visit)\b",
    ),
    (
        Place.REHABENHET,
        rf"\b{_HELD_AT}rehab(?:enhet\w*|mottagning\w*|en|ens|s|\b)|\brehabenhet\w*|\brehabs\s+lokal\w*",
    ),
    (
        Place.VARDCENTRAL,
        rf"\b{_HELD_AT}(?:vardcentral\w*|vc(?:n|:n|s)?|halsocentral\w*|hc(?:n|:n)?|narhalsan)\b|"
        r"\bvardcentralens\s+lokal\w*",
    ),
    (
        Place.SJUKHUS,
        rf"\b{_HELD_AT}(?:\w*sjukhus\w*|\w*lasarett\w*|(?:vard|slutenvards|sjukhus)?avd(?:elning\w*|\b)|"
        r"(?:allmanmedicinsk\s+)?slutenvard\w*|intagningsavd\w*|klinik\w*|nal|su|sas|sahlgrenska\w*|"
        r"kirurg\w*|geriatrik\w*)|\bslutenvards(?:avd|plats)\w*|\b(?:hospital|ward)\b",
    ),
    (Place.MOTTAGNING, r"\bmottagnings?\w*|\bmott\b"),
)
SPEAKER = re.compile(
    r"\b(?:vi|jag|oss|jobba\w*|arbeta\w*|ssk|dsk|sjukskoterska\w*|lakare\w*|chef\w*|personal\w*|sekreterare\w*|"
    r"sjukgymnast\w*|arbetsterapeut\w*|fysioterapeut\w*|bade|ihop|totalt|sammanlagt|superuser|kontakt\w*|fran|ny|registrera\w*)\s*$"
)
UNITS: tuple[tuple[Unit, str], ...] = (
    (Unit.REHAB, r"\brehab\w*|\b(?:fysioterapeut|arbetsterapeut|sjukgymnast)\w*"),
    (
        Unit.VARDCENTRAL,
        r"\bvardcentral\w*|\bvc(?::?n|s)?\b|\bnarhalsan\b|\bhalsocentral\w*|\bhc(?::?n)?\b",
    ),
    (Unit.SJUKHUS, r"\b(?:vi|oss|jag)\s+(?:pa|fran)\s+(?:avd\w*|sjukhus\w*|lasarett\w*)"),
    (Unit.KOMMUN, r"\bkommun(?:en|ens)?\b|\bhemsjukvard\w*|\bhemtjanst\w*|\bsocialtjanst\w*"),
)
INFORMATION = re.compile(
    r"informationsoverfor\w*|\binformation\w*|\buppgift\w*|\bdela\w*|\bsekretess\w*|\blamna\s+ut|\binfo\b"
)
WITHDRAWN = (
    r"\baterkalla(?:t|de|des|ts|r)\b|\b(?:tar|tog|tagit)\b(?:\s+\w+){0,3}\s+tillbaka\b(?:\s+(?:sitt\s+)?"
    r"(?:samtyck\w*|ja\b))?|\b(?:har\s+)?angra(?:t|de|r)\b|\bdr(?:og|agit)\s+tillbaka\b|\bwithdr\w+"
)
REFUSED = (
    rf"\b(?:nekar|nekade|nekat|avbojde|avbojt|avbojer|vagrar|vagrade|motsatter\s+sig|motsatte\s+sig)\b|"
    rf"\b(?:tackar|tackade|tackat|sager|sa|sade|sagt)\s+(?:\w+\s+)?nej\b|\bsamtyck(?:er|te|t)\s+{NOT}\b|"
    rf"\b{NOT}\s+(?:\w+\s+)?(?:samtyck(?:er|te|t|a)|ge\w*\s+(?:sitt\s+)?samtycke|gett\s+(?:sitt\s+)?samtyck\w*|"
    rf"lamnat\s+samtyck\w*|godkant|godkanner)|\b(?:utan|inget|ej|saknar|saknas|saknades)\s+(?:\w+\s+)?samtyck\w*|"
    rf"\bsamtyck\w*(?:\s+\w+){{0,4}}?\s+(?:saknas|saknades|finns\s+{NOT}|{NOT}|nekades)\b|"
    rf"\bvill(?:e)?\s+(?:absolut\s+)?{NOT}\s+(?:ha|att|vara\s+med|delta|veta\s+av)|\b(?:refus|declin)\w+|"
    r"\bno\s+consent\b"
)
GIVEN = (
    r"\bsamtyck(?:er|te)\b|\bhar\s+samtyckt\b|\b(?:gav|gett|givit|ger|har\s+gett|lamnat|lamnade)\s+(?:sitt\s+)?"
    r"(?:muntliga\s+|skriftliga\s+)?samtyck\w*|\bsamtyck\w*(?:\s+\w+){0,3}?\s+(?:finns|ar\s+inhamta\w*|inhamta\w*|"
    r"lamna\w*|gavs|givet|givits|registrera\w*|klart)\b|\b(?:tackar|tackade|tackat|sager|sa|sade|sagt)\s+ja\b|"
    r"\bmed\s+(?:patientens\s+)?samtycke\b|\bhar\s+samtycke\b|\bgodkant\b|\bgodkanner\b|\bvill\s+ha\s+(?:en\s+)?"
    r"sip\b|\b(?:gave|given|has)\s+consent\w*|\bconsents\b"
)
TRACK = re.compile(
    r"\b(?P<c>rod|rott|rotta|gul|gult|gula|gron|gront|grona)\s+(?:spar|sparfarg)\w*|\bspar\w*\s+(?P<c2>rod|rott|gul|gult|gron|gront)"
)
TRACKS = {"r": "rött", "gu": "gult", "gr": "grönt"}
