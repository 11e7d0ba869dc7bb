"""Many computations from one JSONL file, their results into another: a line for each, in order."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.rules.computation import Computation, Outcome
from assistant.rules.engine import compute
from ingest.errors import InputError


def compute_file(source: Path, target: Path) -> int:
    """Compute every line of `source` into `target`; the number of lines that could not be read.

    A line in: `{"id", "rule", "inputs"}`. A line out: see `as_json`; one that cannot be read gives
    status invalid_input, with `error`. The target appears whole or not at all. Raises InputError
    where a file cannot be read or written.
    """
    try:
        text = source.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"Filen {source} är inte UTF-8. Spara den som UTF-8.") from None
    except OSError as error:
        raise InputError(f"Filen {source} går inte att läsa: {error.strerror}.") from None
    draft = target.with_name(target.name + ".draft")
    failed = 0
    try:
        with draft.open("w", encoding="utf-8") as out:
            # Not splitlines: JSON text may hold other line separators than the line feed.
            for record in _records(line for line in text.split("\n") if line.strip()):
                failed += "error" in record
                out.write(_line(record))
        os.replace(draft, target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(f"Filen {target} går inte att skriva: {error.strerror}.") from None
    return failed


def as_json(computation: Computation) -> dict[str, Any]:
    """A computation ready for `json.dumps`: status, what belongs to it, steps and provisions.

    What stands beside the answer (`details`: candidates, alternatives, unit, note …) stands beside
    it here too.
    """
    fields = {
        "value": computation.value,
        "missing": computation.missing,
        "reason": computation.reason,
        "answer": computation.answer,
    }
    after = {
        "interpretation": computation.interpretation,
        "alternative": computation.alternative,
    }
    return {
        "status": computation.status.value,
        **_said(fields),
        **computation.details,
        "steps": list(computation.steps),
        "provision": list(computation.provisions),
        **_said(after),
        "inputs": dict(computation.inputs),
    }


def compute_record(record: Any) -> dict[str, Any]:
    """The line out for one line in; InputError where it is not a line of a batch."""
    if not isinstance(record, dict):
        raise InputError("Raden ska vara ett JSON-objekt med id, rule och inputs.")
    rule, inputs = record.get("rule"), record.get("inputs", {})
    if not isinstance(rule, str):
        raise InputError('Raden saknar "rule": regelns id.')
    if not isinstance(inputs, dict):
        raise InputError('"inputs" ska vara ett JSON-objekt.')
    return as_json(compute(rule, inputs))


def _records(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        name = None
        try:
            record = _parsed(line)
            name = record.get("id") if isinstance(record, dict) else None
            reply = compute_record(record)
        except InputError as error:
            reply = _unread(str(error))
        except Exception as error:  # a fault of ours in one line must not cost the others
            reply = _unread(f"Raden gick inte att beräkna ({type(error).__name__}).")
        yield {"id": name} | reply


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise InputError("Raden är inte giltig JSON.") from None


def _unread(why: str) -> dict[str, Any]:
    status = Outcome.INVALID_INPUT.value
    return {"status": status, "reason": why, "error": why, "steps": [], "provision": []}


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _line(record: dict[str, Any]) -> str:
    written = json.dumps(record, ensure_ascii=False)
    # Half a surrogate pair is valid in JSON but not in UTF-8: then everything is escaped.
    return (written if _encodable(written) else json.dumps(record)) + "\n"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
