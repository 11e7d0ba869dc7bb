"""The superusers' desk over real stores and the real sign-in, a page at a time."""

import csv
import io
import re
import shutil
from datetime import timedelta
from html import unescape
from itertools import pairwise

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import corpus
from assistant.answer import Question
from assistant.feedback import feedback_on
from assistant.settings import Settings
from assistant.store import audit, open_store, review, sources
from assistant.store.feedback import receive
from assistant.web import faults, identity, pages
from assistant.web.desk import filters, router
from assistant.web.desk_setup import Desk
from assistant.web.headers import PLAIN_POLICY, Headers
from assistant.web.local_users import LocalUsers
from assistant.web.person import Role
from assistant.web.vault import Vault
from evals.case import load
from tests.assistant.store.conftest import DAY, NOW, REASON, keep
from tests.assistant.web.hostile import HOSTILE

HERE = "http://127.0.0.1"
PASSWORD = "korrekt häst batteri klammer"
QUESTION = "Vem kallar till SIP i Kalix?"
_FORM = re.compile(r'<form action="([^"]+)" method="post">(.*?)</form>', re.DOTALL)
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
WRITES = [
    "/granskning/omdome/1/oppna",
    "/granskning/omdome/1/tilldela",
    "/granskning/omdome/1/bedom",
    "/granskning/omdome/1/klar",
    "/granskning/omdome/1/golden",
    "/granskning/omdome/1/ratta",
    "/granskning/rattelser/patch",
    "/granskning/rattelser/1/ta-bort",
    "/granskning/statistik/fragor",
    "/granskning/export.csv",
]
READS = [
    "/granskning",
    "/granskning/omdome/1",
    "/granskning/rattelser",
    "/granskning/statistik",
    "/granskning/logg",
]


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'omdomen.db'}")
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(store, assistant, tmp_path, clock):
    edition = tmp_path / "corpus"
    shutil.copytree(corpus.FOLDER, edition, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return Desk(store, assistant, edition, tmp_path / "utkast", clock)


def site(desk, settings, vault) -> FastAPI:
    app = FastAPI()
    faults.install(app)
    identity.install(app, settings, vault=vault)
    app.include_router(pages.router)
    app.include_router(router(desk))
    app.add_middleware(Headers)
    return app


@pytest.fixture
def client(desk, tmp_path):
    app = site(desk, Settings(sign_in="av"), tmp_path / "valv.db")
    with TestClient(app, base_url=HERE, headers={"accept": "text/html"}) as found:
        yield found


@pytest.fixture
def case(store, assistant):
    """Feedback on a real answer."""
    question = Question((QUESTION,), None, DAY)
    feedback = feedback_on(question, assistant.answer(question), "fel källa", "Fel stycke.")
    return receive(
        store,
        feedback,
        subject="anvandare",
        fingerprint=assistant.corpus.fingerprint,
        now=NOW,
        keep_days=30,
    ).number


def token(client, page: str = "/granskning/statistik") -> str:
    found = _TOKEN.search(client.get(page).text)
    assert found is not None
    return found[1]


def send(client, path: str, **fields: str):
    return client.post(path, data={"csrf": token(client), **fields})


@pytest.fixture
def opened(client, case):
    path = f"/granskning/omdome/{case}"
    assert send(client, f"{path}/oppna", skal=REASON).status_code == 200
    return path


def test_the_queue_shows_nothing_of_the_conversation(client, case):
    shown = client.get("/granskning").text
    assert f"Omdöme {case}" in shown
    assert "fredag 13 mars 2026" in shown
    assert "Kalix" not in shown
    assert "Fel stycke" not in shown


def test_a_conversation_is_shown_after_a_reason_that_is_logged_and_for_an_hour(
    client, case, store, clock
):
    path = f"/granskning/omdome/{case}"
    assert QUESTION not in client.get(path).text
    refused = send(client, f"{path}/oppna", skal="kort")
    assert refused.status_code == 422
    assert "minst 10 tecken" in refused.text
    shown = send(client, f"{path}/oppna", skal=REASON)
    assert QUESTION in shown.text
    assert [entry.detail for entry in audit.entries(store)] == [f'{{"skäl": "{REASON}"}}']
    clock.now += timedelta(minutes=61)
    assert QUESTION not in client.get(path).text


def test_a_case_shows_the_answer_beside_its_passages_and_how_it_was_found(
    client, opened, assistant, case, store
):
    shown = unescape(client.get(opened).text)
    kept = review.read_case(store, case, review.Actor("lokal", ""), NOW)
    assert kept.cited
    for cited in kept.cited:
        provision = assistant.corpus.provisions[cited.provision]
        assert provision.text in shown
        assert f'href="/riktlinje/{provision.region}#{provision.id}"' in shown
        assert f'name="kalla-{cited.number}"' in shown
    found = assistant.found(Question((QUESTION,), "norrbotten", DAY))
    assert all(f'<th scope="row">{one.provision.id}</th>' in shown for one in found)
    assert "Samma fråga ger samma svar" in shown
    assert "annan utgåva" not in shown


def test_an_answer_that_has_changed_since_is_said_to_have(client, store):
    number = keep(store, answer="Något annat. [1]", provisions=("norrbotten-borta",))
    shown = send(client, f"/granskning/omdome/{number}/oppna", skal=REASON).text
    assert "I dag blir svaret ett annat" in shown
    assert "annan utgåva" in shown
    assert "finns inte längre i utgåvan" in shown


def test_a_computation_is_shown_step_by_step(client, store, assistant):
    question = Question(
        (
            "Meddelande om utskrivningsklar skickades fredag 13 mars 2026 kl 13.10 i Norrbotten. "
            "När börjar kommunens betalningsansvar?",
        ),
        "norrbotten",
        DAY,
    )
    answer = assistant.answer(question)
    assert answer.computations
    feedback = feedback_on(question, answer, "fel")
    received = receive(store, feedback, subject="a", fingerprint="f", now=NOW, keep_days=9)
    path = f"/granskning/omdome/{received.number}/oppna"
    shown = unescape(send(client, path, skal=REASON).text)
    assert all(step in shown for one in answer.computations for step in one.steps)


def test_verdicts_are_kept_per_statement_and_citation_and_shown_again(client, opened):
    fields = {"svar-0": "fel källa", "kalla-1": "fel", "kommentar": "Se nästa stycke."}
    shown = send(client, f"{opened}/bedom", **fields).text
    assert "Se nästa stycke." in shown
    for name, verdict in (("svar-0", "fel källa"), ("kalla-1", "fel")):
        assert f'name="{name}" value="{verdict}" checked' in shown
    refused = send(client, f"{opened}/bedom", **{"kalla-1": "fel"})
    assert refused.status_code == 422
    assert "hela svaret" in refused.text


def test_a_case_is_assigned_and_finished_and_leaves_the_queue(client, opened):
    assert 'value="lokal" checked' in send(client, f"{opened}/tilldela", till="lokal").text
    assert "Omdöme 1</a>" in client.get("/granskning?tilldelat=mig").text
    assert "Omdöme 1</a>" not in client.get("/granskning?tilldelat=ingen").text
    assert "Ta upp igen" in send(client, f"{opened}/klar", klar="ja").text
    assert "Omdöme 1</a>" not in client.get("/granskning").text
    assert "Omdöme 1</a>" in client.get("/granskning?visa=alla").text


def test_feedback_becomes_a_golden_draft_on_disk(client, opened, desk, case, store):
    kept = review.read_case(store, case, review.Actor("lokal", ""), NOW)
    fields = {
        "status": "answer",
        "prov": "who",
        "bestammelser": kept.cited[0].provision,
        "varfor": "Svaret pekade på fel stycke.",
    }
    shown = send(client, f"{opened}/golden", **fields).text
    ((made,),) = load(folder=desk.drafts).values()
    assert f"<code>{made.id}</code>" in shown
    assert made.turns == (QUESTION,)
    assert "lokal användare" in made.why
    assert made.draft


def test_a_correction_is_proposed_and_exported_as_a_patch(client, opened, desk, case, store):
    kept = review.read_case(store, case, review.Actor("lokal", ""), NOW)
    fields = {
        "slag": "bestämmelse",
        "i": kept.cited[0].provision,
        "text": "En annan lydelse.",
        "motivering": "Originalet säger något annat.",
    }
    assert send(client, f"{opened}/ratta", **fields).status_code == 200
    assert "En annan lydelse." in client.get("/granskning/rattelser").text
    patch = send(client, "/granskning/rattelser/patch")
    assert "\n+En annan lydelse.\n" in patch.text
    assert patch.headers["content-disposition"].endswith('"rattelser.patch"')
    send(client, "/granskning/rattelser/1/ta-bort")
    assert sources.proposals(store) == []


def test_questions_without_an_answer_are_shown_for_a_reason(client, store):
    keep(store, turns=("Vad kostar en p-plats?",), status="abstain", provisions=())
    assert "p-plats" not in client.get("/granskning/statistik").text
    assert "p-plats" in send(client, "/granskning/statistik/fragor", skal=REASON).text


def test_the_export_opens_in_a_spreadsheet(client, case):
    plain = send(client, "/granskning/export.csv").content.decode("utf-8-sig")
    ((row,),) = [list(csv.DictReader(io.StringIO(plain), delimiter=";"))]
    assert row["omdöme"] == "fel källa"
    assert QUESTION not in plain
    texts = send(client, "/granskning/export.csv", texter="ja", skal=REASON)
    assert QUESTION in texts.text
    assert send(client, "/granskning/export.csv", texter="ja").status_code == 422


def test_the_log_is_shown_whole_and_a_broken_one_is_told(client, opened, store):
    assert "Loggen är hel: 1 poster" in client.get("/granskning/logg").text
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_update")
        connection.exec_driver_sql("UPDATE audit SET actor = 'annan'")
    assert "bruten vid post 1" in client.get("/granskning/logg").text


@pytest.mark.parametrize("path", WRITES)
def test_a_form_without_our_token_does_nothing(client, case, store, path):
    for fields in ({"skal": REASON}, {"skal": REASON, "csrf": "påhittad"}):
        assert client.post(path, data=fields).status_code == 403
    assert audit.check(store).entries == 0


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_shown_as_text(client, store, text):
    number = keep(store, turns=(f"Fråga {text}"[:4000],), comment="", answer=f"{text} [1]"[:4000])
    shown = send(client, f"/granskning/omdome/{number}/oppna", skal=REASON)
    assert shown.status_code == 200
    assert not re.search(r"<(?:script|img|iframe|svg|b)\b", shown.text)


def test_every_page_is_plain_swedish_html_that_loads_from_here_alone(client, opened):
    for path in [*READS, opened]:
        page = client.get(path)
        assert page.status_code == 200
        assert '<html lang="sv">' in page.text
        assert page.headers["content-security-policy"] == PLAIN_POLICY
        assert page.headers["cache-control"] == "no-store"
        assert not re.search(r'(?:src|href|action)="(?!/|#)', page.text)
        assert "<script" not in page.text
        levels = [int(n) for n in re.findall(r"<h(\d)", page.text)]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))
        for field in re.findall(r'<(?:input type="text"|textarea) id="([^"]+)"', page.text):
            assert f'for="{field}"' in page.text


