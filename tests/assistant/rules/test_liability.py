import pytest

from assistant.rules import Outcome, compute

RULE = "norrbotten-bet-oversikt"
MET = {
    "utskrivningsklar_skickat": "2026-11-23T10:00",
    "kallelse_skickad": "2026-11-25",
    "folkbokford_i_kommunen": True,
    "inskrivningsmeddelande_till_kommun": True,
    "samtycke_information": True,
    "samtycke_sip": True,
    "samordningsbehov": True,
    "behov": ["kommunal_hsv", "regionfinansierad_oppenvard"],
    "region_resurser_tillgangliga": True,
    "utskriven": None,
}
NONE = "inget betalningsansvar"


def liable(**changes):
    return compute(RULE, {**MET, **changes})


@pytest.mark.parametrize(
    ("sent", "start"),
    [
        ("2026-11-23T00:00", "2026-11-26"),
        ("2026-11-23T12:00:00", "2026-11-26"),
        ("2026-11-23T12:00:00.5", "2026-11-27"),
        ("2026-11-23T23:59:59", "2026-11-27"),
    ],
)
def test_noon_decides_between_three_days_and_four(sent, start):
    assert liable(utskrivningsklar_skickat=sent).value == start


@pytest.mark.parametrize(
    ("left", "value"),
    [
        ("2026-11-23T18:00", NONE),
        ("2026-11-25", NONE),
        ("2026-11-25T23:59", NONE),
        ("2026-11-26T08:00", "2026-11-26"),
        ("2026-12-01", "2026-11-26"),
    ],
)
def test_whoever_leaves_before_the_first_day_costs_the_municipality_nothing(left, value):
    assert liable(utskriven=left).value == value


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"samtycke_information": False}, NONE),
        ({"inskrivningsmeddelande_till_kommun": False}, NONE),
        ({"region_resurser_tillgangliga": False}, NONE),
        ({"utskrivningsklar_skickat": None}, NONE),
        ({"utskrivningsklar_mottagare": ["hälsocentral", "närpsykiatri"]}, NONE),
        ({"utskrivningsklar_mottagare": ["hälsocentral", "kommunens hemsjukvård"]}, "2026-11-26"),
        ({"bedomd_av": "undersköterska"}, NONE),
        ({"bedomd_av": "behandlande läkare"}, "2026-11-26"),
        ({"kallelse_skickad": None}, NONE),
        ({"kallelse_skickad": "2026-11-26"}, "2026-11-26"),
        ({"kallelse_skickad": "2026-11-27"}, NONE),
    ],
)
def test_a_condition_that_fails_ends_the_liability(changes, value):
    found = liable(**changes)
    assert (found.status, found.value) == (Outcome.DETERMINED, value)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"folkbokford_i_kommunen": None}, "om patienten är folkbokförd i kommunen"),
        ({"samtycke_information": None}, "samtycke till informationsöverföring"),
        ({"behov": None}, "vilka insatser personen behöver"),
        ({"utskrivningsklar_skickat": "2026-11-23"}, "klockslag"),
        ({"samtycke_sip": False, "kallelse_skickad": None}, "regel i texten"),
        ({"forsamrad": "2026-11-24"}, "regel i texten"),
    ],
)
def test_what_is_not_known_or_not_regulated_gives_no_date(changes, missing):
    found = liable(**changes)
    assert (found.status, found.missing, found.value) == (Outcome.UNDETERMINED, missing, None)


def test_without_a_clock_time_both_dates_are_told():
    found = liable(utskrivningsklar_skickat="2026-11-23")
    assert found.details["candidates"] == ["2026-11-26", "2026-11-27"]


def test_an_event_never_spoken_of_is_asked_for_instead_of_held_against_anybody():
    inputs = {k: v for k, v in MET.items() if k not in ("kallelse_skickad",)}
    found = compute(RULE, inputs)
    assert (found.status, found.missing) == (Outcome.UNDETERMINED, "datum då kallelsen skickades")


def test_social_services_only_need_no_call_but_the_noon_counts():
    alone = {"behov": ["socialtjanst"], "kallelse_skickad": None, "samordningsbehov": False}
    assert liable(**alone).value == "2026-11-26"
    later = liable(**alone, utskrivningsklar_skickat="2026-11-23T13:00")
    assert later.value == "2026-11-27"
    assert "torsdag 26 november 2026" in later.alternative


def test_the_answer_cites_the_rule_that_was_counted_by():
    assert "norrbotten-bet-tre-dagar" in liable().provisions
    late = liable(utskrivningsklar_skickat="2026-11-23T13:10")
    assert "norrbotten-bet-fyra-dagar" in late.provisions
    assert (
        late.steps[0]
        == "Måndag 23 november 2026 klockan 13.10 är efter klockan 12.00, så 4 dagar gäller."
    )
