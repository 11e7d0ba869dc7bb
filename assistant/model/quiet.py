"""Nothing that is asked is traced, though LangChain would be told to by the environment."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

_TRACING = tuple(
    f"{prefix}_{name}"
    for prefix in ("LANGSMITH", "LANGCHAIN")
    for name in ("TRACING", "TRACING_V2", "GATEWAY", "HANDLER")
)
# What the providers' clients log when told to, requests in full among it.
_CLIENTS = ("openai", "ollama", "httpx", "httpx2", "httpcore", "httpcore2", "langchain_core")


def hush() -> None:
    """Take out of this process's environment what turns tracing or LangSmith's gateway on."""
    for name in _TRACING:
        os.environ.pop(name, None)


def hush_clients() -> None:
    """From now on the providers' clients log nothing of what is asked, whatever their own settings.

    To be called when they are imported: they read the environment then.
    """
    for name in _CLIENTS:
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def untraced() -> Iterator[None]:
    """Nothing within is traced, whatever the environment or code around it says."""
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield
