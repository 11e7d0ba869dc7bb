"""`sip timeline`: events as staff write them, the deadlines as text, JSON and a calendar file."""

import json
import subprocess
import sys
from datetime import datetime

import pytest
import typer
from icalendar import Calendar
from typer.testing import CliRunner

from assistant import timeline_cli
from assistant.rules import calendar
from assistant.rules.timeline import timeline
from tests.conftest import ROOT

app = typer.Typer()
timeline_cli.register(app)


@app.callback()
def _several_commands():
    """Typer takes the name of the command away where there is one alone."""


NOW = ["--now", "2026-03-14T08:00"]
READY = ["--event", "utskrivningsklar_skickat=13/3 kl 13.10"]


def sip(*arguments):
    return CliRunner().invoke(app, ["timeline", *arguments])


def test_events_are_read_as_staff_write_them_and_echoed():
    done = sip("--region", "norrbotten", *READY, "--event", "inskrivning=i tisdags kl 9", *NOW)
    assert done.exit_code == 0, done.output
    assert "utskrivningsklar skickades: fredag 13 mars 2026 klockan 13.10" in done.stdout
    assert "inskrivningen: tisdag 10 mars 2026 klockan 09.00" in done.stdout
    assert "Läget lördag 14 mars 2026 klockan 08.00." in done.stdout


def test_the_deadlines_are_told_with_date_who_state_and_source():
    done = sip("--region", "norrbotten", *READY, *NOW)
    line = next(row for row in done.stdout.splitlines() if "Kallelsen till SIP" in row)
    assert line == (
        "- Senast måndag 16 mars 2026: Kallelsen till SIP ska vara skickad "
        "(fast vårdkontakt i regionfinansierad öppenvård) [kommer]"
    )
    assert "Från och med tisdag 17 mars 2026: Kommunens betalningsansvar börjar" in done.stdout
    assert "norrbotten-kallelse-tre-dagar" in done.stdout


def test_what_is_missing_is_told_with_the_name_to_write():
    done = sip("--region", "norrbotten", *READY, *NOW)
    assert "SIP ska vara upprättad efter utskrivningen: saknas utskrivningsdatum" in done.stdout
    assert "- utskrivningsdatum (utskriven)" in done.stdout


def test_a_municipality_is_enough_of_a_region():
    assert "Tidsplan: Norrbotten" in sip("--region", "Kalix", *READY, *NOW).stdout


def test_an_alias_is_the_event_itself():
    done = sip("--region", "norrbotten", "--event", "utskrivningsklar=13/3 kl 13.10", *NOW)
    assert done.stdout == sip("--region", "norrbotten", *READY, *NOW).stdout


def test_facts_are_yes_no_words_and_lists():
    facts = ["samtycke_sip=nej", "behov=socialtjänst, kommunal_hsv", "fvk_huvudman=region"]
    told = [part for fact in facts for part in ("--event", fact)]
    done = sip("--region", "norrbotten", *READY, *told, *NOW)
    assert "Kallelsen till SIP ska vara skickad: patienten samtycker inte." in done.stdout
    assert "samtycke till SIP: nej" in done.stdout
    child = ["alder=12", "vard=somatisk", "behov=socialtjänst", "utskrivning=20/3 kl 10"]
    told = [part for fact in child for part in ("--event", fact)]
    done = sip("--region", "örebro", *told, *NOW)
    assert "Före fredag 20 mars 2026 klockan 10.00: Barnet ska ha erbjudits" in done.stdout


def test_what_nobody_could_say_is_told_as_unknown():
    done = sip("--region", "norrbotten", "--event", "befintlig_sip=okänt", *READY, *NOW)
    assert "om det redan finns en SIP: okänt" in done.stdout
    assert "(befintlig_sip)" not in done.stdout


def test_a_region_without_numbers_is_told_as_such():
    done = sip("--region", "halland", *READY, *NOW)
    assert "Kommunens betalningsansvar börjar: anges inte i dokumentet" in done.stdout


def test_a_process_without_deadlines_is_told_as_such():
    done = sip("--region", "orebro", "--setting", "tvångsvård", *NOW)
    assert done.exit_code == 0
    assert "ger inga frister" in done.stdout


