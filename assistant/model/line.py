"""The line to the model: every request goes through it, within its time, breaker and budget.

A request runs in a thread of its own, since a read from the network cannot be broken off: when time
is out, or nobody wants the reply any more, the thread is told to close the connection at its next
piece of text and is left to itself.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from queue import Empty, Queue
from time import monotonic
from time import sleep as real_sleep
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.model.breaker import Breaker
from assistant.model.budget import Budget
from assistant.model.connect import with_schema
from assistant.model.prompt import Message, tokens, tokens_of
from assistant.model.quiet import untraced
from assistant.model.record import Call, Exchange
from assistant.model.trouble import OF_THE_REPLY, Kind, Trouble, trouble_of
from ingest.errors import SipError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessageChunk
    from langchain_core.tools import BaseTool

ATTEMPTS = 3
PAUSE = 0.5  # seconds before the second try, twice that before the third
_END = object()


class Request(NamedTuple):
    """What is asked of the model, and how it may reply."""

    task: str
    messages: Sequence[Message]
    tools: Sequence["BaseTool"] = ()
    schema: Mapping[str, Any] | None = None  # of a reply in JSON, where the model heeds one


class Deadline:
    """The time by which everything that an answer asks of the model must be done."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        """It begins to run at once."""
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(0.0, self._end - self._clock())


@dataclass(slots=True)
class _Said:
    """What has come of a reply so far."""

    text: str = ""
    calls: list[Call] = field(default_factory=list)
    counted: int = 0  # tokens, as the server says
    pieces: int = 0


class Line:
    """One model, for every user and thread of this process."""

    def __init__(
        self,
        model: "BaseChatModel",
        name: str,
        *,
        breaker: Breaker | None = None,
        budget: Budget | None = None,
        record: Callable[[Exchange], None] | None = None,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], None] = real_sleep,
    ) -> None:
        """`record` is given every exchange when it is over. Without budget nothing is counted."""
        self.name = name
        self.breaker = breaker or Breaker()
        self.budget = budget
        self.troubles: Counter[Kind] = Counter()  # since the process began
        self.exchanges = 0
        self.tokens = 0
        self._model = model
        self._record = record
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()

    def note(self, trouble: Trouble) -> None:
        """Count a trouble for the administrator's page."""
        with self._lock:
            self.troubles[trouble.kind] += 1

    def stream(self, request: Request, who: str, deadline: Deadline) -> Generator[str, None, None]:
        """The reply's text as it comes; Trouble where it does not come whole.

        Closing the iterator breaks the request off. `who` is the user's pseudonym.
        """
        said = _Said()
        with closing(self._talk(request, who, deadline, said)) as pieces:
            for piece in pieces:
                yield str(piece.text)

    def ask(self, request: Request, who: str, deadline: Deadline) -> tuple[str, tuple[Call, ...]]:
        """The whole reply: its text, and the tools that it calls. Trouble as `stream` raises it."""
        said = _Said()
        for _ in self._talk(request, who, deadline, said):
            pass
        if not said.text.strip() and not said.calls:
            raise Trouble(Kind.EMPTY)
        return said.text, tuple(said.calls)

    def _talk(
        self, request: Request, who: str, deadline: Deadline, said: _Said
    ) -> Generator["BaseMessageChunk", None, None]:
        """The pieces of the reply, gathered in `said`; what they cost is counted at the end."""
        if self.budget is not None and not self.budget.left(who):
            raise Trouble(Kind.SPENT)
        if not self.breaker.lets_through():
            raise Trouble(Kind.RESTING)
        began = self._clock()
        trouble: Trouble | None = None
        ended = False
        try:
            for piece in self._tried(request, deadline):
                _gather(said, piece)
                yield piece
            ended = True
        except Trouble as error:
            trouble = error
            raise
        finally:
            well = None if trouble is None else trouble.kind in OF_THE_REPLY
            self.breaker.told(well=True if ended or (trouble is None and said.pieces) else well)
            used = said.counted or _estimated(request, said)
            with self._lock:
                self.exchanges += 1
                self.tokens += used
            if self.budget is not None and used:
                self.budget.spend(who, used)
            if self._record is not None:
                self._record(
                    Exchange(
                        model=self.name,
                        task=request.task,
                        messages=tuple(request.messages),
                        tools=tuple(_described(tool) for tool in request.tools),
                        reply=said.text,
                        calls=tuple(said.calls),
                        tokens=used,
                        ms=round((self._clock() - began) * 1000),
                        trouble=trouble.kind.name if trouble else None,
                    )
                )

    def _tried(
        self, request: Request, deadline: Deadline
    ) -> Generator["BaseMessageChunk", None, None]:
        """The pieces of the first try that begins well; once begun it is not tried again."""
        from tenacity import RetryCallState, Retrying, retry_if_exception

        def pause(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, Trouble) else None
            return PAUSE * 2 ** (state.attempt_number - 1) if asked is None else asked

        def in_vain(state: RetryCallState) -> bool:
            return state.attempt_number >= ATTEMPTS or pause(state) >= deadline.left()

        def begin() -> tuple["BaseMessageChunk | None", Generator["BaseMessageChunk", None, None]]:
            pieces = self._pieces(request, deadline)
            return next(pieces, None), pieces

        retrying = Retrying(
            stop=in_vain,
            wait=pause,
            retry=retry_if_exception(lambda e: isinstance(e, Trouble) and e.passing),
            sleep=self._sleep,
            reraise=True,
        )
        first, rest = retrying(begin)
        with closing(rest):
            if first is not None:
                yield first
                yield from rest

    def _pieces(
        self, request: Request, deadline: Deadline
    ) -> Generator["BaseMessageChunk", None, None]:
        come: Queue[Any] = Queue()
        stop = threading.Event()
        thread = threading.Thread(
            target=_pump,
            args=(_ready(self._model, request), list(request.messages), come, stop),
            name="sprakmodell",
            daemon=True,
        )
        thread.start()
        begun = False
        try:
            while True:
                try:
                    piece = come.get(timeout=deadline.left())
                except Empty:
                    raise Trouble(Kind.SLOW) from None
                if piece is _END:
                    return
                if isinstance(piece, SipError):
                    raise piece
                if isinstance(piece, BaseException):
                    raise trouble_of(piece, begun=begun) from None
                begun = begun or bool(piece.text)
                yield piece
        finally:
            stop.set()


