"""The rules as a table for superusers: what each needs, what it gives, where it stands."""

import re
from collections.abc import Iterator
from typing import Any

from assistant.rules.given import label
from assistant.rules.points import table
from assistant.rules.registry import Rule
from assistant.rules.tools import Group, groups
from assistant.rules.wording import REGIONS
from ingest.document import Corpus, Provision

COMMAND = "sip rules --markdown"
_HEAD = f"""# Reglerna

Skapad med `{COMMAND}` ur reglernas filer och utgåvan. Ändra inte här: ändra reglerna och kör
kommandot igen. Riktlinjens originaltext går före tabellen.

Varje region har sina regler, ordnade efter vad frågan gäller. *Behöver* är uppgifterna som regeln
frågar efter, *Ger* är vad den svarar och *Stöd* är var det står i originalet. Snedstreck skiljer de
svar som finns åt; *öppet* är vad riktlinjen inte avgör, eller vad som måste vara känt.
"""
_LONGEST = 240  # characters that still fit a cell
_PLACE = re.compile(r"\{\w+\}")
_COUNTED = {
    "timmar": ("timme", "timmar"),
    "dagar": ("kalenderdag", "kalenderdagar"),
    "arbetsdagar": ("arbetsdag", "arbetsdagar"),
    "veckor": ("vecka", "veckor"),
    "månader": ("månad", "månader"),
    "år": ("år", "år"),
}
_GIVES = {
    "liability": "första dagen med betalningsansvar, eller att inget ansvar finns",
    "deterioration": "de båda tänkbara dagarna; riktlinjen avgör inte vilken",
    "age": "svar efter ålder: gränsen är {limit} år",
    "before": "om ordningen är rätt",
    "weekday": "om dagen är en arbetsdag",
    "cell": "poäng, mått, besöksform och KVÅ-koder; för flera SIP summan",
    "codes": "om KVÅ-koderna är giltiga",
    "principals": "om det räknas som SIP",
    "contact_type": "kontakttyp",
    "patient_fee": "patientavgift i kronor, eller att avgift tas ut",
    "who_charges": "vem som tar ut avgiften",
    "child_before_discharge": "att SIP erbjuds före utskrivningen, med tidpunkten",
}


def rules_table(corpus: Corpus, region: str | None = None, topic: str | None = None) -> str:
    """The rules as Markdown, by region and by group; only one region's or group's where named.

    `region` is a region's id, `topic` the name of a group in `tools.toml`.
    """
    parts = [_HEAD]
    for key, name in REGIONS.items():
        held = list(_held(key, topic)) if region in (None, key) else []
        if held:
            parts.append(f"## {name}\n")
        for group, rules in held:
            parts.append(f"### {group.title}\n")
            parts.append("| Fråga | Behöver | Ger | Stöd |\n|---|---|---|---|")
            parts.extend(_row(rule, corpus) for rule in rules)
            parts.append("")
    return "\n".join(parts)


def needs(rule: Rule) -> str:
    """The inputs that the rule asks for, in Swedish."""
    return ", ".join(map(label, rule.inputs)) or "inget"


def gives(rule: Rule) -> str:
    """What the rule computes: the time and what it is counted from, the answer, or its kind."""
    if own := _own_cell(rule):
        return own
    if rule.family in _GIVES:
        return _GIVES[rule.family].format_map(dict(rule.data))
    if rule.family == "gap":
        answer = str(rule.data["answer"])
        return answer if answer.startswith("anges inte") else f"inget tal: {answer}"
    if rule.family == "cases":
        return _outcomes(rule)
    if rule.family == "window":
        first, last = rule.data["earliest"], rule.data["latest"]
        return f"dag {first} till dag {last}, räknat från {_starts(rule)}"
    return _time(rule)


def _held(region: str, topic: str | None) -> Iterator[tuple[Group, list[Rule]]]:
    for group in groups().values():
        rules = [rule for rule in group.rules if rule.region == region]
        if rules and topic in (None, group.name):
            yield group, rules


def _own_cell(rule: Rule) -> str | None:
    """The cell of Västra Götaland's table that the rule is named for."""
    for place, units in table()["cell"].items():
        for unit, entry in units.items():
            if entry["provision"] == rule.id:
                value = entry["value"]
                return f"{place}, {unit}: {value['p']} p, {', '.join(value['kva_en_av'])}"
    return None


def _time(rule: Rule) -> str:
    unit, amount = rule.data["unit"], rule.data.get("amount", 0)
    starts = _starts(rule)
    if unit == "klockan_12":
        return f"nästa klockan 12.00, räknat från {starts}"
    if unit == "samtidigt":
        return f"samtidigt: {starts}"
    if amount == 0:
        return f"samma dag: {starts}"
    one, many = _COUNTED[unit]
    count = f"{abs(amount)} {one if abs(amount) == 1 else many}"
    if rule.family == "adapted":
        return f"bedöms; den yttersta gränsen är {count}, räknat från {starts}"
    if rule.family == "earliest_of":
        return f"{count}, räknat från det tidigaste av {starts}"
    return f"{count}{', räknat från' if amount > 0 else ' före'} {starts}"


def _starts(rule: Rule) -> str:
    joint = " och " if rule.family == "earliest_of" else ", annars "
    names = dict.fromkeys(label(name) for name in rule.data["start"] if name != "at")
    return joint.join(names)


def _outcomes(rule: Rule) -> str:
    """The answers that the cases give, or their number where they would fill the row."""
    cases: list[dict[str, Any]] = rule.data["cases"]
    told = list(dict.fromkeys(_told(case) for case in cases))
    written = " / ".join(told)
    return written if len(written) <= _LONGEST else f"ett av {len(told)} svar"


def _told(case: dict[str, Any]) -> str:
    if "missing" in case:
        return f"öppet: {case['missing']}"
    if "reason" in case:
        return f"gäller inte: {case['reason']}"
    value = case.get("value", case.get("answer"))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_part(part)}" for name, part in value.items())
    return _PLACE.sub("…", _part(value))


def _part(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _row(rule: Rule, corpus: Corpus) -> str:
    sources = "<br>".join(_source(corpus.provisions[key]) for key in rule.provisions)
    cells = (f"{rule.question}<br>`{rule.id}`", needs(rule), gives(rule), sources)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _source(provision: Provision) -> str:
    """The innermost heading and the lines: the path would fill the row."""
    heading = provision.locator.headings[-1] if provision.locator.headings else ""
    ranges = (provision.locator.lines, *provision.locator.also)
    lines = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)
    return ", ".join(part for part in (heading, f"rad {lines}") if part)
