import pytest

from assistant.rules import Outcome, compute

TABLE = "vgr-reg-tabell"


def test_the_points_of_several_sips_are_added_up_for_each_unit():
    sips = [
        {"plats": "ordinärt boende", "enhet": "vårdcentral"},
        {"plats": "hemmet", "enhet": "rehab"},
        {"plats": "sjukhus", "enhet": "vårdcentral"},
        {"plats": "digitalt", "enhet": "rehab"},
    ]
    found = compute(TABLE, {"sip": sips})
    assert found.value == {"vårdcentral": 5 + 1, "rehab": 4 + 2}
    assert found.steps[-1] == "Summan är vårdcentral 6 p och rehab 6 p."
    assert "vgr-reg-sjukhus-vc" in found.provisions


def test_a_sum_with_a_place_that_is_not_in_the_table_is_no_sum():
    found = compute(
        TABLE,
        {"sip": [{"plats": "sjukhus", "enhet": "rehab"}, {"plats": "telefon", "enhet": "rehab"}]},
    )
    assert (found.status, found.missing) == (Outcome.UNDETERMINED, "rad för telefon")


@pytest.mark.parametrize(
    ("place", "codes", "answer"),
    [
        ("sjukhus", ["AU125"], "giltig"),
        ("sjukhus", ["AW010"], "ogiltig kod; AU125 krävs"),
        ("vårdcentral", ["AU124"], "giltig"),
        ("vårdcentral", ["XU042"], "ogiltig kod; AU124, AU125 eller AW010 krävs"),
        ("digitalt", ["ZV051", "AU124"], "giltig"),
        ("digitalt", ["zv051", "au125"], "giltig"),
        ("digitalt", ["AU125"], "ofullständigt; ZV051 saknas"),
        ("digitalt", ["ZV051"], "ofullständigt; komplettera med AU124, AU125 eller AW010"),
    ],
)
def test_a_code_is_valid_for_its_place(place, codes, answer):
    assert compute("vgr-kva-standardkoder", {"plats": place, "koder": codes}).value == answer


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (["vårdcentral", "kommunens rehab"], "SIP"),
        (["kommunens rehab", "hemtjänst"], "inte SIP"),
        (["vårdcentral", "sjukhus", "rehab"], "inte SIP"),
        (["kommun", "försäkringskassan"], None),
        ([], None),
    ],
)
def test_a_sip_has_two_principals_and_the_municipality_is_one(who, answer):
    assert compute("vgr-minst-tva-huvudman", {"deltagare": who}).value == answer


@pytest.mark.parametrize(
    ("fees", "who"),
    [
        ({"läkare vårdcentral": 300, "fysioterapeut rehab": 200}, "läkare vårdcentral"),
        ({"läkare vårdcentral": 100, "fysioterapeut rehab": 200}, "fysioterapeut rehab"),
        ({"läkare vårdcentral": 200, "fysioterapeut rehab": 200}, "vårdcentralen"),
        (
            {"läkare vårdcentral": 100, "arbetsterapeut rehab": 200, "fysioterapeut rehab": 200},
            None,
        ),
    ],
)
def test_the_highest_fee_charges_and_the_health_centre_on_a_tie(fees, who):
    assert compute("vgr-avgift-lika", {"atgarder_av": fees}).value == who
