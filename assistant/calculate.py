"""From a sentence to a computation: which rule, with which of the facts told, gives which result.

A rule is chosen among those whose provisions were found for the question and whose clock was
started by an event that the question dates. Nothing is computed from what was only asked or denied.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from assistant.event_words import Kind
from assistant.events import Event, Status, find_events
from assistant.facts import Consent, Facts, Unit, find_facts
from assistant.moments import ZONE, Moment, find_moments
from assistant.rules import Computation, Outcome, Rule, all_rules, compute
from assistant.search import Found
from ingest import swedish

_COMPUTED = {"deadline", "window", "earliest_of", "notice", "admission_notice"}
_LIABILITY = {"liability", "deterioration"}
_LIABILITY_RULE = "norrbotten-bet-oversikt"
POINTS_RULE = "vgr-reg-tabell"
# What the rules call the events.
_INPUT = {
    Kind.UTSKRIVNINGSKLAR_SKICKAD: "utskrivningsklar_skickat",
    Kind.INSKRIVEN: "inskrivning",
    Kind.MOTE_BOKAT: "mote",
    Kind.MOTE_HALLET: "mote",
    Kind.PLAN_UPPRATTAD: "sip_upprattad",
    Kind.UPPFOLJNING_GJORD: "senaste_uppfoljning",
    Kind.UPPFOLJNING_BOKAD: "uppfoljd",
    Kind.PLANERINGSUNDERLAG: "planeringsunderlag_klart",
}
# A meeting stands for the plan made or followed up at it, where only the meeting is told.
_STANDS_FOR = {"mote": ("sip_upprattad", "uppfoljd")}
_PAYING = re.compile(
    r"\bbet(?:al|\.|ans)\w*|\bfaktur\w*|\bdebiter\w*|\bbet\b|\bkosta\w*|\bersattningsskyld\w*"
    r"|\bpayment\w*|\bliab\w*|\bpay(?:s|ing)?\b|\bcharge\w*"
)
_COUNTING = re.compile(
    r"\bpoang\w*|\bsumma\w*|\b(?:hur manga|antal) p\b|\btackningsgrad\w*|\bpoints?\b"
)
# What a computed answer is asked for with: a time, a verdict on one, or a liability.
_ASKS_FOR_TIME = re.compile(
    r"\b(?:nar|senast|hinner|hann|i tid|for sen\w*|forsen\w*|datum\w*|vilken dag|frist\w*|deadline"
    r"|inom ramen|tiden|sista dag\w*|dagar|veckor|timmar|framforhallning|god nog|okej|ok|racker"
    r"|missat|when|by wh\w+|how (?:long|soon|many)|in time"
    r"|hur (?:lang|manga|snart|fort|sent|tidigt|mycket tid)\w*)\b"
)
_ASKED_IN_RULES = {
    "folkbokford_i_kommunen": "registered_here",
    "inskrivningsmeddelande_till_kommun": "municipality_informed",
    "region_resurser_tillgangliga": "region_resources",
}
_TOO_FAR = 8  # a rule whose provision was found later than this is not what was asked for


@dataclass(frozen=True, slots=True)
class Calculated:
    """A computation made for a question, of which case it is, and from which moments."""

    computation: Computation
    rule: Rule
    case: str | None = None  # "A", "1" where the question holds several
    moments: tuple[Moment, ...] = ()
    assumed: tuple[str, ...] = ()  # conditions not told, taken for met


def calculate(question: str, region: str, day: date, found: Sequence[Found]) -> list[Calculated]:
    """The computations that the question asks for, one for each of its cases; none if it asks none.

    `day` is what "i dag" means; `found` are the provisions found for the question, best first.
    """
    now = datetime.combine(day, time(12), ZONE)
    moments = find_moments(question, now)
    facts = find_facts(question)
    if region == "vgr" and _COUNTING.search(swedish.fold(question)):
        return _points(facts, day)
    events = [
        e
        for e in find_events(question, moments, day)
        if e.status in {Status.TOLD, Status.PLANNED} and e.moment is not None
    ]
    named = sorted({e.case for e in events if e.case})
    cases: list[str | None] = [*named] or [None]
    results = []
    for case in cases:
        own = [e for e in events if e.case in {case, None}]
        made = _one(question, region, day, found, facts, own, case)
        if made is not None:
            results.append(made)
    return results


def problems(question: str, day: date) -> list[str]:
    """What is wrong with the dates and times written, a Swedish sentence for each."""
    now = datetime.combine(day, time(12), ZONE)
    return [m.problem for m in find_moments(question, now) if m.problem]


def _one(
    question: str,
    region: str,
    day: date,
    found: Sequence[Found],
    facts: Facts,
    events: Sequence[Event],
    case: str | None,
) -> Calculated | None:
    inputs = _inputs(events) | _stated(facts)
    used = tuple(e.moment for e in events if e.moment is not None)
    if region == "norrbotten" and _asks_liability(question, found, inputs):
        given = _for_liability(inputs, facts, region)
        told = "kallelse_skickad" in inputs or facts.kallelse_sent is False
        return Calculated(
            compute(_LIABILITY_RULE, given, day),
            all_rules()[_LIABILITY_RULE],
            case,
            used,
            () if told else ("kallelsen till SIP skickades inom tre dagar",),
        )
    if not events or not _ASKS_FOR_TIME.search(swedish.fold(question)):
        return None
    rule = _chosen(region, found, inputs)
    if rule is None:
        return None
    completed = _completed(inputs, rule) | {"region": region} | _setting(facts, rule)
    made = compute(rule.id, completed, day)
    # A rule that does not apply, or lacks what nobody would tell, was not what was asked for.
    if made.status in {Outcome.NOT_APPLICABLE, Outcome.UNDETERMINED}:
        return None
    return Calculated(made, rule, case, used)


def _inputs(events: Iterable[Event]) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    for event in events:
        if event.moment is not None and (written := _written(event.moment)) is not None:
            inputs.setdefault(_INPUT.get(event.kind, event.kind.value), written)
    return inputs


def _written(moment: Moment) -> str | None:
    """The moment as the rules read it: exact, or with the half of the day that is known."""
    if moment.date is None:
        return None
    if moment.at is not None:
        return moment.at.isoformat()
    if moment.after_noon is not None:
        # Only the half of the day is known, and only that matters for the noon rule.
        return datetime.combine(
            moment.date, time(13 if moment.after_noon else 11), ZONE
        ).isoformat()
    return moment.date.isoformat()


def _stated(facts: Facts) -> dict[str, Any]:
    stated: dict[str, Any] = {
        name: value
        for name, field in _ASKED_IN_RULES.items()
        if (value := getattr(facts, field)) is not None
    }
    if facts.consent_sip is not None:
        stated["samtycke_sip"] = facts.consent_sip is Consent.GIVEN
    if facts.consent_information is not None:
        stated["samtycke_information"] = facts.consent_information is Consent.GIVEN
    if facts.only_social_services:
        stated["behov"] = ["socialtjanst"]
    if facts.age is not None:
        stated["alder"] = facts.age
    if facts.existing_plan is not None:
        stated["befintlig_sip"] = facts.existing_plan
    return stated


def _asks_liability(question: str, found: Sequence[Found], inputs: Mapping[str, Any]) -> bool:
    first = any(f.provision.id.startswith("norrbotten-bet-") for f in found[:2])
    if not first and not _PAYING.search(swedish.fold(question)):
        return False
    hindered = any(inputs.get(name) is False for name in (*_ASKED_IN_RULES, "samtycke_information"))
    near = any(f.provision.id.startswith("norrbotten-bet-") for f in found[:_TOO_FAR])
    return near and (hindered or "utskrivningsklar_skickat" in inputs)


def _for_liability(inputs: dict[str, Any], facts: Facts, region: str) -> dict[str, Any]:
    given = inputs | {"region": region}
    if facts.kallelse_sent is False:
        given["kallelse_skickad"] = None
    elif "kallelse_skickad" not in given and "utskrivningsklar_skickat" in given:
        # Not told: the answer takes the condition for met, and says so.
        given["kallelse_skickad"] = str(given["utskrivningsklar_skickat"])[:10]
    return given


def _chosen(region: str, found: Sequence[Found], inputs: Mapping[str, Any]) -> Rule | None:
    place = {f.provision.id: n for n, f in enumerate(found[:_TOO_FAR])}
    best: tuple[tuple[int, int], Rule] | None = None
    for rule in all_rules().values():
        if rule.region != region or rule.family not in _COMPUTED:
            continue
        if not any(name in inputs for name in rule.data.get("start", ())):
            continue
        ranks = [place[key] for key in (rule.id, *rule.provisions) if key in place]
        if not ranks or (rule.data.get("amount") == 0 and min(ranks) > 0):
            continue
        done = any(name in _completed(inputs, rule) for name in rule.data.get("done", ()))
        # Of rules on one provision, the one whose own it is goes first.
        order = (min(ranks) - 2 * done, 0 if rule.id in place else 1)
        if best is None or order < best[0]:
            best = (order, rule)
    return None if best is None else best[1]


def _completed(inputs: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """The inputs, with a meeting standing for the plan where the rule asks for the plan."""
    given = dict(inputs)
    for told, names in _STANDS_FOR.items():
        for name in names:
            if told in given and name in rule.data.get("done", ()) and name not in given:
                given[name] = given[told]
    return given


def _setting(facts: Facts, rule: Rule) -> dict[str, Any]:
    if "setting" not in rule.inputs:
        return {}
    told = [s.value for s in facts.settings if s.value in {"oppenvard", "utskrivning"}]
    # The rule was found for the question; where the words tell no setting, it is the rule's own.
    return {"setting": told[0]} if len(told) == 1 else {"setting": "oppenvard"}


def _points(facts: Facts, day: date) -> list[Calculated]:
    units = [u for u in facts.units if u in {Unit.REHAB, Unit.VARDCENTRAL}]
    if not facts.visits or len(units) != 1:
        return []
    several = [
        {"plats": visit.place.value.replace("_", " "), "enhet": units[0].value}
        for visit in facts.visits
        for _ in range(min(visit.count, 200))
    ]
    inputs: dict[str, Any] = {"region": "vgr", "sip": several}
    made = compute(POINTS_RULE, inputs, day)
    if made.status is not Outcome.DETERMINED:
        return []
    return [Calculated(made, all_rules()[POINTS_RULE])]
