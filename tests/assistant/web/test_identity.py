"""Who gets in, how long for, and what a stranger sees: with the real argon2 and the real routes."""

import json
import logging
import re
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.settings import Settings, settings
from assistant.web import faults, identity, pages
from assistant.web.identity import LOCAL_USER, Role, User, require
from assistant.web.local_users import LocalUsers, weakness
from assistant.web.protect import onward
from assistant.web.sessions import IDLE, LONGEST, Sessions
from assistant.web.throttle import ADDRESS, NAME, Pace, Throttle, network
from assistant.web.vault import Vault, place
from ingest.errors import InputError

SECRET = "en-hemlighet-som-bara-finns-i-testerna-0123456789"
PASSWORD = "fyra ord utan sammanhang"
HTML = {"accept": "text/html"}
PEOPLE = {"vera.user": Role.USER, "sara.super": Role.SUPERUSER, "adam.admin": Role.ADMIN}
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """A vault with one user of each role, made once since a password takes long to hash."""
    path = tmp_path_factory.mktemp("inloggning") / "inloggning.db"
    vault = Vault(path)
    users = LocalUsers(vault)
    for name, role in PEOPLE.items():
        users.add(name, PASSWORD, role)
    vault.close()
    return path


@pytest.fixture
def path(people, tmp_path):
    """A copy of the vault for one test."""
    copy = tmp_path / "inloggning.db"
    with sqlite3.connect(people) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    return copy


@pytest.fixture
def clock():
    return Clock()


def site(path, clock, sign_in="lokal", secret=SECRET) -> FastAPI:
    app = FastAPI()
    faults.install(app)
    chosen = Settings(sign_in=sign_in, secret=secret)
    identity.install(app, chosen, vault=path, clock=clock)
    app.state.notice = identity.notice(chosen)
    app.include_router(pages.router)

    @app.get("/")
    @app.get("/riktlinje/halland")
    def page(request: Request) -> str:
        user = identity.current_user(request)
        return "ingen" if user is None else user.name

    @app.get("/granskning")
    @app.get("/api/granskning")
    def desk(user: Annotated[User, Depends(require(Role.SUPERUSER))]) -> str:
        return user.role.written

    @app.get("/api/health")
    def health() -> str:
        return "ok"

    @app.post("/api/ask")
    def ask(user: Annotated[User, Depends(require(Role.USER))]) -> str:
        return user.subject

    @app.post("/andra")
    def change(request: Request) -> str:
        identity.check_csrf(request)
        return "ändrat"

    @app.get("/biljett")
    def ticket(request: Request) -> str:
        return identity.csrf_token(request)

    return app


def browser(app, address="http://localhost:7860", client="127.0.0.1") -> TestClient:
    return TestClient(app, base_url=address, follow_redirects=False, client=(client, 50000))


def sign_in(client, name, password=PASSWORD, till="/"):
    form = TOKEN.search(client.get("/logga-in").text)
    token = form[1] if form else ""
    return client.post(
        "/logga-in", data={"namn": name, "losenord": password, "csrf": token, "till": till}
    )


@pytest.fixture
def app(path, clock):
    return site(path, clock)


# ---- what a stranger sees


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/logga-in", 200),
        ("GET", "/stil.css", 200),
        ("GET", "/api/health", 200),
        ("GET", "/", 303),
        ("GET", "/riktlinje/halland", 303),
        ("GET", "/granskning", 303),
        ("GET", "/finns-inte", 303),
        ("GET", "/logga-ut", 303),
        ("POST", "/logga-ut", 401),
        ("GET", "/api/granskning", 401),
        ("POST", "/api/ask", 401),
        ("GET", "/gradio_api/info", 401),
        ("POST", "/gradio_api/queue/join", 401),
        ("GET", "/logga-in/../", 303),
        ("GET", "/logga-in/", 303),
        ("GET", "/stil.css/../riktlinje/halland", 303),
        ("GET", "/api/health/../granskning", 401),
        ("GET", "//api/health", 303),
        ("GET", "/%2e%2e/api/health", 303),
        ("GET", "/docs", 303),
        ("GET", "/openapi.json", 303),
        ("OPTIONS", "/api/ask", 401),
    ],
)
def test_a_stranger_sees_only_the_sign_in_the_style_sheet_and_the_health(
    app, method, address, status
):
    reply = browser(app).request(method, address, headers=HTML)
    assert reply.status_code == status
    if status == 303:
        assert reply.headers["location"].startswith("/logga-in")
    if status == 401:
        assert reply.json() == {"error": "Du behöver logga in."}


