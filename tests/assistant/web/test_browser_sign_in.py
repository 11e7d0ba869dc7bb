"""Signing in and out in a browser, and what is met when a session ends or a role is not enough."""

import pytest

from assistant.page.chat import RESTARTED
from tests.assistant.web.live import (
    ASKED,
    PASSWORD,
    Live,
    answered,
    ask,
    ready,
    send,
    sign_in,
)
from tests.assistant.web.provider import CLIENT, CLIENT_SECRET, Provider

FORBIDDEN = "Du har inte behörighet till det här."


@pytest.fixture(scope="module")
def site(assistant, index_folder, tmp_path_factory):
    live = Live(assistant, index_folder, tmp_path_factory.mktemp("site"), sign_in="lokal")
    yield live
    live.stop()


@pytest.mark.parametrize(
    ("name", "allowed"), [("vera.user", False), ("sara.super", True), ("adam.admin", True)]
)
def test_each_role_reaches_what_is_its_own_and_is_told_of_the_rest(windows, site, name, allowed):
    page = windows.signed_in(name, "/riktlinjer")
    assert page.get_by_role("heading", name="Riktlinjer", exact=True).is_visible()
    reply = page.goto(f"{site.address}/granskning")
    assert reply.status == (200 if allowed else 403)
    heading = "Omdömen att granska" if allowed else "Det gick inte"
    assert page.get_by_role("heading", name=heading).is_visible()
    assert page.get_by_text(FORBIDDEN).count() == (0 if allowed else 1)
    program = {"accept": "application/json"}  # with the same cookies
    reply = page.request.get(f"{site.address}/granskning/logg", headers=program)
    assert reply.status == (200 if allowed else 403)
    if not allowed:
        assert reply.json() == {"error": FORBIDDEN}
    assert page.request.get(f"{site.address}/api/regions", headers=program).status == 200


def test_a_stranger_is_sent_to_sign_in_and_then_where_they_were_going(windows, site):
    page = windows.open("/riktlinje/norrbotten?datum=2026-03-13")
    assert page.url.startswith(f"{site.address}/logga-in?till=")
    assert page.locator(".sip-columns").count() == 0
    sign_in(page, "vera.user", "fel lösenord som är långt")
    page.get_by_role("alert").get_by_text("Namnet eller lösenordet stämmer inte").wait_for()
    assert "fel lösenord" not in page.content()
    sign_in(page, "vera.user")
    page.get_by_role("heading", name="Riktlinjen i Norrbotten").wait_for()
    assert page.url.endswith("/riktlinje/norrbotten?datum=2026-03-13")
    reply = windows.context().request.post(f"{site.address}/api/ask", data={"turns": [ASKED]})
    assert reply.status == 401
    assert reply.json() == {"error": "Du behöver logga in."}


def test_after_five_wrong_passwords_one_has_to_wait_also_with_the_right_one(windows):
    page = windows.open("/logga-in")
    for _ in range(5):
        sign_in(page, "ingen.alls", "inte heller det här")
        page.get_by_text("Namnet eller lösenordet stämmer inte").wait_for()
    sign_in(page, "ingen.alls", PASSWORD)
    page.get_by_text("Det har varit för många försök. Vänta").wait_for()


def test_a_session_that_ends_while_the_page_is_open_is_told_and_the_question_stays(windows, site):
    context = windows.context()
    page = ready(windows.signed_in("vera.user", context=context))
    ask(page)
    site.end_sessions()
    follow_up = "Och hur snabbt ska det ske?"
    send(page, follow_up)
    told = page.get_by_role("alert").get_by_text("Du är inte längre inloggad.")
    told.wait_for()
    assert page.get_by_label("Din fråga").input_value() == follow_up
    assert page.locator(".sip-exchange").count() == 1
    assert page.locator(".toast-wrap > *").count() == 0
    with context.expect_page() as opened:
        page.get_by_role("link", name="Logga in (ny flik)").click()
    sign_in(opened.value, "vera.user")
    ready(opened.value)
    page.get_by_label("Din fråga").press("Enter")
    assert "Norrbotten" in page.locator("#sip-kallor").inner_text()
    answered(page, 2)
    assert told.count() == 0


