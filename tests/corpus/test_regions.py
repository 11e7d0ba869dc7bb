"""Sweden's regions and municipalities."""

import tomllib

import pytest

import corpus
from assistant import regions

TABLE = tomllib.loads((corpus.FOLDER / "regions.toml").read_text("utf-8"))["region"]
MUNICIPALITIES = {
    "stockholm": 26,
    "uppsala": 8,
    "jonkoping": 13,
    "kronoberg": 8,
    "gotland": 1,
    "blekinge": 5,
    "skane": 33,
    "halland": 6,
    "vgr": 49,
    "varmland": 16,
    "orebro": 12,
    "dalarna": 15,
    "norrbotten": 14,
}


def test_there_are_twenty_one_regions_and_290_municipalities_each_in_one_region():
    names = [name for region in TABLE for name in region["municipalities"]]
    assert (len(TABLE), len(names), len(set(names))) == (21, 290, 290)


@pytest.mark.parametrize(("region", "count"), MUNICIPALITIES.items())
def test_a_region_has_as_many_municipalities_as_it_should(region, count):
    assert len(next(r for r in TABLE if r["id"] == region)["municipalities"]) == count


def test_five_regions_have_a_guideline(edition):
    assert {r.id for r in regions.with_guideline()} == {
        d.region for d in edition.documents.values()
    }
