"""The municipality's liability to pay, computed from what a question tells."""

from dataclasses import replace
from datetime import date

from assistant.calculated import Calculated, asked_back, calculated
from assistant.facts import Facts
from assistant.liability_asked import for_liability
from assistant.moment_trouble import trouble_with
from assistant.reading import READY, Reading
from assistant.rules import Computation, Outcome, all_rules, compute

LIABILITY_RULE = "norrbotten-bet-oversikt"
DETERIORATION_RULE = "norrbotten-bet-aterkallad-saknas"


def deterioration(region: str, day: date, reading: Reading) -> Calculated:
    """That the guideline is silent on the patient who gets worse again."""
    rule = all_rules()[DETERIORATION_RULE]
    given = {"forsamrad": True, "region": region} | {
        name: value for name, value in reading.inputs.items() if name in rule.inputs
    }
    return calculated(compute(rule.id, given, day), rule, reading, [], day)


def liability(region: str, day: date, facts: Facts, reading: Reading) -> Calculated | None:
    """When the liability begins, or that there is none; None where nothing can be said of it."""
    rule = all_rules()[LIABILITY_RULE]
    given = dict(for_liability(reading, facts, region))
    never_called = "kallelse_skickad" in given and given["kallelse_skickad"] is None
    # Without a call there is no liability, whatever the day: the day then only has to be one.
    any_day = {READY: day.isoformat()} if never_called and READY not in given else {}
    made = compute(rule.id, given | any_day, day)
    # A condition that fails decides alone: then no moment matters, however it is written.
    decided = made.value == rule.data["none"] or made.status is Outcome.NOT_APPLICABLE
    needed = [name for name in (READY, "kallelse_skickad", "utskriven") if reading.has(name)]
    if READY in reading.doubtful or not decided:
        if not (decided and READY in reading.doubtful) and (
            trouble := trouble_with(reading, needed, by_clock=True, noon=True)
        ):
            return asked_back(rule, trouble, reading, day)
        if READY not in given and not decided:
            return None
    if facts.kallelse_late and "kallelse_skickad" not in reading.inputs:
        made = _called_late(made)
    told = "kallelse_skickad" in reading.inputs or facts.kallelse_sent is not None
    assumed = () if told else ("kallelsen till SIP skickades inom tre dagar",)
    return replace(calculated(made, rule, reading, needed, day), assumed=assumed)


def _called_late(made: Computation) -> Computation:
    """The step in the words of the question: the day of the call was not told."""
    steps = tuple(
        "Kallelsen till SIP skickades för sent." if "inte kallat till SIP" in step else step
        for step in made.steps
    )
    return replace(made, steps=steps)
