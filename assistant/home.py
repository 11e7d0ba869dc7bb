"""Which municipality an answer on payment liability concerns: the one that the patient is
registered in, named where the question names it.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Statement, Status
from assistant.regions import asked_municipality, home_municipality
from assistant.rules import all_rules

_RULE = "norrbotten-bet-oversikt"
_INPUT = "folkbokford_i_kommunen"
_LIABILITY = "norrbotten-bet-"


def with_home(answer: Answer, turns: Sequence[str]) -> Answer:
    """The answer with a statement of whose liability it is; unchanged where that is not told.

    Only beside a citation that says that the liability follows folkbokföring. Where another
    municipality is asked about, it is said that it is not liable, and no day is computed for it.
    """
    home = next(filter(None, map(home_municipality, reversed(turns))), None)
    if home is None or answer.status not in {Status.ANSWER, Status.CLARIFY}:
        return answer
    numbers = [c.number for c in answer.citations if c.provision in _carrying()]
    if not numbers:
        return answer
    asked = next(filter(None, map(asked_municipality, reversed(turns))), None)
    other = asked is not None and asked != home
    if answer.status is Status.CLARIFY and not other:
        return answer
    told = (
        f"Patienten är folkbokförd i {home}, så det är den kommunens betalningsansvar det gäller"
        f"{f', inte kommunens i {asked}' if other else ''}."
    )
    statements = (Statement(told, tuple(numbers)), *answer.statements)
    if not other:
        return replace(answer, statements=statements)
    gone = {c.text for c in answer.computations if c.rule.startswith(_LIABILITY)}
    return replace(
        answer,
        status=Status.ANSWER,
        statements=tuple(s for s in statements if s.text not in gone),
        computations=tuple(c for c in answer.computations if c.text not in gone),
    )


def _carrying() -> set[str]:
    """The provisions that say whose liability it is."""
    rule = all_rules()[_RULE]
    return {_RULE} | {c["provision"] for c in rule.data["conditions"] if c["input"] == _INPUT}
