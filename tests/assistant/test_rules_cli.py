"""The commands that compute one rule: what is written, what is understood, what is answered."""

import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from assistant.rules import all_rules
from assistant.rules.tools import groups
from assistant.rules_cli import _LIABILITY, register
from assistant.settings import settings
from tests.conftest import ROOT

app = typer.Typer(pretty_exceptions_enable=False)
register(app)
runner = CliRunner()
DAY = ("--as-of", "2026-03-14")
KALLELSE = "norrbotten-kallelse-tre-dagar"


@pytest.fixture(autouse=True)
def no_originals(monkeypatch):
    monkeypatch.delenv("SIP_ORIGINALS", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def sip(*arguments):
    return runner.invoke(app, list(arguments))


def told(*arguments):
    done = sip(*arguments)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def computed(*arguments):
    return json.loads(told(*arguments, "--json"))


# ---------------------------------------------------------------- deadline


def test_a_deadline_is_told_first_then_its_steps_readings_and_sources():
    text = told("deadline", KALLELSE, "--input", "utskrivningsklar_skickat=13/3 kl 13.10", *DAY)
    assert text.startswith("Senast måndag 16 mars 2026.\n")
    parts = ["fredag 13 mars 2026 kl. 13.10", "3 kalenderdagar senare", "Tolkning:", "Källor:"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "onsdag 18 mars 2026" in text
    assert "Kallelse till samordnad individuell plan, sida 27, rad 888–890" in text


@pytest.mark.parametrize(
    "written", ["13/3 kl 13.10", "fredag den 13 mars kl. 13:10", "2026-03-13T13:10", "igår 13.10"]
)
def test_a_time_is_read_as_staff_write_it(written):
    made = computed("deadline", KALLELSE, "--input", f"utskrivningsklar={written}", *DAY)
    assert made["value"] == "2026-03-16"
    assert made["inputs"]["utskrivningsklar_skickat"] == "2026-03-13T13:10+01:00"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("tretton mars kanske", "Skriv till exempel"),
        ("31/2", "31 februari finns inte"),
        ("13/3 eftermiddag", "vilken del av dagen"),
        ("vecka 12", "vilken dag"),
        ("kl 14", "Dagen framgår inte"),
        ("13/3 eller 14/3", "mer än en tidpunkt"),
        ("imorgon bitti", "Jag förstår bara"),
        ("2026-03-29T02:30", "existerande"),
        ("2026-02-30", "finns inte"),
    ],
)
def test_a_time_that_cannot_be_read_is_named_and_ends_with_code_2(written, said):
    done = sip("deadline", KALLELSE, "--input", f"utskrivningsklar={written}", *DAY)
    assert done.exit_code == 2
    assert f'"{written}"' in done.stderr
    assert said in done.stderr


def test_json_is_the_computation():
    made = computed("deadline", KALLELSE, "--input", "utskrivningsklar=2026-03-13T13:10")
    assert {"rule", "region", "status", "value", "steps", "provisions", "details"} <= set(made)
    assert (made["rule"], made["region"], made["status"]) == (KALLELSE, "norrbotten", "determined")


def test_a_missing_input_is_asked_for_by_name():
    text = told("deadline", KALLELSE)
    assert text.startswith(
        "För ett svar behöver jag veta: tidpunkt då utskrivningsklar skickades. "
        "Ange --input utskrivningsklar_skickat="
    )
    assert computed("deadline", KALLELSE)["status"] == "undetermined"


def test_what_is_known_is_not_asked_for():
    text = told("deadline", KALLELSE, "--input", "utskrivningsklar=13/3 kl 9", *DAY)
    assert "Ange" not in text


def test_inputs_that_contradict_each_other_end_with_code_2():
    given = ("--input", "utskriven=2026-03-13", "--input", "utskrivningsklar=2026-03-15")
    done = sip("deadline", "norrbotten-ut-21-dagar", *given)
    assert done.exit_code == 2
    assert "utskriven före utskrivningsklar" in done.stderr
    done = sip("deadline", "norrbotten-ut-21-dagar", *given, "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["status"] == "invalid_input"


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("vikt=3", "Den frågar efter"),
        ("utskriven", "Skriv uppgift=värde"),
        ("utskriven=", "Skriv uppgift=värde"),
        ("samtycke=kanske", "Skriv ja, nej eller okänt"),
    ],
)
def test_an_input_that_the_rule_cannot_use_is_refused(pair, said):
    done = sip("deadline", "norrbotten-ut-21-dagar", "--input", pair)
    assert done.exit_code == 2
    assert said in done.stderr
    assert pair.split("=")[0] in done.stderr


