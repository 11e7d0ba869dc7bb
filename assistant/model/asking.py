"""What `sip ask` and `sip eval` can do with the model: show what is sent, record, replay."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.answer import Question, Status
from assistant.desk import open_assistant
from assistant.model import told
from assistant.model.line import Line
from assistant.model.opened import line_to, replayed_line, unsent_line
from assistant.model.record import Exchange, recorder
from assistant.settings import Settings
from ingest.errors import InputError
from ingest.index import Progress


def would_be_sent(settings: Settings, progress: Progress, question: Question) -> str:
    """Every request that the question would lead to, and where to. Nothing is sent.

    InputError as `Assistant.answer` raises it.
    """
    seen: list[Exchange] = []
    assistant = open_assistant(settings, progress, line=unsent_line(settings, seen.append))
    answer = assistant.reply(question)
    if answer.status is Status.REFUSE:
        return f"Frågan avvisas, så ingenting skickas.\n{told.where(settings)}"
    return f"{told.where(settings)}\n\n{told.requests(seen)}"


@contextmanager
def line_of(
    settings: Settings, record: Path | None = None, replay: Path | None = None
) -> Iterator[Line | None]:
    """The line that was asked for: replayed, or recorded; None where neither was.

    InputError where a file cannot be used, or where there is no model to record.
    """
    if record is not None and replay is not None and record.resolve() == replay.resolve():
        raise InputError("Ange olika filer för --record och --replay.")
    with ExitStack() as stack:
        into = stack.enter_context(recorder(record)) if record is not None else None
        if replay is not None:
            yield replayed_line(replay, into)
        elif into is not None:
            yield line_to(settings, into)
        else:
            yield None
