"""Sign-in at a real OpenID provider on this machine, honest and lying."""

import logging
import time
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from assistant.settings import Settings
from assistant.web import faults, identity
from assistant.web.identity import Role, User, require
from assistant.web.oidc import FLOW_AGE, role
from ingest.errors import InputError
from tests.assistant.web.provider import CLIENT, CLIENT_SECRET, Provider

SITE = "http://localhost:7860"
BACK = f"{SITE}/logga-in/svar"
SECRET = "en-hemlighet-som-bara-finns-i-testerna-0123456789"
HTML = {"accept": "text/html"}


class Clock:
    def __init__(self):
        self.now = time.time()

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def running():
    # The standard's https is asked for by Authlib's server parts, even on this machine.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        provider = Provider([BACK])
        yield provider
        provider.stop()


@pytest.fixture
def provider(running):
    running.honest()
    running.requests.clear()
    return running


@pytest.fixture
def clock():
    return Clock()


def site(provider, path, clock=time.time, **changed) -> FastAPI:
    app = FastAPI()
    faults.install(app)
    chosen = {
        "sign_in": "oidc",
        "secret": SECRET,
        "oidc_issuer": provider.issuer,
        "oidc_client": CLIENT,
        "oidc_secret": CLIENT_SECRET,
    }
    settings = Settings(**(chosen | changed))
    identity.install(app, settings, vault=path, clock=clock)

    @app.get("/")
    @app.get("/sok")
    @app.get("/api/jag")
    def me(user: Annotated[User, Depends(require(Role.USER))]) -> list[str]:
        return [user.name, user.subject, user.role.written]

    @app.get("/granskning")
    @app.get("/api/granskning")
    def desk(user: Annotated[User, Depends(require(Role.SUPERUSER))]) -> str:
        return user.role.written

    return app


@pytest.fixture
def app(provider, tmp_path, clock):
    return site(provider, tmp_path / "inloggning.db", clock)


def browser(app) -> TestClient:
    return TestClient(app, base_url=SITE, follow_redirects=False)


def begun(client, till="/") -> str:
    """The address that the provider sends the browser back to."""
    sent = client.get("/logga-in/start", params={"till": till})
    assert sent.status_code == 303, sent.text
    return httpx2.get(sent.headers["location"]).headers["location"]


def sign_in(client, till="/"):
    return client.get(begun(client, till))


def test_somebody_signs_in_at_the_provider(app, provider):
    client = browser(app)
    assert client.get("/", headers=HTML).headers["location"] == "/logga-in"
    assert 'href="/logga-in/start?till=/"' in client.get("/logga-in").text
    reply = sign_in(client, "/sok?q=sip")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/sok?q=sip"
    name, subject, written = client.get("/").json()
    assert (name, written) == ("Vera Ek", "superuser")
    assert "vera" not in subject.casefold()
    assert len(subject) == 32


def test_the_provider_is_asked_for_a_code_with_proof_nonce_and_state(app, provider):
    sign_in(browser(app))
    sign_in(browser(app))
    first, second = provider.requests
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == BACK
    assert "openid" in first["scope"].split()
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]
    assert "till" not in first


def test_a_subject_is_the_same_every_time_and_another_under_another_secret(provider, tmp_path, app):
    subjects = []
    other = site(provider, tmp_path / "annan.db", secret=SECRET[::-1])
    for where in (app, app, other):
        client = browser(where)
        sign_in(client)
        subjects.append(client.get("/").json()[1])
    assert subjects[0] == subjects[1] != subjects[2]


@pytest.mark.parametrize(
    ("given", "allowed"),
    [(["superuser"], True), (["admin"], True), (["user"], False), ([], False), (None, False)],
)
def test_the_claim_gives_the_role_on_page_and_api(app, provider, given, allowed):
    provider.lies = {"roles": given}
    client = browser(app)
    sign_in(client)
    status = [client.get(path).status_code for path in ("/granskning", "/api/granskning")]
    assert status == ([200, 200] if allowed else [403, 403])


@pytest.mark.parametrize(
    ("claims", "claim", "expected"),
    [
        ({"roles": "admin"}, "roles", Role.ADMIN),
        ({"roles": ["user", "Superuser", "x"]}, "roles", Role.SUPERUSER),
        ({"realm_access": {"roles": ["admin"]}}, "realm_access.roles", Role.ADMIN),
        ({"https://r.example/roll": "superuser"}, "https://r.example/roll", Role.SUPERUSER),
        ({"roles": ["administrator", "superuser2"]}, "roles", Role.USER),
        ({"roles": {"admin": True}}, "roles", Role.USER),
        ({"roles": [["admin"], 3]}, "roles", Role.USER),
        ({"roles": True}, "roles", Role.USER),
        ({}, "roles", Role.USER),
    ],
)
def test_a_role_is_read_from_the_claim_and_nothing_like_it(claims, claim, expected):
    assert role(claims, claim) is expected


