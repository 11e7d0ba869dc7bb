"""Rules that turn on a person's age on a certain day.

The entry holds `limit` (years), `under` and `from_` (the answers below and from that birthday) and
`names`, what the two sides are called when a leap-day birthday leaves it open.
"""

from assistant.rules import calendar
from assistant.rules.computation import Result, determined, not_applicable, undetermined
from assistant.rules.given import Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import day_text


def age(rule: Rule, given: Given) -> Result:
    """Which side of the birthday the person stands on."""
    limit = rule.data["limit"]
    few = rule.data.get("one_actor")
    if few and given.known("aktorer") and given.values["aktorer"] < few["below"]:
        return determined(few["value"], few["why"])
    found = _ages(given)
    if isinstance(found, str):
        return undetermined(found)
    ages, step = found
    sides = {years >= limit for years in ages}
    if len(sides) > 1:
        missing = "regel för skottdagsfödda"
        return undetermined(missing, step, details={"candidates": list(rule.data["names"])})
    older = sides.pop()
    if older and "not_applicable" in rule.data:
        return not_applicable(rule.data["not_applicable"], step)
    exact = ages == (limit,)
    return determined(
        rule.data["from_"] if older else rule.data["under"],
        step,
        interpretation=rule.data.get("interpretation") if exact else None,
        alternative=rule.data.get("alternative") if exact else None,
    )


def with_age(given: Given) -> Given:
    """With `alder` counted from the date of birth, where only that is known for certain."""
    born, day = given.when("fodd"), given.when("datum", "mote", "utskrivning", "utskriven")
    if given.known("alder") or born is None or day is None:
        return given
    ages = calendar.fyllda_ar(born, day)
    return Given({**given.values, "alder": ages[0]}, given.times) if len(ages) == 1 else given


def _ages(given: Given) -> tuple[tuple[int, ...], str] | str:
    """The full years and how they were found, or what is missing."""
    if given.known("alder"):
        years = int(given.values["alder"])
        return (years,), f"Personen är {years} år."
    born, day = given.when("fodd"), given.when("datum", "mote")
    if born is None:
        return label("fodd")
    if day is None:
        return label("datum")
    ages = calendar.fyllda_ar(born, day)
    years_text = " eller ".join(map(str, ages))
    return ages, f"Född {day_text(born)} är personen {years_text} år {day_text(day)}."
