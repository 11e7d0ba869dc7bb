"""How days, times and words are written in the Swedish that a user reads."""

from datetime import date, datetime

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
REGIONS = {
    "halland": "Halland",
    "vgr": "Västra Götaland",
    "orebro": "Örebro län",
    "varmland": "Värmland",
    "norrbotten": "Norrbotten",
}
# Past ö in the alphabet nothing is folded: the inputs are Swedish words.
_FOLD = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u", "_": " "})


def day_text(when: date) -> str:
    """The day with its weekday.

    >>> day_text(date(2026, 3, 13))
    'fredag 13 mars 2026'
    """
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def clock_text(moment: datetime) -> str:
    """13.10, with seconds only where there are any."""
    return f"{moment:%H.%M.%S}" if moment.second else f"{moment:%H.%M}"


def when_text(when: date) -> str:
    """A day, or a day with its clock time: "fredag 13 mars 2026 klockan 13.10"."""
    if isinstance(when, datetime):
        return f"{day_text(when)} klockan {clock_text(when)}"
    return day_text(when)


def fold(text: str) -> str:
    """Lower case without diacritics or underscores, for comparing what people type.

    >>> fold(" Öppenvård ") == fold("oppenvard")
    True
    """
    return " ".join(text.casefold().translate(_FOLD).split())


def definite(noun: str) -> str:
    """The definite form of a staff title.

    >>> [definite(noun) for noun in ("biståndshandläggare", "undersköterska", "kurator", "läkaren")]
    ['biståndshandläggaren', 'undersköterskan', 'kuratorn', 'läkaren']
    """
    if noun.endswith(("en", "an", "orn")):
        return noun
    return noun + ("n" if noun.endswith(("a", "e", "or", "are")) else "en")


def sentence(text: str) -> str:
    """With a capital first letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def about(name: str) -> str:
    """The name of an input after "uppgift": some names begin with "om" of their own.

    >>> about("samtycke till SIP"), about("om planen behövs")
    ('om samtycke till SIP', 'om planen behövs')
    """
    return name if name.startswith("om ") else f"om {name}"


def listed(words: list[str]) -> str:
    """The words in one breath.

    >>> listed(["a", "b", "c"])
    'a, b och c'
    """
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
