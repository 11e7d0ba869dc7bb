"""The site when the network, the server or what is pasted into it is not as one would wish."""

import threading

import pytest

from assistant.page import chat, compare
from assistant.page.chat import CUT_OFF, LOST, RESTARTED, Conversation, Exchange
from tests.assistant.store.conftest import NOW, keep
from tests.assistant.web.live import ASKED, Live, answered, ask, ready, send
from tests.conftest import DAY

FOLLOW_UP = "Och hur snabbt ska det ske?"
TABLE = "Enhet\tDag\tFrist\r\nMedicin\t13/3 13.10\t<b>3 dagar</b>\r\n=1+1\t|---|\t**x**\r\n"
LATEX = "$$\\frac{1}{2}\\href{javascript:alert(1)}{x}$$ \\(a^2\\) \\begin{matrix}1\\end{matrix}"
RIGHT_TO_LEFT = "Vem \u202ekallar\u202c till \u2067SIP\u2069 \u200fvid utskrivning\u061c i Kalix?"
GRADIOS_OWN = ".toast-wrap > *"  # messages, in English
LONG_WORD = "utskrivningsplaneringssamordning" * 60
MARKED_UP = '<img src=x onerror="window.hit=1"> **SIP** [a](javascript:window.hit=1) kallelse'


@pytest.fixture(scope="module")
def site(assistant, index_folder, tmp_path_factory):
    live = Live(assistant, index_folder, tmp_path_factory.mktemp("site"))
    yield live
    live.stop()


class Held:
    """Holds answers back until they are let go."""

    def __init__(self, answer):
        self._answer = answer
        self._go = threading.Event()
        self.waiting = threading.Semaphore(0)

    def __call__(self, question):
        self.waiting.release()
        assert self._go.wait(60)
        return self._answer(question)

    def until(self, how_many: int) -> None:
        """Wait until so many questions have come in."""
        for _ in range(how_many):
            assert self.waiting.acquire(timeout=60)

    def let_go(self) -> None:
        self._go.set()


@pytest.fixture
def held(assistant, monkeypatch):
    gate = Held(assistant.answer)
    monkeypatch.setattr(assistant, "answer", gate)
    yield gate
    gate.let_go()


def notice(page):
    return page.locator("#sip-forbindelse").get_by_role("paragraph")


def nothing_is_rendered(page):
    shown = page.locator(
        "#sip-samtal, #sip-kallor, #sip-compare, #sip-plan, #sip-registration, main"
    )
    for made in ("script", "img", "iframe", ".katex", "math", "svg", "b", "em"):
        assert shown.locator(made).count() == 0, made
    assert page.evaluate("window.hit") is None


# ---- going away and coming back


def test_back_from_a_guideline_page_tells_that_the_conversation_begins_anew(windows):
    page = ready(windows.open())
    ask(page)
    page.get_by_role("link", name="Riktlinjer", exact=True).click()
    page.get_by_role("heading", name="Region Norrbotten").get_by_role("link").click()
    page.get_by_role("heading", name="Riktlinjen i Norrbotten").wait_for()
    page.go_back()
    page.go_back()
    page.get_by_text(RESTARTED).wait_for()
    assert page.locator(".sip-exchange").count() == 0
    ask(ready(page))


def test_a_source_opens_beside_the_conversation_which_stays(windows):
    context = windows.context()
    page = ready(windows.open(context=context))
    ask(page)
    with context.expect_page() as opened:
        page.locator(".sip-source:visible").get_by_role("link").click()
    opened.value.locator(".bestammelse:target").wait_for()
    opened.value.close()
    ask(page, FOLLOW_UP, 2)


def test_a_reload_in_mid_answer_tells_that_the_conversation_begins_anew(windows, held):
    page = ready(windows.open())
    send(page, ASKED)
    held.until(1)
    page.locator(".sip-under-way").wait_for()
    page.reload()
    page.get_by_text(RESTARTED).wait_for()
    held.let_go()
    ask(ready(page))
    assert page.locator(".sip-exchange").count() == 1


