import re

import pytest

from assistant.rules import all_rules
from assistant.rules.table import COMMAND, gives, rules_table
from assistant.rules.wording import REGIONS
from tests.conftest import ROOT

FILE = ROOT / "docs" / "rules.md"


@pytest.fixture(scope="module")
def table(edition):
    return rules_table(edition)


def test_the_file_is_what_the_command_writes(table):
    assert FILE.read_text("utf-8") == table, f"docs/rules.md is stale: {COMMAND} > docs/rules.md"


def test_the_head_says_how_the_table_is_made(table):
    assert f"`{COMMAND}`" in table.split("## ")[0]


def test_every_rule_has_one_row_with_its_question_and_lines(table, edition):
    rows = {m[1]: m[0] for m in re.finditer(r"^\| .*?<br>`([a-z0-9-]+)` \|.*$", table, re.M)}
    assert set(rows) == set(all_rules())
    assert table.count("<br>`") == len(rows)
    for name, row in rows.items():
        assert all_rules()[name].question in row
        for key in all_rules()[name].provisions:
            locator = edition.provisions[key].locator
            assert f"{locator.lines.first}" in row
            assert locator.headings[-1] in row


def test_every_row_has_four_cells(table):
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_a_rule_stands_under_its_own_region(table):
    names = {name: key for key, name in REGIONS.items()}
    for part in table.split("\n## ")[1:]:
        region = names[part.split("\n", 1)[0]]
        found = re.findall(r"<br>`([a-z]+)-", part)
        assert found
        assert set(found) == {region}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("norrbotten-inskr-24h", "24 timmar, räknat från tidpunkt för läkarens bedömning"),
        ("norrbotten-ov-kallelse-tre-arbetsdagar", "3 arbetsdagar, räknat från datum då"),
        ("orebro-kallelse-fyra-veckor-fore", "4 veckor före mötesdatum"),
        ("norrbotten-ov-plan-3-21", "dag 3 till dag 21, räknat från"),
        ("norrbotten-uppfoljning-arlig", "1 år, räknat från"),
        ("norrbotten-klar-kvittera-1200", "nästa klockan 12.00"),
        ("norrbotten-norrbus-alder", "gränsen är 21 år"),
        ("orebro-kvittera", "inget tal: utan dröjsmål"),
        ("halland-frist-saknas", "anges inte"),
        ("halland-avgiftstyp", "P0"),
        ("norrbotten-opt-inga-insatser", "samråd nej, vårdplan ja"),
        ("vgr-reg-sjukhus-rehab", "sjukhus, rehab: 3 p, AU125"),
    ],
)
def test_what_a_rule_gives_is_told_in_words(rule, said):
    assert said in gives(all_rules()[rule])


def test_one_region_and_topic_can_be_shown_alone(edition):
    table = rules_table(edition, "halland", "avgift")
    assert set(re.findall(r"<br>`([a-z0-9-]+)`", table)) == {"halland-avgift"}
    assert "## Norrbotten" not in table
