"""The MCP server: lists the tools, calls them within the limits, tells faults in Swedish."""

import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import version
from typing import Any

from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Described

from assistant.mcp import quiet
from assistant.mcp.tools import Tool
from assistant.web import faults
from assistant.web.gate import FAILED
from assistant.web.limits import Busy, Limiter, TookTooLong, Workers
from ingest.errors import InputError, SipError

Context = ServerRequestContext[Any, Any]
_log = logging.getLogger(__name__)
_ABOUT = (
    "Svar om SIP och samverkan vid utskrivning, ur fem regioners riktlinjer, med källa för varje "
    "mening. Verktyget fraga svarar på en fråga, de andra räknar med en regel åt gången och "
    "riktlinje ger en bestämmelses ordalydelse. Återge svaren med sina källor och gissa inte det "
    "som riktlinjen inte anger. Skriv aldrig personuppgifter i ett anrop; en fråga om riktlinjerna "
    "behöver aldrig säga vem patienten är."
)


def server(
    tools: Sequence[Tool], workers: Workers, limiter: Limiter, whose: Callable[[Any], str]
) -> Server[Any]:
    """A server of the tools.

    `whose` gives the key to count a call by, from its HTTP request (None over stdio). Nothing of
    what is asked reaches a log or a trace.
    """
    known = {tool.name: tool for tool in tools}
    listed = ListToolsResult(tools=[_described(tool) for tool in tools])
    schemas = {tool.name: tool.input_schema for tool in listed.tools}

    async def list_tools(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        return listed

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = known.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, "Verktyget finns inte. Hämta listan med tools/list.")
        seconds = limiter.wait(whose(context.request)) if tool.counted else 0
        if seconds:
            return _fault(
                f"Det kom för många anrop på kort tid. Vänta {seconds} sekunder och försök igen."
            )
        return await _told(workers.run(tool.run, params.arguments or {}))

    quiet.hush()
    made: Server[Any] = Server(
        "sip-assistenten",
        title="SIP-assistenten",
        version=version("sip-assistenten"),
        instructions=_ABOUT,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        get_tool_input_schema=schemas.get,
    )
    made.middleware.clear()  # it makes traces
    return made


async def _told(work: Awaitable[dict[str, Any]]) -> CallToolResult:
    """What the work gives, or why it gives nothing."""
    try:
        made = await work
    except InputError as error:
        return _fault(str(error))
    except SipError:
        # Its text is for whoever runs the assistant: it names folders.
        return _fault(faults.BROKEN)
    except Busy:
        return _fault(faults.spoken(503))
    except TookTooLong:
        return _fault(faults.spoken(504))
    except Exception as error:
        # Never the error's own text: it may hold what was asked.
        where = traceback.extract_tb(error.__traceback__)[-1]
        _log.error("%s i %s rad %s", type(error).__name__, where.name, where.lineno)
        return _fault(FAILED)
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(text=text)], structured_content=made)


def _fault(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=text)], is_error=True)


def _described(tool: Tool) -> Described:
    return Described(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(),
        annotations=ToolAnnotations(
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )
