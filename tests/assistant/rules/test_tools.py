import json
import subprocess
import sys

import pytest

from assistant.rules import all_rules, compute, tools
from assistant.rules.given import declared, label
from assistant.rules.tools import arguments, asked, group_of, groups, rule_tools
from ingest.errors import CorpusError
from tests.assistant.rules.test_vectors import VECTORS

TOOLS = {tool.name: tool for tool in rule_tools()}


def call(name, **given):
    message = {"name": name, "args": given, "id": "1", "type": "tool_call"}
    return TOOLS[name].invoke(message)


def canonical(inputs):
    """The inputs by the names that a tool has for them."""
    aliases = declared().aliases
    values = {aliases.get(name, name): value for name, value in inputs.items()}
    if "event" in values and "at" in values:
        event = values.pop("event")
        values[aliases.get(event, event)] = values.pop("at")
    return values


def test_every_rule_is_reached_by_exactly_one_tool():
    reached = [rule.id for group in groups().values() for rule in group.rules]
    assert sorted(reached) == sorted(all_rules())
    assert len(reached) == len(set(reached)) == 202
    offered = [
        rule_id
        for tool in TOOLS.values()
        for rule_id in tool.args_schema.model_json_schema()["properties"]["regel"]["enum"]
    ]
    assert offered == reached


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('topics = ["lagstod"]', "topics = []", "orebro-lagstod-sip"),
        ('topics = ["lagstod"]', 'topics = ["lagstod", "plan"]', "Ämnet plan"),
        ('"halland-sip-behov",', '"halland-sip-behov", "halland-rott-spar",', "halland-rott-spar"),
        ('"halland-sip-behov",', '"halland-sip-behof",', "halland-sip-behof"),
    ],
)
def test_a_rule_without_a_tool_or_with_two_is_an_error(monkeypatch, tmp_path, before, after, said):
    table = tmp_path / "tools.toml"
    table.write_text(tools.TABLE.read_text("utf-8").replace(before, after), "utf-8")
    monkeypatch.setattr(tools, "TABLE", table)
    with pytest.raises(CorpusError, match=said):
        groups.__wrapped__()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']}-{v['rule']}")
def test_a_vector_through_its_tool_gives_the_same_computation(vector):
    group = group_of(vector["rule"])
    fields = TOOLS[group.name].args_schema.model_fields
    # What a vector says beside what any of the tool's rules reads is for its reader.
    inputs = {k: v for k, v in canonical(vector["inputs"]).items() if k in fields}
    reply = call(group.name, regel=vector["rule"], **inputs)
    expected = compute(vector["rule"], vector["inputs"])
    got = reply.artifact
    for part in ("status", "value", "missing", "reason", "answer", "details", "steps"):
        assert getattr(got, part) == getattr(expected, part)
    content = json.loads(reply.content)
    assert (content["rule"], content["status"]) == (vector["rule"], expected.status.value)
    assert content.get("value") == json.loads(json.dumps(expected.value))


@pytest.mark.parametrize("group", groups().values(), ids=lambda g: g.name)
def test_a_tool_asks_for_every_input_of_its_rules_in_swedish(group):
    fields = arguments(group).model_fields
    read = {name for rule in group.rules for name in asked(rule)}
    assert {name for rule in group.rules for name in rule.inputs} <= read
    assert read | {"regel", "per_datum", "region", *group.extra} == set(fields)
    for name in read:
        assert str(fields[name].description).startswith(label(name))
    assert all(rule.question in str(fields["regel"].description) for rule in group.rules)


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda t: t.name)
def test_a_tool_can_be_described_to_a_model(tool):
    assert tool.name.isascii()
    assert tool.description.endswith(".")
    schema = tool.tool_call_schema.model_json_schema()
    assert schema["required"] == ["regel"]
    json.dumps(schema)


def test_an_input_left_out_differs_from_one_that_is_not_known():
    inputs = {"regel": "orebro-samtycke-krav"}
    assert "samtycke_sip" not in call("samtycke", **inputs).artifact.inputs
    assert call("samtycke", **inputs, samtycke_sip=None).artifact.inputs == {"samtycke_sip": None}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"regel": "orebro-kvittera-fel"}, "okänd regel: orebro-kvittera-fel"),
        ({}, "regel saknas"),
        ({"regel": "orebro-kvittera", "vikt": 3}, "okänd uppgift: vikt"),
        ({"regel": "orebro-kvittera", "mote": 13}, "mötesdatum ska vara ett datum"),
        ({"regel": "orebro-kvittera", "samtycke_sip": "ja"}, "ska vara ja eller nej"),
        ({"regel": "orebro-kvittera", "behov": [["a"]]}, "ska vara en lista"),
        ({"regel": "orebro-kvittera", "per_datum": "i går"}, "per_datum ska vara ett datum"),
        ({"regel": "halland-avgiftstyp"}, "okänd regel"),
    ],
)
def test_what_a_tool_cannot_read_is_an_invalid_computation_in_swedish(given, said):
    reply = call("frist", **given)
    content = json.loads(reply.content)
    assert reply.status == "error"
    assert content["status"] == "invalid_input"
    assert said in content["reason"]


def test_events_that_cannot_be_in_that_order_are_an_invalid_computation():
    given = {"utskriven": "2026-03-13", "utskrivningsklar_skickat": "2026-03-15"}
    reply = call("frist", regel="norrbotten-ut-21-dagar", **given)
    assert reply.artifact.reason == "utskriven före utskrivningsklar"
    assert reply.artifact.status == "invalid_input"


def test_a_rule_of_another_region_does_not_apply():
    reply = call("frist", regel="norrbotten-ut-21-dagar", region="orebro", utskriven="2026-03-13")
    assert reply.artifact.status == "not_applicable"


def test_the_wording_of_the_day_is_the_one_applied(monkeypatch):
    seen = []

    def noted(rule_id, inputs, as_of=None):
        seen.append(as_of)
        return compute(rule_id, inputs, as_of)

    monkeypatch.setattr("assistant.rules.tools.compute", noted)
    call("frist", regel="orebro-kvittera", per_datum="2027-01-01")
    assert [day.isoformat() for day in seen] == ["2027-01-01"]


def test_the_rules_and_their_groups_are_read_without_langchain():
    script = (
        "import sys, assistant.rules, assistant.rules.tools as tools\n"
        "tools.groups()\nprint(any('langchain' in name for name in sys.modules))\n"
        "tools.rule_tools()\nprint('langchain_core' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_importing_the_rules_imports_no_pydantic_and_no_langchain():
    script = "import sys, assistant.rules\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"pydantic", "langchain_core", "torch", "chromadb"} & set(done.stdout.split())
