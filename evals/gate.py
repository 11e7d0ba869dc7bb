"""The gate: what must hold for a change to land."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.results import read_passed
from evals.run import Outcome, abstention, rates
from ingest.errors import InputError

THRESHOLDS = Path(__file__).parent / "thresholds.toml"
BASELINE = Path(__file__).parent / "baseline.json"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least rates (and greatest, for needless abstention), by scorer and by kind of case."""

    least: dict[str, float]
    most: dict[str, float]
    kinds: dict[str, float]  # least share passed of a kind
    allowed: dict[str, str]  # case that may fail though it passed before → the reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was mended and what was broken since another run; only cases that both know."""

    fixed: tuple[str, ...]
    broken: tuple[str, ...]


def read_thresholds(path: Path = THRESHOLDS) -> Thresholds:
    """The thresholds in that file; InputError where it cannot be read."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return Thresholds(
            table["least"], table.get("most", {}), table.get("kinds", {}), table.get("allowed", {})
        )
    except OSError as error:
        raise InputError(f"Filen {path} går inte att läsa: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise InputError(f"Filen {path} är inga tröskelvärden ({error}).") from None


def compare(outcomes: Sequence[Outcome], other: Path) -> Comparison:
    """Which cases passed then and fail now, and the reverse."""
    before = read_passed(other)
    now = {o.case.id: o.passed for o in outcomes if not o.case.draft and o.case.id in before}
    return Comparison(
        tuple(key for key, passed in now.items() if passed and not before[key]),
        tuple(key for key, passed in now.items() if before[key] and not passed),
    )


def faults(outcomes: Sequence[Outcome], thresholds: Thresholds, baseline: Path) -> list[str]:
    """Why the gate is red, a Swedish sentence for each reason; empty where it is green."""
    gating = [o for o in outcomes if not o.case.draft]
    table = rates(gating) | abstention(gating)
    reasons = [
        f"{name} är {_percent(table[name].value)}, minst {_percent(least)} krävs."
        for name, least in thresholds.least.items()
        if name in table and table[name].n and table[name].value < least
    ]
    reasons += [
        f"{name} är {_percent(table[name].value)}, högst {_percent(most)} tillåts."
        for name, most in thresholds.most.items()
        if name in table and table[name].n and table[name].value > most
    ]
    for kind, least in thresholds.kinds.items():
        share = rates([o for o in gating if o.case.kind == kind])["passed"]
        if share.n and share.value < least:
            reasons.append(
                f"Av {kind} klaras {_percent(share.value)}, minst {_percent(least)} krävs."
            )
    reasons += [
        f"Fallet {key} klarades förut men inte nu."
        for key in compare(gating, baseline).broken
        if key not in thresholds.allowed
    ]
    return reasons


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %".replace(".", ",")