NOW = int(time.time())
LIES = {
    "another nonce": {"nonce": "en-annan"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://ond.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": ["annan-klient"]},
    "another audience, said to be for us": {"aud": ["annan-klient"], "azp": CLIENT},
    "handed to another": {"aud": [CLIENT, "annan-klient"], "azp": "annan-klient"},
    "no audience": {"aud": None},
    "expired": {"exp": NOW - 3600},
    "no expiry": {"exp": None},
    "not valid yet": {"nbf": NOW + 3600},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


def refused(client, reply):
    assert reply.status_code == 403
    assert "gick inte att lita på" in reply.text
    assert client.get("/", headers=HTML).status_code == 303


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_says_anything_wrong_is_refused(app, provider, lie):
    provider.lies = LIES[lie]
    client = browser(app)
    refused(client, sign_in(client))
    provider.honest()
    assert sign_in(client).status_code == 303, "the same browser gets in when the token is right"


@pytest.mark.parametrize("offered", [["RS256"], ["none", "HS256", "RS256"], ["none"], []])
@pytest.mark.parametrize("signed", ["none", "HS256"])
def test_a_token_without_the_providers_signature_is_refused(app, provider, signed, offered):
    provider.signed = signed
    provider.said = {"id_token_signing_alg_values_supported": offered}
    client = browser(app)
    refused(client, sign_in(client))


def test_a_token_signed_with_another_key_is_refused(app, provider):
    provider.signing = provider.other
    client = browser(app)
    refused(client, sign_in(client))


def test_a_reply_without_a_token_of_identity_is_refused(app, provider):
    provider.withholds = True
    client = browser(app)
    refused(client, sign_in(client))


@pytest.mark.parametrize(
    "changed", ["state", "no state", "code", "no code", "another provider", "cancelled"]
)
def test_a_return_that_was_tampered_with_is_refused(app, provider, changed):
    client = browser(app)
    query = {name: held[0] for name, held in parse_qs(urlsplit(begun(client)).query).items()}
    match changed.split():
        case ["no", name]:
            del query[name]
        case ["another", _]:
            query["iss"] = "https://ond.example"
        case ["cancelled"]:
            query = {"error": "access_denied", "state": query["state"]}
        case [name]:
            query[name] = "pahittad"
    reply = client.get("/logga-in/svar", params=query)
    assert reply.status_code in (400, 403)
    assert client.get("/", headers=HTML).status_code == 303
    assert "sip" not in client.cookies


def test_a_return_counts_once_and_in_its_own_browser(app, provider):
    attacker, victim = browser(app), browser(app)
    address = begun(attacker)
    begun(victim)
    assert victim.get(address).status_code == 400, "signed in as the attacker"
    assert attacker.get(address).status_code == 303
    again = browser(app)
    again.cookies.update(attacker.cookies)
    assert again.get(address).status_code == 400


def test_a_return_after_ten_minutes_is_refused(app, provider, clock):
    client = browser(app)
    address = begun(client)
    clock.now += FLOW_AGE + 1
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://ond.example"},
        {"token_endpoint": "http://ond.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(app, provider, said):
    provider.said = said
    client = browser(app)
    reply = client.get("/logga-in/start")
    assert reply.status_code == 502
    assert "svarar inte som den ska" in reply.text
    provider.honest()
    assert sign_in(client).status_code == 303, "mended without a restart"


def test_a_provider_that_is_away_is_told_in_swedish(provider, tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    away = site(provider, tmp_path / "v.db", oidc_issuer=f"http://127.0.0.1:{port}")
    reply = browser(away).get("/logga-in/start")
    assert reply.status_code == 502
    assert "svarar inte som den ska" in reply.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"oidc_issuer": None}, "SIP_OIDC_ISSUER"),
        ({"oidc_client": None}, "SIP_OIDC_CLIENT"),
        ({"oidc_issuer": "http://id.example"}, "https://"),
        ({"secret": None}, "SIP_SECRET"),
    ],
)
def test_settings_that_would_not_be_safe_are_refused(provider, tmp_path, changed, said):
    with pytest.raises(InputError, match=said):
        site(provider, tmp_path / "v.db", **changed)


def test_a_password_gets_nobody_in_where_the_provider_decides(app):
    assert browser(app).post("/logga-in", data={"namn": "a", "losenord": "b"}).status_code == 405


def test_no_name_stands_in_a_log_or_in_the_flow(app, provider, caplog):
    caplog.set_level(logging.DEBUG)
    client = browser(app)
    sign_in(client)
    provider.lies = LIES["expired"]
    sign_in(browser(app))
    assert any(record.name.startswith("assistant") for record in caplog.records)
    logged = " ".join(record.getMessage() for record in caplog.records).casefold()
    for personal in ("vera", "19-vera", "ek "):
        assert personal not in logged
