import doctest
import subprocess
import sys
from statistics import median
from time import perf_counter

import pytest

from assistant.rules import Outcome, compute, wording
from tests.assistant.rules.test_vectors import VECTORS

NOTICE = "norrbotten-inskr-24h"
CALL = "norrbotten-kallelse-tre-dagar"


def test_the_steps_explain_a_deadline_in_swedish():
    found = compute(NOTICE, {"lakarbedomning": "2026-10-24T14:00", "pagaende_insatser": True})
    assert found.steps == (
        "Ingen uppgift finns om insatser behövs efter utskrivningen; "
        "svaret förutsätter inget hinder.",
        "Fristen räknas från lördag 24 oktober 2026 klockan 14.00.",
        "24 timmar har förflutit söndag 25 oktober 2026 klockan 13.00.",
    )
    assert found.alternative == "Samma klockslag nästa dag: söndag 25 oktober 2026 klockan 14.00."
    assert found.provisions == (NOTICE,)


def test_the_inputs_are_echoed_in_swedish_time():
    found = compute(NOTICE, {"event": "lakarbedomning", "at": "2026-11-23T11:30Z"})
    assert found.inputs == {"event": "lakarbedomning", "lakarbedomning": "2026-11-23T12:30+01:00"}


@pytest.mark.parametrize(
    ("inputs", "status", "said"),
    [
        ({"region": None}, Outcome.UNDETERMINED, "region"),
        ({"region": "orebro"}, Outcome.NOT_APPLICABLE, "regeln gäller Norrbotten, inte Örebro län"),
        ({"region": "skåne"}, Outcome.INVALID_INPUT, "okänd region: skåne"),
        ({"region": ["orebro"]}, Outcome.INVALID_INPUT, "okänd region: ['orebro']"),
        (
            {"lakarbedomning": "2026-02-31T10:00"},
            Outcome.INVALID_INPUT,
            "tidpunkten 2026-02-31T10:00 finns inte",
        ),
        (
            {"lakarbedomning": 20261123},
            Outcome.INVALID_INPUT,
            "uppgiften tidpunkt för läkarens bedömning ska vara ett datum eller en tidpunkt, "
            "till exempel 2026-03-13T13:10",
        ),
        (
            {"lakarbedomning": "2026-03-29T02:30"},
            Outcome.INVALID_INPUT,
            "icke-existerande lokal tid",
        ),
        ({"lakarbedomning": "2026-11-23"}, Outcome.UNDETERMINED, "klockslag"),
        ({}, Outcome.UNDETERMINED, "tidpunkt för läkarens bedömning"),
        (
            {"inskrivning": "2026-11-23T10:00", "utskriven": "2026-11-22"},
            Outcome.INVALID_INPUT,
            "utskriven före inskrivningen",
        ),
        (
            {"inskrivning": "2026-11-23T10:00", "lakarbedomning": "2026-11-23T09:59"},
            Outcome.INVALID_INPUT,
            "läkarens bedömning före inskrivningen",
        ),
    ],
)
def test_what_cannot_be_computed_is_said_for_what_it_is(inputs, status, said):
    found = compute(NOTICE, inputs)
    assert found.status is status
    assert said in (found.missing, found.reason)
    assert found.value is None


def test_an_unknown_rule_is_an_invalid_input():
    found = compute("skane-betalningsansvar", {})
    assert (found.status, found.reason) == (
        Outcome.INVALID_INPUT,
        "okänd regel: skane-betalningsansvar",
    )


