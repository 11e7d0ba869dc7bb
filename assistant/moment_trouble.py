"""Why a moment that a rule needs cannot be counted with, in a sentence that asks."""

from collections.abc import Sequence

from assistant.events import Event
from assistant.reading import READY, Reading, comes_twice, input_name


def trouble_with(
    reading: Reading, needed: Sequence[str], *, by_clock: bool, noon: bool = False
) -> str | None:
    """Why a moment that the rule needs cannot be used, in a sentence that asks; None if it can."""
    if reading.twice and input_name(reading.twice[0].kind) in needed:
        first, second = (_said(event) for event in reading.twice)
        return f"Två tider nämns för samma händelse: {first} och {second}. Vilken av dem gäller?"
    for name in needed:
        event = reading.doubtful.get(name) or reading.events.get(name)
        moment = event.moment if event else None
        if moment is None or not moment.problem:
            continue
        if name in reading.doubtful:
            return moment.problem
        if not by_clock or (noon and (name != READY or comes_twice(moment))):
            continue
        # A time only hinted at ("vid lunch") is asked for by the rule, with both its outcomes.
        if moment.time is not None or not noon or "går inte att läsa" in moment.problem:
            return moment.problem
    return None


def vague_days(reading: Reading) -> set[str]:
    """What is asked of moments that name several days or none, rather than a wrong one."""
    return {
        event.moment.problem
        for event in reading.doubtful.values()
        if event.moment
        and event.moment.problem
        and (event.moment.first or "Skriv vilket datum du menar" in event.moment.problem)
    }


def _said(event: Event) -> str:
    return event.moment.said.split(" (")[0] if event.moment else ""
