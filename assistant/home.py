"""Which municipality an answer on payment liability concerns: the one that the patient is
registered in, named where the question names it.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Statement, Status
from assistant.regions import home_municipality
from assistant.rules import all_rules

_RULE = "norrbotten-bet-oversikt"
_INPUT = "folkbokford_i_kommunen"


def with_home(answer: Answer, turns: Sequence[str]) -> Answer:
    """The answer with a statement of whose liability it is; unchanged where that is not told.

    Only beside a citation that says that the liability follows folkbokföring.
    """
    home = next(filter(None, map(home_municipality, reversed(turns))), None)
    if home is None or answer.status is not Status.ANSWER:
        return answer
    rule = all_rules()[_RULE]
    carrying = {c["provision"] for c in rule.data["conditions"] if c["input"] == _INPUT}
    numbers = [c.number for c in answer.citations if c.provision in {_RULE, *carrying}]
    if not numbers:
        return answer
    told = (
        f"Patienten är folkbokförd i {home}, så det är den kommunens betalningsansvar det gäller."
    )
    return replace(answer, statements=(Statement(told, tuple(numbers)), *answer.statements))
