"""The MCP server as the SDK's own client meets it: over stdio, on the site, and in this process."""

import http.client
import json
import logging
import subprocess
import sys
import threading
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from functools import partial

import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.exceptions import MCPError
from typer.testing import CliRunner

from assistant import mcp, render
from assistant.answer import Question
from assistant.cli import app
from assistant.mcp.server import server
from assistant.mcp.tools import tools
from assistant.rules import all_rules, compute
from assistant.rules.tools import group_of, rule_tools
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.keys import Keys
from assistant.web.limits import Limiter, Workers
from assistant.web.vault import Vault, place
from ingest.errors import IndexBroken, InputError
from tests.assistant.web.hostile import HOSTILE
from tests.assistant.web.live import Live
from tests.conftest import DAY, ROOT

QUESTION = "Vem kallar till SIP vid utskrivning?"
DEADLINE = {"regel": "norrbotten-ut-21-dagar", "utskriven": "2026-11-05"}
SECRET = "hemligt-xyzzy"
NUMBER = "19121212-1212"
ERAS = ["auto", "legacy"]  # the protocol of 2026, and the handshake that came before it


class Caller:
    """A connected client, called from a test that is not asynchronous."""

    def __init__(self, portal, client):
        self._portal, self._client = portal, client

    def tools(self):
        return self._portal.call(self._client.list_tools).tools

    def call(self, tool, **arguments):
        return self._portal.call(partial(self._client.call_tool, tool, arguments))

    def given(self, tool, **arguments):
        """What the tool gives, which its text says as well."""
        reply = self.call(tool, **arguments)
        assert not reply.is_error, reply.content[0].text
        assert json.loads(reply.content[0].text) == reply.structured_content
        return reply.structured_content

    def fault(self, tool, **arguments):
        """What is wrong with the call, in words."""
        reply = self.call(tool, **arguments)
        assert reply.is_error
        assert reply.structured_content is None
        return reply.content[0].text


@pytest.fixture(scope="module")
def portal():
    with start_blocking_portal() as found:
        yield found


@contextmanager
def connected(portal, client):
    with portal.wrap_async_context_manager(client) as open_client:
        yield Caller(portal, open_client)


@asynccontextmanager
async def over_http(address, era="auto", key=None):
    headers = None if key is None else {"authorization": f"Bearer {key}"}
    async with create_mcp_http_client(headers) as sender:
        reached = streamable_http_client(f"{address}/mcp", http_client=sender)
        async with Client(reached, mode=era) as client:
            yield client


def in_process(assistant, *, calls=100_000, workers=None):
    offered = tools(assistant, lambda: DAY)
    return server(offered, workers or Workers(), Limiter(calls), lambda _: "en")


@pytest.fixture(scope="module")
def near(portal, assistant):
    """A client of the server in this process."""
    with connected(portal, Client(in_process(assistant))) as caller:
        caller.tools()  # from then on the client checks each reply against the tool's schema
        yield caller


def as_rest(question, assistant, region=None):
    answer = assistant.answer(Question((question,), region, DAY))
    return json.loads(json.dumps(render.as_json(answer)))


# ---- what is offered


def test_the_tools_are_the_question_the_groups_of_rules_and_the_provision(near):
    names = [tool.name for tool in near.tools()]
    assert names == ["fraga", *(tool.name for tool in rule_tools()), "riktlinje"]
    assert len(names) == 16


def test_a_rule_tool_takes_what_the_langchain_tool_takes(near):
    described = {tool.name: tool for tool in near.tools()}
    for tool in rule_tools():
        assert described[tool.name].input_schema == tool.args_schema.model_json_schema()
        assert described[tool.name].description == tool.description


def test_every_tool_says_in_swedish_what_it_does_and_that_it_changes_nothing(near):
    for tool in near.tools():
        assert tool.title
        assert tool.description.endswith(".")
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint


# ---- what is given


def test_an_answer_is_the_assistants_own(near, assistant):
    given = near.given("fraga", fraga=QUESTION, region="norrbotten")
    assert given == as_rest(QUESTION, assistant, "norrbotten")
    assert given["action"] == "answer"
    assert given["citations"]


def test_region_and_day_reach_the_assistant(near):
    given = near.given("fraga", fraga=QUESTION, region="Jokkmokk", per_datum="2024-02-29")
    assert (given["region"], given["as_of"]) == ("norrbotten", "2024-02-29")