def test_an_input_may_be_called_by_its_swedish_name():
    rule = "norrbotten-ov-kallelse-tre-arbetsdagar"
    by_label = ("--input", "datum då behovet blev känt=2026-03-12")
    by_name = ("--input", "behov_känt=2026-03-12")
    setting = ("--input", "setting=öppenvård")
    first, second = (computed("deadline", rule, *way, *setting) for way in (by_label, by_name))
    assert first == second
    assert first["value"] == "2026-03-17"


def test_the_same_input_twice_is_refused():
    twice = ("--input", "utskriven=13/3", "--input", "utskriven=14/3")
    done = sip("deadline", "norrbotten-ut-21-dagar", *twice, *DAY)
    assert done.exit_code == 2
    assert "två gånger" in done.stderr


def test_without_a_rule_the_deadlines_are_listed():
    listed = told("deadline")
    assert all(rule.id in listed for rule in groups()["frist"].rules)
    of_one = told("deadline", "--region", "Karlstad")
    assert "varmland-utan-drojsmal" in of_one
    assert "norrbotten" not in of_one


def test_words_that_fit_one_deadline_choose_it():
    assert computed("deadline", "planeringsunderlaget")["rule"] == (
        "norrbotten-planeringsunderlag-24h"
    )


def test_words_that_fit_several_list_them():
    done = sip("deadline", "kallelsen", "--region", "orebro")
    assert done.exit_code == 2
    assert "orebro-kvittera" in done.stderr
    assert "norrbotten" not in done.stderr


def test_words_that_fit_none_list_the_region_s_deadlines():
    done = sip("deadline", "månraket", "--region", "halland")
    assert done.exit_code == 2
    assert '"månraket"' in done.stderr
    assert "halland-frist-saknas" in done.stderr


def test_a_rule_that_is_no_deadline_names_the_command_for_it():
    done = sip("deadline", "halland-avgiftstyp")
    assert done.exit_code == 2
    assert "sip registration" in done.stderr


def test_a_region_that_gives_no_number_says_so():
    assert told("deadline", "halland-frist-saknas").startswith("Anges inte.")


def test_a_rule_of_another_region_does_not_apply():
    given = ("--input", "utskriven=2026-03-13", "--region", "orebro")
    text = told("deadline", "norrbotten-ut-21-dagar", *given)
    assert text.startswith("Regeln gäller inte här: regeln gäller Norrbotten, inte Örebro län.")


def test_a_deadline_is_written_to_a_calendar_file(tmp_path):
    icalendar = pytest.importorskip("icalendar")
    target = tmp_path / "frist.ics"
    given = ("--input", "utskrivningsklar=13/3 kl 13.10", "--ics", str(target), *DAY)
    told("deadline", KALLELSE, *given)
    (event,) = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-03-16"
    assert KALLELSE in event["UID"]
    assert "rad 888–890" in event["DESCRIPTION"]
    first = target.read_bytes()
    told("deadline", KALLELSE, *given)
    assert target.read_bytes() == first


def test_a_window_is_written_with_its_last_day(tmp_path):
    icalendar = pytest.importorskip("icalendar")
    target = tmp_path / "frist.ics"
    given = ("--input", "behov_kant=2026-03-02", "--input", "setting=öppenvård", *DAY)
    told("deadline", "norrbotten-ov-plan-3-21", *given, "--ics", str(target))
    (event,) = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-03-23"


def test_without_a_date_no_calendar_file_is_written(tmp_path):
    target = tmp_path / "frist.ics"
    done = sip("deadline", KALLELSE, "--ics", str(target))
    assert done.exit_code == 2
    assert "inget datum" in done.stderr
    assert not target.exists()


# ---------------------------------------------------------------- liability