def test_two_tabs_hold_two_conversations(windows):
    context = windows.context()
    one, other = (ready(windows.open(context=context)) for _ in range(2))
    ask(one)
    ask(other, "Vilken KVÅ-kod gäller i Halland?")
    ask(one, FOLLOW_UP, 2)
    assert "Halland" not in one.locator("#sip-samtal, #sip-kallor").all_inner_texts()[1]
    assert other.locator(".sip-exchange").count() == 1
    one.close()
    ask(other, "Och vad kostar det?", 2)


# ---- several at once


def test_answers_that_are_made_at_the_same_time_reach_each_their_own(windows, held):
    pages = [ready(windows.open()) for _ in range(2)]
    questions = [ASKED, "Vilken KVÅ-kod gäller för SIP i Halland?"]
    for page, question in zip(pages, questions, strict=True):
        send(page, question)
    held.until(2)
    held.let_go()
    for page in pages:
        answered(page)
    shown = [page.locator("#sip-samtal").inner_text() for page in pages]
    assert "Norrbotten" in shown[0]
    assert "KVÅ" not in shown[0]
    assert "KVÅ" in shown[1]
    assert "Norrbotten" not in shown[1]


def test_a_double_click_on_an_example_asks_once(windows, held):
    page = ready(windows.open())
    page.locator(".sip-example:visible").first.dblclick()
    held.until(1)
    held.let_go()
    answered(page)
    ask(page, FOLLOW_UP, 2)
    held.until(1)
    assert not held.waiting.acquire(blocking=False)


def test_a_new_conversation_in_mid_answer_stops_the_answer(windows, held):
    page = ready(windows.open())
    send(page, "Vilken KVÅ-kod gäller i Halland?")
    held.until(1)
    page.get_by_role("button", name="Nytt samtal").dblclick()
    page.locator("#sip-samtal .sip-empty").wait_for()
    held.let_go()
    ask(page)
    assert page.locator(".sip-exchange").count() == 1
    assert "Halland" not in page.locator("#sip-samtal").inner_text()


# ---- the network and the server


def test_a_lost_connection_is_told_and_the_conversation_goes_on_when_it_is_back(windows):
    context = windows.context()
    page = ready(windows.open(context=context))
    ask(page)
    context.set_offline(True)
    send(page, FOLLOW_UP)
    notice(page).get_by_text("Ingen kontakt med assistenten.").wait_for()
    assert page.get_by_label("Din fråga").input_value() == FOLLOW_UP
    assert answered(page).is_visible()
    context.set_offline(False)
    page.get_by_label("Din fråga").press("Enter")
    answered(page, 2)
    assert notice(page).count() == 0
    assert "Norrbotten" in page.locator(".sip-source:visible h3").inner_text()


def test_in_every_tab_a_lost_connection_is_told_in_swedish(windows):
    context = windows.context()
    page = ready(windows.open(context=context))
    context.set_offline(True)
    for tab, button in (
        ("Tidsplan", "Visa tidsplanen"),
        ("Registrering", "Visa registreringen"),
        ("Jämför regioner", "Betalningsansvar"),
    ):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("button", name=button).click()
        notice(page).get_by_text("Ingen kontakt med assistenten.").wait_for()
        assert page.locator(GRADIOS_OWN).count() == 0
        page.get_by_role("button", name="Stäng meddelandet").click()
        assert notice(page).count() == 0


def test_a_restarted_server_tells_that_it_has_forgotten_and_one_can_go_on(windows, site):
    page = ready(windows.open())
    ask(page)
    with site.down():
        send(page, FOLLOW_UP)
        notice(page).get_by_text("Ingen kontakt med assistenten.").wait_for()
    page.get_by_label("Din fråga").press("Enter")
    page.get_by_text(LOST).wait_for()
    answered(page)
    ask(page, ASKED, 2)


