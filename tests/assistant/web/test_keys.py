"""Programs with a key: what it opens, what it does not, and when it ends."""

import sqlite3
from itertools import count

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.settings import Settings, settings
from assistant.web.app import create_app
from assistant.web.keys import Keys
from assistant.web.local_users import LocalUsers
from assistant.web.person import Role
from assistant.web.vault import Vault, place
from ingest.errors import InputError
from tests.assistant.web.live import PASSWORD, SECRET
from tests.conftest import DAY

_numbers = count(1)
QUESTION = {"turns": ["Vem kallar till SIP vid utskrivning i Norrbotten?"]}


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def chosen(index_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nycklar")
    found = Settings(
        index=index_folder,
        sign_in="lokal",
        secret=SECRET,
        database=f"sqlite:///{folder / 'omdomen.db'}",
    )
    LocalUsers(Vault(place(found))).add("vera.user", PASSWORD, Role.USER)
    return found


@pytest.fixture(scope="module")
def app(assistant, chosen):
    return create_app(assistant, chosen, lambda: DAY, writes_a_minute=3)


@pytest.fixture
def keys(chosen):
    vault = Vault(place(chosen))
    yield Keys(vault)
    vault.close()


@pytest.fixture
def program(app, keys):
    """A client with a key of its own."""
    return client(app, keys.add(f"program-{next(_numbers)}"))


def client(app, token):
    headers = {"authorization": f"Bearer {token}"}
    return TestClient(app, base_url="https://sip.example.org", headers=headers)


def test_a_program_with_a_key_asks_and_computes(program):
    answer = program.post("/api/ask", json=QUESTION)
    assert answer.status_code == 200
    assert answer.json()["citations"]
    computed = program.post("/api/compute", json={"rule": "halland-avgift"})
    assert computed.status_code == 200
    assert program.get("/api/rules").status_code == 200


@pytest.mark.parametrize("token", ["", "sip_", "sip_påhittad", "x" * 10_000])
def test_a_key_that_nobody_has_is_refused_in_json(app, token):
    stranger = TestClient(app, base_url="https://sip.example.org")
    sent = [(b"authorization", f"Bearer {token}".encode())]
    reply = stranger.post("/api/ask", json=QUESTION, headers=sent)
    assert reply.status_code == 401
    assert reply.json() == {"error": "Du behöver logga in."}
    assert reply.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/", "/riktlinjer", "/granskning", "/config", "/logga-ut"])
def test_a_key_opens_no_page(program, path):
    reply = program.get(path, headers={"accept": "text/html"}, follow_redirects=False)
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/logga-in")


def test_a_program_has_a_quota_of_its_own(app, keys):
    one, other = (client(app, keys.add(f"kvot-{n}")) for n in (1, 2))
    asked = [one.post("/api/compute", json={"rule": "halland-avgift"}) for _ in range(4)]
    assert [reply.status_code for reply in asked] == [200, 200, 200, 429]
    assert other.post("/api/compute", json={"rule": "halland-avgift"}).status_code == 200


def test_a_key_is_nowhere_in_the_file_and_ends_when_it_is_taken_away(app, keys, chosen):
    token = keys.add("journalsystemet")
    program = client(app, token)
    assert program.get("/api/regions").status_code == 200
    with sqlite3.connect(place(chosen)) as vault:
        assert token not in "".join(vault.iterdump())
    keys.remove("Journalsystemet ")
    assert program.get("/api/regions").status_code == 401


def test_a_key_ends_with_its_time_and_tells_when_it_was_used(tmp_path):
    clock = Clock()
    keys = Keys(Vault(tmp_path / "valv.db"), clock)
    token = keys.add("planeringen", days=2)
    (made,) = keys.listed()
    assert made.used is None
    clock.now += 2 * 86400 - 1
    user = keys.find(token)
    assert (user.name, user.role) == ("planeringen", Role.USER)
    assert "planeringen" not in user.subject
    assert keys.listed()[0].used == clock.now
    clock.now += 1
    assert keys.find(token) is None


def test_a_program_has_one_key(tmp_path):
    keys = Keys(Vault(tmp_path / "valv.db"))
    keys.add("planeringen")
    with pytest.raises(InputError, match="har redan en nyckel"):
        keys.add("Planeringen")
    with pytest.raises(InputError, match="går inte att använda"):
        keys.add("två ord")
    with pytest.raises(InputError, match="har ingen nyckel"):
        keys.remove("annat")


def test_a_cookie_does_not_help_where_a_key_is_wrong(app, chosen):
    from tests.assistant.web.test_identity import sign_in

    browser = TestClient(app, base_url="https://sip.example.org", follow_redirects=False)
    assert sign_in(browser, "vera.user").status_code == 303
    assert browser.get("/api/regions").status_code == 200
    wrong = browser.get("/api/regions", headers={"authorization": "Bearer sip_fel"})
    assert wrong.status_code == 401


def test_the_openapi_tells_how_a_key_is_sent(program):
    described = program.get("/api/openapi.json").json()
    assert described["components"]["securitySchemes"]["nyckel"]["scheme"] == "bearer"
    for path in ("/api/ask", "/api/compute"):
        assert described["paths"][path]["post"]["security"] == [{"nyckel": []}]
    assert "security" not in described["paths"]["/api/health"]["get"]


def test_keys_are_made_listed_and_removed_on_the_command_line(tmp_path, monkeypatch):
    from assistant.cli import app as sip

    monkeypatch.setenv("SIP_DATABASE", f"sqlite:///{tmp_path / 'omdomen.db'}")
    settings.cache_clear()
    try:
        run = CliRunner()
        made = run.invoke(sip, ["user", "key", "planeringen", "--days", "30"])
        assert made.stdout.strip().startswith("sip_")
        assert "visas bara nu" in made.stderr
        listed = run.invoke(sip, ["user", "keys"])
        assert "planeringen" in listed.stdout
        assert made.stdout.strip() not in listed.stdout
        again = run.invoke(sip, ["user", "key", "planeringen"])
        assert (again.exit_code, "har redan en nyckel" in again.stderr) == (2, True)
        assert run.invoke(sip, ["user", "remove-key", "planeringen"]).exit_code == 0
        assert "inga nycklar" in run.invoke(sip, ["user", "keys"]).stderr
    finally:
        settings.cache_clear()
