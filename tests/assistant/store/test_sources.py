import shutil
import subprocess

import pytest

import corpus
from assistant.store import audit, review, sources
from assistant.store.sources import Change
from ingest.edition import read_corpus
from ingest.errors import InputError
from tests.assistant.store.conftest import ANNA, NOW, REASON, keep

WHY = "Lydelsen säger mer än originalet."
PARAGRAPH, CELL = "halland-omfattning", "vgr-reg-sjukhus-vc"


@pytest.fixture
def case(light):
    number = keep(light)
    review.open_case(light, number, ANNA, REASON, NOW)
    return number


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "project" / "corpus"
    shutil.copytree(corpus.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return copy


def propose(light, case, folder, *change: str) -> int:
    return sources.propose(light, case, ANNA, Change(*change), WHY, NOW, folder)


def test_proposals_become_one_patch_that_applies_and_changes_only_that(light, case, folder):
    if shutil.which("patch") is None:
        pytest.skip("the program patch is not at hand")
    before = read_corpus(folder)
    propose(light, case, folder, "bestämmelse", PARAGRAPH, "Rutinen gäller   registrering.")
    propose(light, case, folder, "bestämmelse", CELL, "På sjukhus räknas det som 1 p.")
    propose(light, case, folder, "frågeform", PARAGRAPH, "Vad är rutinen till för egentligen?")
    propose(light, case, folder, "term", "ssk", "sjuksköterskan")
    propose(light, case, folder, "term", "Nyord", "ett nytt ord")
    text = sources.patch(light, ANNA, folder, NOW)
    assert read_corpus(folder) == before
    subprocess.run(
        ["patch", "-p1", "--fuzz=0"],
        input=text.encode(),
        cwd=folder.parent,
        check=True,
        capture_output=True,
    )
    after = read_corpus(folder)
    differing = {
        key: provision.text
        for key, provision in after.provisions.items()
        if provision.text != before.provisions[key].text
    }
    assert differing == {
        PARAGRAPH: "Rutinen gäller registrering.",
        CELL: "På sjukhus räknas det som 1 p.",
    }
    assert set(after.forms) - set(before.forms) == {
        (PARAGRAPH, "Vad är rutinen till för egentligen?")
    }
    terms = (folder / "terms.toml").read_text("utf-8")
    assert '"ssk" = "sjuksköterskan"\n' in terms
    assert '"nyord" = "ett nytt ord"\n' in terms


def test_every_provision_of_the_edition_can_be_corrected(edition):
    for provision in edition.provisions.values():
        name = sources._file_of(corpus.FOLDER, Change("bestämmelse", provision.id, "Ny."))
        old = (corpus.FOLDER / name).read_text("utf-8")
        new = sources._with_provision(old, Change("bestämmelse", provision.id, "Ny lydelse."))
        assert old != new


@pytest.mark.parametrize(
    "change",
    [
        ("bestämmelse", "halland-finns-inte", "Ny lydelse."),
        ("bestämmelse", PARAGRAPH, ""),
        ("bestämmelse", PARAGRAPH, "# Rubrik"),
        ("bestämmelse", PARAGRAPH, '[Ny lydelse.]{#halland-ny rader="1" fras="x"}'),
        ("bestämmelse", PARAGRAPH, "- en lista"),
        ("bestämmelse", CELL, "en cell | och en till"),
        ("bestämmelse", PARAGRAPH, "Ring 070-174 06 05."),
        ("frågeform", "halland-finns-inte", "Vad gäller?"),
        ("term", "]", "hakparentes"),
        ("annat", PARAGRAPH, "Ny lydelse."),
    ],
)
def test_a_change_with_which_the_edition_cannot_be_read_is_refused(light, case, folder, change):
    with pytest.raises(InputError):
        propose(light, case, folder, *change)
    assert sources.proposals(light) == []


def test_a_change_that_changes_nothing_is_refused(light, case, folder, edition):
    with pytest.raises(InputError, match="redan"):
        propose(light, case, folder, "bestämmelse", PARAGRAPH, edition.provisions[PARAGRAPH].text)


def test_a_change_needs_its_reason(light, case, folder):
    with pytest.raises(InputError, match="Motiveringen"):
        sources.propose(light, case, ANNA, Change("term", "nyord", "ord"), "nej", NOW, folder)


def test_a_withdrawn_proposal_is_in_no_patch(light, case, folder):
    number = propose(light, case, folder, "term", "nyord", "ett nytt ord")
    sources.withdraw(light, number, ANNA, NOW)
    with pytest.raises(InputError, match="inga förslag"):
        sources.patch(light, ANNA, folder, NOW)
    with pytest.raises(InputError, match="redan"):
        sources.withdraw(light, number, ANNA, NOW)
    actions = [entry.action for entry in audit.entries(light)]
    assert actions[:2] == ["tagit bort förslag", "föreslagit ändring"]


def test_a_proposal_that_no_longer_fits_is_named(light, case, folder):
    number = propose(light, case, folder, "bestämmelse", PARAGRAPH, "Ny lydelse.")
    path = folder / "guidelines" / "halland.md"
    path.write_text(path.read_text("utf-8").replace(f"#{PARAGRAPH} ", "#halland-annan "), "utf-8")
    with pytest.raises(InputError, match=f"Förslag {number} "):
        sources.patch(light, ANNA, folder, NOW)
