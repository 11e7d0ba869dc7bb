"""Results as a file: the same bytes for the same commit, latency aside at the end."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.run import Outcome, abstention, latency, rates, retrieval
from ingest.errors import InputError


def to_json(outcomes: Sequence[Outcome], facts: dict[str, str]) -> str:
    """The whole result; everything that may differ between two runs stands under `latency`."""
    gating = [o for o in outcomes if not o.case.draft]
    document = {
        "facts": facts,
        "summary": {
            "rates": {k: _rounded(r._asdict()) for k, r in rates(gating).items()},
            "abstention": {k: _rounded(r._asdict()) for k, r in abstention(gating).items()},
            "retrieval": _rounded(retrieval(gating)),
        },
        "cases": [_case(o) for o in outcomes],
        "latency": {
            "summary": latency(outcomes),
            "ms": {o.case.id: o.reply.latency_ms for o in outcomes},
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_passed(path: Path) -> dict[str, bool]:
    """Case id → whether it passed, from a results or baseline file; InputError if unreadable."""
    try:
        document = json.loads(path.read_text("utf-8"))
        if "passed" in document:
            return {str(key): bool(value) for key, value in document["passed"].items()}
        return {case["id"]: bool(case["passed"]) for case in document["cases"]}
    except OSError as error:
        raise InputError(f"Filen {path} går inte att läsa: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"Filen {path} är inget resultat ({error}).") from None


def baseline(outcomes: Sequence[Outcome]) -> str:
    """Which checked cases pass now, as a baseline for later runs."""
    passed = {o.case.id: o.passed for o in outcomes if not o.case.draft}
    return json.dumps({"passed": dict(sorted(passed.items()))}, indent=0) + "\n"


def _case(outcome: Outcome) -> dict[str, Any]:
    case, reply = outcome.case, outcome.reply
    return {
        "id": case.id,
        "set": outcome.set,
        "kind": case.kind.value,
        "region": outcome.region,
        "draft": case.draft,
        "passed": outcome.passed,
        "action": reply.action,
        "answer": reply.answer,
        "citations": [
            {"provision": c.provision, "file": c.file, "lines": c.lines} for c in reply.citations
        ],
        "scores": {
            name: None
            if score is None
            else {"value": round(float(score.value), 4)}
            | ({} if score.value >= 1 else {"why": score.why})
            for name, score in outcome.scores.items()
        },
    }


def _rounded(table: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in table.items()}
