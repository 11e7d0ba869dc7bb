"""Exchanges with the model as a file, and a file of them as a model that says the same again."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.model.prompt import Message
from assistant.model.trouble import Kind, Trouble
from ingest.errors import InputError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Call(NamedTuple):
    """A tool that the model called, its arguments as the JSON that it wrote."""

    name: str
    arguments: str


class Exchange(NamedTuple):
    """One request and what came of it."""

    model: str
    task: str
    messages: tuple[Message, ...]
    tools: tuple[dict[str, Any], ...]  # as they were described to the model
    reply: str
    calls: tuple[Call, ...]
    tokens: int
    ms: int
    trouble: str | None  # the name of a trouble.Kind


def as_line(exchange: Exchange) -> str:
    """The exchange as a line of JSON."""
    fields = exchange._asdict() | {
        "messages": [m._asdict() for m in exchange.messages],
        "calls": [c._asdict() for c in exchange.calls],
    }
    return json.dumps(fields, ensure_ascii=False)


@contextmanager
def recorder(path: Path) -> Iterator[Callable[[Exchange], None]]:
    """Writes each exchange to the file as it ends; InputError where it cannot be written.

    The file is for its owner alone: it holds what was asked.
    """
    try:
        file = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", -1, "utf-8"
        )
    except OSError as error:
        raise InputError(f"Filen {path} går inte att skriva: {error.strerror}.") from None

    def write(exchange: Exchange) -> None:
        file.write(as_line(exchange) + "\n")
        file.flush()

    with file:
        yield write


def read(path: Path) -> list[Exchange]:
    """The exchanges of a file; InputError where it is no recording."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError:
        raise InputError(f"Filen {path} är inte UTF-8.") from None
    except OSError as error:
        raise InputError(f"Filen {path} går inte att läsa: {error.strerror}.") from None
    return [_exchange(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]


def replayed(exchanges: Sequence[Exchange]) -> "BaseChatModel":
    """A model that replies as recorded to the requests that were recorded.

    To any other request it raises InputError.
    """
    said = {_key(e.messages): e for e in exchanges}

    def reply(messages: tuple[Message, ...]) -> Exchange:
        found = said.get(_key(messages))
        if found is None:
            raise InputError(
                "Inspelningen innehåller inte den här begäran. Den gäller en annan fråga, en annan "
                "utgåva av riktlinjerna eller andra inställningar."
            )
        if found.trouble is not None:
            raise Trouble(Kind[found.trouble])
        return found

    return scripted(reply)


def unsent() -> "BaseChatModel":
    """A model to which nothing is sent: every request ends in Trouble."""

    def reply(messages: tuple[Message, ...]) -> Exchange:
        raise Trouble(Kind.UNSENT)

    return scripted(reply)


def scripted(reply: Callable[[tuple[Message, ...]], Exchange]) -> "BaseChatModel":
    """A LangChain chat model whose replies the function makes."""
    from langchain_core.language_models import BaseChatModel
    from langchain_core.language_models.chat_models import generate_from_stream
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_core.messages.tool import tool_call_chunk
    from langchain_core.outputs import ChatGenerationChunk, ChatResult

    class Scripted(BaseChatModel):
        @property
        def _llm_type(self) -> str:
            return "inspelning"

        def bind_tools(self, tools: Any, **options: Any) -> Any:
            return self

        def _stream(
            self, messages: list[BaseMessage], *arguments: Any, **options: Any
        ) -> Iterator[ChatGenerationChunk]:
            said = reply(tuple(Message(_ROLES[m.type], str(m.content)) for m in messages))
            calls = [
                tool_call_chunk(name=call.name, args=call.arguments, id=f"{number}", index=number)
                for number, call in enumerate(said.calls)
            ]
            message = AIMessageChunk(content=said.reply, tool_call_chunks=calls)
            yield ChatGenerationChunk(message=message)

        def _generate(self, *arguments: Any, **options: Any) -> ChatResult:
            return generate_from_stream(self._stream(*arguments, **options))

    return Scripted()


_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


def _key(messages: Sequence[Message]) -> str:
    return json.dumps([list(m) for m in messages], ensure_ascii=False)


def _exchange(path: Path, number: int, line: str) -> Exchange:
    try:
        fields = json.loads(line)
        messages = tuple(Message(**m) for m in fields.pop("messages"))
        calls = tuple(Call(**c) for c in fields.pop("calls"))
        tools = tuple(fields.pop("tools"))
        made = Exchange(messages=messages, calls=calls, tools=tools, **fields)
        if made.trouble is not None:
            Kind[made.trouble]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError(f"{path}:{number}: raden är inget inspelat utbyte.") from None
    return made
