"""The assistant for other programs' language models, over MCP (the extra `mcp`)."""

from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.mcp.web import Endpoint
    from assistant.settings import Settings
    from assistant.web.limits import Limiter, Workers


def check_installed() -> None:
    """InputError where the library is not installed."""
    if find_spec("mcp") is None:
        raise InputError(
            "MCP kräver tillägget mcp. Installera det där assistenten ligger, med: "
            "pip install --constraint constraints.txt '.[mcp]'"
        )


def endpoint(
    assistant: "Assistant",
    settings: "Settings",
    today: Callable[[], date],
    workers: "Workers",
    limiter: "Limiter",
) -> "Endpoint | None":
    """What answers MCP clients on the site, None where the settings turn it off.

    InputError where they turn it on and the library is not installed.
    """
    if settings.mcp == "av":
        return None
    check_installed()
    from assistant.mcp.web import Endpoint

    return Endpoint(assistant, today, workers, limiter, settings.originals)
