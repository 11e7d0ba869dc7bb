"""The site served for real, as a browser and the machine it runs on see it."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from assistant.settings import Settings
from assistant.web.serve import check_address, options
from ingest.errors import InputError
from tests.conftest import ROOT

SERVE = """
import sys
from pathlib import Path
from assistant.desk import open_assistant
from assistant.settings import Settings
from assistant.web.serve import serve
chosen = Settings(index=Path(sys.argv[1]), port=int(sys.argv[2]), sign_in="av")
serve(open_assistant(chosen, lambda *_: None, build=False), chosen)
"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def server(index_folder, tmp_path_factory):
    port, said = free_port(), tmp_path_factory.mktemp("serve") / "said.txt"
    with said.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(index_folder), str(port)],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
    for _ in range(600):
        if answers(port):
            break
        assert process.poll() is None, said.read_text()
        time.sleep(0.1)
    yield process, port, said
    if process.poll() is None:
        process.kill()
        process.wait(10)


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def test_the_page_works_under_its_policy_and_asks_no_other_host(server, browser):
    _, port, _ = server
    page = browser.new_page(locale="sv-SE")
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.on("response", lambda r: refused.append(f"{r.status} {r.url}") if r.status > 399 else None)
    page.goto(f"http://127.0.0.1:{port}/")
    page.get_by_label("Din fråga").fill("Vem kallar till SIP vid utskrivning i Norrbotten?")
    page.get_by_label("Din fråga").press("Enter")
    page.locator(".sip-source").first.wait_for(timeout=20_000)
    here = (f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}/", "data:", "blob:")
    assert [url for url in asked if not url.startswith(here)] == []
    assert [text for text in refused if "Content Security Policy" in text] == []
    assert [text for text in refused if text[:1] in "45" and "http" in text] == []
    assert page.evaluate("document.documentElement.lang") == "sv"
    page.close()


def test_a_guideline_is_read_by_keyboard_on_a_narrow_screen(server, browser):
    _, port, _ = server
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme="dark")
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"http://127.0.0.1:{port}/riktlinje/norrbotten#norrbotten-bet-oversikt")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("#norrbotten-bet-oversikt").is_visible()
    page.goto(f"http://127.0.0.1:{port}/sok?q=kallelse")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    assert [text for text in refused if "Content Security Policy" in text] == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(server, browser, scheme):
    _, port, _ = server
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"http://127.0.0.1:{port}/sok?q=kallelse")
    pairs = [("p.text", "body"), ("p.plats", "body"), ("h3 a", "body"), ("mark", "mark")]
    for text, behind in pairs:
        assert contrast(page, text, behind) >= 4.5, (text, scheme)
    page.close()


def contrast(page, text, behind):
    """The ratio of WCAG 2 between the text's colour and what is behind it."""

    def light(selector, name):
        script = f"e => getComputedStyle(e).{name}.match(/\\d+/g).slice(0, 3).map(Number)"
        shares = [part / 255 for part in page.locator(selector).first.evaluate(script)]
        parts = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dim, bright = sorted([light(text, "color"), light(behind, "backgroundColor")])
    return (bright + 0.05) / (dim + 0.05)


def test_nothing_of_a_search_is_logged_and_the_server_is_not_named(server):
    _, port, said = server
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/sok?q=xyzzyfraga")
    reply = connection.getresponse()
    assert reply.status == 200
    assert reply.getheader("server") is None
    assert "xyzzyfraga" in reply.read().decode()
    assert "xyzzyfraga" not in said.read_text()
    assert f"http://127.0.0.1:{port}" in said.read_text()


def test_the_server_stops_when_told_to(server):
    process, port, said = server
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    assert not answers(port)
    assert "Traceback" not in said.read_text()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_without_sign_in_no_other_address_is_used(host):
    with pytest.raises(InputError, match="inloggning"):
        check_address(Settings(host=host, sign_in="av"))


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_told(port):
    with pytest.raises(InputError, match="mellan 1 och 65535"):
        check_address(Settings(port=port, sign_in="av"))


def test_a_port_in_use_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="upptagen"):
            check_address(Settings(port=taken.getsockname()[1], sign_in="av"))


def test_an_address_that_is_not_this_machines_is_told_also_with_sign_in():
    with pytest.raises(InputError):
        check_address(Settings(host="192.0.2.1", sign_in="lokal"))


def test_no_address_is_written_to_a_log():
    assert options(Settings())["access_log"] is False
