"""Planner, registration and comparison in a real browser, by mouse, by keyboard, on a phone."""

import shutil
import socket
from datetime import date, datetime

import pytest
from icalendar import Calendar

from assistant.rules.calendar import ZONE

DAY = date(2026, 3, 14)
NOW = datetime(2026, 3, 14, 8, tzinfo=ZONE)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def address(assistant):
    import gradio as gr

    from assistant.page.compare import compare_tab
    from assistant.page.planner import planner_tab
    from assistant.page.registration import registration_tab

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with gr.Blocks(title="Prov", analytics_enabled=False) as blocks:
        gr.Markdown("# Prov")
        with gr.Tabs():
            with gr.Tab("Tidsplan"):
                planner_tab(lambda: DAY, lambda: NOW)
            with gr.Tab("Registrering"):
                registration_tab(lambda: DAY)
            with gr.Tab("Jämför regioner"):
                compare_tab(assistant, lambda: DAY)
    blocks.launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        share=False,
        quiet=True,
        ssr_mode=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
    )
    yield f"http://127.0.0.1:{port}"
    blocks.close()


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser, address):
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    opened.set_default_timeout(20_000)
    asked, broken = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.goto(address)
    opened.get_by_role("heading", name="Tidsplan").wait_for()
    yield opened
    opened.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert broken == []


def planned(page):
    page.get_by_role("radio", name="Norrbotten").check()
    ready = page.get_by_label("Utskrivningsklar skickades")
    ready.fill("13/3 kl 13.10")
    ready.press("Enter")
    page.locator("#sip-plan tbody tr").first.wait_for()


def test_the_plan_the_plot_and_the_calendar_file_have_the_same_deadlines(page):
    planned(page)
    page.locator("#sip-plot .points path").first.wait_for()
    table = page.locator("#sip-plan tbody tr").count()
    assert page.locator("#sip-plot .points path").count() == table > 0
    with page.expect_download() as saved:
        page.get_by_role("link", name="Hämta kalenderfil (.ics)").click()
    assert saved.value.suggested_filename == "sip-tidsplan-norrbotten.ics"
    with open(saved.value.path(), "rb") as file:
        events = Calendar.from_ical(file.read()).walk("VEVENT")
    assert len(events) == table
    shown = page.locator("#sip-plan").inner_text()
    for event in events:
        told = str(event["summary"]).removeprefix("Passerad: ").removesuffix(" (Norrbotten)")
        assert told in shown


def test_the_next_missing_is_asked_for_and_its_answer_gives_more_deadlines(page):
    planned(page)
    before = page.locator("#sip-plan tbody tr").count()
    answer = page.locator("#sip-next textarea")
    assert page.locator("#sip-next").inner_text().strip() == "Utskrivningsdatum"
    answer.fill("snart")
    answer.press("Enter")
    page.get_by_role("alert").get_by_text("går inte att läsa").wait_for()
    answer.fill("20/3 kl 10")
    page.get_by_role("button", name="Lägg till uppgiften").click()
    page.locator("#sip-plan tbody tr").nth(before).wait_for()
    assert page.get_by_label("Utskrivningsdatum", exact=True).input_value() == "20/3 kl 10"
    assert page.get_by_role("alert").count() == 0


def test_the_planner_is_reached_and_used_by_keyboard_alone(page):
    def focused():
        return page.evaluate("document.activeElement.closest('label,button')?.innerText ?? ''")

    page.get_by_role("tab", name="Tidsplan").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Senaste uppföljning" in focused():
            break
    page.keyboard.type("10/3 2026")
    page.keyboard.press("Enter")
    page.locator("#sip-plan").get_by_text("tisdag 10 mars 2026").first.wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Visa tidsplanen" in focused():
            break
    assert "Visa tidsplanen" in focused()


def test_another_region_asks_for_its_own_events_and_keeps_what_was_written(page):
    planned(page)
    page.get_by_role("radio", name="Region Halland").check()
    page.get_by_label("Läkarens bedömning").wait_for(state="hidden")
    assert page.locator("#sip-plan table").count() == 0
    assert page.get_by_label("Utskrivningsklar skickades").input_value() == "13/3 kl 13.10"
    page.get_by_role("button", name="Visa tidsplanen").click()
    page.locator("#sip-plan").get_by_text("Tidsplan: Halland").wait_for()


def test_the_plan_can_be_printed(page):
    planned(page)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Skriv ut").click()
    page.wait_for_function("window.printed === true")
    page.emulate_media(media="print")
    assert page.locator("#sip-plan table").is_visible()
    assert not page.get_by_role("button", name="Visa tidsplanen").is_visible()


def test_on_a_phone_nothing_goes_past_the_edge(page):
    page.set_viewport_size({"width": 320, "height": 700})
    planned(page)
    page.locator("#sip-plot .points path").first.wait_for()
    wide = "document.documentElement.scrollWidth > window.innerWidth"
    assert not page.evaluate(wide)
    said = page.locator("#sip-plan tbody td").first.evaluate(
        "cell => getComputedStyle(cell).display"
    )
    assert said == "block"


def test_a_silent_region_is_told_so_beside_those_that_answer(page):
    page.get_by_role("tab", name="Jämför regioner").click()
    page.get_by_role("button", name="Betalningsansvar").click()
    cells = page.locator(".sip-cell")
    cells.first.wait_for()
    assert cells.count() == 5
    silent = page.locator('.sip-cell[data-region="halland"]')
    assert "Anges inte i riktlinjen." in silent.inner_text()
    own = page.locator('.sip-cell[data-region="norrbotten"]')
    assert "Anges inte i riktlinjen." not in own.inner_text()
    for href in own.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
        assert href.startswith("/riktlinje/norrbotten#norrbotten-")
    tops = cells.evaluate_all("all => all.map(cell => cell.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    page.set_viewport_size({"width": 320, "height": 700})
    tops = cells.evaluate_all("all => all.map(cell => cell.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_place_and_unit_give_points_and_code(page):
    page.get_by_role("tab", name="Registrering").click()
    page.get_by_role("radio", name="Västra Götaland", exact=True).check()
    page.get_by_role("radio", name="sjukhus", exact=True).check()
    page.get_by_role("radio", name="rehab", exact=True).check()
    page.get_by_role("button", name="Visa registreringen").click()
    told = page.locator("#sip-registration")
    told.get_by_text("AU125").wait_for()
    assert "3 p" in told.inner_text()
    assert told.locator('a[href="/riktlinje/vgr#vgr-reg-sjukhus-rehab"]').count() > 0


def test_markup_in_a_question_is_shown_as_text(page):
    page.get_by_role("tab", name="Jämför regioner").click()
    box = page.get_by_label("Vad vill du jämföra?")
    box.fill("Vem kallar till SIP <img src=x onerror='window.hit=1'>?")
    box.press("Enter")
    page.locator(".sip-cell, .sip-problem").first.wait_for()
    assert page.locator("#sip-compare img").count() == 0
    assert page.evaluate("window.hit") is None
