"""One application over the shared index, asked as a browser on the same machine asks it."""

import shutil

import pytest
from fastapi.testclient import TestClient

from assistant.settings import Settings
from tests.assistant.web.live import FLAGS, Windows
from tests.conftest import DAY

HERE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def app_settings(index_folder):
    return Settings(index=index_folder, sign_in="av")


@pytest.fixture(scope="session")
def client(assistant, app_settings):
    from assistant.web.app import create_app

    app = create_app(assistant, app_settings, lambda: DAY, writes_a_minute=100_000)
    with TestClient(app, base_url=HERE) as found:
        yield found


@pytest.fixture(scope="session")
def chromium():
    """Chromium, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser(chromium):
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def windows(browser, site):
    """Windows on the module's site; afterwards nothing may have gone wrong in any."""
    found = Windows(browser, site)
    yield found
    found.close()
    assert found.hosts <= {site.address.split("/")[2], ""}, "another host was asked"
