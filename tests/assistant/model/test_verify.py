"""Each mechanism of the verifier on sentences of its own: what it stops, and what it lets pass."""

import subprocess
import sys

import pytest

from assistant.model.draft import Draft, Evidence
from assistant.model.verify import faults
from assistant.model.verify_agents import agent
from assistant.model.verify_clauses import clauses
from assistant.model.verify_force import Force
from assistant.model.verify_gap import is_absence, parts
from assistant.model.verify_values import values
from assistant.model.verify_words import key, vocabulary
from ingest.document import Lines, Locator, Provision

SOURCES = {
    "brev": "Vid flytt ska handläggaren skicka brevet senast tre dagar efter att ansökan kom in.",
    "nyckel": "Rektorn får låna ut nyckeln om eleven har fyllt 15 år.",
    "rad": "Enhetschefen bör ge råd till vårdnadshavaren innan beslutet fattas.",
    "klocka": "Expeditionen tar emot anmälan senast klockan 12.00, måndag till fredag.",
    "lag": "Frågan regleras i 3 kap. 5 § LSS och i 7 § LPT, enligt beslut den 1 mars 2021.",
    "ofta": "Planen är oftast kortvarig och ersätter inte journalen.",
    "vag": "Först granskas ansökan av kommunen, och därefter fattar regionen beslut om resan.",
    "brist": (
        "Riktlinjen för Region Norrbotten anger inte vem som betalar resan. "
        "Den säger att resan bokas av avdelningen."
    ),
    "kod": "Besöket registreras med koden AB123 och ger 2 p.",
    "antal": "Rutinen har fyra steg som sjuksköterskan följer.",
    "utan": "Kommunen får inte lämna ut nyckeln utan samtycke.",
    "sip": "Mötet hålls hemma hos den enskilde.",
    "kalla": "Det är sjuksköterskan som kallar patienten till mötet.",
    "lank": "Blanketten finns på www.exempel.se.",
}
REGIONS = {"lank": "halland"}
GAPS = {"brist"}


def provision(name: str) -> Provision:
    return Provision(
        name,
        REGIONS.get(name, "norrbotten"),
        "norrbotten",
        SOURCES[name],
        Locator((), Lines(1, 1), (), None, ""),
        name in GAPS,
    )


def kinds(text: str, *cited: str, question: str = "", region: str | None = None) -> set[str]:
    given = {name: provision(name) for name in cited if name in SOURCES}
    evidence = Evidence(given, {"r1": "Sista dagen är fredag 6 mars 2026."}, question, region)
    return {fault.kind for fault in faults(Draft(text, cited), evidence)}


GOOD = [
    ("Handläggaren måste skicka brevet inom 3 dagar från att ansökan kom in.", "brev", "flytt"),
    ("Brevet ska skickas av handläggaren senast tre dagar efter ansökan.", "brev", "flytt"),
    ("Har eleven fyllt femton år kan rektorn låna ut nyckeln.", "nyckel", ""),
    ("Det rekommenderas att enhetschefen ger vårdnadshavaren råd före beslutet.", "rad", ""),
    ("Anmälan tas emot mån–fre, senast kl. 12.", "klocka", ""),
    ("Lagrummet är 3 kap. 5 § LSS.", "lag", ""),
    ("Planen är för det mesta kortvarig.", "ofta", ""),
    ("Nej, planen ersätter ej journalen.", "ofta", ""),
    ("Kommunen granskar ansökan först, och därefter beslutar regionen om resan.", "vag", ""),
    ("Riktlinjen säger inte vem som betalar resan.", "brist", ""),
    ("Avdelningen bokar resan.", "brist", ""),
    ("Koden är AB123.", "kod", ""),
    ("Rutinen har 4 steg.", "antal", ""),
    ("Utan samtycke får kommunen inte lämna ut nyckeln.", "utan", ""),
    ("Sjuksköterskan kallar patienten.", "kalla", ""),
    ("Patienten kallas av sjuksköterskan.", "kalla", ""),
    ("Blanketten finns på www.exempel.se.", "lank", ""),
]


@pytest.mark.parametrize(("text", "source", "question"), GOOD)
def test_a_faithful_rewording_passes(text, source, question):
    assert kinds(text, source, question=question) == set()


