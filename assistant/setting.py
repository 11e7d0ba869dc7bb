"""In which part of the care a question or a provision is at home.

Twin rules stand in several chapters (a kallelse in open care, after discharge, in tvångsvård);
what tells them apart in a question is a word such as "inlagd" or "hemma".
"""

import re
from functools import lru_cache

from ingest import swedish

_MARKS = {
    "oppenvard": r"oppenvard\w*|oppna? vard\w*|oppen vard|\bi hemmet\b|mottagning\w*|outpatient",
    "utskrivning": (
        r"utskriv\w*|utskrivn\w*|skriv\w* (?:han |hon |pat\w* )?ut\b"
        r"|slutenvard\w*|sluten\w* (?:halso|vard)\w*|sjukhus\w*|lasarett\w*"
        r"|avdelning\w*|\bavd\b|inlag\w*|hemgang\w*|inskriv\w*|\bsvardsplats\w*"
        r"|skickas hem|aker hem|discharg\w*|hospital"
    ),
    "tvangsvard": (
        r"tvangsvard\w*|tvangsatgard\w*|rattspsyk\w*|\bopt\b|\borv\b|\blpt\b"
        r"|\blrv\b|chefsoverlak\w*|forvaltningsratt\w*"
        r"|samordnad\w* vardplan\w*|\bvillkor\w*"
    ),
    "egenvard": r"egenvard\w*|sjalv ta (?:sin )?medicin|egenvardsintyg\w*|self-?care",
    "barn": (
        r"\bbarn\w*|\bung(?:a|dom\w*)\b|skol\w*|elev\w*|forskol\w*"
        r"|vardnadshavar\w*|foralder\w*|\b1[0-7] ar\b|under 18|tonaring\w*|norrbus"
    ),
    "sabo": (
        r"sarskil\w* boende\w*|\bsabo\b|aldreboende\w*"
        r"|vard- och omsorgsboende\w*|boendeform\w*"
    ),
    "distans": (
        r"digital\w*|video\w*|skype|teams|distans\w*|telefon\w*|lank\w*"
        r"|kamera\w*|uppkoppl\w*|online"
    ),
    "uppfoljning": r"uppfolj\w*|folj\w* upp|utvarder\w*|follow",
    "avslut": r"avslut\w*|upphor\w*|stang\w*|avlid\w*|avlider|dor\b|dott\b",
    "lifecare": r"lifecare\w*|it-stod\w*|system\w*|registrer\w*|dokumenter\w*|journal\w*",
    "betalning": r"betal\w*|faktur\w*|kostnad\w*|avgift\w*|ersattning\w*|taxa",
    "samtycke": (
        r"samtyck\w*|sager nej|vagra\w*|neka\w*|tacka\w* nej|consent|motsatt\w*"
        r"|sekretess\w*"
    ),
    "kallelse": r"kalla\w*|kallelse\w*|bjud\w* in|inbjud\w*|sammankall\w*",
    "avvikelse": r"avvikels\w*|oenig\w*|klagomal|driftstor\w*|felanmal\w*",
}


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{marks})") for name, marks in _MARKS.items()}


@lru_cache(maxsize=4096)
def settings_of(text: str) -> frozenset[str]:
    """The settings that the text speaks of.

    >>> sorted(settings_of("Vem kallar när pat är inlagd?"))
    ['kallelse', 'utskrivning']
    """
    folded = swedish.fold(text)
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(folded))
