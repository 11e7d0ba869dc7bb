"""From settings to an assistant with a model, or one that only shows what would be sent."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.model.assisted import Assisted
from assistant.model.breaker import Breaker
from assistant.model.budget import NAME, Budget
from assistant.model.connect import connect
from assistant.model.line import Line
from assistant.model.record import Exchange, read, replayed, unsent
from assistant.model.setup import checked, tasks_of
from assistant.settings import Settings
from assistant.web.vault import place
from ingest.errors import InputError
from ingest.index import Index

if TYPE_CHECKING:
    from ingest.embed import NamedEmbeddings

Record = Callable[[Exchange], None]
_NO_MODEL = "ingen"


def line_to(
    settings: Settings,
    record: Record | None = None,
    today: Callable[[], date] = date.today,
) -> Line:
    """The line to the settings' model; InputError where they name none or cannot be used."""
    setup = checked(settings)
    if setup is None:
        raise InputError(
            "Ingen språkmodell är inställd. Sätt SIP_MODEL, till exempel till ollama:gemma3."
        )
    budget = Budget(setup.budget, today, place(settings).with_name(NAME)) if setup.budget else None
    return Line(connect(setup), setup.whole_name, budget=budget, record=record)


def unsent_line(settings: Settings, record: Record) -> Line:
    """A line on which nothing is sent; `record` is given each request as it would have been."""
    return Line(unsent(), settings.model or _NO_MODEL, breaker=_never_open(), record=record)


def replayed_line(path: Path, record: Record | None = None) -> Line:
    """A line that replies as recorded in the file; InputError where that is no recording."""
    exchanges = read(path)
    name = exchanges[0].model if exchanges else _NO_MODEL
    return Line(
        replayed(exchanges),
        name,
        breaker=_never_open(),
        record=record,
        sleep=lambda seconds: None,
    )


def with_model(
    index: Index, embeddings: "NamedEmbeddings", settings: Settings, line: Line | None = None
) -> Assisted:
    """An assistant that has the line to the model, the settings' own where none is given."""

    def likeness(first: str, second: str) -> float:
        import numpy as np

        a, b = (np.asarray(v) for v in embeddings.embed_documents([first, second]))
        size = float(np.linalg.norm(a) * np.linalg.norm(b))
        return float(a @ b) / size if size else 0.0

    return Assisted(
        index,
        line or line_to(settings),
        tasks=tasks_of(settings),
        seconds=settings.model_seconds,
        likeness=likeness,
        originals=settings.originals,
    )


def _never_open() -> Breaker:
    return Breaker(failures=sys.maxsize)
