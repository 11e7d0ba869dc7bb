"""Rules on which of two things must come first."""

from datetime import datetime

from assistant.rules import calendar
from assistant.rules.computation import Result, determined, undetermined
from assistant.rules.conditions import judge
from assistant.rules.given import Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import sentence, when_text


def before(rule: Rule, given: Given) -> Result:
    """Whether `first` came strictly before `second`: the same moment is not before."""
    for case in rule.data.get("cases", ()):
        if judge(given, case["when"]).holds:
            return determined(case["value"], sentence(case["why"]))
    names = (rule.data["first"], rule.data["second"])
    for name in reversed(names):
        if given.when(name) is None:
            return undetermined(rule.data.get("ask", {}).get(name) or label(name))
    first, second = (given.times[name] for name in names)
    clocked = isinstance(first, datetime) and isinstance(second, datetime)
    mine, theirs = (first, second) if clocked else (calendar.day_of(first), calendar.day_of(second))
    steps = (
        f"{sentence(label(names[0]))[:-1]}: {when_text(first)}.",
        f"{sentence(label(names[1]))[:-1]}: {when_text(second)}.",
    )
    more = {
        "interpretation": rule.data.get("interpretation"),
        "alternative": rule.data.get("alternative"),
    }
    if mine == theirs and not clocked:
        return undetermined("klockslag", *steps, **more)
    return determined(rule.data["right" if mine < theirs else "wrong"], *steps, **more)


def weekday(rule: Rule, given: Given) -> Result:
    """Whether a meeting in open care is on a working day."""
    if judge(given, {"setting": rule.data["other_process"]}).holds:
        return determined(rule.data["all_days"], rule.data["all_days_why"])
    meeting = given.when("mote")
    if meeting is None:
        return undetermined(label("mote"))
    working = calendar.arbetsdag(calendar.day_of(meeting))
    what = "en arbetsdag" if working else "ingen arbetsdag"
    step = f"{sentence(when_text(meeting))[:-1]} är {what}."
    return determined(rule.data["inside" if working else "outside"], step)
