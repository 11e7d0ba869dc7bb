"""Västra Götaland: what a SIP gives, how it is registered, whether its codes are valid.

`data/vgr.toml` holds the table, place by unit, as the guideline's slide has it.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from assistant.rules.computation import Result, determined, invalid, not_applicable, undetermined
from assistant.rules.given import DATA, Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import fold, listed, sentence

UNIT = "registrerande enhet (vårdcentral eller rehab)"


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """Places, units, cells and codes."""
    data: dict[str, Any] = tomllib.loads((DATA / "vgr.toml").read_text("utf-8"))["table"]
    return data


def find(names: Mapping[str, list[str]], written: str) -> str | None:
    """The name under which one of its spellings is the text."""
    sought = fold(written)
    return next((name for name, forms in names.items() if sought in map(fold, forms)), None)


def cell(rule: Rule, given: Given) -> Result:
    """Points, measure, form of visit and codes for a place and a unit."""
    if given.known("fraga") and "kontakttyp" in given.text("fraga"):
        return contact_type(rule, given)
    several = given.values.get("sip")
    if isinstance(several, list):
        return total(rule, several)
    placed = _place(given)
    if isinstance(placed, Result):
        return placed
    cells = table()["cell"][placed]
    if not given.known("enhet"):
        points = {unit: entry["value"]["p"] for unit, entry in cells.items()}
        return undetermined(UNIT, details={"candidates": points})
    unit = find(table()["unit"], str(given.values["enhet"]))
    if unit is None:
        step = "Tabellen har bara kolumner för vårdcentral och rehab."
        return not_applicable("enheten ingår inte i vårdvalet", step)
    entry = cells[unit]
    step = f"SIP i raden {placed} och kolumnen {unit} ger {entry['value']['p']} p."
    return determined(entry["value"], step, provisions=(entry["provision"],))


def codes(rule: Rule, given: Given) -> Result:
    """Whether the codes registered are valid for the place."""
    if not given.known("kva") and not given.known("koder"):
        if given.known("plats"):
            return cell(rule, given)
        if given.known("question"):
            return undetermined(rule.data["meaning_missing"], rule.data["meaning_why"])
        return undetermined(label("kva"))
    placed = _place(given)
    if isinstance(placed, Result):
        return placed
    used = {code.upper() for name in ("kva", "koder") for code in given.texts(name)}
    one_of = list(table()["codes"]["hospital" if placed == "sjukhus" else "standard"])
    distance = table()["codes"]["distance"]
    more: dict[str, Any] = {"provisions": rule.provisions}
    if placed == "synkron digital kontakt":
        more["interpretation"] = "Distanskoden och en SIP-kod krävs samtidigt"
        if distance not in used:
            step = f"Vid synkron digital kontakt ska {distance} finnas utöver SIP-koden."
            return determined(f"ofullständigt; {distance} saknas", step, **more)
        used.discard(distance)
        if not used:
            needed = f"{', '.join(one_of[:-1])} eller {one_of[-1]}"
            step = f"{distance} är ingen SIP-kod i sig."
            return determined(f"ofullständigt; komplettera med {needed}", step, **more)
    wrong = sorted(used - set(one_of))
    required = one_of[0] if len(one_of) == 1 else f"{', '.join(one_of[:-1])} eller {one_of[-1]}"
    step = f"I raden {placed} godtas {required}."
    if wrong:
        return determined(f"ogiltig kod; {required} krävs", step, **more)
    return determined("giltig", step, **more)


def total(rule: Rule, several: list[Any]) -> Result:
    """The points of several SIPs added up, for each unit that registers."""
    sums: dict[str, int] = {}
    steps = []
    provisions: list[str] = []
    for number, one in enumerate(several, 1):
        if not isinstance(one, dict):
            return invalid(f"SIP nummer {number} ska ha plats och enhet")
        found = cell(rule, Given({key: one.get(key) for key in ("plats", "form", "enhet")}, {}))
        if found.value is None:
            return found
        unit = find(table()["unit"], str(one["enhet"])) or ""
        points = found.value["p"]
        sums[unit] = sums.get(unit, 0) + points
        steps.append(f"SIP nummer {number} ger {unit} {points} p.")
        provisions += found.provisions
    if not sums:
        return undetermined("minst en SIP")
    told = listed([f"{unit} {points} p" for unit, points in sums.items()])
    return determined(
        sums, *steps, f"Summan är {told}.", provisions=tuple(dict.fromkeys(provisions))
    )


def principals(rule: Rule, given: Given) -> Result:
    """Whether two principals take part, the municipality being one of them."""
    if not given.texts("deltagare"):
        return undetermined(label("deltagare"))
    found: dict[str, list[str]] = {"municipal": [], "regional": [], "": []}
    for who in given.texts("deltagare"):
        sides = (side for side in ("municipal", "regional") if _speaks_of(who, rule.data[side]))
        found[next(sides, "")].append(who)
    if found["municipal"] and found["regional"]:
        return determined("SIP", "Minst två huvudmän deltar, och kommunen är en av dem.")
    if found[""]:
        return undetermined(f"vilken huvudman {listed(found[''])} hör till")
    missing = "regionen" if found["municipal"] else "kommunen"
    step = f"Det krävs minst två huvudmän, varav kommunen; {missing} deltar inte."
    return determined("inte SIP", step)


def contact_type(rule: Rule, given: Given) -> Result:
    """The contact type, stated for rehab in the patient's own home only."""
    placed = find(table()["place"], str(given.values.get("plats", "")))
    unit = find(table()["unit"], str(given.values.get("enhet", "")))
    entry = table()["cell"].get(placed, {}).get(unit, {}) if placed and unit else {}
    if "kontakttyp" in entry.get("value", {}):
        step = f"Kontakttypen för {unit} i raden {placed} står i tabellen."
        return determined(entry["value"]["kontakttyp"], step, provisions=(entry["provision"],))
    step = "Bara kontakttypen för rehab i ordinärt boende står i bilderna."
    return undetermined("kontakttyp för övriga platser", step)


def _speaks_of(who: str, words: list[str]) -> bool:
    return any(fold(word) in who for word in words)


def _place(given: Given) -> str | Result:
    written = given.values.get("plats")
    if written is None and given.known("form"):
        written = given.values["form"]
    if written is None:
        return undetermined(label("plats"))
    placed = find(table()["place"], str(written))
    if placed is not None:
        return placed
    missing = next(
        (
            entry["missing"]
            for entry in table()["no_row"]
            if any(fold(word) in fold(str(written)) for word in entry["mentions"])
        ),
        "rad för platsen",
    )
    step = sentence("tabellen har rader för " + listed(list(table()["place"])))
    return undetermined(missing, step, provisions=("vgr-telefon-saknas",))
