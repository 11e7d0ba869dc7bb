"""Two forms that are one question are found, with both lines; those that are two are left."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from ingest.document import Corpus
from ingest.forms import (
    OTHER_PROVISION,
    SAME_PROVISION,
    Form,
    _likeness,
    _read,
    likeness,
    near_duplicates,
    placed_forms,
    told,
)

FEE, PAYMENT = "halland-avgift", "halland-betalsatt"


def pairs(edition: Corpus, *forms: tuple[str, str]) -> list[tuple[int, int]]:
    """The lines of the pairs that are found among the forms, which stand a line each."""
    placed = [Form(key, text, Path("x.tsv"), n) for n, (key, text) in enumerate(forms, 1)]
    return [(pair.first.line, pair.second.line) for pair in near_duplicates(edition, placed)]


def test_the_edition_holds_no_question_twice(edition):
    assert [told(pair) for pair in near_duplicates(edition, [*placed_forms(edition)])] == []


def test_every_form_is_placed_on_the_line_where_it_stands(edition):
    placed = list(placed_forms(edition))
    assert [(form.provision, form.text) for form in placed] == list(edition.forms)
    for form in placed[:: len(placed) // 7]:
        line = form.path.read_text("utf-8").splitlines()[form.line - 1]
        assert line == f"{form.provision}\t{form.text}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("När ska SIP göras i öppenvården i Örebro?", "sip oppenvard orebro nar ska den goras"),
        ("Vem utser fast vårdkontakt vid utskrivning?", "fvk vid utskr vem utser"),
        ("Vilka KVÅ-koder räknas som SIP?", "VILKA KVA-KODER RAKNAS SOM SIP"),
        ("Är det bara den som kallat som förbereder sig?", "Förbereder sig bara den som kallar?"),
    ],
)  # fmt: skip
def test_case_dots_order_endings_and_abbreviations_do_not_tell_two_forms_apart(edition, one, other):
    assert likeness(one, other) >= SAME_PROVISION
    assert pairs(edition, (FEE, one), (FEE, other)) == [(1, 2)]
    assert pairs(edition, (FEE, one), (PAYMENT, other)) == [(1, 2)]


def test_a_slip_in_a_long_question_does_not_make_it_another(edition):
    long = (
        "Vad gäller för avgiften om patienten inte kan komma till vårdcentralen och mötet därför "
        "måste hållas hemma hos patientens dotter en kväll?"
    )
    slipped = long.replace("vårdcentralen", "vårcentralen")
    assert pairs(edition, (FEE, long), (FEE, slipped)) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vem kallar till SIP i skolan?", "Vem kallar till SIP i förskolan?"),
        ("När kvitteras inskrivningsmeddelandet?", "När kvitteras utskrivningsmeddelandet?"),
    ],
)  # fmt: skip
def test_one_telling_word_makes_two_questions_of_two_provisions(edition, one, other):
    assert pairs(edition, (FEE, one), (PAYMENT, other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vad kostar besök nummer 1 på vårdcentral?", "Vad kostar besök nummer 2 på vårdcentral?"),
        (
            "Vem skickar kallelsen till samordnad vårdplanering vid öppen tvångsvård?",
            "När skickas kallelsen till samordnad vårdplanering vid öppen tvångsvård?",
        ),
    ],
)
def test_another_number_or_question_word_makes_two_questions_of_two_provisions(edition, one, other):
    assert likeness(one, other) >= OTHER_PROVISION
    assert pairs(edition, (FEE, one), (PAYMENT, other)) == []


def test_a_question_turned_round_by_not_is_another(edition):
    asked = "Får vi registrera besöket som SIP på vårdcentralen när läkaren deltar på länk?"
    denied = asked.replace("som SIP", "inte som SIP")
    assert likeness(asked, denied) >= SAME_PROVISION
    assert pairs(edition, (FEE, asked), (FEE, denied)) == []


def test_two_regions_may_ask_alike(edition):
    asked = "Vem tar ut avgiften för SIP?"
    assert pairs(edition, (FEE, asked), ("vgr-avgift-lika", asked)) == []


def superseded(edition: Corpus) -> Corpus:
    """The edition with a provision moved to an older version of Halland's guideline."""
    old = dataclasses.replace(
        edition.documents["halland"], id="halland-2020", valid_to=date(2024, 1, 1)
    )
    new = dataclasses.replace(edition.documents["halland"], valid_from=date(2024, 1, 1))
    moved = dataclasses.replace(edition.provisions[PAYMENT], document="halland-2020")
    return dataclasses.replace(
        edition,
        documents=edition.documents | {"halland": new, "halland-2020": old},
        provisions=edition.provisions | {PAYMENT: moved},
    )


def test_two_versions_of_a_guideline_may_be_asked_for_alike(edition):
    asked = "Vem tar ut avgiften för SIP?"
    assert pairs(edition, (FEE, asked), (PAYMENT, asked)) == [(1, 2)]
    assert pairs(superseded(edition), (FEE, asked), (PAYMENT, asked)) == []


def test_what_is_found_is_told_with_both_lines_and_both_provisions(edition):
    forms = [
        Form(FEE, "Vad kostar SIP?", Path("q/halland.tsv"), 3),
        Form(FEE, "vad kostar en sip", Path("q/halland.tsv"), 9),
        Form(PAYMENT, "Vad kostar en SIP?", Path("q/halland.tsv"), 12),
    ]
    same, other, last = (told(pair) for pair in near_duplicates(edition, forms))
    assert same == (
        "q/halland.tsv:3 och halland.tsv:9: ”Vad kostar SIP?” och ”vad kostar en sip” är samma "
        "fråga om halland-avgift. Skriv om den ena."
    )
    assert "halland.tsv:12" in other
    assert "halland-avgift" in other
    assert "halland-betalsatt" in other
    assert "q/halland.tsv:9 och halland.tsv:12" in last


def test_no_pair_is_missed_by_comparing_only_what_shares_rare_parts(edition):
    forms = [form for form in placed_forms(edition) if form.provision.startswith("vgr-")]
    forms += [
        Form(form.provision, form.text + tail, Path("slipped.tsv"), form.line)
        for form, tail in zip(forms, [" då", " egentligen", "", " i VGR", "n"] * 200, strict=False)
    ]
    found = {(p.first, p.second) for p in near_duplicates(edition, forms)}
    read = [_read(form.text) for form in forms]
    compared = {
        (forms[i], forms[j])
        for j in range(len(forms))
        for i in range(j)
        if forms[i].provision == forms[j].provision
        and _likeness(read[i].grams, read[j].grams) >= SAME_PROVISION
        and bool(read[i].negations) == bool(read[j].negations)
    }
    assert len(compared) > 300
    assert {pair for pair in found if pair[0].provision == pair[1].provision} == compared
