"""What a computed rule answers: plain data, the same for every family of rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How a computation ended."""

    DETERMINED = "determined"  # `value` is the answer
    UNDETERMINED = "undetermined"  # `missing` says what is not known, or what the text leaves open
    NOT_APPLICABLE = "not_applicable"  # the rule does not apply, for `reason`
    NO_NUMBER = "no_number"  # the guideline gives no number: `answer` says what it does say
    INVALID_INPUT = "invalid_input"  # what was given cannot be so, for `reason`


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule's own function finds; the engine makes it a `Computation`.

    `details` holds what stands beside the answer, by name: candidates, alternatives, unit, note …
    `provisions` is given where a case rests on others than the rule's own.
    """

    status: Outcome
    value: Any = None
    missing: str | None = None
    reason: str | None = None
    answer: str | None = None
    steps: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    interpretation: str | None = None
    alternative: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Computation:
    """A rule applied to what is known. Days and moments in `value` are ISO 8601 text.

    `inputs` is what was understood, in Swedish time; `steps` are complete Swedish sentences;
    `interpretation` is the reading chosen where the text is open, `alternative` the other one.
    """

    rule: str
    region: str
    status: Outcome
    value: Any = None
    missing: str | None = None
    reason: str | None = None
    answer: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    interpretation: str | None = None
    alternative: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def determined(value: Any, *steps: str, **more: Any) -> Result:
    """The rule gives `value`."""
    return Result(Outcome.DETERMINED, value=value, steps=steps, **more)


def undetermined(missing: str, *steps: str, **more: Any) -> Result:
    """`missing` must be known, or is left open by the text, before there is an answer."""
    return Result(Outcome.UNDETERMINED, missing=missing, steps=steps, **more)


def not_applicable(reason: str, *steps: str, **more: Any) -> Result:
    """The rule does not apply."""
    return Result(Outcome.NOT_APPLICABLE, reason=reason, steps=steps, **more)


def no_number(answer: str, *steps: str, **more: Any) -> Result:
    """The guideline states no number; `answer` is what it says instead."""
    return Result(Outcome.NO_NUMBER, answer=answer, steps=steps, **more)


def invalid(reason: str, *steps: str, **more: Any) -> Result:
    """What was given cannot be so."""
    return Result(Outcome.INVALID_INPUT, reason=reason, steps=steps, **more)