def test_who_signs_in_next_in_the_same_browser_does_not_go_on_with_the_others_page(windows):
    context = windows.context()
    page = ready(windows.signed_in("vera.user", context=context))
    ask(page)
    other = windows.open("/logga-ut", context)
    other.get_by_role("button", name="Logga ut").click()
    sign_in(other, "sara.super")
    ready(other)
    send(page, "Och hur snabbt ska det ske?")
    page.get_by_text(RESTARTED).wait_for()
    assert page.locator(".sip-exchange").count() == 0
    assert ASKED not in page.locator("#sip-samtal").inner_text()
    ask(ready(page))


def test_a_session_ended_at_the_desk_leads_to_sign_in_and_back(windows, site):
    page = windows.signed_in("sara.super", "/granskning")
    site.end_sessions()
    page.get_by_role("link", name="Logg", exact=True).click()
    sign_in(page, "sara.super")
    page.get_by_role("heading", name="Logg", exact=True).wait_for()


def test_signing_out_in_one_tab_ends_the_other_and_the_cookie_is_gone(windows, site):
    context = windows.context()
    page = ready(windows.signed_in("vera.user", context=context))
    other = windows.open("/riktlinjer", context)
    other.get_by_role("link", name="Logga ut").click()
    assert other.get_by_text("Du är inloggad som vera.user").is_visible()
    other.get_by_role("button", name="Logga ut").click()
    other.get_by_text("Du är utloggad.").wait_for()
    assert [c["name"] for c in context.cookies() if c["name"] == "sip"] == []
    send(page, ASKED)
    page.get_by_text("Du är inte längre inloggad.").wait_for()
    other.go_back()
    other.reload()
    other.get_by_role("heading", name="Logga in").wait_for()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(windows):
    context = windows.context()
    page = windows.signed_in("vera.user", "/riktlinjer", context)
    (cookie,) = [c for c in context.cookies() if c["name"] == "sip"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert page.evaluate("document.cookie") == ""


@pytest.fixture(scope="module")
def oidc(assistant, index_folder, tmp_path_factory):
    """A site that leaves sign-in to a provider, and that provider."""
    with pytest.MonkeyPatch.context() as patch:
        # The standard's https is asked for by Authlib's server parts, even on this machine.
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        redirects: list[str] = []
        provider = Provider(redirects)
        live = Live(
            assistant,
            index_folder,
            tmp_path_factory.mktemp("oidc"),
            sign_in="oidc",
            oidc_issuer=provider.issuer,
            oidc_client=CLIENT,
            oidc_secret=CLIENT_SECRET,
        )
        redirects.append(f"{live.address}/logga-in/svar")
        yield live, provider
        live.stop()
        provider.stop()


def test_somebody_signs_in_at_the_providers_and_works_at_the_desk(windows, oidc):
    live, provider = oidc
    page = windows.context().new_page()
    page.goto(f"{live.address}/granskning")
    page.get_by_role("link", name="Fortsätt till inloggningen").click()
    page.get_by_role("heading", name="Omdömen att granska").wait_for()
    assert page.url == f"{live.address}/granskning"
    page.get_by_role("link", name="Logga ut").click()
    assert page.get_by_text("Du är inloggad som Vera Ek").is_visible()
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_text("Du kan fortfarande vara inloggad hos identitetstjänsten").wait_for()
    windows.hosts -= {live.address.split("/")[2], provider.issuer.split("/")[2]}


def test_a_common_user_of_the_providers_asks_but_has_no_desk(windows, oidc):
    live, provider = oidc
    provider.user = {"sub": "20-ulla", "name": "Ulla By", "roles": []}
    page = windows.context().new_page()
    page.goto(live.address)
    page.get_by_role("link", name="Fortsätt till inloggningen").click()
    ask(ready(page))
    assert page.goto(f"{live.address}/granskning").status == 403
    windows.hosts -= {live.address.split("/")[2], provider.issuer.split("/")[2]}