def test_liability_is_counted_from_times_as_staff_write_them():
    given = ("--ready-sent", "13/3 kl 13.10", "--call-sent", "14/3", "--registered-here", "ja")
    text = told("liability", *given, "--need", "kommunal hsv", *DAY)
    assert text.startswith("Kommunens betalningsansvar i Norrbotten börjar tisdag 17 mars 2026.")
    assert "om patienten är folkbokförd i kommunen: ja" in text


def test_each_input_of_the_liability_rule_has_an_option_of_its_own():
    assert set(_LIABILITY) == set(all_rules()["norrbotten-bet-oversikt"].inputs)
    shown = runner.invoke(app, ["liability", "--help"], env={"COLUMNS": "200"}).stdout
    assert all(option in shown for option in _LIABILITY.values())


def test_every_option_reaches_its_own_input():
    given = {
        "--ready-sent": ("2026-03-13T09:00", "2026-03-13T09:00+01:00"),
        "--call-sent": ("2026-03-14", "2026-03-14"),
        "--need": ("kommunal hsv", ["kommunal hsv"]),
        "--registered-here": ("ja", True),
        "--municipality-notified": ("ja", True),
        "--consent-information": ("okänt", None),
        "--consent-sip": ("nej", False),
        "--coordination": ("ja", True),
        "--region-resources": ("nej", False),
        "--receiver": ("hemtjänst", ["hemtjänst"]),
        "--assessed-by": ("läkare", "läkare"),
        "--discharged": ("2026-03-20", "2026-03-20"),
    }
    options = [part for option, (written, _) in given.items() for part in (option, written)]
    inputs = computed("liability", *options)["inputs"]
    assert {name: inputs[name] for name in _LIABILITY} == {
        name: given[option][1] for name, option in _LIABILITY.items()
    }


def test_never_called_is_not_the_same_as_not_known():
    ready = ("--ready-sent", "2026-03-13T09:00")
    never = computed("liability", *ready, "--call-sent", "nej")
    assert never["value"] == "inget betalningsansvar"
    unknown = computed("liability", *ready, "--call-sent", "okänt")
    assert (unknown["status"], unknown["missing"]) == (
        "undetermined",
        "datum då kallelsen skickades",
    )


def test_a_day_without_a_clock_time_gives_both_days():
    text = told("liability", "--ready-sent", "13/3", "--call-sent", "14/3", *DAY)
    assert "Tänkbara svar: måndag 16 mars 2026 och tisdag 17 mars 2026." in text


@pytest.mark.parametrize("region", ["orebro", "varmland", "halland", "vgr"])
def test_no_other_region_borrows_norrbotten_s_liability(region):
    made = computed("liability", "--region", region, "--ready-sent", "2026-03-13T09:00")
    assert (made["region"], made["status"]) == (region, "no_number")


# ---------------------------------------------------------------- registration, fee, convener


def test_registration_gives_points_and_codes_for_place_and_unit():
    (made,) = computed("registration", "--region", "vgr", "--place", "sjukhus", "--unit", "rehab")
    assert made["value"]["p"] == 3
    assert made["value"]["kva_en_av"] == ["AU125"]


def test_several_registrations_are_added_up():
    both = ("--place", "hemmet", "--place", "sjukhus", "--unit", "rehab")
    *each, total = computed("registration", "--region", "Göteborg", *both)
    assert [made["value"]["p"] for made in each] == [4, 3]
    assert total["value"] == {"rehab": 7}
    assert "Sammanlagt rehab 7 poäng." in told("registration", "--region", "vgr", *both)


def test_places_and_units_that_do_not_go_together_are_refused():
    three = [part for place in ("hem", "vc", "rehab") for part in ("--place", place)]
    done = sip("registration", "--region", "vgr", *three, "--unit", "vc", "--unit", "rehab")
    assert done.exit_code == 2
    assert "--unit står 2 gånger" in done.stderr


def test_codes_are_tried_against_the_place():
    given = ("--region", "vgr", "--place", "sjukhus", "--code", "AU124")
    assert told("registration", *given).startswith("Ogiltig kod; AU125 krävs.")


