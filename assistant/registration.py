"""How a SIP is registered in Halland and Västra Götaland: place, unit and form → codes and fee."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer import Citation
from assistant.compose import citation, law_warnings
from assistant.rules import Computation, Outcome, compute
from assistant.rules.points import table
from assistant.rules.wording import sentence
from assistant.rules_chosen import Choice, fee_rule, registrations
from assistant.rules_input import read_values
from assistant.rules_shown import lead, spoken
from ingest.document import Corpus
from ingest.errors import InputError

REGIONS = {"halland": "Halland", "vgr": "Västra Götaland"}
NO_FORM = "På plats"
_HALLAND_PLACES = ("vårdavdelning i slutenvård", "mottagning", "i hemmet eller på ett boende")
_HALLAND_FORMS = (NO_FORM, "video via Skype", "annan video, till exempel Teams", "telefon")
_VGR_FORMS = (NO_FORM, "telefon")
_NAMES = {"p": "poäng", "kva_en_av": "KVÅ-kod"}
_TITLES = {
    "halland-besokstyp-slutenvard": "Besökstyp",
    "halland-kva-au124": "KVÅ-kod",
    "halland-avgiftstyp": "Avgiftstyp",
    "halland-betalsatt": "Betalsätt",
    "halland-dr16-diagnos": "DR16",
    "halland-journal-vas": "Journal",
    "vgr-reg-tabell": "Poäng och koder",
    "halland-avgift": "Patientens avgift",
    "vgr-avgift-endast-sip": "Patientens avgift",
    "vgr-avgift-flera-professioner": "Vem som tar ut avgiften",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen in a region; empty where the region's rules do not ask."""

    places: tuple[str, ...]
    units: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to register: its name, what it is, how it was reached, where it stands.

    `stated` is False where the guideline does not say.
    """

    name: str
    value: str
    steps: tuple[str, ...]
    sources: tuple[Citation, ...]
    stated: bool = True
    warnings: tuple[str, ...] = ()


def options(region: str) -> Options:
    """The places, units and forms of the region; InputError where it has no rules for it."""
    if region == "halland":
        return Options(_HALLAND_PLACES, (), _HALLAND_FORMS)
    if region == "vgr":
        return Options(tuple(table()["place"]), tuple(table()["unit"]), _VGR_FORMS)
    raise InputError(f"Registrering finns bara för {' och '.join(REGIONS.values())}.")


def registered(
    region: str,
    place: str | None,
    unit: str | None,
    form: str | None,
    done: str,
    fees: str,
    corpus: Corpus,
    day: date,
) -> tuple[Line, ...]:
    """How a SIP there is registered, and what the patient pays.

    `done` is what else is done at the visit, `fees` what each profession would charge ("läkare=300,
    sjuksköterska=200"); both may be empty, and are read for Västra Götaland only. InputError where
    a choice is missing or cannot be read.
    """
    held = options(region)
    distant = form if form and form != NO_FORM else None
    if not place and not distant:
        raise InputError("Välj var SIP görs.")
    if held.units and not unit:
        raise InputError("Välj vilken enhet som registrerar.")
    at = None if distant else place
    spots, units, forms = ([part] if part else [] for part in (at, unit, distant))
    choices = [*registrations(region, spots, units, forms, [], None)]
    choices += _fees(region, unit, done, fees)
    return _once(line for choice in choices for line in _lines(choice, region, corpus, day))


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Of two rules that say the same, the one with the sources of that alone."""
    kept: dict[tuple[str, str], Line] = {}
    for line in lines:
        other = kept.get((line.name, line.value))
        if other is None or len(line.sources) < len(other.sources):
            kept[line.name, line.value] = line
    return tuple(kept.values())


def _fees(region: str, unit: str | None, done: str, fees: str) -> Iterator[Choice]:
    if region == "halland":
        yield fee_rule(region, [], None, [])
        return
    others = _parts(done)
    yield fee_rule(region, ["SIP", *others], unit if others else None, [])
    if fees.strip():
        yield fee_rule(region, [], None, _parts(fees))


def _parts(written: str) -> Sequence[str]:
    return [part.strip() for part in written.replace(";", ",").split(",") if part.strip()]


def _lines(choice: Choice, region: str, corpus: Corpus, day: date) -> Iterator[Line]:
    understood = read_values(choice.written, day)
    made = compute(choice.rule.id, {"region": region} | dict(understood.values), day)
    if made.status is Outcome.INVALID_INPUT:
        raise InputError(lead(made))
    held = [corpus.provisions[key] for key in made.provisions if key in corpus.provisions]
    sources = tuple(citation(corpus, p, number) for number, p in enumerate(held, 1))
    warnings = tuple(warning.text for warning in law_warnings(corpus, held, day))
    title = _TITLES.get(choice.rule.id, choice.rule.question)
    for name, value in _values(made, title):
        stated = made.status is Outcome.DETERMINED
        yield Line(name, value, _steps(made), sources, stated, warnings)


def _values(made: Computation, title: str) -> Iterator[tuple[str, str]]:
    """Each field of a table of its own; the result in a sentence otherwise."""
    if made.status is Outcome.UNDETERMINED:
        yield title, f"Anges inte: {made.missing}."
    elif isinstance(made.value, Mapping) and made.status is Outcome.DETERMINED:
        for key, value in _shown(made.value):
            yield sentence(_NAMES.get(key, key.replace("_", " ")))[:-1], value
    else:
        yield title, lead(made).removesuffix(".")


def _shown(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    measure = value.get("matt", "")
    for key, part in value.items():
        if key == "p":
            yield key, f"{part} {measure}".strip()
        elif key == "kva_en_av" and len(part) > 1:
            yield key, f"{', '.join(part[:-1])} eller {part[-1]}"
        elif key != "matt":
            yield key, spoken(part)


def _steps(made: Computation) -> tuple[str, ...]:
    steps = [step for step in made.steps if not step.startswith("För ett svar saknas:")]
    steps += [f"Tolkning: {sentence(made.interpretation)}"] if made.interpretation else []
    steps += [f"Annan läsning: {sentence(made.alternative)}"] if made.alternative else []
    return tuple(steps)
