"""What a question wants a time for: the call, the plan, the notice; and whether it wants one."""

import re
from collections.abc import Iterator

from assistant import moment_words
from assistant.events import Event, Status
from assistant.moments import Moment
from assistant.reading import input_name
from ingest import swedish

# What a computed answer is asked for with: a time, a verdict on one.
_TIME = re.compile(
    r"\b(?:nar|sen?aste?|hinner|hann|i tid|for sen\w*|forsen\w*|\w*datum\w*|tidigast\w*"
    r"|vilken (?:dag|tid)|klockslag\w*|hur dags|frist\w*|deadline|inom ramen|tiden|dagar"
    r"|veckor|timmar|sista (?:\w*dag|datum|chans|tid)\w*|framforhallning|god nog|okej|ok"
    r"|racker|missat|sena|\w*gransen|overskrid\w*"
    r"|when|by wh\w+|which d\w+|last d\w+|latest|how (?:long|soon|many)|in time"
    r"|hur (?:lang|manga|snart|fort|sent|tidigt|mycket tid)\w*)\b"
)
# A time asked for beyond doubt: "när" also opens a clause that only tells.
_SURELY_TIME = re.compile(
    r"\b(?:sen?ast|sista|datum\w*|vilken (?:dag|tid)|klockslag|hur (?:lang|snart|fort|sent|dags)\w*"
    r"|hann|hinner|i tid|for sent|deadline|frist\w*)\b|(?:^|[.?!,;]\s*|\boch\s)nar\b"
)
_TIME_ON = re.compile(
    r"\b(?:vilke[nt]\s+(?:tid(?:punkt)?|klockslag|timme)|hur\s+(?:dags|sent|tidigt)|what\s+time)"
    r"(?:\s+(?:galler|blir|ar|det|den|da|pa|senast|som|vi|ska|under|on))*\s*$"
)
# Who, where, why and what: a "när" beside them opens a clause that tells.
_NOT_WHEN = re.compile(
    r"\b(?:vem|vems|vilka|who|varfor|vart)\b|\bvar\s+(?:ska|skall|bor|halls|sker|far|kan|gors|i)\b"
    r"|\bvad\s+(?:sager|star|ska\s+sta|innehaller)\b"
)
_EARLIEST = re.compile(
    r"\btidigast\w*|\bforsta\s+(?:mojliga\s+)?(?:\w*dag|datum|mojliga)\w*|\bearliest\b"
    r"|\bhur\s+(?:snart|tidigt)\s+(?:kan|far|gar)\b"
)
_LATEST = re.compile(r"\bsen?ast\w*|\bsista\b|\blatest\b|\blast\b")
# Whether something told was done in time, not when it must be.
_JUDGED = re.compile(
    r"\b(?:hann|hinner|i tid|for sen\w*|forsen\w*|inom ramen|inom tiden|okej|ok|racker|missat"
    r"|god nog|framforhallning|(?:haller|klarar) vi|\w*gransen|overskrid\w*|sena"
    r"|in time|too late)\b"
)
_DAY = re.compile(
    r"\bvilke[nt] (?:dag|datum)|\b(?:sista|senaste?) (?:dag|datum)\w*|\bdatum(?:et)?\b"
    r"|\bby wh\w+|\bwhich d\w+|\blast d\w+"
)
# The rules' names of what is to be done, by the words that ask for it.
_ACTIONS: tuple[tuple[str, str], ...] = (
    ("kvitterat", r"\bkvitter\w*|\bkvittens\w*|\backnowledg\w*"),
    ("planeringsunderlag_klart", r"\bplanerings?-?\s?underlag\w*"),
    ("inskrivningsmeddelande_skickat", r"\binskr\w*\.?\s?-?med+\w*|\badmission notice\b"),
    (
        "kallelse_skickad",
        r"\b(?:sip-?)?kallels\w*|\bkall(?:a|as|ar|at)\b|\binvit\w*|\bbjud\w* in\b",
    ),
    ("dokumenterad", r"\bdokument(?:er|at)\w*|\bjournalf\w*|\bdocument\w*|\bskriv\w* (?:in|ner)\b"),
    (
        "uppfoljd",
        r"\buppfolj\w*|\bfolj\w*\s+(?:\w+\s+){0,3}?upp\b|\bfollow\w*"
        r"|\bnasta\b|\bdags\s+igen\b|\bpa\s+nytt\b",
    ),
    (
        "sip_upprattad",
        r"\b(?:sip|plan)(?::?en)?\b\s+(?:\w+\s+){0,3}?(?:finnas|klar|fardig|gjord|skriven|pa plats"
        r"|exist|ready|in place|be made)\b",
    ),
    ("lokalt_mote", r"\blokal\w*\s+(?:avstamning\w*|mote\w*)"),
)
_READY = [(name, re.compile(pattern)) for name, pattern in _ACTIONS]
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.?!](?!\s|$)[^.?!\n]*)*[.?!]?")


def asks_for_time(question: str) -> bool:
    """Whether a time is asked for, or whether one was kept."""
    folded = moment_words.read(question).text
    if not _TIME.search(folded) and not _EARLIEST.search(folded):
        return False
    return not _NOT_WHEN.search(folded) or bool(_SURELY_TIME.search(folded))


def asked_for(question: str, moment: Moment) -> bool:
    """Whether the day is the one that a time is asked for: "vilket klockslag på söndagen?"."""
    if moment.time is not None or moment.between is not None:
        return False
    return bool(_TIME_ON.search(swedish.fold(question[: moment.start])))


def asks_for_day(question: str) -> bool:
    """Whether a very day is asked for, not only how long."""
    return bool(_DAY.search(moment_words.read(question).text))


def asks_for_earliest(question: str) -> bool:
    """Whether the first day on which something may be done is asked for, not the last."""
    folded = moment_words.read(question).text
    return bool(_EARLIEST.search(folded)) and not _LATEST.search(folded)


def asks_for_verdict(question: str) -> bool:
    """Whether it is asked if something told was done in time."""
    return bool(_JUDGED.search(moment_words.read(question).text))


def wanted(question: str, named: list[Event]) -> frozenset[str]:
    """The things, as the rules name them, for which the question wants a time.

    They stand in a sentence that asks, and are not told with a moment of their own.
    """
    told = {input_name(event.kind) for event in named if event.moment is not None}
    found = {
        input_name(event.kind)
        for event in named
        if event.status is Status.ASKED and event.moment is None
    }
    for sentence in _asking(moment_words.read(question).text):
        found |= {name for name, pattern in _READY if pattern.search(sentence)}
    return frozenset(found - told)


def _asking(folded: str) -> Iterator[str]:
    """The sentences that ask: by their mark, by their words, or because there is no other."""
    sentences = [match.group() for match in _SENTENCE.finditer(folded)]
    asking = [s for s in sentences if s.rstrip().endswith("?") or _SURELY_TIME.search(s)]
    yield from asking or sentences[-1:]
