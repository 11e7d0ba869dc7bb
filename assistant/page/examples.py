"""Questions to begin with, for each of those who work with SIP."""

from typing import NamedTuple


class Role(NamedTuple):
    """Somebody who asks, and two questions of theirs that the guidelines answer."""

    name: str
    questions: tuple[str, ...]


ROLES = (
    Role(
        "Sjuksköterska i slutenvård",
        (
            "Vem kallar till SIP vid utskrivning i Norrbotten?",
            "Inom hur lång tid ska slutenvården skicka inskrivningsmeddelande i Norrbotten?",
        ),
    ),
    Role(
        "Biståndshandläggare",
        (
            "När börjar kommunens betalningsansvar i Norrbotten?",
            "Vem får ta initiativ till SIP i Värmland?",
        ),
    ),
    Role(
        "Vårdcentral",
        ("Vem utser fast vårdkontakt i Norrbotten?", "Vad kostar det för patienten i VGR?"),
    ),
    Role(
        "Administratör",
        (
            "Vilken KVÅ-kod gäller i Halland?",
            "Hur många poäng får rehab för SIP på vårdcentralen i VGR?",
        ),
    ),
    Role(
        "Superanvändare",
        (
            "Hur ofta ska planen följas upp i Örebro?",
            "Vem ansvarar för att kalla till SIP i alla regioner?",
        ),
    ),
)
