"""Chat models that say what a test tells them to, and the assistant that has one."""

import time
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from assistant.model.assisted import Assisted
from assistant.model.breaker import Breaker
from assistant.model.draft import Fault
from assistant.model.line import Line
from assistant.model.setup import Task
from assistant.model.status import Trust

TRUST = Trust()
PIECE = 7  # letters that come at a time


class Says(BaseChatModel):
    """Replies with each of `replies` in turn, the last for ever. A reply is text, an exception to
    raise, a pair (name, JSON) for a tool call, or a function from the messages to any of these.
    """

    replies: list[Any]
    pause: float = 0.0  # seconds before each piece
    cut_after: int | None = None  # pieces, after which the connection breaks
    bound: list[Any] = []  # the tools of each request  # noqa: RUF012
    heard: list[list[tuple[str, str]]] = []  # noqa: RUF012
    given: int = 0  # pieces handed over

    @property
    def _llm_type(self) -> str:
        return "manus"

    def bind_tools(self, tools: Any, **options: Any) -> Any:
        self.bound.append(list(tools))
        return self

    def _generate(self, *arguments: Any, **options: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(self, messages: Any, *arguments: Any, **options: Any) -> Any:
        self.heard.append([(m.type, str(m.content)) for m in messages])
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if callable(reply):
            reply = reply(messages)
        if isinstance(reply, BaseException):
            raise reply
        if isinstance(reply, tuple):
            name, arguments_ = reply
            half = len(arguments_) // 2
            for part in (arguments_[:half], arguments_[half:]):
                chunk = tool_call_chunk(name=name, args=part, id="1", index=0)
                yield _piece("", [chunk])
                name = None
            return
        for number, at in enumerate(range(0, len(reply), PIECE)):
            if self.cut_after is not None and number >= self.cut_after:
                raise ConnectionResetError("bröts")
            time.sleep(self.pause)
            self.given += 1
            yield _piece(reply[at : at + PIECE])


def _piece(text: str, calls: list[Any] | None = None) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=text, tool_call_chunks=calls or []))


def verify(draft, evidence):
    """A stand-in for the house's own: a draft is faithful unless it says "fel"."""
    return (Fault("fel", "Raden stämmer inte med källan."),) if "fel" in draft.text.lower() else ()


def line(*replies, breaker=None, sleep=lambda seconds: None, **options):
    """A line to a model that says these in turn, and the model."""
    held = {name: options.pop(name) for name in ("pause", "cut_after") if name in options}
    model = Says(replies=list(replies), bound=[], heard=[], **held)
    made = Line(model, "manus:test", breaker=breaker or Breaker(10**9), sleep=sleep, **options)
    return made, model


def assisted(
    index,
    *replies,
    tasks=(Task.WORDING,),
    seconds=20.0,
    verify=verify,
    likeness=lambda a, b: 1.0,
    trust=TRUST,
    **options,
):
    """An assistant with such a model, and the model."""
    made, model = line(*replies, **options)
    assistant = Assisted(
        index,
        made,
        tasks=frozenset(tasks),
        seconds=seconds,
        likeness=likeness,
        verify=verify,
        trust=trust,
    )
    return assistant, model