def test_an_empty_region_is_none(near, assistant):
    given = near.given("fraga", fraga=QUESTION, region=" ")
    assert given == as_rest(QUESTION, assistant)
    assert given["action"] == "clarify"


@pytest.mark.parametrize("rule", all_rules())
def test_every_rule_is_computed_as_it_is_without_mcp(near, rule):
    given = near.given(group_of(rule).name, regel=rule)
    assert given == json.loads(json.dumps(asdict(compute(rule, {}, DAY)), default=str))


def test_a_deadline_has_its_steps_and_provisions(near):
    given = near.given("frist", **DEADLINE)
    assert (given["status"], given["value"]) == ("determined", "2026-11-26")
    assert given["steps"]
    assert given["provisions"] == ["norrbotten-ut-21-dagar"]


def test_a_computation_that_cannot_be_so_says_why(near):
    given = near.given("frist", regel=DEADLINE["regel"], utskriven="2026-13-45")
    assert given["status"] == "invalid_input"
    assert given["reason"]


@pytest.mark.parametrize("written", ["2026-03-13T13:10", "2026-03-13T13:10:00+01:00", "2026-03-13"])
def test_a_time_is_not_taken_for_personal_data(near, written):
    assert near.given("frist", regel=DEADLINE["regel"], utskriven=written)["value"] == "2026-04-03"


def test_a_provision_is_given_whole_with_its_place(near, edition):
    for provision in list(edition.provisions.values())[::60]:
        given = near.given("riktlinje", id=provision.id)
        assert [s["text"] for s in given["statements"]] == [provision.text]
        assert given["citations"][0]["lines"] == list(provision.locator.lines)
        assert given["action"] == ("abstain" if provision.gap else "answer")


def test_a_provision_that_an_answer_cites_can_be_read(near):
    cited = near.given("fraga", fraga=QUESTION, region="halland")["citations"][0]
    read = near.given("riktlinje", id=cited["provision"])
    assert read["citations"][0] == cited | {"number": 1}


def test_a_provision_that_cites_a_repealed_law_is_warned_of(near, edition):
    citing = next(p for p in edition.provisions.values() if "2001:453" in p.text)
    warned = near.given("riktlinje", id=citing.id)["warnings"]
    assert [w["kind"] for w in warned] == ["repealed-law"]
    assert near.given("riktlinje", id=citing.id, per_datum="2020-01-01")["warnings"] == []


# ---- what cannot be used


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("fraga", {}, "fraga: uppgiften saknas"),
        ("fraga", {"fraga": SECRET * 400}, "fraga: texten är för lång"),
        ("fraga", {"fraga": 7}, "fraga: ska vara text"),
        ("fraga", {"fraga": {"a": SECRET}}, "fraga: ska vara text"),
        ("fraga", {"fraga": "a \ud800"}, "fraga: är ingen giltig text"),
        ("fraga", {"fraga": "Vem?", SECRET: 1}, "Bara fraga, region, per_datum kan anges"),
        ("fraga", {"fraga": "Vem?", "region": SECRET}, "Välj mellan"),
        ("fraga", {"fraga": "Vem?", "region": NUMBER}, "Välj mellan"),
        ("fraga", {"fraga": "Vem?", "region": SECRET * 20}, "region: texten är för lång"),
        ("fraga", {"fraga": "Vem?", "per_datum": SECRET}, "ska vara ett datum"),
        ("fraga", {"fraga": "Vem?", "per_datum": "1850-01-01"}, "tidigast 2000-01-01"),
        ("frist", {}, "Regel saknas"),
        ("frist", {"regel": 3}, "regel: ska vara text"),
        ("frist", {"regel": "vgr-inget-sadant"}, "Okänd regel"),
        ("frist", {"regel": "halland-avgift"}, "Okänd regel"),
        ("frist", DEADLINE | {"utskriven": 4}, "ska vara ett datum eller en tidpunkt"),
        ("frist", DEADLINE | {"narnia": 4}, "Okänd uppgift: narnia"),
        ("frist", DEADLINE | {"per_datum": SECRET}, "per_datum: ska vara ett datum"),
        ("frist", DEADLINE | {"utskriven": [[[[[[SECRET]]]]]]}, "uppgifterna: går inte att räkna"),
        ("frist", DEADLINE | {"utskriven": 10**20}, "uppgifterna: går inte att räkna"),
        ("frist", DEADLINE | {"utskriven": "a \ud800"}, "uppgifterna: går inte att räkna"),
        ("frist", DEADLINE | dict.fromkeys(map(str, range(70))), "uppgifterna: för många"),
        ("frist", DEADLINE | {"utskriven": NUMBER}, "personnummer"),
        ("frist", DEADLINE | {"utskriven": 191212121212}, "personnummer"),
        ("frist", DEADLINE | {NUMBER: "ja"}, "personnummer"),
        ("avgift", {"regel": NUMBER}, "personnummer"),
        ("riktlinje", {}, "id: uppgiften saknas"),
        ("riktlinje", {"id": SECRET}, "Bestämmelsen finns inte"),
        ("riktlinje", {"id": SECRET * 100}, "id: texten är för lång"),
    ],
)
def test_a_bad_call_is_told_in_swedish_and_not_repeated(near, tool, arguments, said):
    fault = near.fault(tool, **arguments)
    assert said in fault
    assert fault.endswith(".")
    assert "xyzzy" not in fault
    assert "1212" not in fault