def test_a_strangers_program_is_not_sent_to_a_page(app):
    assert browser(app).get("/riktlinje/halland").status_code == 401


def test_a_stranger_gets_no_websocket(app):
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect) as closed, browser(app).websocket_connect("/ws"):
        pass
    assert closed.value.code == 1008


@pytest.fixture(scope="module")
def gradio_site(people, tmp_path_factory):
    import gradio as gr

    path = tmp_path_factory.mktemp("gradio") / "inloggning.db"
    with sqlite3.connect(people) as old, sqlite3.connect(path) as new:
        old.backup(new)
    app = FastAPI()
    identity.install(app, Settings(sign_in="lokal", secret=SECRET), vault=path)

    def who(request: gr.Request) -> str:
        return identity.current_user(request.request).name

    with gr.Blocks() as blocks:
        name = gr.Textbox(label="Inloggad")
        gr.Button("Vem").click(who, None, name, api_name="vem", queue=False)
    return gr.mount_gradio_app(app, blocks, path="/", ssr_mode=False, footer_links=[])


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/"),
        ("GET", "/config"),
        ("GET", "/theme.css"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/heartbeat/abc"),
        ("GET", "/gradio_api/queue/data?session_hash=abc"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/call/vem"),
        ("POST", "/gradio_api/run/vem"),
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/hostname"),
        ("POST", "/login"),
    ],
)
def test_nothing_of_gradio_is_served_to_a_stranger(gradio_site, method, address):
    assert browser(gradio_site).request(method, address).status_code == 401


def test_gradio_knows_who_asks(gradio_site):
    client = browser(gradio_site)
    sign_in(client, "vera.user")
    assert client.post("/gradio_api/run/vem", json={"data": []}).json()["data"] == ["vera.user"]


# ---- signing in and out


def test_a_user_signs_in_and_comes_where_they_were_going(app):
    client = browser(app)
    sent = client.get("/riktlinje/halland?datum=2026-11-23", headers=HTML)
    assert sent.headers["location"] == ("/logga-in?till=/riktlinje/halland%3Fdatum%3D2026-11-23")
    form = client.get(sent.headers["location"]).text
    assert 'name="till" value="/riktlinje/halland?datum=2026-11-23"' in form
    reply = sign_in(client, "Vera.User ", till="/riktlinje/halland?datum=2026-11-23")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/riktlinje/halland?datum=2026-11-23"
    assert client.get("/").json() == "vera.user"
    assert client.get("/logga-in").headers["location"] == "/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ond.example",
        "//ond.example",
        "/\\ond.example",
        "/\t/ond.example",
        "\n//ond.example",
        "javascript:alert(1)",
        "ond.example",
        "/logga-ut",
        "/logga-in?till=/",
        "/" + "a" * 2001,
        "",
        None,
    ],
)
def test_nobody_is_sent_to_another_site(elsewhere):
    assert onward(elsewhere) == "/"


@pytest.mark.parametrize("own", ["/", "/riktlinje/halland?datum=2026-11-23", "/sok?q=v%C3%A5rd"])
def test_addresses_of_the_site_are_kept(own):
    assert onward(own) == own


def test_a_wrong_password_and_an_unknown_name_get_the_same_reply(app):
    known, unknown = browser(app), browser(app)
    replies = [
        sign_in(known, "vera.user", "fel lösenord helt"),
        sign_in(unknown, "finns.inte", "fel lösenord helt"),
    ]
    assert [r.status_code for r in replies] == [401, 401]
    bodies = [TOKEN.sub("", r.text) for r in replies]
    assert bodies[0] == bodies[1]
    assert "stämmer inte" in bodies[0]
    assert known.get("/", headers=HTML).status_code == 303


def test_an_unknown_name_is_hashed_like_a_known_one(path):
    class Counting:
        def __init__(self):
            self.verified = []

        def hash(self, password):
            return f"hash av {len(password)}"

        def verify(self, hash, password):
            self.verified.append(hash)
            return False

        def check_needs_rehash(self, hash):
            return False

    hasher = Counting()
    users = LocalUsers(Vault(path), hasher)
    assert users.check("vera.user", PASSWORD) is None
    assert users.check("finns.inte", PASSWORD) is None
    of_known, of_unknown = hasher.verified
    assert of_known.startswith("$argon2id$")
    assert of_unknown == hasher.hash("x" * 43)


