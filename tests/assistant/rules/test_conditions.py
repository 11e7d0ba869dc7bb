import pytest

from assistant.rules import Outcome, compute
from assistant.rules.conditions import judge
from assistant.rules.given import Given


@pytest.mark.parametrize(
    ("values", "when", "holds"),
    [
        ({"spar": "RÖTT"}, {"spar": "rött"}, True),
        ({"setting": "öppenvård"}, {"setting": ["oppenvard"]}, True),
        ({"a": True}, {"a": True}, True),
        ({"a": 1}, {"a": True}, False),
        ({}, {"a": True}, None),
        ({"a": None}, {"a": True}, None),
        ({"b": False}, {"a": True, "b": True}, False),
        ({"b": True}, {"a": True, "b": True}, None),
        ({}, {}, True),
        ({}, {"a": {"given": True, "mentions": ["x"]}}, False),
        ({"a": "hej"}, {"a": {"given": True, "mentions": ["x"]}}, False),
        ({}, {"a": {"given": False}}, True),
        ({"a": ["socialtjanst"]}, {"a": {"only": ["socialtjänst"]}}, True),
        ({"a": []}, {"a": {"only": ["socialtjänst"]}}, False),
        ({"a": ["x", "y"]}, {"a": {"has": ["y", "z"]}}, True),
        ({"a": 17}, {"a": {"below": 18}}, True),
        ({"a": 18}, {"a": {"below": 18}}, False),
        ({"a": "assistansbolag"}, {"a": {"lacks": ["kommun"]}}, True),
    ],
)
def test_a_condition_is_true_false_or_not_known(values, when, holds):
    assert judge(Given(values, {}), when).holds is holds


@pytest.mark.parametrize(
    ("group", "orebro", "varmland"),
    [
        ("demenssjukdom", True, True),
        ("psykisk sjukdom och missbruk", True, True),
        ("missbruk", False, False),
        ("barn med omfattande psykosociala behov", True, True),
        ("barn", False, False),
        ("våld i nära relation", False, True),
        ("sköra äldre", True, False),
    ],
)
def test_the_groups_presumed_to_need_a_plan_differ_between_regions(group, orebro, varmland):
    for region, named in (("orebro", orebro), ("varmland", varmland)):
        found = compute(f"{region}-presumtion", {"grupp": group}).value
        assert (found == "behov av plan antas") is named


def test_a_case_that_cannot_be_judged_stops_the_search():
    found = compute("norrbotten-avsluta", {"mal_uppfyllda": True})
    assert found.status is Outcome.UNDETERMINED
    assert found.missing == "om insatserna behöver samordnas"


@pytest.mark.parametrize(
    ("inputs", "answer"),
    [
        ({"samtycke": False}, "avslutas; samordningsansvarig anger orsak"),
        (
            {"mal_uppfyllda": True, "samordningsbehov": False},
            "avslutas; samordningsansvarig anger orsak",
        ),
        ({"mal_uppfyllda": False, "samordningsbehov": False, "samtycke": True}, "avslutas inte"),
        ({"mal_uppfyllda": True, "samordningsbehov": True}, "avslutas inte"),
    ],
)
def test_a_plan_is_closed_when_both_hold_or_consent_is_withdrawn(inputs, answer):
    assert compute("norrbotten-avsluta", inputs).value == answer