def test_an_unknown_tool_is_a_fault_of_the_protocol(near):
    with pytest.raises(MCPError, match="Verktyget finns inte"):
        near.call(SECRET)


def test_a_personal_number_is_refused_and_not_repeated(near):
    given = near.given("fraga", fraga=f"Gäller SIP för {NUMBER}?")
    assert (given["action"], given["reason"]) == ("refuse", "personal-data")
    assert "1212" not in json.dumps(given)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered_or_told(near, assistant, text):
    reply = near.call("fraga", fraga=text)
    if not reply.is_error:
        assert reply.structured_content == as_rest(text, assistant)


# ---- how much, and what happens when something breaks


def test_the_sixteenth_call_in_a_minute_waits_and_reading_is_free(portal, assistant):
    with connected(portal, Client(in_process(assistant, calls=15))) as caller:
        for _ in range(15):
            caller.given("frist", **DEADLINE)
        for tool, arguments in [("frist", DEADLINE), ("fraga", {"fraga": QUESTION})]:
            assert "Vänta" in caller.fault(tool, **arguments)
        assert caller.given("riktlinje", id="norrbotten-ut-21-dagar")


class Broken:
    """An assistant that cannot answer."""

    def __init__(self, assistant, work):
        self.corpus, self.answer = assistant.corpus, work


def raising(error):
    def work(_):
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError(SECRET), "Något gick fel"),
        (IndexBroken(f"Indexet i /{SECRET}/ är trasigt."), "kan inte svara just nu"),
        (InputError("Skriv en fråga."), "Skriv en fråga."),
    ],
)
def test_what_breaks_is_told_without_its_own_words(portal, assistant, caplog, error, said):
    caplog.set_level(logging.DEBUG)
    broken = Broken(assistant, raising(error))
    with connected(portal, Client(in_process(broken))) as caller:
        fault = caller.fault("fraga", fraga=SECRET)
    assert said in fault
    assert "xyzzy" not in fault + caplog.text
    assert "Traceback" not in caplog.text


def test_a_question_that_takes_too_long_is_given_up(portal, assistant):
    released = threading.Event()
    slow = Broken(assistant, lambda _: released.wait(30))
    workers = Workers(seconds=0.1)
    with connected(portal, Client(in_process(slow, workers=workers))) as caller:
        try:
            assert caller.fault("fraga", fraga="Vem?").startswith("Det tog för lång tid")
        finally:
            released.set()


def test_a_full_queue_is_told(portal, assistant):
    workers = Workers(threads=1, waiting=-1)
    with connected(portal, Client(in_process(assistant, workers=workers))) as caller:
        assert "Försök igen om en liten stund" in caller.fault("fraga", fraga="Vem?")