def test_what_was_typed_is_shown_to_nobody_and_is_no_markup(app):
    reply = sign_in(browser(app), "<script>alert(1)</script>", "hemligt ord 123", till='"><b>')
    assert reply.status_code == 401
    assert "alert(1)" not in reply.text
    assert "hemligt ord" not in reply.text
    assert "<b>" not in reply.text


def test_signing_out_ends_the_session_everywhere(app):
    client = browser(app)
    sign_in(client, "vera.user")
    stolen = dict(client.cookies)
    page = client.get("/logga-ut").text
    assert "vera.user" in page
    assert client.get("/").status_code == 200, "a link alone signs nobody out"
    assert client.post("/logga-ut", data={"csrf": "påhittad"}).status_code == 403
    assert client.get("/").status_code == 200
    out = client.post("/logga-ut", data={"csrf": TOKEN.search(page)[1]})
    assert "Du är utloggad" in out.text
    assert client.get("/", headers=HTML).status_code == 303
    thief = browser(app)
    thief.cookies.update(stolen)
    assert thief.get("/", headers=HTML).status_code == 303


def test_every_sign_in_gets_a_token_of_its_own(app):
    client = browser(app)
    client.cookies.set("sip", "planterad-av-nagon-annan")
    sign_in(client, "vera.user")
    tokens = [c.value for c in client.cookies.jar if c.name == "sip"]
    assert "planterad-av-nagon-annan" not in [t for t in tokens if len(t) > 40]
    first = next(t for t in tokens if len(t) > 40)
    other = browser(app)
    sign_in(other, "vera.user")
    assert other.cookies["sip"] != first


# ---- sessions


def test_a_session_ends_when_nobody_uses_it(path, clock):
    sessions = Sessions(Vault(path), b"x" * 32, "oidc", clock)
    token = sessions.start(User("Vera", "abc", Role.USER))
    for _ in range(3):
        clock.now += IDLE - 61
        assert sessions.find(token) is not None
    clock.now += IDLE + 1
    assert sessions.find(token) is None
    clock.now -= IDLE
    assert sessions.find(token) is None, "what has ended does not begin again"


def test_a_session_that_is_used_ends_all_the_same(path, clock):
    sessions = Sessions(Vault(path), b"x" * 32, "oidc", clock)
    token, start = sessions.start(User("Vera", "abc", Role.USER)), clock.now
    while clock.now - start < LONGEST - 600:
        assert sessions.find(token) is not None
        clock.now += 600
    clock.now = start + LONGEST
    assert sessions.find(token) is None


def test_a_page_left_open_does_not_keep_the_session(app, clock):
    client = browser(app)
    sign_in(client, "vera.user")
    for _ in range(4):
        clock.now += 10 * 60
        client.get("/gradio_api/heartbeat/abc")
    assert client.get("/", headers=HTML).status_code == 303


def test_a_clock_that_was_moved_back_makes_no_session_eternal(path, clock):
    sessions = Sessions(Vault(path), b"x" * 32, "oidc", clock)
    token = sessions.start(User("Vera", "abc", Role.USER))
    clock.now -= 24 * 3600
    assert sessions.find(token) is None


def test_another_secret_or_another_way_of_signing_in_ends_every_session(path, clock):
    vault = Vault(path)
    token = Sessions(vault, b"x" * 32, "oidc", clock).start(User("Vera", "abc", Role.ADMIN))
    assert Sessions(vault, b"y" * 32, "oidc", clock).find(token) is None
    assert Sessions(vault, b"x" * 32, "lokal", clock).find(token) is None


def test_a_session_outlives_a_restart(path, clock):
    client = browser(site(path, clock))
    sign_in(client, "vera.user")
    again = browser(site(path, clock))
    again.cookies.update(client.cookies)
    assert again.get("/").json() == "vera.user"


def test_neither_token_nor_password_stands_in_the_file(path, clock):
    client = browser(site(path, clock))
    sign_in(client, "vera.user")
    sign_in(browser(site(path, clock)), "okant.namn", "skrivet i fel ruta")
    kept = b"".join(f.read_bytes() for f in path.parent.glob("inloggning.db*"))
    assert b"vera.user" in kept
    for secret in (client.cookies["sip"], PASSWORD, "okant.namn", "skrivet i fel ruta"):
        assert secret.encode() not in kept


