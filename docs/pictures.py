"""Take the pictures of README and user guide: open the page, use it, photograph. Needs Chromium."""

import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

PORT = 7869
ADDRESS = f"http://127.0.0.1:{PORT}"
FOLDER = Path(__file__).parent / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Write docs/pictures/*.png."""
    server = subprocess.Popen([sys.executable, "-m", "evals.cli", "serve", "--port", str(PORT)])
    try:
        _wait(ADDRESS)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=_chromium(), args=FLAGS)
            for name, taken in PICTURES.items():
                page = browser.new_page(locale="sv-SE", **SIZES.get(name, WIDE))
                page.goto(ADDRESS)
                page.get_by_label("Din fråga").wait_for()
                taken(page)
                page.wait_for_timeout(500)
                page.screenshot(path=FOLDER / f"{name}.png")
                page.close()
            browser.close()
    finally:
        server.terminate()


def _asked(page: Page) -> None:
    page.get_by_label("Din fråga").fill("Vem kallar till SIP vid utskrivning i Norrbotten?")
    page.get_by_label("Din fråga").press("Enter")
    page.locator("mark").first.wait_for()


def _planned(page: Page) -> None:
    page.get_by_role("tab", name="Tidsplan").click()
    page.get_by_role("radio", name="Norrbotten").check()
    page.get_by_label("Utskrivningsklar skickades").fill("13 mars 2026 kl 13.10")
    page.get_by_role("button", name="Visa tidsplanen").click()
    page.locator("#sip-plot .points path").first.wait_for()
    page.locator("#sip-plan").scroll_into_view_if_needed()


def _compared(page: Page) -> None:
    page.get_by_role("tab", name="Jämför regioner").click()
    page.get_by_role("button", name="Uppföljning").click()
    page.locator(".sip-cell").first.wait_for()


def _browsed(page: Page) -> None:
    page.goto(f"{ADDRESS}/riktlinje/norrbotten")
    place = page.locator("#norrbotten-bet-tre-dagar")
    place.wait_for()
    place.scroll_into_view_if_needed()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} svarar inte")


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("Chromium saknas: apt-get install chromium")
    return found


WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
SIZES = {"telefon": PHONE}
PICTURES = {
    "sidan": _asked,
    "telefon": _asked,
    "tidsplan": _planned,
    "jamfor": _compared,
    "riktlinje": _browsed,
}

if __name__ == "__main__":
    main()
