"""The tab where one asks, in a real browser against a real server."""

import os
import re
import shutil
import socket
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import DAY

ASKED = "Vem kallar till SIP vid utskrivning i Norrbotten?"
NUMBER = "19811218-9876"  # one of the tax agency's test numbers
STYLE = Path(__file__).parents[3] / "assistant" / "page" / "style.css"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def sent():
    """The feedback that the page has handed over."""
    return []


@pytest.fixture(scope="module")
def address(assistant, sent):
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from assistant.page.view import page

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def keep(feedback, _):
        sent.append(feedback)
        return "Tack. Omdömet är sparat."

    blocks = page(assistant, lambda: DAY, feedback=keep, notice="<b>Inloggning är av.</b>")
    blocks.queue(max_size=64, default_concurrency_limit=2, api_open=False)
    blocks.launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        css_paths=STYLE,
    )
    yield f"http://127.0.0.1:{port}/"
    blocks.close()


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser, address):
    """Opens the page in a browser of its own; afterwards nothing may have gone wrong in any."""
    contexts, wrong, hosts = [], [], set()

    def open_(after="", width=1280):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="sv-SE",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.goto(address + after)
        day = page.get_by_label("Svaret ska gälla dagen")
        page.wait_for_function("field => field.value !== ''", arg=day.element_handle())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []
    assert hosts <= {address.split("/")[2], ""}


def ask(page, question, number=1):
    page.get_by_label("Din fråga").fill(question)
    page.get_by_label("Din fråga").press("Enter")
    return answered(page, number)


def answered(page, number=1):
    answer = page.locator(f'.sip-exchange[aria-label="Fråga {number}"] .sip-answer')
    answer.wait_for()
    return answer


def chosen(page):
    page.locator(".sip-source:visible").first.wait_for()
    (source,) = page.locator(".sip-source:visible").all()
    return source


def test_the_citation_chosen_is_the_one_shown_and_its_passage_is_marked(opened, assistant):
    page = opened()
    # Two questions, so that there are two sources at least.
    answer = ask(page, "Vem leder SIP-mötet och hur ofta följs planen upp i Norrbotten?")
    for button in answer.locator(".sip-cite").all():
        button.click()
        number = int(button.inner_text().strip("[]"))
        source = chosen(page)
        assert source.get_attribute("id") == f"kalla-1-{number}"
        provision = source.get_by_role("link").get_attribute("href").split("#")[1]
        marked = source.locator("mark").inner_text()
        assert marked == assistant.corpus.provisions[provision].text
        assert marked in answer.inner_text()
    page.get_by_role("button", name="Föregående källa").click()
    assert chosen(page).get_attribute("id") == f"kalla-1-{number - 1}"


def test_a_follow_up_keeps_the_region_and_a_new_conversation_forgets_it(opened):
    page = opened()
    ask(page, ASKED)
    ask(page, "Och hur snabbt ska det ske?", 2)
    assert "Norrbotten" in chosen(page).locator("h3").inner_text()
    page.get_by_role("button", name="Nytt samtal").click()
    page.locator("#sip-samtal .sip-empty").wait_for()
    answer = ask(page, "Och hur snabbt ska det ske?")
    assert "sip-is-answer" not in answer.get_attribute("class")


def test_a_region_is_chosen_by_a_button_when_we_ask_which(opened):
    page = opened()
    assert "Fråga tillbaka" in ask(page, "Vem kallar till SIP?").inner_text()
    page.get_by_role("button", name="Region Värmland", exact=True).click()
    answered(page, 2)
    assert "Värmland" in chosen(page).locator("h3").inner_text()
    assert page.get_by_role("radio", name="Region Värmland").is_checked()


def test_a_suggestion_is_asked_by_its_button(opened):
    page = opened()
    ask(page, ASKED)
    button = page.locator(".sip-next button:visible").first
    told = button.inner_text()
    button.click()
    answered(page, 2)
    assert page.locator(".sip-latest .sip-asked").inner_text() == told


def test_the_address_fills_in_region_and_question_and_sends_nothing(opened):
    page = opened("?region=norrbotten#fraga=Vem%20kallar%20till%20SIP%3F")
    assert page.get_by_role("radio", name="Region Norrbotten").is_checked()
    assert page.get_by_label("Din fråga").input_value() == "Vem kallar till SIP?"
    assert page.locator(".sip-exchange").count() == 0
    page.goto(page.url.split("?")[0])
    page.wait_for_function("document.querySelector('[value=norrbotten]')?.checked")
    assert page.get_by_label("Din fråga").input_value() == ""


