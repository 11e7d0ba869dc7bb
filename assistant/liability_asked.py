"""Whether a question is on the municipality's liability to pay, and what is known for it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant import moment_words
from assistant.event_words import Kind
from assistant.events import Event, Status
from assistant.facts import Facts
from assistant.moments import Moment
from assistant.reading import READY, Reading
from assistant.search import Found
from assistant.wanted import asks_for_verdict

_PAYING = re.compile(
    r"\bbet(?:al|\.|ans)\w*|\bfaktur\w*|\bdebiter\w*|\bbet\b|\bkosta\w*|\bersattningsskyld\w*"
    r"|\bpayment\w*|\bliab\w*|\bpay(?:s|ing)?\b|\bcharge\w*|\bkostnadsansvar\w*|\bnotan\b|\brakning(?:en)?\b"
    r"|\bersatt(?:a|er|ning)\b|\bgratis\w*|\b(?:fria?|kostnadsfria)\s?(?:dygn|dag)\w*|\btaxa\w*"
)
# What says the same without a word of money, where the municipality is spoken of.
_BEARING = re.compile(
    r"\bslipp(?:er|a|er undan)?\b|\bkostnad\w*|\bansvar(?:et|ig\w*)?\s+(?:borjar|intrader|slar|gar|"
    r"for\s+dygn\w*)|\b(?:kommunens|kommun)\s+ansvar\b|\bansvaret\b|\bgar\s+(?:det\s+)?over\s+(?:pa|till)\b"
    r"|\b(?:tre|3)\s+eller\s+(?:fyra|4)\b|\b(?:fyra|4)\s+eller\s+(?:tre|3)\b|\bstar?\s+for\s+"
    r"(?:dygn\w*|notan|kostnad\w*|vard\w*)|\bklockan\s+(?:borjar\s+)?ticka\w*|\bdygn(?:en|et)\b"
)
_WHEN = re.compile(
    r"\b(?:nar|fran\s+och\s+med|from|fr\.?\s?o\.?\s?m\.?|vilke[nt]\s+(?:dag|datum)|datum\w*|when|which\s+day)\b"
)
_WHICH = re.compile(
    r"\b(?:vilken|vilkens|which|vad\s+for)\s+(?:av\s+)?(?:\w+\s+)?(?:hem)?(?:kommun|municipal)\w*"
)
_ALSO_WHEN = re.compile(
    r"(?:^|[,.?!]\s|\b(?:och|samt|o)\s)\s*(?:fran\s+(?:och\s+med\s+)?)?(?:nar|vilke[nt]\s+(?:dag|datum))\b"
    r"|\bdatum\w*|\bfran\s+(?:och\s+med\s+)?(?:nar|vilke[nt]\s+(?:dag|datum))\b"
)
_SENTENCES = re.compile(r"[^.?!]+(?:\.\d+[^.?!]*)*")
_MUNICIPALITY = re.compile(r"\bkommun\w*|\bmunicipal\w*")
_NEAR = 8  # a liability provision found later than this is not what was asked for
_CONDITIONS = (
    "folkbokford_i_kommunen",
    "inskrivningsmeddelande_till_kommun",
    "region_resurser_tillgangliga",
    "samtycke_information",
)
_NOT_RIGHTLY_READY = ("bedomd_av", "utskrivningsklar_mottagare")


def speaks_of_paying(question: str) -> bool:
    """Whether the words ask who pays, whoever else they ask of."""
    folded = moment_words.read(question).text
    bearing = bool(_BEARING.search(folded) and _MUNICIPALITY.search(folded))
    return bearing or bool(_PAYING.search(folded))


def asks_when_paid(question: str) -> bool:
    """Whether a sentence of the question asks from when the municipality pays."""
    folded = moment_words.read(question).text
    return any(
        _WHEN.search(part) and _PAYING.search(part)
        for sentence in _SENTENCES.findall(folded)
        for part in re.split(r"\s(?:och|samt|o)\s(?=nar|fran|vilk)|,\s", sentence)
    )


def asks_which_municipality(question: str) -> bool:
    """Whether it is asked whose the liability is, and not from when."""
    folded = moment_words.read(question).text
    return bool(_WHICH.search(folded)) and not _ALSO_WHEN.search(folded)


def asks_liability(
    question: str,
    found: Sequence[Found],
    reading: Reading,
    facts: Facts,
    asked: frozenset[str],
) -> bool:
    """Whether the question is on liability and tells something to judge it by.

    `asked` is what else the question wants a time for.
    """
    paying = speaks_of_paying(question)
    # "Hann vi?" of a call that is told asks of the call.
    of_the_call = reading.has("kallelse_skickad") and asks_for_verdict(question)
    first = not asked and not of_the_call and any(_on_liability(f) for f in found[:1])
    if not (first or paying):
        return False
    hindered = any(reading.inputs.get(name) is False for name in _CONDITIONS)
    hindered |= any(name in reading.inputs for name in _NOT_RIGHTLY_READY)
    hindered |= facts.kallelse_sent is False or bool(facts.kallelse_late)
    if reading.has(READY):
        return paying or first
    return hindered and any(_on_liability(f) for f in found[:_NEAR])


def asked_of_a_bare_moment(
    question: str, found: Sequence[Found], events: Sequence[Event], free: Sequence[Moment]
) -> Event | None:
    """Utskrivningsklar, where liability is asked and one moment with its time names no event."""
    timed = [m for m in free if m.date and (m.time or m.between) and not m.day_in_doubt]
    if len(timed) != 1 or not speaks_of_paying(question):
        return None
    if not any(_on_liability(f) for f in found[:_NEAR]):
        return None
    dated = [e for e in events if e.moment and e.kind not in _BESIDE]
    if dated or any(e.kind is Kind.UTSKRIVNINGSKLAR_SKICKAD and e.moment for e in events):
        return None
    moment = timed[0]
    return Event(Kind.UTSKRIVNINGSKLAR_SKICKAD, Status.TOLD, moment.start, moment.end, moment)


_BESIDE = {Kind.KALLELSE_SKICKAD, Kind.KALLELSE_MOTTAGEN, Kind.INSKRIVEN, Kind.FODD}


def for_liability(reading: Reading, facts: Facts, region: str) -> Mapping[str, Any]:
    """The inputs of the liability rule; a call to SIP that nothing is said of is taken for made."""
    given = dict(reading.inputs) | {"region": region}
    if facts.kallelse_sent is False or (facts.kallelse_late and "kallelse_skickad" not in given):
        given["kallelse_skickad"] = None
    elif "kallelse_skickad" not in given and given.get(READY):
        # Not told: the answer takes the condition for met, and says so.
        given["kallelse_skickad"] = str(given[READY])[:10]
    return given


def _on_liability(found: Found) -> bool:
    return found.provision.id.startswith("norrbotten-bet-")
