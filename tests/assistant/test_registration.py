"""Registering a SIP: each choice in Halland and Västra Götaland gives lines with sources."""

import pytest

from assistant.registration import NO_FORM, options, registered
from assistant.rules.points import table
from ingest.errors import InputError
from tests.conftest import DAY

VGR = [(place, unit) for place in options("vgr").places for unit in options("vgr").units]
HALLAND = [(p, f) for p in options("halland").places for f in options("halland").forms]


def lines(edition, region, place, unit=None, form=NO_FORM, done="", fees=""):
    return registered(region, place, unit, form, done, fees, edition, DAY)


def values(found):
    return {line.name: line.value for line in found}


@pytest.mark.parametrize(("place", "unit"), VGR)
def test_each_place_and_unit_gives_its_own_cell_of_the_table(edition, place, unit):
    found = lines(edition, "vgr", place, unit)
    cell = table()["cell"][place][unit]
    assert values(found)["Poäng"].split()[0] == str(cell["value"]["p"])
    assert all(code in values(found)["KVÅ-kod"] for code in cell["value"]["kva_en_av"])
    assert cell["provision"] in {cited.provision for line in found for cited in line.sources}


@pytest.mark.parametrize(("place", "form"), HALLAND)
def test_every_choice_in_halland_gives_lines_with_sources_once_each(edition, place, form):
    found = lines(edition, "halland", place, form=form)
    assert {"Besökstyp", "KVÅ-kod", "Patientens avgift"} <= set(values(found))
    assert all(line.sources for line in found)
    assert len({(line.name, line.value) for line in found}) == len(found)


def test_what_the_routine_does_not_say_is_told_as_not_stated(edition):
    found = lines(edition, "halland", "i hemmet eller på ett boende")
    visit = next(line for line in found if line.name == "Besökstyp")
    assert not visit.stated
    assert visit.value.startswith("Anges inte")
    by_phone = lines(edition, "vgr", None, "rehab", "telefon")
    assert by_phone[0].value == "Anges inte: rad för telefon."


def test_a_digital_meeting_says_the_code_that_is_needed_besides(edition):
    found = lines(edition, "vgr", "synkron digital kontakt", "vårdcentral")
    assert values(found)["Dessutom"] == "ZV051"


def test_another_video_tool_than_the_named_one_is_an_interpretation(edition):
    other = lines(edition, "halland", None, form="annan video, till exempel Teams")
    named = lines(edition, "halland", None, form="video via Skype")
    assert values(other)["Besökstyp"] == values(named)["Besökstyp"]
    assert any("Tolkning" in step for step in other[0].steps)
    assert not any("Tolkning" in step for step in named[0].steps)


def test_something_more_than_sip_costs_and_sip_alone_does_not(edition):
    alone = lines(edition, "vgr", "sjukhus", "rehab")
    more = lines(edition, "vgr", "sjukhus", "rehab", done="provtagning")
    assert values(alone)["Patientens avgift"] == "0 kr"
    assert values(more)["Patientavgift"] == "tas ut"


def test_who_charges_is_told_where_the_fees_are(edition):
    found = lines(edition, "vgr", "sjukhus", "rehab", fees="läkare=300, sjuksköterska=200")
    assert "läkare" in values(found)["Vem som tar ut avgiften"]


@pytest.mark.parametrize(
    ("region", "place", "unit", "fees", "told"),
    [
        ("vgr", None, "rehab", "", "Välj var"),
        ("vgr", "sjukhus", None, "", "Välj vilken enhet"),
        ("vgr", "sjukhus", "rehab", "läkare", "vem=kronor"),
        ("orebro", "sjukhus", None, "", "finns bara för"),
    ],
)
def test_what_is_not_chosen_or_cannot_be_read_is_asked_for(
    edition, region, place, unit, fees, told
):
    with pytest.raises(InputError, match=told):
        lines(edition, region, place, unit, fees=fees)
