import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.rules import all_rules
from assistant.rules.engine import FAMILIES
from assistant.rules.given import declared
from assistant.rules.points import table
from assistant.rules.registry import in_force
from assistant.rules.wording import REGIONS

RULES = list(all_rules().values())
NUMBERS = {1: "en", 3: "tre", 4: "fyra", 21: "21", 24: "24", 12: "12", 20: "20", 18: "18"}
ENDS = {"value", "answer", "reason", "missing"}


def cited(value):
    """Every provision named anywhere in a rule's entry."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("provisions", "provision"):
                yield from [part] if isinstance(part, str) else part
            else:
                yield from cited(part)
    elif isinstance(value, list):
        for part in value:
            yield from cited(part)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_provision_of_a_rule_stands_in_the_edition(rule, edition):
    known = set(edition.provisions)
    named = {*rule.provisions, *cited(dict(rule.data))}
    assert named
    assert named <= known
    assert {name.split("-")[0] for name in named} == {rule.region}


def test_every_cell_of_the_table_cites_a_provision_of_its_own(edition):
    known = set(edition.provisions)
    cells = [cell for row in table()["cell"].values() for cell in row.values()]
    assert len(cells) == 10
    assert len({cell["provision"] for cell in cells} & known) == 10


@pytest.mark.parametrize(
    ("day", "amount"),
    [(None, 21), ("2026-12-31", 21), ("2027-01-01", 14), ("2028-06-30", 14), ("2028-07-01", 10)],
)
def test_a_wording_applies_from_its_day(day, amount):
    rule = all_rules()["norrbotten-ut-21-dagar"]
    versions = [
        {"from": date(2028, 7, 1), "amount": 10},
        {"from": date(2027, 1, 1), "amount": 14},
    ]
    rule = replace(rule, data={**rule.data, "versions": versions})
    then = in_force(rule, day and date.fromisoformat(day))
    assert (then.data["amount"], then.data["unit"]) == (amount, "dagar")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_says_what_it_answers_and_asks_only_for_declared_inputs(rule):
    assert rule.region in REGIONS
    assert rule.family in FAMILIES
    assert rule.question.endswith("?")
    assert set(rule.inputs) <= set(declared().kinds)


@pytest.mark.parametrize("rule", [r for r in RULES if r.family == "cases"], ids=lambda r: r.id)
def test_every_case_gives_one_answer_and_its_reason(rule):
    for case in rule.data["cases"]:
        assert len(ENDS & set(case)) == 1, case
        assert case["why"]
        assert set(case.get("when", {})) <= set(rule.inputs), case


@pytest.mark.parametrize("rule", [r for r in RULES if "unless" in r.data], ids=lambda r: r.id)
def test_every_obstacle_has_a_reason_and_asks_for_known_inputs(rule):
    for entry in rule.data["unless"]:
        assert entry["reason"]
        assert entry["why"]
        assert set(entry["when"]) <= set(declared().kinds)


NUMBERED = [
    (rule.id, key, rule.data[key])
    for rule in RULES
    for key in ("amount", "earliest", "latest", "before_noon", "after_noon", "call_days")
    if key in rule.data and rule.data[key] and rule.data.get("unit") not in ("klockan_12",)
]


@pytest.mark.parametrize(("name", "key", "number"), NUMBERED, ids=str)
def test_every_number_of_a_rule_stands_in_a_provision_it_rests_on(name, key, number, edition):
    rule = all_rules()[name]
    sources = {*rule.provisions, *cited(dict(rule.data))}
    if rule.family == "liability":
        sources |= {"norrbotten-bet-tre-dagar", "norrbotten-bet-fyra-dagar"}
    text = " ".join(edition.provisions[source].text for source in sources).lower()
    words = {str(abs(number)), NUMBERS.get(abs(number), "-")}
    if rule.data["topic"] == "frister" and rule.data["unit"] == "månader":
        words.add("kvartal")
    if number == -1:
        words.add("dagen innan")
    assert any(re.search(rf"\b{re.escape(word)}", text) for word in words), text


@pytest.mark.parametrize("place", table()["cell"])
@pytest.mark.parametrize("unit", ["vårdcentral", "rehab"])
def test_the_points_and_codes_of_a_cell_stand_in_its_provision(place, unit, edition):
    cell = table()["cell"][place][unit]
    text = edition.provisions[cell["provision"]].text
    assert re.search(rf"\b{cell['value']['p']} (p|poäng)\b", text), text
    for code in [*cell["value"]["kva_en_av"], *cell["value"].get("dessutom", "").split()]:
        assert code in text
    listed = set(re.findall(r"\b(?:AU|AW|ZV)\d+", text))
    assert listed == {*cell["value"]["kva_en_av"], *cell["value"].get("dessutom", "").split()}
