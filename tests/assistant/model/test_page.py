"""Where a model is set, on the page, in REST, and on the administrators' page."""

from dataclasses import replace
from html import escape

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Question
from assistant.model.budget import Budget
from assistant.page import chat
from assistant.page.chat import Conversation
from assistant.page.transcript import transcript
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.local_users import LocalUsers
from assistant.web.model_view import PATH, router
from assistant.web.person import Role
from assistant.web.serve import patience
from assistant.web.vault import Vault, place
from tests.assistant.model.scripted import assisted
from tests.assistant.web.live import PASSWORD, SECRET
from tests.conftest import DAY

ASKED = "Vem kallar till SIP vid utskrivning?"
SAID = "Det är den fasta vårdkontakten som kallar till SIP."
HERE = "http://127.0.0.1"


def talks(assistant, question=ASKED, region="norrbotten"):
    return list(chat.asked(assistant, Conversation(), question, region, DAY, "anna"))


def test_verified_statements_are_shown_while_the_rest_is_awaited(index):
    assistant, _ = assisted(index, f"{SAID} [1]\nDet här är fel. [2]\nOch så detta. [2]", "STRYK")
    seen = talks(assistant)
    under_way = [t for t in seen if t.latest.under_way and t.latest.so_far]
    assert [len(t.latest.so_far.statements) for t in under_way] == [1, 2]
    assert SAID in transcript(under_way[0])
    assert not any("här är fel" in transcript(talk) for talk in seen)
    whole = transcript(seen[-1])
    assert "formulerat av en språkmodell" in whole
    assert "sip-so-far" not in whole
    assert 'class="sip-cite"' in whole


def test_what_is_waited_for_is_told_among_the_steps(index):
    assistant, _ = assisted(index, ConnectionRefusedError())
    steps = talks(assistant)[-1].latest.steps
    assert any("Språkmodellen formulerar svaret" in step for step in steps)
    assert any("Språkmodellen går inte att nå" in step for step in steps)


def test_to_leave_the_answer_breaks_off_the_model(index):
    assistant, model = assisted(index, f"{SAID} [1]\n" + "Mer om detta. [2]\n" * 400, pause=0.01)
    talk = chat.asked(assistant, Conversation(), ASKED, "norrbotten", DAY)
    while not next(talk).latest.so_far:
        pass
    talk.close()
    assert model.given < 100


def test_markup_in_what_the_model_says_is_never_markup_on_the_page(index):
    said = "Vården kallar & ”dokumenterar” 3 > 2."
    assistant, _ = assisted(index, f"{said} [1]", verify=lambda draft, evidence: ())
    shown = [transcript(talk) for talk in talks(assistant)]
    assert not any(said in text for text in shown)
    assert all(escape(said) in text for text in shown if "3 &gt; 2" in text)


def test_whose_budget_it_is_comes_along_from_page_and_rest(index, app_settings_of):
    budget = Budget(10**6, lambda: DAY)
    assistant, _ = assisted(index, f"{SAID} [1]", budget=budget)
    talks(assistant)
    assert budget.used("anna") > 0
    app = create_app(assistant, app_settings_of, lambda: DAY)
    with TestClient(app, base_url=HERE) as client:
        body = {"turns": [ASKED], "region": "norrbotten"}
        reply = client.post("/api/ask", json=body).json()
    assert reply["worded_by"] == "manus:test"
    assert reply["statements"][0]["text"] == SAID
    assert budget.used("lokal") > 0


@pytest.fixture
def app_settings_of(index_folder):
    return Settings(index=index_folder, sign_in="av")


def test_rest_says_nothing_of_a_model_where_there_is_none(client):
    reply = client.post("/api/ask", json={"turns": [ASKED], "region": "norrbotten"}).json()
    assert "worded_by" not in reply


@pytest.fixture
def client(assistant, app_settings_of):
    with TestClient(create_app(assistant, app_settings_of, lambda: DAY), base_url=HERE) as found:
        yield found


def test_a_comparison_and_a_batch_ask_no_model(index, tmp_path):
    from assistant.batch import answer_file
    from assistant.compare import compare

    assistant, model = assisted(index, f"{SAID} [1]")
    source, target = tmp_path / "in.jsonl", tmp_path / "ut.jsonl"
    source.write_text('{"id": "1", "turns": ["Vem kallar till SIP i Kalix?"]}', "utf-8")
    answer_file(assistant, source, target, DAY)
    compare(assistant, ASKED, DAY)
    assert model.heard == []
    assert "worded_by" not in target.read_text("utf-8")


def test_an_answer_may_take_the_model_s_time_on_top(app_settings_of):
    with_model = app_settings_of.model_copy(update={"model": "ollama:m", "model_seconds": 30.0})
    assert patience(with_model) == patience(app_settings_of) + 30.0


# The administrators' page.


def test_the_page_says_what_is_sent_and_holds_no_question(index, app_settings_of):
    assistant, _ = assisted(index, f"{SAID} [1]")
    assistant.reply(Question((ASKED,), "norrbotten", DAY))
    app = create_app(
        assistant, app_settings_of, lambda: DAY, more=[router(assistant, app_settings_of)]
    )
    with TestClient(app, base_url=HERE) as client:
        reply = client.get(PATH)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/plain")
    assert "PROMPTEN ordalydelse.txt" in reply.text
    assert "Begäranden: 1" in reply.text
    assert ASKED not in reply.text


@pytest.mark.parametrize(
    ("role", "status"), [(Role.USER, 403), (Role.SUPERUSER, 403), (Role.ADMIN, 200)]
)
def test_the_page_is_for_administrators_alone(assistant, index_folder, tmp_path, role, status):
    chosen = Settings(
        index=index_folder,
        sign_in="lokal",
        secret=SECRET,
        database=f"sqlite:///{tmp_path / 'omdomen.db'}",
    )
    vault = Vault(place(chosen))
    LocalUsers(vault).add("a.person", PASSWORD, role)
    vault.close()
    app = create_app(assistant, chosen, lambda: DAY, more=[router(assistant, chosen)])
    with TestClient(app, base_url="https://sip.example.org", follow_redirects=False) as client:
        assert client.get(PATH).status_code in {303, 401}
        page = client.get("/logga-in").text
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        fields = {"namn": "a.person", "losenord": PASSWORD, "csrf": csrf}
        names = {n for n in ("namn", "losenord") if f'name="{n}"' in page}
        assert names == {"namn", "losenord"}
        assert client.post("/logga-in", data=fields).status_code == 303
        assert client.get(PATH).status_code == status


def test_the_answer_without_a_model_is_shown_as_before(assistant):
    last = talks(assistant)[-1]
    assert last.answer == replace(
        assistant.answer(Question((ASKED,), "norrbotten", DAY)), as_of=DAY
    )
    assert "språkmodell" not in transcript(last)
