"""The seam to sign-in, with a sign-in that the test holds."""

import sys
from dataclasses import dataclass
from enum import IntEnum
from types import ModuleType

import pytest
from fastapi import APIRouter, HTTPException, Request
from fastapi.testclient import TestClient

from assistant.settings import Settings
from assistant.web import identified
from assistant.web.app import create_app
from ingest.errors import InputError
from tests.conftest import DAY


class Role(IntEnum):
    USER = 1
    SUPERUSER = 2


@dataclass(frozen=True)
class User:
    subject: str
    role: Role = Role.USER


def held(request):
    name = request.headers.get("x-person")
    return User(name) if name else None


def require(role):
    def check(request: Request):
        user = held(request)
        if user is None:
            raise HTTPException(401)
        if user.role < role:
            raise HTTPException(403)

    return check


@pytest.fixture
def signed_in(monkeypatch):
    module = ModuleType(identified.MODULE)
    module.Role, module.User = Role, User
    module.install = lambda app, settings: None
    module.current_user, module.require = held, require
    module.notice = lambda settings: "Inloggning är <b>påslagen</b>."
    monkeypatch.setitem(sys.modules, identified.MODULE, module)
    return module


@pytest.fixture
def guarded(assistant, index_folder, signed_in):
    more = APIRouter()
    more.add_api_route("/till", lambda: "mer")
    settings = Settings(index=index_folder, sign_in="lokal")
    app = create_app(assistant, settings, lambda: DAY, more=[more], writes_a_minute=2)
    return TestClient(app, base_url="https://sip.example.org", follow_redirects=False)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/riktlinjer"),
        ("GET", "/riktlinje/halland"),
        ("GET", "/riktlinje/halland/regler"),
        ("GET", "/sok?q=sip"),
        ("GET", "/api/rules"),
        ("GET", "/api/regions"),
        ("POST", "/api/ask"),
        ("POST", "/api/compute"),
        ("GET", "/config"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("POST", "/gradio_api/queue/join"),
    ],
)
def test_a_stranger_is_given_nothing(guarded, method, path):
    reply = guarded.request(method, path, json={} if method == "POST" else None)
    assert reply.status_code == 401
    assert "logga in" in reply.json()["error"]


def test_a_stranger_at_the_page_is_sent_to_sign_in(guarded):
    reply = guarded.get("/")
    assert (reply.status_code, reply.headers["location"]) == (303, "/logga-in")
    assert "max-age" in reply.headers["strict-transport-security"]


def test_health_and_style_are_for_everybody(guarded):
    for path in ["/api/health", "/stil.css"]:
        assert guarded.get(path).status_code == 200


def test_who_is_signed_in_is_given_the_pages_with_the_notice_as_text(guarded):
    person = {"x-person": "a1"}
    for path in ["/", "/riktlinjer", "/sok", "/api/rules", "/till"]:
        assert guarded.get(path, headers=person).status_code == 200
    assert "&lt;b&gt;påslagen" in guarded.get("/riktlinjer", headers=person).text


def test_each_person_has_a_quota_wherever_they_sit(guarded):
    def write(person):
        body = {"rule": "halland-avgift"}
        headers = {"x-person": person}
        return guarded.post("/api/compute", json=body, headers=headers).status_code

    assert [write(person) for person in ["a", "a", "a", "b"]] == [200, 200, 429, 200]


def test_without_a_sign_in_to_be_had_the_settings_cannot_ask_for_one(monkeypatch, assistant):
    monkeypatch.setattr(identified, "identity", lambda: None)
    with pytest.raises(InputError, match="SIP_SIGN_IN"):
        create_app(assistant, Settings(sign_in="lokal"), lambda: DAY)


def test_without_sign_in_the_quota_is_the_addresss(monkeypatch):
    monkeypatch.setattr(identified, "identity", lambda: None)
    request = Request({"type": "http", "headers": [], "client": ("192.0.2.7", 1)})
    assert identified.key(request) == "adress:192.0.2.7"