BAD = [
    ("Handläggaren ska skicka brevet senast fyra dagar efter att ansökan kom in.", "brev", "mått"),
    ("Handläggaren ska skicka brevet senast tre veckor efter att ansökan kom in.", "brev", "mått"),
    ("Handläggaren ska skicka brevet tidigast tre dagar efter ansökan.", "brev", "gräns"),
    ("Handläggaren ska skicka brevet senast tre dagar före ansökan.", "brev", "före eller efter"),
    ("Handläggaren bör skicka brevet.", "brev", "bindande"),
    ("Handläggaren får skicka brevet.", "brev", "bindande"),
    ("Sekreteraren ska skicka brevet.", "brev", "roll"),
    ("Handläggaren ska inte skicka brevet.", "brev", "nekande"),
    ("Rektorn får låna ut nyckeln.", "nyckel", "villkor"),
    ("Rektorn ska låna ut nyckeln om eleven har fyllt 15 år.", "nyckel", "bindande"),
    ("Enhetschefen ska ge råd till vårdnadshavaren.", "rad", "bindande"),
    ("Vårdnadshavaren bör ge råd till enhetschefen.", "rad", "utförare"),
    ("Enhetschefen bör ge råd till vårdnadshavaren efter att beslutet fattas.", "rad", "ordning"),
    ("Expeditionen tar emot anmälan senast klockan 13.", "klocka", "klockslag"),
    ("Expeditionen tar emot anmälan på lördag.", "klocka", "veckodag"),
    ("Frågan regleras i 3 kap. 6 § LSS.", "lag", "paragraf"),
    ("Frågan regleras i 7 § LSS.", "lag", "paragraf"),
    ("Beslutet är från den 2 mars 2021.", "lag", "datum"),
    ("Planen är alltid kortvarig.", "ofta", "alltid"),
    ("Planen är kortvarig.", "ofta", "förbehåll"),
    ("Planen ersätter journalen.", "ofta", "nekande"),
    ("Regionen beslutar först om resan, och därefter granskas ansökan.", "vag", "ordning"),
    ("Avdelningen betalar resan.", "brist", "anges"),
    ("Riktlinjen anger inte vem som bokar hotellet.", "brist", "utan stöd"),
    ("Riktlinjen anger inte vem som kallar.", "kalla", "anges inte"),
    ("Koden är AB132.", "kod", "kod"),
    ("Besöket ger 3 p.", "kod", "mått"),
    ("Rutinen har fem steg.", "antal", "tal"),
    ("Alla elever får låna nyckeln.", "nyckel", "alla"),
    ("Kommunen lämnar endast ut nyckeln på fredagar.", "utan", "endast"),
    ("Mötet hålls på ett hotell i Spanien.", "sip", "utan stöd"),
    ("Läkaren kallar patienten.", "kalla", "roll"),
    ("Patienten kallar sjuksköterskan till mötet.", "kalla", "utförare"),
    ("**Mötet** hålls hemma.", "sip", "uppställning"),
    ("<b>Mötet</b> hålls hemma.", "sip", "uppställning"),
    ("Mötet hålls hemma, se www.annan.se.", "sip", "adress"),
    ("Ring 0920-12 34 56 om mötet.", "sip", "telefon"),
    ("The meeting must be held within the home.", "sip", "språk"),
    ("Mødet skal holdes hos borgeren.", "sip", "språk"),
    ("Jag håller mötet hemma.", "sip", "om sig själv"),
    ("I Halland hålls mötet hemma hos den enskilde.", "sip", "region"),
]


@pytest.mark.parametrize(("text", "source", "kind"), BAD)
def test_a_statement_that_says_something_else_is_stopped_for_what_it_says(text, source, kind):
    assert kind in kinds(text, source)


def test_a_citation_must_be_given_and_known():
    assert kinds("Mötet hålls hemma.") == {"källa"}
    assert "källa" in kinds("Mötet hålls hemma.", "sip", "finns-inte")


def test_a_name_from_the_question_is_never_repeated():
    question = "Asta Ek ska ha möte. Var hålls det för Asta?"
    assert "namn" in kinds("Mötet hålls hemma hos Asta.", "sip", question=question)
    assert kinds("Mötet hålls hemma hos den enskilde.", "sip", question=question) == set()


