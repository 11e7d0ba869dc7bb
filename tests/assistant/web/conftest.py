"""One application over the shared index, asked as a browser on the same machine asks it."""

import pytest
from fastapi.testclient import TestClient

from assistant.settings import Settings
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