def test_the_cookies_are_for_this_site_and_no_script(app):
    for address, name, secure in [
        ("http://localhost:7860", "sip", False),
        ("https://sip.example", "__Host-sip", True),
    ]:
        client = browser(app, address)
        written = sign_in(client, "vera.user").headers.get_list("set-cookie")
        session = next(c for c in written if c.startswith(f"{name}="))
        parts = {part.strip().casefold() for part in session.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= parts
        assert ("secure" in parts) is secure
        assert not any(part.startswith(("domain", "max-age", "expires")) for part in parts)


def test_a_password_is_not_taken_over_an_open_network(app):
    reply = sign_in(browser(app, "http://sip.example"), "vera.user")
    assert reply.status_code == 403
    assert "https://" in reply.text


# ---- forms


def test_a_form_counts_only_with_this_sessions_token(app):
    vera, sara = browser(app), browser(app)
    sign_in(vera, "vera.user")
    sign_in(sara, "sara.super")
    own, others = vera.get("/biljett").json(), sara.get("/biljett").json()
    for sent, status in [(own, 200), (others, 403), (own + "x", 403), ("", 403), (None, 403)]:
        headers = {} if sent is None else {"x-csrf-token": sent}
        assert vera.post("/andra", headers=headers).status_code == status


def test_a_token_from_before_the_sign_in_is_worth_nothing_after(app):
    client = browser(app)
    before = TOKEN.search(client.get("/logga-in").text)[1]
    sign_in(client, "vera.user")
    assert client.post("/andra", headers={"x-csrf-token": before}).status_code == 403


def test_a_sign_in_from_another_sites_form_is_refused(app):
    attacker, victim = browser(app), browser(app)
    token = TOKEN.search(attacker.get("/logga-in").text)[1]
    victim.get("/logga-in")
    form = {"namn": "vera.user", "losenord": PASSWORD, "csrf": token}
    assert victim.post("/logga-in", data=form).status_code == 403
    assert browser(app).post("/logga-in", data=form).status_code == 403


# ---- roles


@pytest.mark.parametrize("name", PEOPLE)
def test_a_role_opens_what_it_may_and_nothing_more(app, name):
    client = browser(app)
    sign_in(client, name)
    allowed = PEOPLE[name] >= Role.SUPERUSER
    page = client.get("/granskning", headers=HTML)
    api = client.get("/api/granskning")
    assert [page.status_code, api.status_code] == ([200, 200] if allowed else [403, 403])
    if not allowed:
        assert "behörighet" in page.text
        assert "behörighet" in api.json()["error"]


def test_another_role_or_a_removal_acts_at_once(app, path):
    client, users = browser(app), LocalUsers(Vault(path))
    sign_in(client, "sara.super")
    assert client.get("/api/granskning").status_code == 200
    users.set_role("sara.super", Role.USER)
    assert client.get("/api/granskning").status_code == 403
    users.remove("sara.super")
    assert client.get("/api/granskning").status_code == 401


def test_a_new_password_signs_out_whoever_had_the_old_one(app, path):
    client = browser(app)
    sign_in(client, "vera.user")
    LocalUsers(Vault(path)).set_password("vera.user", "ett helt annat lösenord")
    assert client.get("/", headers=HTML).status_code == 303
    assert sign_in(client, "vera.user").status_code == 401
    assert sign_in(client, "vera.user", "ett helt annat lösenord").status_code == 303


# ---- tries


def test_tries_at_a_name_wait_longer_and_longer(path, clock):
    throttle, waits = Throttle(Vault(path), b"x" * 32, clock), []
    for n in range(NAME.free + 9):
        address = f"10.0.0.{n}"  # a new one each time: the name alone is slowed
        assert throttle.begin("vera.user", address) == 0
        wait = throttle.begin("VERA.user ", "10.1.1.1")
        waits.append(wait)
        clock.now += wait
    assert waits[: NAME.free - 1] != waits[NAME.free - 1 :]
    slowed = [w for w in waits if w]
    assert slowed == sorted(slowed)
    assert slowed[0] == 5
    assert slowed[-1] == 900


def test_tries_from_an_address_are_slowed_whatever_the_names(path, clock):
    throttle = Throttle(Vault(path), b"x" * 32, clock)
    for n in range(ADDRESS.free):
        assert throttle.begin(f"namn{n}", "2001:db8::1") == 0
    assert throttle.begin("nytt", "2001:db8::ffff") > 0, "the same subscriber"
    assert throttle.begin("nytt", "2001:db8:0:1::1") == 0
    assert network("::ffff:10.0.0.1") == network("10.0.0.1")


def test_a_right_password_forgives_the_name_but_not_the_address(path, clock):
    throttle = Throttle(Vault(path), b"x" * 32, clock)
    for n in range(ADDRESS.free - 1):
        throttle.begin(f"namn{n}", "10.0.0.1")
    throttle.begin("eget", "10.0.0.1")
    throttle.succeeded("eget", "10.0.0.1")
    assert throttle.begin("annat", "10.0.0.1") == 0
    assert throttle.begin("annat", "10.0.0.1") > 0


def test_failures_are_forgotten_after_a_day(path, clock):
    throttle = Throttle(Vault(path), b"x" * 32, clock)
    for _ in range(NAME.free):
        throttle.begin("vera.user", "10.0.0.1")
    assert throttle.begin("vera.user", "10.0.0.1") > 0
    clock.now += 24 * 3600 + 1
    assert throttle.begin("vera.user", "10.0.0.1") == 0


def test_tries_sent_at_once_are_worth_no_more(path, clock):
    throttle = Throttle(Vault(path), b"x" * 32, clock)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.begin("vera.user", "10.0.0.1"), range(40)))
    assert waits.count(0) == NAME.free