def test_a_link_carries_the_question_only_where_that_was_ticked(opened):
    page = opened()
    ask(page, ASKED)
    page.get_by_role("button", name="Länk till sidan").click()
    link = page.get_by_label("Länk", exact=True)
    page.get_by_role("button", name="Skapa länk").click()
    page.wait_for_function("field => field.value !== ''", arg=link.element_handle())
    assert "fraga" not in link.input_value()
    page.get_by_label("Ta med frågan i länken").check()
    page.get_by_role("button", name="Skapa länk").click()
    page.wait_for_function("field => field.value.includes('#fraga=')", arg=link.element_handle())
    assert "#fraga=Vem%20kallar" in link.input_value()


def test_the_keyboard_alone_asks_and_reaches_a_citation_and_back(opened):
    page = opened()
    assert page.evaluate("document.activeElement.closest('#sip-fraga') !== null")
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    answered(page)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.sip-cite')"):
            break
    cited = page.evaluate("document.activeElement.dataset.source")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == cited
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.source") == cited


def test_a_narrow_page_needs_no_sideways_scroll(opened):
    page = opened(width=320)
    ask(page, "Vem kallar till SIP " + "a" * 400 + " i Norrbotten?")
    ask(page, ASKED, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_passage_longer_than_the_window_can_be_scrolled_to_its_end(opened):
    page = opened()
    page.set_viewport_size({"width": 1280, "height": 260})
    ask(page, ASKED)
    last = chosen(page).get_by_role("link")
    last.scroll_into_view_if_needed()
    assert page.evaluate(
        """link => { const box = link.getBoundingClientRect();
        return link.contains(document.elementFromPoint(box.x + 5, box.y + box.height / 2)); }""",
        last.element_handle(),
    )


def test_two_users_never_see_each_others_text(opened):
    one, other = opened(), opened()
    ask(one, ASKED)
    ask(other, "Vilken KVÅ-kod gäller i Halland?")
    assert "Halland" not in one.locator(".sip-columns").inner_text().replace("Region Halland", "")
    assert "Norrbotten" not in other.locator("#sip-samtal").inner_text()
    assert "Norrbotten" not in other.locator("#sip-kallor").inner_text()


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)> **SIP** [a](javascript:alert(1))?",
        "$\\frac{1}{2}$ \u202evem kallar till SIP\u202c " + "x" * 2000 + "\t1\t2\n3\t4",
        "Vem kallar till SIP? " * 500,
    ],
)
def test_what_is_typed_is_shown_as_typed_and_never_rendered(opened, question):
    page = opened()
    ask(page, question)
    shown = page.locator("#sip-samtal")
    assert shown.locator("script, img, a, .katex, .sip-asked *").count() == 0
    if len(question) <= 4000:
        assert shown.locator(".sip-asked").inner_text().split() == question.split()
    else:
        assert "för lång" in shown.inner_text()


def test_personal_data_is_nowhere_in_the_page_or_the_browser_afterwards(opened):
    page = opened()
    ask(page, f"Ska {NUMBER} få en SIP i Kalix?")
    assert NUMBER not in page.content()
    assert page.get_by_label("Din fråga").input_value() == ""
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert NUMBER not in kept
    assert "Kalix" not in kept


def test_two_quick_presses_ask_once_and_a_reload_starts_anew(opened):
    page = opened()
    box = page.get_by_label("Din fråga")
    box.fill(ASKED)
    box.press("Enter")
    box.press("Enter")
    answered(page)
    page.locator(".sip-next button:visible").first.dblclick()
    answered(page, 2)
    assert page.locator(".sip-exchange").count() == 2
    page.reload()
    page.get_by_text("samtalet börjar om").wait_for()
    assert page.locator(".sip-exchange").count() == 0
    ask(page, ASKED)