@pytest.mark.parametrize(
    ("rule", "value"),
    [(CALL, "2026-10-28"), ("norrbotten-inskr-kvittera-1200", "2026-10-25T12:00+01:00")],
)
def test_an_hour_that_comes_twice_does_not_matter_where_both_give_the_same(rule, value):
    sent = {
        "utskrivningsklar_skickat": "2026-10-25T02:30",
        "meddelande_skickat": "2026-10-25T02:30",
    }
    assert compute(rule, sent).value == value


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("2026-11-23T09:00", "i tid"),
        ("2026-11-26T23:59:59", "i tid"),
        ("2026-11-26", "i tid"),
        ("2026-11-27T00:00", "för sent"),
    ],
)
def test_the_last_day_counts_to_its_end(sent, answer):
    inputs = {"utskrivningsklar_skickat": "2026-11-23T10:00", "kallelse_skickad": sent}
    found = compute(CALL, inputs)
    assert found.value == answer
    assert found.details["senast"] == "2026-11-26"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("2026-11-24T09:15", "i tid"),
        ("2026-11-24T09:15:01", "för sent"),
        ("2026-11-23", "i tid"),
        ("2026-11-25", "för sent"),
    ],
)
def test_hours_count_to_the_second(sent, answer):
    inputs = {"lakarbedomning": "2026-11-23T09:15", "inskrivningsmeddelande_skickat": sent}
    assert compute(NOTICE, inputs).value == answer


def test_a_day_alone_does_not_tell_whether_a_moment_was_kept():
    inputs = {"lakarbedomning": "2026-11-23T09:15", "inskrivningsmeddelande_skickat": "2026-11-24"}
    found = compute(NOTICE, inputs)
    assert (found.status, found.missing) == (Outcome.UNDETERMINED, "klockslag")


@pytest.mark.parametrize(
    ("inputs", "missing"),
    [
        ({"samtycke_sip": None}, "samtycke till SIP"),
        ({"samordningsbehov": None}, "om insatserna behöver samordnas"),
        ({"behov": None}, "vilka insatser personen behöver"),
    ],
)
def test_a_condition_that_nobody_could_answer_is_asked_for(inputs, missing):
    found = compute(CALL, {"utskrivningsklar_skickat": "2026-11-23T10:00", **inputs})
    assert (found.status, found.missing) == (Outcome.UNDETERMINED, missing)


@pytest.mark.parametrize(
    ("sent", "other"),
    [
        ("2026-11-27T09:00", "Räknat i arbetsdagar: onsdag 2 december 2026."),
        (
            "2026-12-23T10:00",
            "Räknat i arbetsdagar: tisdag 29 december 2026, eller onsdag 30 december 2026 "
            "om midsommarafton, julafton och nyårsafton inte är arbetsdagar.",
        ),
        ("2026-11-23T10:00", None),
    ],
)
def test_the_other_reading_in_working_days_is_told_where_its_date_differs(sent, other):
    assert compute(CALL, {"utskrivningsklar_skickat": sent}).alternative == other


def test_an_eve_in_the_count_is_told_with_the_other_date():
    inputs = {"behov_kant": "2026-06-17T09:00", "setting": "oppenvard"}
    found = compute("norrbotten-ov-kallelse-tre-arbetsdagar", inputs)
    assert found.value == "2026-06-22"
    assert "tisdag 23 juni 2026" in found.alternative


def test_a_certain_obstacle_decides_though_another_is_unknown():
    inputs = {"samtycke_sip": None, "behov": ["socialtjanst"]}
    found = compute(CALL, {"utskrivningsklar_skickat": "2026-11-23T10:00", **inputs})
    assert found.reason == "endast socialtjänst"


def test_a_computation_takes_at_most_a_millisecond_when_warm():
    for vector in VECTORS:
        compute(vector["rule"], vector["inputs"])
    times = []
    for vector in VECTORS:
        began = perf_counter()
        compute(vector["rule"], vector["inputs"])
        times.append(perf_counter() - began)
    assert median(times) < 0.001


def test_importing_the_rules_loads_nothing_heavy():
    script = "import sys, assistant.rules.batch; assistant.rules.all_rules(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    heavy = {"torch", "chromadb", "langchain", "langchain_core", "gradio", "numpy", "pydantic"}
    assert "holidays" in loaded
    assert not loaded & heavy


def test_the_examples_in_the_wording_hold():
    tried = doctest.testmod(wording)
    assert tried.attempted
    assert not tried.failed
