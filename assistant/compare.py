"""One question to every region: each region's own answer or "anges inte", never mixed."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant import regions
from assistant.answer import Answer, Citation, Question, Status
from assistant.guard import refusal
from assistant.rules.wording import listed
from ingest.errors import InputError
from ingest.swedish import clean

SILENT = "Anges inte i riktlinjen."
TOPICS = {
    "Vem kallar till SIP": "Vem kallar till SIP?",
    "Kallelsens frist": "Hur långt i förväg ska kallelsen till SIP skickas?",
    "Uppföljning": "Hur ofta ska SIP följas upp?",
    "Samtycke": "Vad gäller om samtycke till SIP?",
    "Betalningsansvar": "När börjar kommunens betalningsansvar?",
    "Patientavgift": "Vad kostar SIP för patienten?",
    "Fast vårdkontakt": "Vem utser fast vårdkontakt?",
    "Mötesledare": "Vem leder SIP-mötet?",
}


class Answering(Protocol):
    """What answers questions: `assistant.chain.Assistant`."""

    def answer(self, question: Question) -> Answer:
        """The answer to the question's last turn."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in a cell, with the places that carry it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A region's cell. `silent`: the guideline does not state it; what it says beside stands."""

    region: str
    name: str
    silent: bool
    said: tuple[Said, ...]
    note: str = ""  # words of ours, such as what is missing for a computation
    warnings: tuple[str, ...] = ()


def compare(assistant: Answering, question: str, day: date) -> list[Row]:
    """Each region's answer on that day, in the order of the regions; one row for each, always.

    InputError, in Swedish, where the question is refused (personal data, urgent, out of scope, too
    long, empty), or names a region whose guideline is not at hand.
    """
    refused = refusal(question)
    if refused is not None:
        raise InputError(refused.text)
    named = [mention.region for mention in regions.mentions(clean(question))]
    elsewhere = dict.fromkeys(region.name for region in named if not region.guideline)
    if elsewhere:
        have = listed([region.name for region in regions.with_guideline()])
        raise InputError(f"Jag har ingen riktlinje för {listed([*elsewhere])}. Jag har {have}.")
    # A region named in the question would go before the one that the cell is for.
    alone = regions.without_names(question)
    if not any(c.isalnum() for c in alone):
        raise InputError("Skriv vad du vill jämföra, till exempel: Vem kallar till SIP?")
    return [
        _row(region, assistant.answer(Question((alone,), region.id, day)))
        for region in regions.with_guideline()
    ]


def _row(region: regions.Region, answer: Answer) -> Row:
    by_number = {cited.number: cited for cited in answer.citations}
    said = [
        Said(s.text, tuple(by_number[n] for n in s.citations if n in by_number))
        for s in answer.statements
    ]
    if answer.status is Status.REFUSE:
        raise InputError(answer.lead)
    # What rests on another region's guideline must never stand in this cell.
    said = [one for one in said if all(cited.region == region.id for cited in one.citations)]
    silent = answer.status is Status.ABSTAIN
    return Row(
        region.id,
        region.short,
        silent,
        tuple(said),
        "" if silent else answer.lead,
        tuple(warning.text for warning in answer.warnings),
    )