def test_the_librarys_own_words_reach_no_log(assistant, caplog):
    in_process(assistant)
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger("mcp.server.streamable_http")
    log.debug("läste %s", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("kunde inte läsa %s", SECRET)
    assert "xyzzy" not in caplog.text
    assert "ValueError i mcp.server.streamable_http" in caplog.text


# ---- `sip mcp`


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """The file with what the command writes on standard error."""
    return tmp_path_factory.mktemp("mcp") / "said.txt"


@pytest.fixture(scope="module", params=ERAS)
def local(request, portal, index_folder, said):
    """A client that has started `sip mcp`."""
    command = ["-m", "assistant.cli", "mcp", "--index", str(index_folder), "--as-of", str(DAY)]
    started = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
    with said.open("w") as errors:
        client = Client(stdio_client(started, errlog=errors), mode=request.param)
        with connected(portal, client) as caller:
            yield caller


def test_the_command_lists_the_tools(local, near):
    assert local.tools() == near.tools()


def test_the_command_answers_and_computes(local, assistant):
    given = local.given("fraga", fraga=QUESTION, region="norrbotten")
    assert given == as_rest(QUESTION, assistant, "norrbotten")
    assert local.given("frist", **DEADLINE)["value"] == "2026-11-26"
    assert local.given("riktlinje", id="norrbotten-ut-21-dagar")["citations"]


def test_the_command_tells_what_is_wrong_and_logs_nothing(local, said):
    assert "fraga: uppgiften saknas" in local.fault("fraga")
    assert "Okänd uppgift" in local.fault("frist", **DEADLINE, narnia=SECRET)
    assert local.given("fraga", fraga=f"{SECRET} {NUMBER}")["reason"] == "personal-data"
    with pytest.raises(MCPError):
        local.call(SECRET)
    assert said.read_text() == ""


def test_the_command_ends_with_its_input_and_survives_what_it_cannot_read(index_folder):
    lines = [
        SECRET.encode(),
        b"\xff\xfe",
        b"[]",
        called("fraga", fraga=[[SECRET]]).encode(),
        b'{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": "hemligt-xyzzy"}',
        b'{"jsonrpc": "2.0", "id": 3, "method": "ping"}',
    ]
    command = [sys.executable, "-m", "assistant.cli", "mcp", "--index", str(index_folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT) as process:
        given_up = threading.Timer(120, process.kill)
        given_up.daemon = True
        given_up.start()
        process.stdin.write(b"\n".join(lines) + b"\n")
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(2)]
        rest, errors = process.communicate()
        given_up.cancel()
    assert process.returncode == 0
    assert rest + errors == b""
    assert {reply["id"] for reply in replies} == {1, 3}
    assert "xyzzy" not in str(replies)


def test_the_command_says_which_day_it_cannot_read(index_folder):
    done = CliRunner().invoke(app, ["mcp", "--index", str(index_folder), "--as-of", "i går"])
    assert done.exit_code == 2
    assert "'i går' är inget datum" in done.stderr


def test_without_the_library_the_command_and_the_site_say_what_to_install(
    monkeypatch, assistant, index_folder
):
    monkeypatch.setattr(mcp, "find_spec", lambda _: None)
    done = CliRunner().invoke(app, ["mcp", "--index", str(index_folder)])
    assert done.exit_code == 2
    assert "tillägget mcp" in done.stderr
    with pytest.raises(InputError, match="tillägget mcp"):
        create_app(assistant, Settings(index=index_folder, mcp="på"), lambda: DAY)


def test_the_commands_help_loads_nothing_of_it():
    code = """
import contextlib, io, sys
from evals.cli import app
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    app(["--help"])
print(*sys.modules)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "assistant.mcp_cli" in loaded
    assert not loaded & {"mcp", "fastapi", "langchain_core", "anyio"}


# ---- on the site


@pytest.fixture(scope="module")
def site(assistant, index_folder, tmp_path_factory):
    """The site without sign-in."""
    live = Live(assistant, index_folder, tmp_path_factory.mktemp("site"), sign_in="av", mcp="på")
    yield live
    live.stop()


@pytest.fixture(scope="module")
def guarded(assistant, index_folder, tmp_path_factory):
    """The site with sign-in."""
    folder = tmp_path_factory.mktemp("guarded")
    live = Live(assistant, index_folder, folder, sign_in="lokal", mcp="på")
    yield live
    live.stop()


def keys(live):
    return Keys(Vault(place(live.settings)))


def sent(live, method="POST", body=b"{}", **headers):
    """A request as a program without the SDK sends it: status, headers, text."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    known = {"content-type": "application/json", "accept": "application/json"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, "/mcp", body, known | named)
    reply = connection.getresponse()
    return reply.status, reply.headers, reply.read().decode()


def called(tool, **arguments):
    params = {"name": tool, "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})


@pytest.mark.parametrize("era", ERAS)
def test_the_site_answers_a_client(portal, site, assistant, near, era):
    with connected(portal, over_http(site.address, era)) as caller:
        assert caller.tools() == near.tools()
        given = caller.given("fraga", fraga=QUESTION, region="norrbotten")
        assert given == as_rest(QUESTION, assistant, "norrbotten")
        assert caller.given("frist", **DEADLINE)["value"] == "2026-11-26"
        assert "fraga: uppgiften saknas" in caller.fault("fraga")


def test_the_site_logs_nothing_of_what_is_asked(portal, site, caplog):
    caplog.set_level(logging.DEBUG)
    with connected(portal, over_http(site.address)) as caller:
        caller.call("fraga", fraga=f"Vem kallar till SIP? {SECRET}")
        caller.call("frist", **DEADLINE, narnia=SECRET)
    sent(site, body=json.dumps({"jsonrpc": "2.0", "id": 1, "metho": SECRET}))
    sent(site, body=called("fraga", fraga=[SECRET]))
    assert "xyzzy" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b'{"hemligt-xyzzy',
        b"\xff\xfe hemligt-xyzzy",
        b"[" * 100_000,
        b'["hemligt-xyzzy"]',
        b'{"jsonrpc": "2.0", "id": 1, "metho": "hemligt-xyzzy 19121212-1212"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": "hemligt-xyzzy"}',
    ],
    ids=range(6),
)
@pytest.mark.parametrize("version", [None, "2026-07-28"])
def test_a_message_that_cannot_be_read_is_not_quoted(site, body, version):
    headers = {} if version is None else {"mcp_protocol_version": version}
    status, _, text = sent(site, body=body, **headers)
    assert status == 400
    assert json.loads(text)["error"]["message"].startswith("Anropet går inte att läsa")
    assert "xyzzy" not in text


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_what_is_no_number_is_not_computed_with(site, number):
    body = called("avgift", regel="halland-avgift", alder="x").replace('"x"', number)
    reply = json.loads(sent(site, body=body)[2])["result"]
    assert reply["isError"]
    assert "går inte att räkna med" in reply["content"][0]["text"]


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"accept": "text/event-stream"}, 405),
        ("DELETE", {}, 405),
        ("POST", {"content_type": "text/plain"}, 415),
        ("POST", {"host": "sip.example"}, 421),
        ("POST", {"origin": "https://sip.example"}, 403),
        ("POST", {"sec_fetch_site": "cross-site"}, 403),
    ],
)
def test_what_is_no_call_is_turned_away_in_swedish(site, method, headers, status):
    found, _, text = sent(site, method, **headers)
    assert found == status
    assert json.loads(text)["error"].endswith(".")


