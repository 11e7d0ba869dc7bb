"""What a guideline leaves open is told at each provision that it concerns."""

import pytest

from assistant.rules import all_rules
from assistant.web.conflicts import conflicts_of, written


def test_every_conflict_names_provisions_of_one_region(edition):
    for conflict in written():
        provisions = [edition.provisions[key] for key in conflict.provisions]
        assert len(provisions) >= 2, conflict.says
        assert len({p.region for p in provisions}) == 1, conflict.says
        assert not any(p.gap for p in provisions), conflict.says
        assert len(set(conflict.provisions)) == len(conflict.provisions)


def test_every_region_has_something_that_is_open(edition):
    told = {edition.provisions[key].region for c in written() for key in c.provisions}
    assert told == {document.region for document in edition.documents.values()}


def test_a_rule_with_two_readings_is_told_at_its_provision(edition):
    for rule in all_rules().values():
        other = rule.data.get("alternative")
        if rule.data.get("interpretation") and other and "{" not in other:
            assert rule.id not in edition.provisions or conflicts_of(rule.id), rule.id


@pytest.mark.parametrize(
    ("region", "provision", "told", "beside"),
    [
        ("norrbotten", "norrbotten-bet-tre-dagar", "exakt klockan 12.00", "norrbotten-bet-dag-ett"),
        ("norrbotten", "norrbotten-ov-mote-3-21", "3–21 dagar", "norrbotten-ov-plan-3-21"),
        ("orebro", "orebro-kallelse-fyra-veckor-fore", "Fyra veckor", "orebro-utskrivning-fyra-"),
        ("norrbotten", "norrbotten-uppfoljning-arlig", "31 december", ""),
    ],
)
def test_the_guideline_page_shows_it_where_the_provision_stands(
    client, region, provision, told, beside
):
    page = client.get(f"/riktlinje/{region}").text
    article = page.split(f'id="{provision}"')[1].split("</article>")[0]
    box = article.split('class="oklart"', 1)[1]
    assert told in box
    assert f'href="#{beside}' in box or not beside