def test_a_server_that_stops_in_mid_answer_gives_the_question_back(windows, site, held):
    page = ready(windows.open())
    send(page, ASKED)
    held.until(1)
    page.locator(".sip-under-way").wait_for()
    with site.down():
        notice(page).get_by_text("bröts innan svaret kom. Det du skrev står kvar").wait_for()
        assert page.get_by_label("Din fråga").input_value() == ASKED
        assert page.locator(".sip-under-way").count() == 0
        assert page.locator(".sip-failed").inner_text() == CUT_OFF
        held.let_go()
    page.get_by_label("Din fråga").press("Enter")
    page.locator(".sip-latest .sip-answer").wait_for()
    assert page.locator(".sip-under-way").count() == 0


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(windows, held):
    context = windows.context()
    page = context.new_page()
    page.clock.install()
    page.goto(windows.site.address)
    send(ready(page), ASKED)
    held.until(1)
    page.locator(".sip-under-way").wait_for()
    page.clock.fast_forward("01:01")
    notice(page).get_by_text("bröts innan svaret kom").wait_for()
    held.let_go()
    page.get_by_label("Din fråga").press("Enter")
    page.locator(".sip-latest .sip-answer").wait_for()
    assert page.locator(".sip-under-way").count() == 0


def test_a_fault_of_ours_is_told_in_swedish_and_the_page_goes_on(windows, monkeypatch):
    page = ready(windows.open())
    page.get_by_role("tab", name="Jämför regioner").click()
    with monkeypatch.context() as broken:
        broken.setattr(compare, "cells", lambda *_: 1 / 0)
        page.get_by_role("button", name="Betalningsansvar").click()
        notice(page).get_by_text("Något gick fel hos assistenten.").wait_for()
        assert page.locator(GRADIOS_OWN).count() == 0
    page.get_by_role("button", name="Betalningsansvar").click()
    page.locator(".sip-cell").first.wait_for()
    assert notice(page).count() == 0


def test_an_answer_that_was_cut_off_does_not_stand_as_under_way_for_ever(assistant):
    cut = Conversation((), (Exchange(1, ASKED, ("Tolkar frågan",)),))
    *_, now = chat.asked(assistant, cut, ASKED, None, DAY)
    assert [exchange.failed for exchange in now.exchanges] == [CUT_OFF, ""]


# ---- what is written and pasted


def paste(page, text):
    page.get_by_label("Din fråga").focus()
    page.evaluate(
        """text => { const held = new DataTransfer();
        held.setData('text/plain', text);
        held.setData('text/html', `<table><tr><td><img src=x onerror="hit=1">${text}</td></tr>`);
        document.activeElement.dispatchEvent(
          new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}))
        && document.execCommand('insertText', false, text); }""",
        text,
    )


def test_a_pasted_table_is_shown_as_its_text(windows):
    page = ready(windows.open())
    paste(page, f"Vem kallar till SIP i Kalix?\n{TABLE}")
    page.get_by_label("Din fråga").press("Enter")
    answered(page)
    shown = page.locator(".sip-asked")
    assert "<b>3 dagar</b>" in shown.inner_text()
    assert page.locator("#sip-samtal table").count() == 0
    nothing_is_rendered(page)


def test_ten_thousand_letters_are_told_to_be_too_many_and_one_can_go_on(windows):
    page = ready(windows.open())
    paste(page, ("Vem kallar till SIP i Kalix? " * 345)[:10_000])
    page.get_by_label("Din fråga").press("Enter")
    assert "för lång" in answered(page).inner_text()
    ask(page, ASKED, 2)