def test_registration_in_halland_tells_type_of_visit_codes_and_record():
    made = computed("registration", "--region", "halland", "--form", "Skype")
    values = {one["rule"]: one["value"] for one in made}
    assert values["halland-besokstyp-slutenvard"] == {"besökstyp": "distanskontakt via videolänk"}
    assert values["halland-kva-au124"] == "AU124"
    assert values["halland-avgiftstyp"] == "P0"


def test_an_option_of_another_region_is_refused():
    done = sip("registration", "--region", "halland", "--unit", "vc")
    assert done.exit_code == 2
    assert "--unit används inte för Halland" in done.stderr


@pytest.mark.parametrize("command", ["registration", "fee", "convener"])
def test_without_a_region_it_is_asked_for(command):
    text = told(command)
    assert text.startswith("För ett svar behöver jag veta: region. Ange --region.")
    assert "Källor" not in text


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("--region", "halland"), 0),
        (("--region", "vgr", "--done", "SIP"), 0),
        (("--region", "vgr", "--fee", "läkare=300", "--fee", "rehab=200,50"), "läkare"),
    ],
)
def test_a_fee(arguments, value):
    assert computed("fee", *arguments)["value"] == value


def test_a_fee_that_is_no_number_is_refused():
    done = sip("fee", "--region", "vgr", "--fee", "läkare=mycket")
    assert done.exit_code == 2
    assert '"mycket"' in done.stderr


@pytest.mark.parametrize("command", ["fee", "registration"])
def test_a_region_without_such_rules_points_to_the_question_in_words(command):
    done = sip(command, "--region", "orebro")
    assert done.exit_code == 2
    assert "sip ask" in done.stderr


@pytest.mark.parametrize(
    ("region", "setting", "said"),
    [
        ("Luleå", "vid utskrivning", "Fast vårdkontakt i regionens öppenvård."),
        ("norrbotten", "öppenvård", "Samordningsansvarig"),
        ("norrbotten", "ÖPT", "Chefsöverläkare"),
        ("orebro", "skola", "Rektor"),
        ("varmland", "elevhälsan", "Ingen skyldighet att kalla, men får."),
        ("varmland", "utskrivning", "Fast vårdkontakt."),
        ("vgr", "öppenvård", "Anges inte."),
    ],
)
def test_who_convenes_by_region_and_setting(region, setting, said):
    assert told("convener", "--region", region, "--setting", setting).startswith(said)


def test_who_convenes_in_norrbotten_depends_on_the_setting():
    made = computed("convener", "--region", "norrbotten")
    assert (made["status"], made["missing"]) == (
        "undetermined",
        "setting: öppenvård eller utskrivning",
    )


def test_who_convenes_in_halland_depends_on_the_track():
    asks = told("convener", "--region", "halland")
    assert asks.startswith("För ett svar behöver jag veta: spårfärg. Ange --track.")
    assert "Närsjukvården" in told("convener", "--region", "halland", "--track", "rött")


@pytest.mark.parametrize("region", ["narnia", "Stockholm"])
def test_a_region_without_a_guideline_is_refused(region):
    done = sip("fee", "--region", region)
    assert done.exit_code == 2
    assert "halland" in done.stderr


# ---------------------------------------------------------------- rules


def test_the_rules_are_listed_by_region_and_topic():
    listed = told("rules")
    assert all(rule in listed for rule in all_rules())
    of_one = told("rules", "--region", "halland", "--topic", "avgift")
    assert of_one.split("\n")[1].split()[0] == "halland-avgift"
    assert "vgr" not in of_one


def test_an_unknown_topic_lists_those_that_are():
    done = sip("rules", "--topic", "väder")
    assert done.exit_code == 2
    assert "betalningsansvar" in done.stderr


def test_the_markdown_is_the_file_in_docs():
    assert told("rules", "--markdown") == (ROOT / "docs" / "rules.md").read_text("utf-8")


def test_a_command_loads_neither_the_index_nor_a_model():
    script = (
        "import sys, typer\nfrom assistant.rules_cli import register\n"
        "from typer.testing import CliRunner\n"
        "app = typer.Typer()\nregister(app)\n"
        "assert CliRunner().invoke(app, ['fee', '--region', 'halland']).exit_code == 0\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy = {"chromadb", "torch", "gradio", "icalendar", "langchain_core.tools"}
    assert not heavy & set(done.stdout.split())
