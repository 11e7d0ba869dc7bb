"""The line: retries, time limit, breaker, budget and cancelling, with a model that is scripted."""

import threading
import time
from datetime import date

import pytest
from langchain_core import exceptions as known

from assistant.model.breaker import Breaker
from assistant.model.budget import Budget
from assistant.model.line import ATTEMPTS, Deadline, Request
from assistant.model.prompt import Message
from assistant.model.trouble import Kind, Trouble, notice, trouble_of
from ingest.errors import InputError
from tests.assistant.model.scripted import PIECE, line

MESSAGES = [Message("system", "Du är kort."), Message("user", "Vem kallar?")]
REQUEST = Request("ordalydelse", MESSAGES)
LONG = "Vården kallar till mötet. " * 20


def ask(made, seconds=20.0, who="a"):
    return made.ask(REQUEST, who, Deadline(seconds))


def trouble(made, **options):
    with pytest.raises(Trouble) as raised:
        ask(made, **options)
    return raised.value.kind


class Status(Exception):
    """As a client's own error, of which we know only the status."""

    def __init__(self, status_code, headers=None, text=""):
        super().__init__(text)
        self.status_code = status_code
        self.response = type("Response", (), {"status_code": status_code, "headers": headers or {}})


def test_a_reply_comes_in_pieces_and_whole():
    made, model = line(LONG)
    assert "".join(made.stream(REQUEST, "a", Deadline(20))) == LONG
    assert ask(made) == (LONG, ())
    assert model.heard[0] == [("system", "Du är kort."), ("human", "Vem kallar?")]


def test_a_tool_call_is_put_together_of_its_parts():
    made, _ = line(("frist", '{"regel": "x", "utskriven": "2026-03-13"}'))
    text, (call,) = ask(made)
    assert text == ""
    assert call == ("frist", '{"regel": "x", "utskriven": "2026-03-13"}')


def test_what_passes_is_tried_again_with_longer_pauses():
    slept = []
    made, model = line(ConnectionError(), known.ModelRateLimitError(), "Hej.", sleep=slept.append)
    assert ask(made)[0] == "Hej."
    assert slept == [0.5, 1.0]
    assert len(model.heard) == 3


def test_what_does_not_pass_is_tried_so_many_times():
    made, model = line(ConnectionError())
    assert trouble(made) is Kind.DOWN
    assert len(model.heard) == ATTEMPTS


def test_the_server_s_own_pause_is_kept_and_not_waited_for_in_vain():
    slept = []
    made, _ = line(Status(429, {"retry-after": "3"}), "Hej.", sleep=slept.append)
    assert ask(made)[0] == "Hej."
    assert slept == [3.0]
    made, model = line(Status(429, {"retry-after": "60"}), "Hej.", sleep=slept.append)
    assert trouble(made, seconds=5) is Kind.BUSY
    assert len(model.heard) == 1


def test_a_wrong_request_is_not_tried_again():
    made, model = line(known.ModelNotFoundError(), "Hej.")
    assert trouble(made) is Kind.SET_UP
    assert len(model.heard) == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (known.ContextOverflowError(), Kind.TOO_LONG),
        (known.ModelTimeoutError(), Kind.SLOW),
        (known.ModelAuthenticationError(), Kind.SET_UP),
        (known.ModelAPIError(), Kind.FAULT),
        (TimeoutError(), Kind.SLOW),
        (Status(401), Kind.SET_UP),
        (Status(404), Kind.SET_UP),
        (Status(413), Kind.TOO_LONG),
        (Status(400, text="maximum context length is 4096 tokens"), Kind.TOO_LONG),
        (Status(400, text="no such model"), Kind.SET_UP),
        (Status(500), Kind.FAULT),
        (Status(503), Kind.FAULT),
        (type("ReadTimeout", (Exception,), {})(), Kind.SLOW),
        (type("RemoteProtocolError", (Exception,), {})(), Kind.DOWN),
        (ValueError("vad som helst"), Kind.OTHER),
    ],
)
def test_each_failure_is_told_apart(error, kind):
    assert trouble_of(error).kind is kind
    assert trouble_of(trouble_of(error)).kind is kind


@pytest.mark.parametrize("kind", list(Kind))
def test_every_trouble_has_a_plain_notice(kind):
    told = notice(kind)
    assert told.endswith("utan språkmodell.")
    assert not any(word in told for word in ("429", "5xx", "timeout", "token", "JSON"))