@pytest.mark.parametrize(
    "text",
    [TABLE, LATEX, RIGHT_TO_LEFT, LONG_WORD[:250], MARKED_UP],
    ids=["table", "latex", "right-to-left", "long-word", "markup"],
)
def test_in_every_field_what_is_written_is_text_and_the_page_holds(windows, site, text):
    page = ready(windows.open())
    page.set_viewport_size({"width": 400, "height": 800})
    page.get_by_label("Svaret ska gälla dagen").fill(text[:40])
    send(page, text)
    page.get_by_text("innehåller inget datum").wait_for()
    page.get_by_label("Svaret ska gälla dagen").fill("")
    page.get_by_label("Din fråga").press("Enter")
    answered(page)
    page.get_by_label("Ofullständig").check()
    page.get_by_label("Kommentar").fill(text)
    page.get_by_role("button", name="Skicka omdömet").click()
    page.get_by_text("Tack! Omdömet är sparat").wait_for()
    nothing_is_rendered(page)

    page.get_by_role("tab", name="Jämför regioner").click()
    page.get_by_label("Vad vill du jämföra?").fill(text)
    page.get_by_role("button", name="Jämför", exact=True).click()
    page.locator(".sip-cell, .sip-problem").first.wait_for()
    nothing_is_rendered(page)
    page.get_by_role("tab", name="Tidsplan").click()
    page.get_by_label("Utskrivningsklar skickades").fill(text[:100])
    page.get_by_role("button", name="Visa tidsplanen").click()
    page.locator(".sip-problem").first.wait_for()
    nothing_is_rendered(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400

    page.goto(f"{site.address}/sok")
    page.get_by_label("Sökord eller fråga").fill(text)
    page.get_by_role("button", name="Sök").click()
    page.wait_for_url("**/sok?q=**")
    nothing_is_rendered_but_marks(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def nothing_is_rendered_but_marks(page):
    assert page.locator("main script, main img, main table, main .katex").count() == 0
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize(
    "path",
    [
        "/?region=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&dag=%22%3E#fraga=%3Cscript%3Ealert(1)",
        "/riktlinje/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/sok?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E&region=%22onload%3D",
        "/granskning?status=%3Cb%3E&sida=1",
        "/finns-inte/%E2%80%AE",
    ],
)
def test_an_address_that_somebody_made_up_runs_nothing(windows, path):
    page = windows.open(path)
    page.locator("h1").first.wait_for()
    assert page.locator("main img, .sip-columns img").count() == 0


def test_hostile_feedback_is_text_at_the_desk(windows, site):
    from assistant.store import open_store

    store = open_store(site.settings.database)
    answer = f"{MARKED_UP} {LATEX}. [1]\n\n{LONG_WORD} [1]"
    number = keep(
        store, NOW, 100_000, turns=(TABLE, RIGHT_TO_LEFT), answer=answer, comment=LONG_WORD[:2000]
    )
    store.close()
    page = windows.open(f"/granskning/omdome/{number}")
    page.set_viewport_size({"width": 400, "height": 800})
    page.get_by_label("Skäl").fill("Prövar text som går fel.")
    page.get_by_role("button", name="Öppna").click()
    page.get_by_role("heading", name=f"Omdöme {number}").wait_for()
    assert MARKED_UP in page.locator("main").inner_text()
    nothing_is_rendered(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


# ---- whom the browser talks to


def test_on_no_view_is_another_host_asked(windows, site):
    page = ready(windows.open())
    ask(page)
    for tab, button in (
        ("Tidsplan", "Visa tidsplanen"),
        ("Registrering", "Visa registreringen"),
        ("Jämför regioner", "Betalningsansvar"),
    ):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("button", name=button).click()
    page.locator(".sip-cell").first.wait_for()
    views = [
        "/riktlinjer", "/riktlinje/norrbotten", "/riktlinje/vgr/regler", "/sok?q=kallelse",
        "/granskning", "/granskning/omdome/1", "/granskning/rattelser", "/granskning/statistik",
        "/granskning/logg", "/finns-inte",
    ]  # fmt: skip
    for view in views:
        page.goto(site.address + view)
        page.locator("h1").wait_for()
    assert windows.hosts == {site.address.split("/")[2]}
