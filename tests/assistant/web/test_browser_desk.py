"""From a verdict on the page to a golden draft that the evaluation reads, all in a browser."""

import json

import pytest

from assistant.store import audit, open_store, review
from assistant.store.models import Kept
from assistant.web.local_users import LocalUsers
from assistant.web.vault import Vault, place
from evals.case import load
from evals.drafts import take
from tests.assistant.web.live import ASKED, Live, ask, ready
from tests.conftest import DAY

COMMENT = "Det står <b>annorlunda</b> hos oss."
REASON = "Användaren säger att svaret är fel."


@pytest.fixture(scope="module")
def site(assistant, index_folder, tmp_path_factory):
    live = Live(assistant, index_folder, tmp_path_factory.mktemp("site"), sign_in="lokal")
    yield live
    live.stop()


@pytest.fixture(scope="module")
def store(site):
    opened = open_store(site.settings.database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def subjects(site):
    vault = Vault(place(site.settings))
    found = {user.name: user.subject for user in LocalUsers(vault).listed()}
    vault.close()
    return found


def kept(store):
    with store.read() as session:
        return session.query(Kept).all()


def test_a_verdict_becomes_a_golden_draft_that_the_evaluation_reads(
    windows, site, store, subjects, tmp_path
):
    page = ready(windows.signed_in("vera.user"))
    answer = ask(page)
    said = answer.locator(".sip-said").all_inner_texts()
    page.get_by_label("Fel", exact=True).check()
    page.get_by_label("Kommentar").fill(COMMENT)
    page.get_by_role("button", name="Skicka omdömet").dblclick()
    page.get_by_text("Tack! Omdömet är sparat").wait_for()
    (sent,) = kept(store)
    assert sent.subject == subjects["vera.user"]
    assert (sent.turns, sent.verdict, sent.comment) == ([ASKED], "fel", COMMENT)

    desk = windows.signed_in("sara.super", "/granskning")
    assert "Norrbotten?" not in desk.content()
    desk.get_by_role("link", name=f"Omdöme {sent.id}").click()
    assert "Norrbotten?" not in desk.content()
    desk.get_by_label("Skäl").fill(REASON)
    desk.get_by_role("button", name="Öppna").click()
    desk.get_by_role("heading", name=f"Omdöme {sent.id}: fel").wait_for()
    shown = desk.locator("main")
    assert ASKED in shown.inner_text()
    assert COMMENT in shown.inner_text()
    assert shown.locator(".sagt b").count() == 0
    for text in said:
        assert text.split("[")[0].strip() in shown.inner_text()

    groups = desk.get_by_role("group")
    for name in ("Påstående 1", "Källa 1"):
        groups.filter(has_text=name).get_by_label("fel källa").check()
    groups.filter(has_text="Hela svaret").get_by_label("ofullständig").check()
    desk.get_by_label("Kommentar (inga").fill("Svaret nämner inte vem som beslutar.")
    desk.get_by_role("button", name="Spara omdömet").click()
    assert desk.get_by_label("Kommentar (inga").input_value().startswith("Svaret nämner")
    assert groups.filter(has_text="Källa 1").get_by_label("fel källa").is_checked()

    desk.get_by_label("Varför fallet behövs").fill("Pekade på fel stycke för kallelsen.")
    desk.get_by_role("button", name="Gör till golden-fall").dblclick()
    desk.get_by_text("golden-fallet").wait_for()
    ((made,),) = load(folder=site.settings.drafts).values()
    assert (made.turns, made.region, made.as_of) == ((ASKED,), "norrbotten", DAY)
    assert made.draft
    assert "sara.super" in made.why

    desk.goto(f"{site.address}/granskning/logg")
    row = desk.get_by_role("row").filter(has_text=f"omdöme {sent.id}")
    logged = [e for e in reversed(audit.entries(store)) if e.about == f"omdöme {sent.id}"]
    assert [entry.action for entry in logged] == ["öppnat", "bedömt", "gjort golden-fall"]
    assert {entry.actor for entry in logged} == {subjects["sara.super"]}
    assert row.count() == len(logged)
    assert desk.get_by_text("Loggen är hel").is_visible()
    opened, judged, _ = [json.loads(entry.detail) for entry in logged]
    assert opened == {"skäl": REASON}
    assert judged == {"påstående 1": "fel källa", "källa 1": "fel källa", "svar 0": "ofullständig"}

    golden = tmp_path / "golden"
    assert take(site.settings.drafts, golden) == [made.id]
    assert load(folder=golden) == {"drafts": [made]}
    assert load(folder=site.settings.drafts) == {}


def test_a_correction_proposed_at_the_desk_is_fetched_as_a_patch(windows, site, store):
    page = ready(windows.signed_in("vera.user"))
    ask(page, "Vilken KVÅ-kod gäller i Halland?")
    page.get_by_label("Fel källa").check()
    page.get_by_role("button", name="Skicka omdömet").click()
    page.get_by_text("Tack! Omdömet är sparat").wait_for()
    number = kept(store)[-1].id

    desk = windows.signed_in("sara.super", f"/granskning/omdome/{number}")
    desk.get_by_label("Skäl").fill(REASON)
    desk.get_by_role("button", name="Öppna").click()
    desk.get_by_label("Ny lydelse").fill("En lydelse som stämmer bättre.")
    desk.get_by_label("Motivering").fill("Originalet säger något annat.")
    desk.get_by_role("button", name="Föreslå rättelsen").click()
    desk.get_by_role("link", name="Rättelser").click()
    desk.get_by_text("En lydelse som stämmer bättre.").wait_for()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Hämta alla som patch").click()
    assert "\n+En lydelse som stämmer bättre.\n" in download.value.path().read_text("utf-8")
    assert audit.entries(store)[0].action == "exporterat"


def test_personal_data_in_a_verdict_is_told_and_nothing_is_stored(windows, store):
    before = len(kept(store))
    page = ready(windows.signed_in("vera.user"))
    ask(page)
    page.get_by_label("Ofullständig").check()
    page.get_by_label("Kommentar").fill("Ring mig på 070-174 06 05.")
    page.get_by_role("button", name="Skicka omdömet").click()
    page.get_by_text("ser ut att innehålla ett telefonnummer").wait_for()
    assert page.get_by_label("Kommentar").input_value().startswith("Ring mig")
    assert len(kept(store)) == before


def test_another_superuser_gives_a_reason_of_their_own(windows, store):
    number = kept(store)[0].id
    desk = windows.signed_in("adam.admin", f"/granskning/omdome/{number}")
    assert ASKED not in desk.content()
    desk.get_by_label("Skäl").fill("kort")
    desk.locator("#skal").evaluate("field => field.removeAttribute('minlength')")
    desk.get_by_role("button", name="Öppna").click()
    desk.get_by_role("alert").get_by_text("minst 10 tecken").wait_for()
    assert ASKED not in desk.content()
    assert "adam.admin" not in review.reviewers(store).values()
