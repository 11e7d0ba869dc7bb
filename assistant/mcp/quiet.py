"""What the MCP library would log, without its text: that may quote a question."""

import logging

_log = logging.getLogger(__name__)


class _Place(logging.Handler):
    """Passes on where something was said, and of which kind, never what."""

    def emit(self, record: logging.LogRecord) -> None:
        raised = record.exc_info[0] if record.exc_info else None
        what = raised.__name__ if raised else record.levelname
        _log.log(record.levelno, "%s i %s rad %s", what, record.name, record.lineno)


def hush() -> None:
    """From now on the library's own words reach no log."""
    library = logging.getLogger("mcp")
    library.handlers[:] = [_Place()]
    library.propagate = False
    library.setLevel(logging.WARNING)