def test_the_site_answers_no_client_unless_it_is_told_to(assistant, index_folder, tmp_path):
    assert Settings().mcp == "av"
    live = Live(assistant, index_folder, tmp_path, sign_in="av")
    try:
        assert sent(live, body=called("frist", **DEADLINE))[0] == 404
    finally:
        live.stop()


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer sip_fel"}, {"cookie": "sip=fel"}]
)
def test_a_stranger_gets_nothing(guarded, headers):
    for method in ("POST", "GET", "DELETE"):
        status, _, text = sent(guarded, method, called("frist", **DEADLINE), **headers)
        assert (status, json.loads(text)) == (401, {"error": "Du behöver logga in."})


@pytest.mark.parametrize("era", ERAS)
def test_a_stranger_with_a_client_gets_nothing(portal, guarded, era):
    with (
        pytest.raises(BaseExceptionGroup),
        connected(portal, over_http(guarded.address, era)) as caller,
    ):
        caller.tools()


@pytest.mark.parametrize("era", ERAS)
def test_a_program_with_a_key_is_answered(portal, guarded, near, era):
    key = keys(guarded).add(f"program-{era}")
    with connected(portal, over_http(guarded.address, era, key)) as caller:
        assert caller.tools() == near.tools()
        assert caller.given("frist", **DEADLINE)["value"] == "2026-11-26"
    keys(guarded).remove(f"program-{era}")
    assert sent(guarded, body=called("frist"), authorization=f"Bearer {key}")[0] == 401


def test_each_program_has_calls_of_its_own(portal, guarded):
    one, other = keys(guarded).add("ett"), keys(guarded).add("annat")
    with connected(portal, over_http(guarded.address, key=one)) as caller:
        for _ in range(15):
            caller.given("frist", **DEADLINE)
        assert "Vänta" in caller.fault("frist", **DEADLINE)
    with connected(portal, over_http(guarded.address, key=other)) as caller:
        assert caller.given("frist", **DEADLINE)["value"] == "2026-11-26"
