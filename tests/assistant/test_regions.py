"""Which region a text speaks of."""

import pytest

from assistant import regions
from assistant.regions import home_municipality


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Vem kallar i Norrbotten?", "norrbotten"),
        ("vad gäller i kalix", "norrbotten"),
        ("vad galler i overtornea", "norrbotten"),
        ("hallandsrutinen säger?", "halland"),
        ("vår VGR-patient", "vgr"),
        ("vgr:s bilder", "vgr"),
        ("Västra Götalandsregionen", "vgr"),
        ("i Örbro", "orebro"),
        ("Hemtjänsten i Hallsberg", "orebro"),
        ("på Sahlgrenska", "vgr"),
        ("Karlstads kommun", "varmland"),
        ("Bor i Vara kommun", "vgr"),
        ("Håbo", "uppsala"),
        ("Habo", "jonkoping"),
        ("Region Skåne", "skane"),
    ],
)
def test_a_region_is_known_by_its_names(text, region):
    assert [m.region.id for m in regions.mentions(text)] == [region]


@pytest.mark.parametrize(
    "text",
    [
        "Vad ska vara med i planen?",
        "Vem ska vara kommunens kontaktperson?",
        "VAD SKA VARA MED I SIP",
        "kan du ange kommun",
        "Hej, Are you there",
        "markera i listan",
        "vilken roll har läkaren",
    ],
)
def test_ordinary_words_are_not_taken_for_municipalities(text):
    assert regions.mentions(text) == []


def test_names_are_taken_out_of_a_question():
    assert "Norrbotten" not in regions.without_names("Vem kallar till SIP i Norrbotten?")


def test_several_regions_are_found_in_order():
    found = regions.mentions("Skiljer sig Halland från Värmland och Boden?")
    assert [m.region.id for m in found] == ["halland", "varmland", "norrbotten"]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Pat är folkbokförd i Piteå men bor i Luleå", "Piteå"),
        ("skriven i Kalix, inlagd i Sunderbyn", "Kalix"),
        ("hon är registered in Boden", "Boden"),
        ("Bor i Luleå. Vem betalar?", None),
        ("Det är skrivet i planen", None),
    ],
)
def test_the_municipality_that_somebody_is_registered_in_is_found(text, home):
    assert home_municipality(text) == home


@pytest.mark.parametrize(
    ("text", "region"),
    [("vc i Örbero län", "orebro"), ("Hur är det i Norrbtoten?", "norrbotten")],
)
def test_two_letters_that_changed_places_are_read(text, region):
    assert [m.region.id for m in regions.mentions(text)] == [region]