def test_a_delay_never_passes_its_most():
    assert Pace(1, 1.0, 60.0).delay(10_000) == 60.0


def test_the_right_password_waits_too_and_the_message_tells_nothing(app, clock):
    replies = {}
    for name in ("vera.user", "finns.inte"):
        client = browser(app, client="10.0.0.1" if name == "vera.user" else "10.0.0.2")
        for _ in range(NAME.free):
            assert sign_in(client, name, "fel lösenord helt").status_code == 401
        reply = sign_in(client, name)
        assert reply.status_code == 429
        replies[name] = TOKEN.sub("", reply.text)
    assert replies["vera.user"] == replies["finns.inte"]
    assert "Vänta 5 sekunder" in replies["vera.user"]
    clock.now += 5
    assert sign_in(browser(app), "vera.user").status_code == 303


# ---- users and their passwords


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "minst 12 tecken"),
        ("elva tecken", "minst 12 tecken"),
        ("aaaaaaaaaaaaaaaa", "upprepar"),
        ("hos vera.user i sex", "innehåller namnet"),
        ("å" * 1025, "högst 1024"),
        (PASSWORD, ""),
        ("tolvsteget 1", ""),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(password, said):
    found = weakness("vera.user", password)
    assert said in found
    assert bool(found) == bool(said)


def test_a_password_is_the_same_however_its_letters_are_encoded(path):
    users = LocalUsers(Vault(path))
    users.add("ake", "små grodorna åäö", Role.USER)
    assert users.check("ake", "sma\u030a grodorna a\u030aa\u0308o\u0308") is not None


def test_a_hash_of_an_older_cost_is_renewed(path):
    from argon2 import PasswordHasher

    vault = Vault(path)
    LocalUsers(vault, PasswordHasher(time_cost=1, memory_cost=1024)).add(
        "nils", PASSWORD, Role.USER
    )

    def kept():
        return vault.one("SELECT hash FROM users WHERE name = 'nils'")[0]

    before, users = kept(), LocalUsers(vault)
    assert users.check("nils", "fel lösenord helt") is None
    assert kept() == before
    assert users.check("nils", PASSWORD) is not None
    assert kept().startswith("$argon2id$")
    assert kept() != before
    assert not PasswordHasher().check_needs_rehash(kept())
    assert users.check("nils", PASSWORD) is not None


@pytest.mark.parametrize("name", ["", " ", "a b", "<b>", "../x", "x" * 65, "a\nb", "'; DROP"])
def test_a_name_that_cannot_be_one_is_refused(path, name):
    with pytest.raises(InputError, match="Namnet går inte"):
        LocalUsers(Vault(path)).add(name, PASSWORD, Role.USER)


def test_only_the_owner_may_read_the_file(tmp_path):
    path = tmp_path / "ny" / "inloggning.db"
    vault = Vault(path)
    with vault.change() as change:
        change.execute("INSERT INTO flows VALUES ('a', 'b', 1)")
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_broken_file_is_told_in_swedish(tmp_path):
    broken = tmp_path / "inloggning.db"
    broken.write_text("inte en databas" * 100)
    with pytest.raises(InputError, match="går inte att öppna"):
        Vault(broken)


def test_a_change_that_fails_leaves_nothing(path):
    vault = Vault(path)

    def fail():
        with vault.change() as change:
            change.execute("DELETE FROM users")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(LocalUsers(vault).listed()) == len(PEOPLE)