def test_json_is_the_timeline_itself():
    done = sip("--region", "norrbotten", *READY, *NOW, "--json")
    ready = {"utskrivningsklar_skickat": "2026-03-13T13:10:00+01:00"}
    found = timeline("norrbotten", ready, datetime(2026, 3, 14, 8, tzinfo=calendar.ZONE))
    told = json.loads(done.stdout)
    assert told == timeline_cli.json_of(found)
    assert set(told) == set(type(found).__slots__)
    assert [e["rule"] for e in told["entries"]] == [e.rule for e in found.entries]
    liability = next(e for e in told["entries"] if e["kind"] == "liability")
    assert (liability["last"], liability["state"]) == ("2026-03-17", "coming")


def test_the_calendar_file_holds_the_sources_in_words(tmp_path):
    target = tmp_path / "frister.ics"
    done = sip("--region", "norrbotten", *READY, *NOW, "--ics", str(target))
    assert done.exit_code == 0
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert len(events) == 4
    assert all("Region Norrbotten" in str(event["DESCRIPTION"]) for event in events)
    assert [path.name for path in tmp_path.iterdir()] == ["frister.ics"]


def test_a_calendar_file_that_cannot_be_written_leaves_the_old_one_whole(tmp_path):
    target = tmp_path / "frister.ics"
    target.write_bytes(b"old")
    nothing = sip("--region", "halland", *READY, *NOW, "--ics", str(target))
    assert nothing.exit_code == 2
    assert target.read_bytes() == b"old"
    nowhere = sip("--region", "norrbotten", *READY, *NOW, "--ics", str(tmp_path / "no" / "x.ics"))
    assert nowhere.exit_code == 2
    assert "går inte att skriva" in nowhere.stderr


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    target = tmp_path / "frister.ics"
    target.write_bytes(b"old")
    monkeypatch.setattr(timeline_cli.os, "replace", full)
    assert sip("--region", "norrbotten", *READY, *NOW, "--ics", str(target)).exit_code == 2
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["frister.ics"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--event", "inskrivning"], "är ingen händelse"),
        (["--event", "inskrivning=banan"], "'banan' går inte att läsa"),
        (["--event", "inskrivning=13/3 26"], "'13/3 26' går inte att läsa"),
        (["--event", "inskrivning=13/3 kl 9 eller 14/3 kl 9"], "är mer än en tidpunkt"),
        (["--event", "inskrivning=kl 13"], "säger inte vilken dag"),
        (["--event", "inskrivning=13/3 på eftermiddagen"], "säger inte vilket klockslag"),
        (["--event", "inskrivning=31/2"], "31 februari finns inte"),
        (["--event", "inskrivning=vecka 12"], "vilken dag i veckan"),
        (["--event", "inskrivning=2026-03-29 kl 02.30"], "finns inte"),
        (["--event", "inskrivning=13/3", "--event", "inskriven=12/3"], "står två gånger"),
        (["--event", "kvitterat=13/3"], "utskrivningsklar_kvitterat"),
        (["--event", "blommor=13/3"], "Välj bland: "),
        (["--event", "samtycke_sip=kanske"], "ska vara ja eller nej"),
        (["--event", "alder=tolv"], "ska vara ett heltal"),
        (["--event", "inskrivning=13/3", "--event", "utskriven=12/3"], "går inte ihop"),
        (["--setting", "tandvård"], "Välj mellan"),
        (["--now", "snart"], "'snart' går inte att läsa"),
    ],
)
def test_what_cannot_be_used_is_one_swedish_sentence_and_exit_code_2(arguments, said):
    now = [] if "--now" in arguments else NOW
    done = sip("--region", "norrbotten", *arguments, *now)
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert done.stderr.startswith("Fel: ")
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("region", "said"), [("narnia", "känner jag inte till"), ("skåne", "ingen riktlinje")]
)
def test_a_region_without_a_guideline_is_refused(region, said):
    done = sip("--region", region, *NOW)
    assert done.exit_code == 2
    assert said in done.stderr


def test_without_a_moment_it_is_now():
    done = sip("--region", "norrbotten", *READY, "--json")
    told = datetime.fromisoformat(json.loads(done.stdout)["now"])
    assert told.utcoffset() == told.astimezone(calendar.ZONE).utcoffset()


def test_the_command_loads_nothing_heavy():
    code = "import sys, assistant.timeline_cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not set(done.stdout.split()) & {"torch", "chromadb", "icalendar", "gradio", "langchain"}
