"""Take the README's picture of the page: start the page, ask, photograph. Needs Chromium."""

import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

PORT = 7869
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Write docs/pictures/sidan.png."""
    server = subprocess.Popen([sys.executable, "-m", "evals.cli", "serve", "--port", str(PORT)])
    try:
        _wait(f"http://127.0.0.1:{PORT}")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=_chromium(), args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="sv-SE")
            page.goto(f"http://127.0.0.1:{PORT}")
            page.get_by_label("Din fråga").fill("Vem kallar till SIP vid utskrivning i Norrbotten?")
            page.get_by_label("Din fråga").press("Enter")
            page.locator("mark").first.wait_for()
            page.wait_for_timeout(500)
            page.screenshot(path=Path(__file__).parent / "pictures" / "sidan.png")
            browser.close()
    finally:
        server.terminate()


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


if __name__ == "__main__":
    main()