@pytest.mark.parametrize("query", ["sida=x", "sida=-1", "region=%00", "status=hej&omdome=hej"])
def test_a_made_up_address_breaks_nothing(client, case, query):
    assert client.get(f"/granskning?{query}").status_code in (200, 422)


@pytest.mark.parametrize("path", ["/granskning/omdome/99", f"/granskning/omdome/{2**70}"])
def test_a_case_that_does_not_exist_is_told_so(client, path):
    shown = client.get(path)
    assert shown.status_code == 422
    assert "finns inte" in shown.text


def test_filters_mean_what_the_form_says():
    asked = {"status": "abstain", "omdome": "fel", "region": "ingen", "tilldelat": "mig"}
    assert filters(asked, "jag") == review.Filters("abstain", "fel", "", "jag", True)
    assert filters({"status": "x", "visa": "alla"}, "jag") == review.Filters(unhandled=False)


@pytest.fixture
def signed_in(desk, tmp_path):
    """Signs in somebody with a role; nobody for None."""
    place = tmp_path / "valv.db"
    vault = Vault(place)
    for role in Role:
        LocalUsers(vault).add(role.written, PASSWORD, role)
    vault.close()
    secret = "en hemlighet som bara finns i det här provet"
    app = site(desk, Settings(sign_in="lokal", secret=secret), place)

    def enter(role: Role | None) -> TestClient:
        client = TestClient(app, base_url=HERE, headers={"accept": "text/html"})
        if role is None:
            return client
        fields = {"namn": role.written, "losenord": PASSWORD}
        fields["csrf"] = token(client, "/logga-in")
        done = client.post("/logga-in", data=fields, follow_redirects=False)
        assert done.status_code == 303, done.text
        return client

    return enter


def test_a_stranger_and_a_common_user_reach_nothing_of_the_desk(signed_in, case, store):
    stranger, user = signed_in(None), signed_in(Role.USER)
    for path in READS:
        assert stranger.get(path, follow_redirects=False).status_code == 303
        assert user.get(path, follow_redirects=False).status_code == 403
    for path in WRITES:
        fields = {"skal": REASON}
        assert stranger.post(path, data=fields, follow_redirects=False).status_code in (303, 401)
        assert user.post(path, data=fields, follow_redirects=False).status_code == 403
    assert audit.check(store).entries == 0


def test_a_superuser_works_under_a_pseudonym_and_another_must_give_a_reason(signed_in, case, store):
    anna, admin = signed_in(Role.SUPERUSER), signed_in(Role.ADMIN)
    path = f"/granskning/omdome/{case}"
    assert QUESTION in send(anna, f"{path}/oppna", skal=REASON).text
    assert QUESTION not in admin.get(path).text
    (entry,) = audit.entries(store)
    assert entry.actor != "superuser"
    assert review.reviewers(store) == {entry.actor: "superuser"}
