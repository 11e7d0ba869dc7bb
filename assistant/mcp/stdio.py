"""The MCP server for one person: a client on the same machine starts it and speaks over stdio."""

import logging
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

import anyio
from mcp.server.stdio import stdio_server

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.mcp.server import server
from assistant.mcp.tools import tools
from assistant.web.api import WRITES_A_MINUTE
from assistant.web.limits import Limiter, Workers

_log = logging.getLogger(__name__)


def serve(
    assistant: Assistant,
    today: Callable[[], date],
    originals: Path | None = None,
    *,
    calls_a_minute: int = WRITES_A_MINUTE,
) -> None:
    """Serve until the client closes standard input. Writes nothing else on standard output.

    To be called on the main thread, by a process that does nothing else.
    """
    # The index opens itself at the first question: before there can be two of them.
    assistant.retrieved(Question(("Vem kallar till SIP?",), None, today()))
    workers = Workers()
    offered = tools(assistant, today, originals)
    made = server(offered, workers, Limiter(calls_a_minute), lambda _: "stdio")

    async def run() -> None:
        async with stdio_server() as (read, write):
            await made.run(read, write, made.create_initialization_options())

    # A thread waits for standard input: only the end of the process wakes it on Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        anyio.run(run)
    except* OSError:
        _log.warning("Klienten stängde förbindelsen utan att vänta på svar.")
    finally:
        workers.close()
