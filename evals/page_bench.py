"""How soon the page is there, how soon an answer is shown, and how much is fetched for it.

`python -m evals.page_bench` (or `make bench-page`) starts the real server on this machine, with the
index built, and drives Chromium. Nothing is timed in the tests.
"""

import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import Browser, Page, sync_playwright

PORT = 7871
ADDRESS = f"http://127.0.0.1:{PORT}"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
ASKED = (
    "Vem kallar till SIP vid utskrivning i Norrbotten?",
    "Hur ofta ska SIP följas upp i Örebro?",
    "Vilken KVÅ-kod gäller på vårdcentral i VGR?",
    "Vem registrerar vårdkontakten i Halland?",
    "Utskrivningsklar skickades fredag 13 mars kl 13.10, när börjar kommunen betala? Norrbotten",
    "Vem sammankallar i Värmland?",
)
ROUNDS = 4
SETTLED = 3000  # milliseconds


def main() -> None:
    """Start, measure, print one line for each figure."""
    started = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "evals.cli", "serve", "--port", str(PORT)])
    try:
        _wait()
        first = time.perf_counter() - started
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=_chromium(), args=FLAGS)
            weight, requests, ready = _first_page(browser)
            shown = _answers(browser)
            browser.close()
    finally:
        server.terminate()
        server.wait()
    print(f"from start to first page      {first:.1f} s")
    print(f"from address to usable page   {ready:.1f} s")
    print(f"weight of the page            {weight / 1e6:.2f} MB in {requests} requests")
    print(f"from Enter to answer, median  {statistics.median(shown):.0f} ms, n {len(shown)}")
    print(f"from Enter to answer, highest {max(shown):.0f} ms")


def _first_page(browser: Browser) -> tuple[int, int, float]:
    """Bytes fetched, requests and seconds until the field can be written in, nothing cached."""
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto(ADDRESS)
    page.get_by_label("Din fråga").wait_for()
    ready = time.perf_counter() - begun
    # Gradio keeps a connection open, so the network is never idle; what is fetched late is small.
    page.wait_for_timeout(SETTLED)
    context.close()
    return int(sum(sizes)), len(sizes), ready


def _answers(browser: Browser) -> list[float]:
    """Milliseconds from Enter until the answer stands there, the first question left out."""
    page = browser.new_page(locale="sv-SE")
    page.goto(ADDRESS)
    page.get_by_label("Din fråga").wait_for()
    _ask(page, ASKED[0], 1)
    return [_ask(page, ASKED[n % len(ASKED)], n + 2) for n in range(ROUNDS * len(ASKED) // 2)]


def _ask(page: Page, question: str, number: int) -> float:
    box = page.get_by_label("Din fråga")
    box.fill(question)
    begun = time.perf_counter()
    box.press("Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('.sip-exchange .sip-answer').length"
        " && document.querySelectorAll('.sip-exchange').length >= n"
        " && [...document.querySelectorAll('.sip-exchange')].at(-1)"
        ".querySelector('.sip-answer')",
        arg=number,
        polling=5,
    )
    return 1000 * (time.perf_counter() - begun)


def _wait() -> None:
    while True:
        try:
            urllib.request.urlopen(ADDRESS, timeout=1)
            return
        except OSError:
            time.sleep(0.05)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("Chromium saknas: apt-get install chromium")
    return found


if __name__ == "__main__":
    main()
