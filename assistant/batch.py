"""Many questions from one JSONL file, their answers into another: a line for each, in order."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.render import as_json
from ingest.errors import InputError, SipError

Progress = Callable[[int, int], None]  # done, of how many


def answer_file(
    assistant: Assistant,
    source: Path,
    target: Path,
    as_of: date,
    progress: Progress = lambda done, total: None,
) -> int:
    """Answer every line of `source`; the number of lines that held an error.

    A line that cannot be read or answered gives a line with `error`. The target appears whole or
    not at all. Raises InputError where a file cannot be read or written.
    """
    try:
        lines = [line for line in source.read_text("utf-8").splitlines() if line.strip()]
    except UnicodeDecodeError:
        raise InputError(f"Filen {source} är inte UTF-8. Spara den som UTF-8.") from None
    except OSError as error:
        raise InputError(f"Filen {source} går inte att läsa: {error.strerror}.") from None
    draft = target.with_name(target.name + ".draft")
    failed = 0
    try:
        with draft.open("w", encoding="utf-8") as out:
            for number, record in enumerate(_answers(assistant, lines, as_of), 1):
                failed += "error" in record
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                progress(number, len(lines))
        os.replace(draft, target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(f"Filen {target} går inte att skriva: {error.strerror}.") from None
    return failed


def read_question(record: Any, as_of: date) -> Question:
    """The question in one line of a batch; InputError where it has none."""
    if not isinstance(record, dict):
        raise InputError("Raden ska vara ett JSON-objekt med id och turns.")
    turns = record.get("turns", record.get("question"))
    turns = [turns] if isinstance(turns, str) else turns
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise InputError('Raden saknar "turns": en lista med frågor i text.')
    region = record.get("region")
    if region is not None and not isinstance(region, str):
        raise InputError('"region" ska vara text.')
    try:
        day = date.fromisoformat(record["as_of"]) if record.get("as_of") else as_of
    except (TypeError, ValueError):
        raise InputError('"as_of" ska vara ett datum, till exempel 2026-11-23.') from None
    return Question(tuple(turns), region, day)


def _answers(assistant: Assistant, lines: list[str], as_of: date) -> Iterator[dict[str, Any]]:
    for line in lines:
        began = perf_counter()
        name = None
        try:
            record = json.loads(line)
            name = record.get("id") if isinstance(record, dict) else None
            reply = as_json(assistant.answer(read_question(record, as_of)))
        except SipError as error:
            reply = {"error": str(error)}
        except ValueError:
            reply = {"error": "Raden är inte giltig JSON."}
        yield {"id": name} | reply | {"latency_ms": round((perf_counter() - began) * 1000, 2)}