def test_a_connection_that_breaks_in_the_middle_is_not_tried_again():
    made, model = line(LONG, cut_after=3)
    assert trouble(made) is Kind.CUT
    assert len(model.heard) == 1


def test_an_empty_reply_is_a_trouble():
    assert trouble(line("")[0]) is Kind.EMPTY
    assert trouble(line("  \n")[0]) is Kind.EMPTY


def test_time_runs_out_for_a_model_that_says_nothing():
    made, _ = line(LONG, pause=0.5)
    assert trouble(made, seconds=0.1) is Kind.SLOW


def test_time_runs_out_for_a_model_that_goes_on_and_on():
    made, _ = line(LONG, pause=0.05)
    pieces = []
    with pytest.raises(Trouble) as raised:
        pieces.extend(made.stream(REQUEST, "a", Deadline(0.4)))
    assert raised.value.kind is Kind.SLOW


def test_to_close_the_reply_stops_the_model():
    made, model = line(LONG, pause=0.02)
    reply = made.stream(REQUEST, "a", Deadline(20))
    assert next(reply)
    reply.close()
    for thread in threading.enumerate():
        if thread.name == "sprakmodell":
            thread.join(10)
    assert model.given < len(LONG) / PIECE


def test_the_breaker_opens_and_the_model_is_left_alone():
    made, model = line(ValueError(), breaker=Breaker(failures=3, clock=lambda: 0.0))
    assert [trouble(made) for _ in range(3)] == [Kind.OTHER] * 3
    assert trouble(made) is Kind.RESTING
    assert len(model.heard) == 3


def test_a_reply_that_is_broken_off_by_us_is_no_failure():
    made, _ = line(LONG, breaker=Breaker(failures=1, clock=lambda: 0.0))
    reply = made.stream(REQUEST, "a", Deadline(20))
    next(reply)
    reply.close()
    assert ask(made)[0] == LONG


def test_too_long_a_request_is_the_request_s_fault_and_opens_nothing():
    breaker = Breaker(failures=1, clock=lambda: 0.0)
    made, _ = line(known.ContextOverflowError(), "Hej.", breaker=breaker)
    assert trouble(made) is Kind.TOO_LONG
    assert ask(made)[0] == "Hej."


def test_a_user_whose_budget_is_spent_is_let_go_and_others_are_not():
    budget = Budget(30, lambda: date(2026, 11, 23))
    made, model = line("Hej. " * 40, budget=budget)
    ask(made)
    assert budget.used("a") > 30
    assert trouble(made) is Kind.SPENT
    assert len(model.heard) == 1
    assert ask(made, who="b")[0]


def test_a_server_that_never_replied_costs_nothing():
    budget = Budget(30, lambda: date(2026, 11, 23))
    made, _ = line(ValueError(), budget=budget)
    trouble(made)
    assert budget.used_by_all() == 0


def test_every_exchange_is_recorded_with_what_became_of_it():
    seen = []
    made, _ = line("Hej.", ValueError(), record=seen.append)
    ask(made)
    trouble(made)
    assert [e.reply for e in seen] == ["Hej.", ""]
    assert [e.trouble for e in seen] == [None, "OTHER"]
    assert seen[0].messages == tuple(MESSAGES)
    assert (made.exchanges, made.tokens) == (2, seen[0].tokens)


def test_an_error_of_ours_is_no_trouble_of_the_model_s():
    made, _ = line(InputError("Inspelningen passar inte."))
    with pytest.raises(InputError):
        ask(made)


@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_nothing_is_traced_though_the_environment_asks_for_it(monkeypatch, name):
    from langsmith import utils

    monkeypatch.setenv(name, "true")
    utils.get_env_var.cache_clear()
    traced = []

    def look(messages):
        traced.append(utils.tracing_is_enabled())
        return "Hej."

    made, _ = line(look)
    ask(made)
    assert utils.tracing_is_enabled()
    assert traced == [False]
    monkeypatch.delenv(name)
    utils.get_env_var.cache_clear()


def test_many_at_once_get_each_their_own_reply():
    made, _ = line(lambda messages: str(messages[-1].content) * 50, pause=0.0)
    got = {}

    def one(number):
        request = Request("ordalydelse", [Message("user", f"<{number}>")])
        got[number] = made.ask(request, str(number), Deadline(30))[0]

    threads = [threading.Thread(target=one, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {n: f"<{n}>" * 50 for n in range(20)}


def test_a_deadline_does_not_go_below_nothing():
    deadline = Deadline(0.0)
    time.sleep(0.01)
    assert deadline.left() == 0.0
