"""A real OpenAI-compatible server with a model without training: it writes nothing but garbage."""

import os
import socket
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from assistant.answer import Question
from assistant.model import connect
from assistant.model.budget import Budget
from assistant.model.line import Deadline, Request
from assistant.model.opened import line_to, with_model
from assistant.model.prompt import Message
from assistant.model.setup import Task
from assistant.model.trouble import Kind, Trouble
from assistant.render import spoken
from assistant.settings import Settings
from ingest.embed import BundledEmbeddings
from tests.conftest import DAY, ROOT

TRANSFORMERS = Path(sys.executable).with_name("transformers")
MOST = 48  # tokens of a reply
PATIENCE = 180  # seconds for it to start, on a machine that does much else
REQUEST = Request("ordalydelse", [Message("system", "Kort."), Message("user", "Vem kallar?")])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The server's address and its model's name."""
    folder = tmp_path_factory.mktemp("tiny")
    model = folder / "liten"
    (folder / "hub").mkdir()
    offline = os.environ | {"HF_HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    script = [sys.executable, "-m", "tests.assistant.model.tiny", str(model)]
    subprocess.run(script, cwd=ROOT, check=True, env=offline, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [TRANSFORMERS, "serve", model, "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--device", "cpu"],
        env=offline,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _when_up(process, f"http://127.0.0.1:{port}"), str(model)
    finally:
        process.terminate()
        process.wait(30)


def _when_up(process, address):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            if httpx2.get(f"{address}/health", trust_env=False).status_code == 200:
                return f"{address}/v1"
        except httpx2.TransportError:
            time.sleep(0.2)
    pytest.fail("the server did not start")


@pytest.fixture
def chosen(server, tmp_path, monkeypatch):
    monkeypatch.setattr(connect, "MOST_TOKENS", MOST)  # each takes it some hundredths of a second
    address, name = server
    return Settings(
        model=f"openai:{name}",
        model_address=address,
        database=f"sqlite:///{tmp_path / 'omdomen.db'}",
        model_seconds=60,
        model_tasks=",".join(Task),
    )


@pytest.fixture
def line(chosen):
    return line_to(chosen, today=lambda: DAY)


def test_a_reply_is_streamed_and_its_tokens_counted(line):
    pieces = list(line.stream(REQUEST, "a", Deadline(PATIENCE)))
    assert len([piece for piece in pieces if piece]) > 5
    assert line.budget.used("a") > MOST  # the reply is as long as it may be, and the request
    assert line.troubles == {}


def test_a_wrong_name_is_a_wrong_setting(chosen):
    settings = chosen.model_copy(update={"model": "openai:finns/inte"})
    with pytest.raises(Trouble) as raised:
        line_to(settings, today=lambda: DAY).ask(REQUEST, "a", Deadline(PATIENCE))
    assert raised.value.kind is Kind.SET_UP


def test_time_runs_out_for_it_too(line):
    with pytest.raises(Trouble) as raised:
        list(line.stream(REQUEST, "a", Deadline(0.05)))
    assert raised.value.kind is Kind.SLOW


def test_a_reply_can_be_broken_off_and_the_next_comes(line):
    reply = line.stream(REQUEST, "a", Deadline(PATIENCE))
    next(reply)
    reply.close()
    assert "".join(line.stream(REQUEST, "a", Deadline(PATIENCE)))


@pytest.mark.parametrize(
    "turn",
    [
        "Vem kallar till SIP vid utskrivning?",
        "Hon åkte hem 5 november 2026, när måste uppföljningen senast göras?",
        "Kan patienten tacka nej till SIP?",
    ],
)
def test_its_garbage_never_reaches_a_user(index, assistant, chosen, line, turn):
    line.budget = Budget(0, lambda: DAY)
    helped = with_model(index, BundledEmbeddings(), chosen, line)
    question = Question((turn,), "norrbotten", DAY)
    answer = helped.reply(question, "a")
    plain = assistant.answer(question)
    assert line.exchanges > 0
    assert answer.worded_by == ""
    assert answer.statements == plain.statements
    assert answer.citations == plain.citations
    assert any(w.kind == "model" for w in answer.warnings)
    said = spoken(replace(answer, warnings=plain.warnings))
    assert said == spoken(plain)
    assert not any(unicodedata.category(c) in {"Cc", "Co", "Cn"} for c in said if c != "\n")