@pytest.mark.parametrize(
    ("database", "beside"),
    [
        ("sqlite:////data/sip/omdomen.db", "/data/sip"),
        ("sqlite+pysqlite:////data/sip/o.db?x=1", "/data/sip"),
        ("sqlite:///:memory:", None),
        ("sqlite://", None),
        ("postgresql+psycopg://sip@localhost/sip", None),
    ],
)
def test_the_file_lies_beside_the_verdicts_or_with_the_users_data(
    database, beside, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = place(Settings(database=database))
    assert found.name == "inloggning.db"
    assert str(found.parent) == (beside or str(tmp_path / "sip-assistenten"))


@pytest.fixture
def sip(tmp_path, monkeypatch):
    import typer

    from assistant import users_cli

    monkeypatch.setenv("SIP_DATABASE", f"sqlite:///{tmp_path}/omdomen.db")
    settings.cache_clear()
    app = typer.Typer()
    users_cli.register(app)

    def run(*words, written=""):
        return CliRunner().invoke(app, ["user", *words], input=written)

    yield run
    settings.cache_clear()


def test_users_are_kept_by_the_command_line(sip, tmp_path):
    assert "inga användare" in sip("list").output
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    assert "kort" in sip("add", "Ada", "--role", "admin", written="kort\n").output
    assert "inte lika" in sip("add", "Ada", written=f"{PASSWORD}\nnågot annat\n").output
    made = sip("add", "Ada", "--role", "admin", written=twice)
    assert made.exit_code == 0
    assert PASSWORD not in made.output
    assert "finns redan" in sip("add", "ADA", written=twice).output
    assert sip("list").output == "ada\tadmin\n"
    assert "finns inte" in sip("role", "ada", "chef").output
    assert sip("role", "ada", "superuser").exit_code == 0
    assert sip("list").output == "ada\tsuperuser\n"
    other = "ett annat lösenord nu"
    assert sip("password", "ada", written=f"{other}\n{other}\n").exit_code == 0
    users = LocalUsers(Vault(tmp_path / "inloggning.db"))
    assert users.check("ada", PASSWORD) is None
    assert users.check("ada", other) is not None
    assert sip("remove", "ada").exit_code == 0
    gone = sip("remove", "ada")
    assert gone.exit_code == 2
    assert "ingen användare" in gone.output


# ---- sign-in off, and settings that will not do


def test_without_sign_in_everybody_is_the_local_user_and_is_told_so(path, clock):
    client = browser(site(path, clock, sign_in="av"))
    assert client.get("/").json() == LOCAL_USER.name
    assert client.get("/granskning").json() == "admin"
    assert client.get("/logga-in").headers["location"] == "/"
    assert client.post("/andra").status_code == 403
    token = client.get("/biljett").json()
    assert client.post("/andra", headers={"x-csrf-token": token}).status_code == 200
    assert "Inloggning är avstängd" in identity.notice(Settings(sign_in="av"))
    assert identity.notice(Settings(sign_in="lokal")) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "sip.example", ""])
def test_without_sign_in_no_other_address_is_bound(host):
    with pytest.raises(InputError, match="bara öppnas på den egna datorn"):
        identity.check_binding(host, Settings(sign_in="av"))
    identity.check_binding(host, Settings(sign_in="lokal"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_without_sign_in_this_machines_addresses_are_bound(host):
    identity.check_binding(host, Settings(sign_in="av"))


@pytest.mark.parametrize("secret", [None, "kort", "a" * 40])
def test_sign_in_needs_a_secret_worth_the_name(path, clock, secret):
    with pytest.raises(InputError, match="SIP_SECRET"):
        site(path, clock, secret=secret)


def test_sign_in_needs_somebody_who_can(tmp_path, clock):
    with pytest.raises(InputError, match="sip user add"):
        site(tmp_path / "tom.db", clock)


def test_no_name_stands_in_a_log(app, caplog):
    caplog.set_level(logging.DEBUG)
    client = browser(app)
    sign_in(client, "vera.user", "fel lösenord helt")
    sign_in(client, "vera.user")
    client.post("/logga-ut", data={"csrf": TOKEN.search(client.get("/logga-ut").text)[1]})
    ours = [record for record in caplog.records if record.name.startswith("assistant")]
    assert len(ours) == 3
    logged = json.dumps([record.getMessage() for record in caplog.records])
    assert "vera" not in logged
    assert PASSWORD not in logged
    assert "10.0.0" not in logged
