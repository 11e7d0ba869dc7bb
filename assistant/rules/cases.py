"""Rules that are tables: the first case whose conditions hold gives the answer.

A case that cannot be judged, because an input is not known, ends the search: what stands below it
might be wrong. An entry holds `cases`, each with `when`, `why` and one of value, answer, reason or
missing; and `ask`, what to call an input that is missing, where its own name will not do.
"""

from typing import Any

from assistant.rules import calendar
from assistant.rules.age import with_age
from assistant.rules.computation import Outcome, Result, no_number, undetermined
from assistant.rules.conditions import judge
from assistant.rules.given import Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import definite, sentence

_ENDS = {
    "value": Outcome.DETERMINED,
    "answer": Outcome.NO_NUMBER,
    "reason": Outcome.NOT_APPLICABLE,
    "missing": Outcome.UNDETERMINED,
}


def cases(rule: Rule, given: Given) -> Result:
    """The answer of the first case that holds."""
    given = with_age(given)
    for case in rule.data["cases"]:
        verdict = judge(given, case.get("when", {}))
        if verdict.holds:
            return _result(case, given)
        if verdict.holds is None:
            name = verdict.decided_by
            return undetermined(
                rule.data.get("ask", {}).get(name) or label(name),
                details=rule.data.get("beside_missing", {}).get(name, {}),
            )
    missing = rule.data.get("otherwise", "regel för det här fallet")
    return undetermined(missing, "Riktlinjen nämner inte det här fallet.")


def gap(rule: Rule, given: Given) -> Result:
    """What the guideline does not state is said to be not stated, whatever the case."""
    return no_number(rule.data["answer"], sentence(rule.data["why"]))


def _result(case: dict[str, Any], given: Given) -> Result:
    field, status = next((f, s) for f, s in _ENDS.items() if f in case)
    return Result(
        status,
        steps=(sentence(case["why"]),),
        provisions=tuple(case.get("provisions", ())),
        interpretation=case.get("interpretation"),
        alternative=case.get("alternative"),
        details=case.get("details", {}),
        **{field: _filled(case[field], given)},
    )


def _filled(value: Any, given: Given) -> Any:
    """The text with {input} replaced, {input_bestamd} by its first word in the definite form."""
    if not isinstance(value, str) or "{" not in value:
        return value
    words = {name: str(given.values[name]) for name in given.values}
    words |= {name: calendar.written(when) for name, when in given.times.items()}
    forms = {
        f"{name}_bestamd": definite(text.split()[0]) for name, text in words.items() if text.strip()
    }
    return value.format_map(words | forms)