def test_a_day_that_is_none_is_told_and_the_question_stays(opened):
    page = opened()
    page.get_by_label("Svaret ska gälla dagen").fill("i övermorgon")
    page.get_by_label("Din fråga").fill(ASKED)
    page.get_by_label("Din fråga").press("Enter")
    page.get_by_text("innehåller inget datum").wait_for()
    assert page.get_by_label("Din fråga").input_value() == ASKED
    page.get_by_label("Svaret ska gälla dagen").fill("2026-03-13")
    page.get_by_label("Din fråga").press("Enter")
    assert "fredag 13 mars 2026" in answered(page).inner_text()


def test_a_verdict_is_handed_over_with_what_it_concerns(opened, sent):
    page = opened()
    assert page.get_by_text("Skicka omdömet").count() == 0
    ask(page, ASKED)
    page.get_by_text(re.compile("gallras efter .* dagar")).wait_for()
    page.get_by_role("button", name="Skicka omdömet").click()
    page.get_by_text("Välj ett omdöme först.").wait_for()
    assert sent == []
    page.get_by_label("Fel källa").check()
    page.get_by_label("Kommentar").fill("<b>Fel sida</b>")
    page.get_by_role("button", name="Skicka omdömet").click()
    page.get_by_text("Tack. Omdömet är sparat.").wait_for()
    (feedback,) = sent
    assert feedback.turns == (ASKED,)
    assert (feedback.region, feedback.as_of) == ("norrbotten", DAY)
    assert (feedback.verdict, feedback.comment) == ("fel källa", "<b>Fel sida</b>")
    assert feedback.provisions


def test_the_answer_is_copied_with_its_sources(opened):
    page = opened()
    ask(page, ASKED)
    for name, sign in (("Kopiera som text", "Källor:\n[1] "), ("Kopiera som Markdown", "\n[^1]: ")):
        page.evaluate("navigator.clipboard.writeText('')")
        page.get_by_role("button", name=name).click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text !== '')")
        assert sign in page.evaluate("navigator.clipboard.readText()")
    page.get_by_text("Svaret är kopierat").wait_for()


def test_print_holds_the_answer_with_all_its_sources_and_no_controls(opened):
    page = opened()
    ask(page, "Vilken KVÅ-kod gäller i Halland?")
    ask(page, ASKED, 2)
    page.emulate_media(media="print")
    assert page.locator("#sip-samtal .sip-exchange:visible").count() == 1
    visible = [s.get_attribute("id") for s in page.locator(".sip-source:visible").all()]
    cited = {b.get_attribute("data-source") for b in page.locator(".sip-latest .sip-cite").all()}
    assert set(visible) == cited
    for gone in ("Fråga", "Nytt samtal", "Skriv ut", "Skicka omdömet", "Nästa källa"):
        assert page.get_by_role("button", name=gone, exact=True).count() == 0


def test_without_a_store_no_verdict_is_asked_for(assistant):
    from assistant.page.view import page

    shown = str(page(assistant, lambda: DAY).get_config_file())
    assert "Skicka omdömet" not in shown


def test_a_conversation_that_the_server_has_lost_is_told_of(assistant):
    import gradio as gr

    from assistant.page.ask_tab import AskTab
    from assistant.page.chat import LOST, Conversation

    with gr.Blocks():
        tab = AskTab(assistant, lambda: DAY, None, lambda _: "")
    for seen, told in (("2", True), ("0", False)):
        *_, last = tab._ask(ASKED, Conversation(), seen, "", "", gr.Request())
        assert any(LOST in str(value) for value in last.values()) is told


def test_the_page_has_its_four_tabs(opened):
    tabs = opened().get_by_role("tab").all_inner_texts()
    assert tabs == ["Fråga", "Tidsplan", "Registrering", "Jämför regioner"]


def test_a_notice_is_shown_as_text(opened):
    assert opened().locator(".sip-notice").inner_text() == "<b>Inloggning är av.</b>"


def test_no_control_is_a_list_box_and_each_has_a_name(opened):
    page = opened()
    ask(page, "Vem kallar till SIP?")
    assert page.get_by_role("listbox").count() == 0
    assert page.get_by_role("combobox").count() == 0
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('.sip-columns button, .sip-columns input,'
        + '.sip-columns textarea')].filter(e => e.checkVisibility()
        && !(e.innerText || e.ariaLabel || e.labels?.[0]?.innerText || '').trim())
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert unnamed == []
    levels = page.evaluate(
        """() => [...document.querySelectorAll('h1,h2,h3,h4')].filter(e => e.checkVisibility())
        .map(e => Number(e.tagName[1]))"""
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
