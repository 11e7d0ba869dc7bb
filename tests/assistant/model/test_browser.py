"""A worded answer as it grows on the page, in a real browser against the real site."""

import pytest

from tests.assistant.model.scripted import PIECE, assisted
from tests.assistant.web.conftest import browser, chromium, windows
from tests.assistant.web.live import ASKED, PATIENCE, Live, answered, ready, send

__all__ = ["browser", "chromium", "windows"]

SAID = "Det är den fasta vårdkontakten som kallar till SIP."
MORE = "".join(f"Och detta är sak nummer {n}. [1]\n" for n in range(2, 4))


@pytest.fixture(scope="module")
def helped(index):
    """The assistant and its model, which is slow to speak."""
    return assisted(index, f"{SAID} [1]\n{MORE}", pause=0.15, seconds=60.0)


@pytest.fixture(scope="module")
def site(helped, index_folder, tmp_path_factory):
    found = Live(helped[0], index_folder, tmp_path_factory.mktemp("plats"), sign_in="av")
    yield found
    found.stop()


def test_what_is_verified_is_shown_while_the_rest_is_awaited(windows):
    page = ready(windows.open())
    send(page, ASKED)
    growing = page.locator(".sip-so-far .sip-said")
    growing.first.wait_for(timeout=PATIENCE)
    assert growing.first.inner_text() == SAID
    assert page.locator(".sip-answer").count() == 0
    page.get_by_label("Din fråga").fill("Nästa fråga skrivs medan")
    answer = answered(page)
    assert SAID in answer.inner_text()
    assert "formulerat av en språkmodell" in answer.inner_text()
    assert page.locator(".sip-so-far").count() == 0
    assert page.get_by_label("Din fråga").input_value() == "Nästa fråga skrivs medan"
    answer.get_by_role("button", name="Källa 1").first.click()
    page.locator(".sip-source:visible").first.wait_for()


def test_a_new_conversation_breaks_off_the_answer(windows, helped, monkeypatch):
    model = helped[1]
    monkeypatch.setattr(model, "pause", 1.0)  # it would go on for half a minute
    page = ready(windows.open())
    before = model.given
    send(page, ASKED)
    page.locator(".sip-so-far .sip-said").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Nytt samtal").click()
    page.locator(".sip-exchange").first.wait_for(state="detached", timeout=PATIENCE)
    seen = -1
    while seen != model.given:
        seen = model.given
        page.wait_for_timeout(3000)
    assert seen - before < len(f"{SAID} [1]\n{MORE}") // PIECE
