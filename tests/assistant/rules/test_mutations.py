"""Errors put into a copy of the rules on purpose: each must be found, and by the check meant."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import assistant
from tests.conftest import ROOT

RULES = Path(assistant.__file__).parent / "rules"


class Error(NamedTuple):
    """One snippet of one file, what it is changed to, and the checks that must notice."""

    name: str
    file: str
    snippet: str
    instead: str
    noticed_by: set[str]


NUMBERS, LIMITS, VECTORS = "unsourced", "wrong_limits", "wrong_vectors"
CALL = 'unit = "dagar"\namount = 3\nstart = ["utskrivningsklar_skickat"]'
NOTES = 'unit = "dagar"\namount = 3\nstart = ["mote"]'
PLAN = 'amount = 21\nstart = ["utskriven"]\ndone = ["sip_upprattad"]\n'
WORKING = "return day.weekday() < 5 and not helgdag(day) and not (eves_off and helgafton(day))"
IN_DATA = [
    Error(
        "three days become four",
        "data/frister.toml",
        CALL,
        CALL.replace("3", "4"),
        {NUMBERS, VECTORS},
    ),
    Error(
        "days become working days",
        "data/frister.toml",
        NOTES,
        NOTES.replace("dagar", "arbetsdagar"),
        {NUMBERS, VECTORS},
    ),
    Error(
        "four weeks become five",
        "data/frister.toml",
        'unit = "veckor"\namount = 4',
        'unit = "veckor"\namount = 5',
        {NUMBERS, VECTORS},
    ),
    Error(
        "before and after noon change places",
        "data/betalningsansvar.toml",
        "before_noon = 3\nafter_noon = 4",
        "before_noon = 4\nafter_noon = 3",
        {NUMBERS, VECTORS},
    ),
    Error(
        "the ends of a window change places",
        "data/frister.toml",
        "earliest = 3\nlatest = 21",
        "earliest = 21\nlatest = 3",
        {"empty_windows", VECTORS},
    ),
    Error(
        "a provision that does not exist",
        "data/betalningsansvar.toml",
        'provision = "norrbotten-bet-folkbokford"',
        'provision = "norrbotten-bet-folkbokfort"',
        {"unknown_provisions"},
    ),
    Error(
        "two versions from the same day",
        "data/frister.toml",
        PLAN,
        f"{PLAN}versions = [{{ from = 2027-01-01 }}, {{ from = 2027-01-01 }}]\n",
        {"ambiguous_versions"},
    ),
    Error(
        "a coming version whose number no provision states",
        "data/frister.toml",
        PLAN,
        f"{PLAN}versions = [{{ from = 2027-01-01, amount = 14 }}]\n",
        {NUMBERS},
    ),
    Error(
        "the points of a cell",
        "data/vgr.toml",
        "value = { p = 5,",
        "value = { p = 4,",
        {NUMBERS, VECTORS},
    ),
    Error(
        "a letter of a KVÅ code in the table",
        "data/vgr.toml",
        'standard = ["AU124", "AU125", "AW010"]',
        'standard = ["AU124", "AU125", "AV010"]',
        {NUMBERS, VECTORS},
    ),
    Error(
        "a letter of a KVÅ code in an answer",
        "data/halland.toml",
        'question = "Får AU124 användas vid tvångsvård?"',
        'question = "Får AV124 användas vid tvångsvård?"',
        {NUMBERS},
    ),
    Error("a section of an act", "data/opt_orv.toml", "7 a § LPT", "7 b § LPT", {NUMBERS, VECTORS}),
    Error(
        "an age", "data/alder.toml", "limit = 21\nfrom_", "limit = 22\nfrom_", {NUMBERS, VECTORS}
    ),
    Error(
        "a name", "data/halland.toml", '{ value = "Gena",', '{ value = "Geni",', {NUMBERS, VECTORS}
    ),
]
IN_CODE = [
    Error(
        "exactly noon is after noon",
        "calendar.py",
        "return moment <= klockan_tolv(moment)",
        "return moment < klockan_tolv(moment)",
        {VECTORS},
    ),
    Error(
        "exactly noon is before the next noon",
        "calendar.py",
        "return today if moment < today",
        "return today if moment <= today",
        {LIMITS},
    ),
    Error(
        "public holidays are working days",
        "calendar.py",
        WORKING,
        WORKING.replace(" and not helgdag(day)", ""),
        {VECTORS},
    ),
    Error(
        "the eves are never working days",
        "calendar.py",
        WORKING,
        WORKING.replace("(eves_off and helgafton(day))", "helgafton(day)"),
        {VECTORS},
    ),
    Error(
        "hours by the clock on the wall, over a change of the clocks",
        "calendar.py",
        "return swedish(moment + timedelta(hours=hours))",
        "return swedish((moment.replace(tzinfo=None) + timedelta(hours=hours)).astimezone(ZONE))",
        {VECTORS},
    ),
    Error(
        "at the latest excludes the last day",
        "deadlines.py",
        "mine > theirs",
        "mine >= theirs",
        {LIMITS},
    ),
    Error(
        "a call on the last day comes too late",
        "liability.py",
        "calendar.day_of(called) <= last:",
        "calendar.day_of(called) < last:",
        {VECTORS},
    ),
    Error("a week of five days", "calendar.py", "7 * weeks", "5 * weeks", {VECTORS}),
    Error(
        "the birthday itself is not reached",
        "calendar.py",
        "(day.month, day.day) >= (born.month, born.day)",
        "(day.month, day.day) > (born.month, born.day)",
        {VECTORS},
    ),
    Error(
        "the first case that is not false gives the answer",
        "cases.py",
        "if verdict.holds:",
        "if verdict.holds is not False:",
        {VECTORS},
    ),
]


def copied(folder: Path) -> Path:
    """The package of the rules alone, in a folder where it is imported from before any other."""
    package = folder / "assistant"
    shutil.copytree(RULES, package / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(RULES.parent / "__init__.py", package)
    return package / "rules"


def findings(folder: Path) -> dict[str, list[str]]:
    """What the checks find in the rules copied there."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.assistant.rules.findings"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert Path(report["rules"]).parent == folder / "assistant" / "rules"
    return report["found"]


def test_nothing_is_found_in_the_rules_as_they_are(tmp_path):
    copied(tmp_path)
    found = findings(tmp_path)
    assert len(found) == 6
    assert not any(found.values()), found


@pytest.mark.parametrize("error", IN_DATA + IN_CODE, ids=lambda error: error.name)
def test_an_error_is_noticed(error, tmp_path):
    path = copied(tmp_path) / error.file
    text = path.read_text("utf-8")
    assert text.count(error.snippet) == 1, f"{error.file} no longer holds {error.snippet!r} once"
    path.write_text(text.replace(error.snippet, error.instead), "utf-8")
    found = findings(tmp_path)
    assert {check for check, findings in found.items() if findings} == error.noticed_by, found
