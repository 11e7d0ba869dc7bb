"""The REST routes on a real index."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import pytest
from fastapi.testclient import TestClient

from assistant import render
from assistant.answer import Question
from assistant.regions import all_regions
from assistant.rules import Computation, all_rules
from assistant.web import api_models as models
from assistant.web.app import create_app
from ingest.errors import IndexBroken
from tests.assistant.web.conftest import HERE
from tests.assistant.web.hostile import HOSTILE
from tests.conftest import DAY

QUESTION = "Vem kallar till SIP vid utskrivning i Norrbotten?"
SECRET = "hemligt-xyzzy"


def test_the_answer_is_the_assistants_own(client, assistant):
    reply = client.post("/api/ask", json={"turns": [QUESTION]})
    assert reply.status_code == 200
    expected = render.as_json(assistant.answer(Question((QUESTION,), None, DAY)))
    assert reply.json() == json.loads(json.dumps(expected))
    assert reply.json()["citations"]


def test_region_and_day_reach_the_assistant(client):
    body = {"turns": ["Vem kallar till SIP?"], "region": "Jokkmokk", "as_of": "2024-02-29"}
    reply = client.post("/api/ask", json=body).json()
    assert (reply["region"], reply["as_of"]) == ("norrbotten", "2024-02-29")


def test_a_later_turn_is_understood_with_those_before_it(client):
    turns = ["Vem kallar till SIP i Värmland?", "Och i Örebro?"]
    reply = client.post("/api/ask", json={"turns": turns}).json()
    assert {c["region"] for c in reply["citations"]} == {"orebro"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered_as_text(client, text):
    reply = client.post("/api/ask", json={"turns": [text]})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.json()["action"] in {"answer", "clarify", "abstain", "refuse"}
    assert "set-cookie" not in reply.headers


def test_a_personal_number_is_refused_and_not_repeated(client):
    reply = client.post("/api/ask", json={"turns": ["Gäller SIP för 19121212-1212?"]})
    assert reply.json()["reason"] == "personal-data"
    assert "1212" not in reply.text


@pytest.mark.parametrize(
    "body",
    [
        {"turns": [SECRET * 800]},
        {"turns": [SECRET] * 21},
        {"turns": []},
        {"turns": SECRET},
        {"turns": [SECRET], SECRET: 1},
        {"turns": [{SECRET: SECRET}]},
        {"turns": [SECRET], "as_of": SECRET},
        {"turns": [SECRET], "as_of": "1850-01-01"},
        {"turns": [SECRET], "region": SECRET},
        {"turns": [SECRET], "region": SECRET * 100},
        {},
        [SECRET],
        SECRET,
    ],
    ids=range(13),
)
def test_what_cannot_be_used_is_told_in_swedish_and_never_repeated(client, body):
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == 422
    assert set(reply.json()) <= {"error", "fields"}
    assert reply.json()["error"].endswith(".")
    assert "xyzzy" not in reply.text
    assert "Input should" not in reply.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"turns": ["xyzzy', "application/json"),
        (b"\xff\xfe xyzzy", "application/json"),
        (b'{"turns": ["xyzzy"]}', "text/plain"),
        (b'{"turns": ["xyzzy \\ud800"]}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"1" * 10_000, "application/json"),
        (b"", "application/json"),
    ],
    ids=range(7),
)
def test_a_body_that_cannot_be_read_is_a_fault_of_the_sender(client, content, kind):
    reply = client.post("/api/ask", content=content, headers={"content-type": kind})
    assert reply.status_code in {400, 415, 422}
    assert "xyzzy" not in reply.text
    assert reply.json()["error"]


@pytest.mark.parametrize("rule", all_rules())
def test_every_rule_is_computed_over_rest(client, rule):
    reply = client.post("/api/compute", json={"rule": rule})
    assert reply.status_code == 200, reply.text
    assert set(reply.json()) == {field.name for field in fields(Computation)}
    assert reply.json()["rule"] == rule


def test_a_deadline_is_computed_with_its_steps_and_provisions(client):
    inputs = {"utskrivningsklar_skickat": "2026-03-13T13:10", "kallelse_skickad": "2026-03-14"}
    body = {"rule": "norrbotten-bet-oversikt", "inputs": inputs, "as_of": "2026-03-20"}
    made = client.post("/api/compute", json=body).json()
    assert (made["status"], made["value"]) == ("determined", "2026-03-17")
    assert made["steps"]
    assert made["provisions"]


def test_an_unknown_rule_is_not_found(client):
    reply = client.post("/api/compute", json={"rule": SECRET})
    assert reply.status_code == 404
    assert "xyzzy" not in reply.text


@pytest.mark.parametrize(
    "inputs",
    [
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"a": 1' + "0" * 4000 + "}",
        '{"a": [[[[[[1]]]]]]}',
        '{"a": "' + "x" * 5000 + '"}',
        json.dumps({f"u{n}": n for n in range(61)}),
        json.dumps({"a": list(range(400))}),
        "[]",
        "null",
    ],
)
def test_inputs_that_cannot_be_computed_with_are_refused(client, inputs):
    content = '{"rule": "halland-avgift", "inputs": ' + inputs + "}"
    headers = {"content-type": "application/json"}
    reply = client.post("/api/compute", content=content, headers=headers)
    assert reply.status_code in {400, 422}
    assert reply.json()["error"]


@pytest.mark.parametrize("value", [{"b": 1}, [None], True, -1, 1e300, "<b>", "\x00", None])
def test_inputs_of_the_wrong_kind_are_an_answer_not_a_fault(client, value):
    for rule in ["norrbotten-bet-oversikt", "vgr-avgift-endast-sip", "halland-avgift"]:
        inputs = dict.fromkeys(all_rules()[rule].inputs, value)
        assert client.post("/api/compute", json={"rule": rule, "inputs": inputs}).status_code == 200


def test_the_rules_are_listed_with_what_they_ask_for(client):
    found = client.get("/api/rules").json()
    assert [rule["id"] for rule in found] == list(all_rules())
    assert all(one["label"] and one["kind"] for rule in found for one in rule["inputs"])
    vgr = client.get("/api/rules?region=vgr").json()
    assert {rule["region"] for rule in vgr} == {"vgr"}
    assert client.get(f"/api/rules?region={SECRET}").status_code == 422


def test_the_regions_are_listed(client):
    found = client.get("/api/regions").json()
    assert [region["id"] for region in found] == list(all_regions())
    assert sum(region["guideline"] for region in found) == 5


def test_health_says_which_edition_answers(client, edition):
    found = client.get("/api/health").json()
    assert found["status"] == "ok"
    assert found["provisions"] == len(edition.provisions)
    assert edition.fingerprint.startswith(found["edition"])


def test_openapi_describes_every_route_in_swedish_and_loads_nothing(client):
    schema = client.get("/api/docs").json()
    assert set(schema["paths"]) == {
        "/api/ask",
        "/api/compute",
        "/api/rules",
        "/api/regions",
        "/api/health",
    }
    for path in schema["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
    assert "HTTPValidationError" not in schema["paths"]["/api/ask"]["post"]["responses"]["422"]
    turns = schema["components"]["schemas"]["Ask"]["properties"]["turns"]
    assert (turns["maxItems"], turns["items"]["maxLength"]) == (20, 4000)
    assert "://" not in json.dumps(schema)


def test_the_described_answer_is_the_one_given(client, ask):
    given = render.as_json(ask(QUESTION))
    assert set(given) == set(models.Answered.model_fields)
    assert set(models.Computed.model_fields) == {field.name for field in fields(Computation)}


def fresh(assistant, app_settings, **options):
    app = create_app(assistant, app_settings, lambda: DAY, **options)
    return TestClient(app, base_url=HERE)


def test_the_sixteenth_write_in_a_minute_waits(assistant, app_settings):
    client = fresh(assistant, app_settings)
    body = {"rule": "halland-avgift"}
    got = [client.post("/api/compute", json=body).status_code for _ in range(16)]
    assert got == [200] * 15 + [429]
    reply = client.post("/api/ask", json={"turns": [QUESTION]})
    assert reply.status_code == 429
    assert 1 <= int(reply.headers["retry-after"]) <= 60
    assert "Vänta" in reply.json()["error"]
    assert client.get("/api/regions").status_code == 200


class Broken:
    """An assistant whose index went away under it."""

    def __init__(self, assistant, error):
        self.corpus, self._error = assistant.corpus, error

    def reply(self, question, who):
        raise self._error


def test_a_broken_index_is_told_without_its_place(assistant, app_settings):
    broken = Broken(assistant, IndexBroken("Indexet i /hemligt/ställe är trasigt."))
    reply = fresh(broken, app_settings).post("/api/ask", json={"turns": [QUESTION]})
    assert reply.status_code == 503
    assert "ställe" not in reply.text


def test_a_fault_of_ours_gives_no_trace(assistant, app_settings, caplog):
    broken = Broken(assistant, RuntimeError(SECRET))
    reply = fresh(broken, app_settings).post("/api/ask", json={"turns": [SECRET]})
    assert reply.status_code == 500
    assert "xyzzy" not in reply.text + caplog.text
    assert "Traceback" not in reply.text + caplog.text


def test_a_question_that_takes_too_long_is_given_up(assistant, app_settings):
    import threading

    released = threading.Event()

    class Slow(Broken):
        def reply(self, question, who):
            released.wait(30)
            raise self._error

    slow = Slow(assistant, RuntimeError())
    try:
        reply = fresh(slow, app_settings, seconds=0.1).post("/api/ask", json={"turns": ["Vem?"]})
    finally:
        released.set()
    assert reply.status_code == 504
    assert reply.json()["error"].startswith("Det tog för lång tid")


def test_users_in_parallel_get_each_their_own_answer(client, assistant):
    places = ["Jokkmokk", "Halmstad", "Karlstad", "Borås", "Kumla", "Kiruna", "Varberg", "Sunne"]
    turns = [f"Vem kallar till SIP i {place}?" for place in places] * 6
    alone = {
        turn: json.loads(json.dumps(render.as_json(assistant.answer(Question((turn,), None, DAY)))))
        for turn in set(turns)
    }
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda t: client.post("/api/ask", json={"turns": [t]}), turns))
    assert [reply.json() for reply in replies] == [alone[turn] for turn in turns]
