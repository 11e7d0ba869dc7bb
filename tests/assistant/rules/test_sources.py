import re

import pytest

from assistant.rules import all_rules
from assistant.rules.points import table
from ingest.check import against_originals
from tests.assistant.rules.claims import all_claims
from tests.assistant.rules.exempt import ELSEWHERE, ORIGINALS, OURS
from tests.assistant.rules.findings import (
    stated_in_edition,
    stated_in_originals,
    unknown_provisions,
    unsourced,
)
from tests.assistant.rules.numbers import names, numbers

RULES = all_rules()
# One provision for each region and each topic: that of the first rule there.
CHOSEN = sorted(
    {
        next(rule for rule in RULES.values() if getattr(rule, by) == one).provisions[0]
        for by in ("region", "topic")
        for one in {getattr(rule, by) for rule in RULES.values()}
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("inom 3–21 dagar", "21 dag, 3 dag"),
        ("dag 3 till 21 gäller", "21 dag, 3 dag"),
        ("senast tre\narbetsdagar", "3 arbetsdag"),
        ("senast fyra arbets-\ndagar", "4 arbetsdag"),
        ("den tredje kalenderdagen", "3 dag"),
        ("minst en gång per år", "1 år"),
        ("minst kvartalsvis", "3 månad"),
        ("inom en vecka för en patient", "1 vecka"),
        ("samma dag eller dagen innan", "0 dag, 1 dag"),
        ("fyra veckors varsel", "4 vecka"),
        ("klockan 12, kl 12:00 och 12.00", "12.00"),
        ("till och med 20 års ålder", "20 år, 21 år"),
        ("från 18-årsdagen", "18 år"),
        ("7 a § LPT", "7 a §"),
        ("10 kap. 8–9 §§", "10 kap, 8 §, 9 §"),
        ("10 kap §8 och §9.", "10 kap, 8 §, 9 §"),
        ("SoL (2001:453)", "2001, 2001:453"),
        ("den 1 juli 2025", "2025-07-01"),
        ("AU124 eller P0 ger 5 p", "5 p, AU124, P0"),
        ("betalar ingen avgift", "0 kr"),
        ("en plan, det första villkoret", ""),
    ],
)
def test_a_number_is_read_in_digits_or_in_words(text, said):
    found = numbers(text)
    with_unit = {number.value for number in found if number.unit}
    shown = {str(n) for n in found if n.unit or n.value not in with_unit}
    assert ", ".join(sorted(shown)) == said


def test_a_name_is_a_word_with_a_capital():
    assert sorted(map(str, names("anges som Gena i VAS, form T, för SIP"))) == [
        "Gena name",
        "T name",
        "VAS name",
    ]


@pytest.fixture(scope="module")
def stated(edition):
    return stated_in_edition(edition)


def test_every_amount_and_every_cell_was_read():
    claims = list(all_claims(RULES, table()))
    assert len(RULES) == 202
    for key in ("amount", "earliest", "latest", "limit", "before_noon", "call_days"):
        having = {rule.id for rule in RULES.values() if key in rule.data}
        assert having == {claim.rule for claim in claims if claim.place == key}
    assert len([claim for claim in claims if claim.place == "p"]) == 10


def test_every_number_of_every_rule_stands_in_its_provision(stated):
    assert unsourced(RULES, table(), stated) == []


def test_every_provision_named_in_data_or_code_stands_in_the_edition(edition):
    assert unknown_provisions(RULES, table(), edition) == []


@pytest.mark.parametrize("exemption", [*ELSEWHERE, *OURS], ids="-".join)
def test_every_exemption_is_still_needed(exemption, stated):
    assert unsourced(
        RULES,
        table(),
        stated,
        elsewhere=without(ELSEWHERE, exemption),
        ours=without(OURS, exemption),
    )


def test_every_number_of_every_rule_stands_in_the_original(edition, originals):
    read = stated_in_originals(edition, originals)
    assert unsourced(RULES, table(), read, ours=OURS | ORIGINALS) == []
    for exemption in ORIGINALS:
        assert unsourced(RULES, table(), read, ours=OURS | without(ORIGINALS, exemption)), exemption


def test_a_changed_number_in_the_original_names_the_rules_that_count_by_it(
    edition, originals, tmp_path
):
    for document in edition.documents.values():
        text = (originals / document.file).read_text("utf-8")
        (tmp_path / document.file).write_text(text.replace("21 dagar", "28 dagar"), "utf-8")
    read = stated_in_originals(edition, tmp_path)
    found = unsourced(RULES, table(), read, ours=OURS | ORIGINALS)
    counting = {c.rule for c in all_claims(RULES, table()) if str(c.number) == "21 dag"}
    assert len(counting) > 5
    assert {finding.split(":")[0] for finding in found} == counting


def without(exemptions, one):
    return {kind: why for kind, why in exemptions.items() if kind != one}


def test_what_every_rule_rests_on_stands_in_the_originals(edition, originals):
    assert not set(named(against_originals(edition, originals)))


@pytest.mark.parametrize("name", CHOSEN)
def test_one_changed_word_names_exactly_what_rests_on_it(name, edition, originals, tmp_path):
    document = edition.documents[edition.provisions[name].document]
    text = (originals / document.file).read_bytes().decode()
    word = longest_word(edition.provisions[name], text)
    changed = text[: word.start()] + "x" * len(word[0]) + text[word.end() :]
    for other in edition.documents.values():
        content = (originals / other.file).read_bytes()
        (tmp_path / other.file).write_bytes(changed.encode() if other == document else content)
    findings = against_originals(edition, tmp_path)
    resting = {
        provision.id
        for provision in edition.provisions.values()
        if provision.document == document.id
        and not any(
            span.end() <= word.start() or word.end() <= span.start()
            for span in places(provision, text)
        )
    }
    assert name in resting
    assert set(named(findings)) == resting
    assert [f for f in findings if "annan version" in f] == [
        f"{tmp_path / document.file}: originalet är en annan version än den som utgåvan återger."
    ]


def named(findings):
    """The provisions whose key phrase is not found."""
    return [match[1] for f in findings if (match := re.search(r"\((\S+)\) står inte där", f))]


def places(provision, text):
    """Where in its lines the key phrase stands, whatever white space or hyphens break it."""
    lines = [match.start() for match in re.finditer("^", text, re.MULTILINE)]
    first, last = provision.locator.lines
    end = lines[last] if last < len(lines) else len(text)
    letters = re.sub(r"[\s\-\u00ad]", "", provision.locator.phrase)
    phrase = re.compile(r"[\s\-\u00ad]*".join(map(re.escape, letters)), re.IGNORECASE)
    return list(phrase.finditer(text, lines[first - 1], end))


def longest_word(provision, text):
    """The longest word of the key phrase, where it first stands."""
    span = places(provision, text)[0]
    words = re.compile(r"\w+").finditer(text, span.start(), span.end())
    return max(words, key=lambda word: len(word[0]))