def _pump(model: Any, messages: list[Message], come: "Queue[Any]", stop: threading.Event) -> None:
    try:
        with untraced(), closing(model.stream([tuple(m) for m in messages])) as pieces:
            for piece in pieces:
                come.put(piece)
                if stop.is_set():
                    return
        come.put(_END)
    except BaseException as error:  # it belongs to whoever waits
        come.put(error)


def _ready(model: "BaseChatModel", request: Request) -> Any:
    """The model with the request's tools or schema, as far as it takes them."""
    if request.schema is not None:
        return with_schema(model, request.schema)
    if not request.tools:
        return model
    try:
        return model.bind_tools(list(request.tools))
    except (NotImplementedError, AttributeError):
        return model  # it may still write the call as text


def _gather(said: _Said, piece: Any) -> None:
    said.pieces += 1
    said.text += str(piece.text)
    usage = getattr(piece, "usage_metadata", None)
    said.counted += int(usage["total_tokens"]) if usage else 0
    parts = getattr(piece, "tool_call_chunks", None)
    for part in parts or ():
        _join(said.calls, part)
    if parts is None:  # of a model that does not stream: a message in one piece
        for call in getattr(piece, "tool_calls", ()):
            said.calls.append(Call(call["name"], json.dumps(call["args"], ensure_ascii=False)))


def _join(calls: list[Call], part: Any) -> None:
    """A call comes in parts: the name first, the arguments as pieces of JSON after it."""
    if part.get("name") or not calls:
        calls.append(Call(part.get("name") or "", part.get("args") or ""))
    else:
        calls[-1] = Call(calls[-1].name, calls[-1].arguments + (part.get("args") or ""))


def _estimated(request: Request, said: _Said) -> int:
    return tokens_of(request.messages) + tokens(said.text) if said.pieces else 0


def _described(tool: "BaseTool") -> dict[str, Any]:
    from langchain_core.utils.function_calling import convert_to_openai_tool

    return convert_to_openai_tool(tool)