def test_a_personal_number_is_never_shown():
    assert "personuppgift" in kinds("Mötet för 19121212-1212 hålls hemma.", "sip")


def test_the_provision_must_be_of_the_region_asked_about():
    assert "region" in kinds("Mötet hålls hemma hos den enskilde.", "sip", region="halland")


def test_two_regions_are_never_mixed_unnamed():
    assert "region" in kinds("Blanketten finns hemma hos den enskilde.", "sip", "lank")


def test_two_rules_made_one_are_stopped():
    assert "sammanfogat" in kinds(
        "Rektorn ska kalla patienten till mötet om eleven har fyllt 15 år.", "nyckel", "kalla"
    )
    assert kinds("Koden är AB123, och rutinen har fyra steg.", "kod", "antal") == set()


def test_a_computation_carries_what_it_states():
    assert kinds("Sista dagen är den 6 mars 2026.", "r1") == set()
    assert "datum" in kinds("Sista dagen är den 7 mars 2026.", "r1")


def test_a_condition_in_the_question_need_not_be_repeated():
    question = "Eleven har fyllt 15 år, får rektorn låna ut nyckeln?"
    assert kinds("Ja, rektorn får låna ut nyckeln.", "nyckel", question=question) == set()


def test_an_empty_text_is_no_statement():
    assert kinds(" … ", "sip") == {"tom"}


def test_the_same_draft_gives_the_same_faults_each_time():
    evidence = Evidence({"sip": provision("sip")}, {}, "", None)
    draft = Draft("Läkaren ringer hotellet klockan nio.", ("sip",))
    assert faults(draft, evidence) == faults(draft, evidence) != ()


def test_a_fault_is_told_in_swedish_with_what_was_found():
    evidence = Evidence({"kod": provision("kod")}, {}, "", None)
    (fault,) = faults(Draft("Koden är AB132.", ("kod",)), evidence)
    assert fault.what == "Uppgiften står inte i källan: ab132."


def test_number_words_and_digits_are_one_value():
    assert {v.of for v in values("tjugoen dagar")} == {v.of for v in values("21 dagar")}
    assert {v.of for v in values("halv ett")} == {v.of for v in values("klockan 12.30")}
    assert {v.of for v in values("två veckor")} != {v.of for v in values("14 dagar")}


def test_forms_of_a_word_meet_and_compounds_are_taken_apart():
    assert key("samtycket") == key("samtycke")
    held = vocabulary("Datum för uppföljning ska anges.")
    assert held.holds("uppföljningsdatum") == 0.8
    assert held.holds("hembesök") == 0


def test_a_clause_knows_how_it_binds_and_whether_it_denies():
    (condition, claim) = clauses("Om eleven inte vill ska rektorn vänta.")
    assert condition.conditional
    assert condition.strong
    assert claim.forces == {Force.MUST}
    assert not claim.strong
    assert clauses("Rektorn behöver inte vänta.")[0].forces == {Force.NEED_NOT}
    assert clauses("Rektorn får inte vänta.")[0].forces == {Force.BAN}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Rektorn kallar patienten.", "rektorn"),
        ("Vid behov kallar rektorn patienten.", "rektorn"),
        ("Patienten kallas av rektorn.", "rektorn"),
        ("Det är rektorn som kallar patienten.", "rektorn"),
        ("Ansvaret ligger på rektorn.", "rektorn"),
        ("Patienten kallas till mötet.", None),
    ],
)
def test_who_acts_is_read_from_the_clause(text, who):
    found = agent(clauses(text)[0])
    assert (found.head.strip() if found else None) == who


def test_a_gap_is_told_apart_from_what_stands_beside_it():
    unsaid, stated = parts(SOURCES["brist"])
    assert "betalar" in unsaid
    assert "bokas" in stated
    assert not is_absence("Kommunen betalar inte resan.")


def test_verifying_loads_nothing_heavy():
    script = "import assistant.model.verify, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    heavy = {"torch", "chromadb", "gradio", "sklearn", "scipy", "langchain", "langchain_core"}
    assert not heavy & set(done.stdout.split())
