"""Whether a statement that a language model wrote may be shown: each claim against its source."""

from collections.abc import Iterator, Sequence

from assistant import regions
from assistant.model import (
    verify_agents,
    verify_figures,
    verify_form,
    verify_gap,
    verify_order,
    verify_relations,
    verify_roles,
    verify_scope,
    verify_support,
)
from assistant.model.draft import Draft, Evidence, Fault
from ingest.document import Provision

_LONGEST = 600  # characters of a statement; more is no statement

# Kind of fault → how it is told to an administrator, before what was found.
_TOLD = {
    "källa": "Källhänvisningen håller inte",
    "tom": "Påståendet är tomt eller för långt",
    "uppställning": "Texten innehåller uppställning eller kod",
    "adress": "Adressen står inte i källan",
    "om sig själv": "Texten talar om sig själv eller om instruktioner",
    "personuppgift": "Texten innehåller personuppgifter",
    "namn": "Namnet står inte i källan",
    "språk": "Texten är inte på svenska",
    "region": "Regionen är inte den som källan gäller",
    "anges inte": "Påståendet att något inte anges håller inte",
    "anges": "Påståendet säger vad källan inte anger",
    "gräns": "Gränsen åt ett annat håll än i källan",
    "före eller efter": "Före och efter är omkastade",
    "nekande": "Nekandet stämmer inte med källan",
    "bindande": "Källan säger inte så bindande eller så fritt",
    "alltid": "Källan säger inte alltid",
    "aldrig": "Källan säger inte aldrig",
    "alla": "Källan säger inte alla",
    "endast": "Källan säger inte endast",
    "förbehåll": "Källans förbehåll saknas",
    "villkor": "Källans villkor saknas",
    "ordning": "Ordningen stämmer inte med källan",
    "roll": "Rollen nämns inte i källan",
    "utförare": "Källan säger att någon annan gör det",
    "utan stöd": "Ord utan stöd i källan",
    "motsats": "Motsatsen till vad källan säger",
    "sammanfogat": "Två regler har blivit en",
}


def faults(draft: Draft, evidence: Evidence) -> tuple[Fault, ...]:
    """Why the draft may not be shown, in Swedish for administrators; empty where it may be.

    Only what the draft cites counts as its source. Deterministic, without any model.
    """
    found = dict.fromkeys(_faults(draft, evidence))
    return tuple(
        Fault(kind, f"{_TOLD.get(kind, 'Uppgiften står inte i källan')}: {what}.")
        for kind, what in found
    )


def _faults(draft: Draft, evidence: Evidence) -> Iterator[tuple[str, str]]:
    text = " ".join(draft.text.split())
    if not any(c.isalnum() for c in text) or len(text) > _LONGEST:
        yield "tom", f"{len(text)} tecken"
        return
    if not draft.citations:
        yield "källa", "ingen källa anges"
    unknown = [
        key
        for key in draft.citations
        if key not in evidence.provisions and key not in evidence.computations
    ]
    if unknown:
        yield "källa", f"{', '.join(unknown)} fanns inte bland det givna"
    cited = [evidence.provisions[key] for key in draft.citations if key in evidence.provisions]
    computed = [
        evidence.computations[key] for key in draft.citations if key in evidence.computations
    ]
    texts = tuple([p.text for p in cited] + computed)
    yield from verify_form.faults(draft.text, texts, evidence.question)
    if not texts:
        return
    yield from _regions(text, cited, texts, evidence.region)
    yield from _claims(text, cited, texts, evidence.question, bool(computed))


def _regions(
    text: str, cited: Sequence[Provision], texts: Sequence[str], asked: str | None
) -> Iterator[tuple[str, str]]:
    of = {p.region for p in cited}
    spoken = {m.region.id for t in texts for m in regions.mentions(t)}
    named = {m.region.id: m.region.short for m in regions.mentions(text)}
    for region, name in named.items():
        if of and region not in of | spoken:
            yield "region", name
    if len(of) > 1 and not of <= set(named):
        yield "region", "bestämmelser ur flera regioner utan att var och en nämns"
    elif asked and of and asked not in of and not of <= set(named):
        yield "region", "bestämmelsen gäller en annan region än den frågade"


def _claims(
    text: str, cited: Sequence[Provision], texts: tuple[str, ...], question: str, computed: bool
) -> Iterator[tuple[str, str]]:
    yield from verify_figures.faults(text, texts)
    yield from verify_support.faults(text, texts, question)
    yield from verify_roles.faults(text, texts)
    if not computed:
        yield from verify_gap.faults(text, cited)
    if verify_gap.is_absence_of(text, cited):
        return
    yield from verify_relations.faults(text, texts)
    yield from verify_agents.faults(text, texts)
    yield from verify_scope.faults(text, texts, question)
    yield from verify_order.faults(text, texts)
    yield from verify_support.merged(text, texts)
