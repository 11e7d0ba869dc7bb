"""Deadlines: so long after (or before) an event, and whether what was to be done was in time.

The entry of a rule holds:

    unit, amount     timmar, klockan_12, dagar, arbetsdagar, veckor, månader or år; negative: before
    start            the events to count from, the first known one is used
    start_missing    what to ask for when none is known (default: the first event's name)
    done             the events that show when the thing was done
    unless           conditions under which the rule does not apply, each with its reason
    needs            inputs that must be known, in order
    only_if_told     an input that a question must tell before this rule is taken for what it asks
    alternative_unit another unit that the text may be read in
    interpretation, alternative, what    texts
"""

from datetime import date, datetime
from typing import Any

from assistant.rules import calendar
from assistant.rules.computation import Result, determined, not_applicable, undetermined
from assistant.rules.conditions import judge
from assistant.rules.given import Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import about, day_text, sentence, when_text

IN_TIME, TOO_LATE = "i tid", "för sent"
IMPLIED = {"setting"}  # the rule asked for tells which process it is
_COUNTED = {
    "dagar": ("kalenderdag", "kalenderdagar"),
    "arbetsdagar": ("arbetsdag", "arbetsdagar"),
    "veckor": ("vecka", "veckor"),
    "månader": ("månad", "månader"),
    "år": ("år", "år"),
    "timmar": ("timme", "timmar"),
}


def after(when: date, amount: int, unit: str, *, eves_off: bool = False) -> date:
    """The day or moment so long after the event (before it, where `amount` is negative)."""
    if unit == "samtidigt":
        return when
    if unit in ("timmar", "klockan_12"):
        if not isinstance(when, datetime):
            raise TypeError(f"{unit} are counted from a clock time")
        if unit == "klockan_12":
            return calendar.forsta_klockan_tolv_efter(when)
        return calendar.timmar_efter(when, amount)
    if unit == "arbetsdagar":
        return calendar.arbetsdagar_efter(when, amount, eves_off=eves_off)
    if unit == "veckor":
        return calendar.veckor_efter(when, amount)
    if unit == "månader":
        return calendar.manader_efter(when, amount)
    if unit == "år":
        return calendar.ar_efter(when, amount)
    return calendar.kalenderdagar_efter(when, amount)


def obstacle(rule: Rule, given: Given) -> Result | None:
    """Why the rule does not apply to this case, if so."""
    for entry in rule.data.get("unless", ()):
        if judge(given, entry["when"]).holds:
            return not_applicable(entry["reason"], sentence(entry["why"]))
    return None


def unsettled(rule: Rule, given: Given) -> Result | None:
    """What was asked for and nobody could say, where the rule depends on it."""
    for entry in rule.data.get("unless", ()):
        verdict = judge(given, entry["when"])
        if verdict.holds is None and given.unknown(verdict.decided_by):
            return undetermined(label(verdict.decided_by))
    for name in rule.data.get("needs", ()):
        if not given.known(name):
            return undetermined(label(name))
    return None


def assumed(rule: Rule, given: Given) -> tuple[str, ...]:
    """A sentence on each condition of the rule that nothing was said about."""
    names = {name for entry in rule.data.get("unless", ()) for name in entry["when"]}
    silent = [
        label(name) for name in rule.inputs if name in names - IMPLIED and name not in given.values
    ]
    return tuple(
        f"Ingen uppgift finns {about(name)}; svaret förutsätter inget hinder." for name in silent
    )


def deadline(rule: Rule, given: Given) -> Result:
    """The last day or moment, or whether it was kept where that is known."""
    stopped = obstacle(rule, given)
    if stopped:
        return stopped
    start = given.when(*rule.data["start"])
    if start is None:
        return undetermined(start_missing(rule))
    open_ = unsettled(rule, given)
    if open_:
        return open_
    unit, amount = rule.data["unit"], rule.data.get("amount", 0)
    if unit in ("timmar", "klockan_12") and not isinstance(start, datetime):
        return _without_clock(start, unit, amount)
    last = after(start, amount, unit)
    steps = (*assumed(rule, given), *_steps(start, last, unit, amount))
    more = _readings(rule, start, last, unit, amount)
    done = given.when(*rule.data.get("done", ()))
    if done is None:
        return determined(calendar.written(last), *steps, **more)
    return kept(done, last, steps, more)


def kept(done: date, last: date, steps: tuple[str, ...], more: dict[str, Any]) -> Result:
    """Whether `done` was in time; a last day counts to its end, a last moment to the second."""
    both_clocked = isinstance(done, datetime) and isinstance(last, datetime)
    mine, theirs = (done, last) if both_clocked else (calendar.day_of(done), calendar.day_of(last))
    details = more.pop("details", {}) | {"senast": calendar.written(last)}
    if isinstance(last, datetime) and not both_clocked and mine == theirs:
        return undetermined("klockslag", *steps, details=details, **more)
    late = mine > theirs
    step = f"Det gjordes {when_text(done)}, alltså {TOO_LATE if late else IN_TIME}."
    return determined(TOO_LATE if late else IN_TIME, *steps, step, details=details, **more)


def start_missing(rule: Rule) -> str:
    """What to ask for when the event that starts the count is not known."""
    return str(rule.data.get("start_missing") or label(rule.data["start"][0]))


def _without_clock(day: date, unit: str, amount: int) -> Result:
    """Only the day is known and the rule counts from a clock time."""
    step = f"Bara dagen {day_text(day)} är känd, inte klockslaget."
    if unit == "timmar":
        return undetermined("klockslag", step)
    both = [calendar.klockan_tolv(calendar.kalenderdagar_efter(day, n)) for n in (0, 1)]
    return undetermined(
        "klockslag", step, details={"candidates": [calendar.written(noon) for noon in both]}
    )


def _steps(start: date, last: date, unit: str, amount: int) -> tuple[str, ...]:
    begins = f"Fristen räknas från {when_text(start)}."
    if unit == "klockan_12":
        side = "före" if calendar.day_of(last) == calendar.day_of(start) else "inte före"
        return begins, f"Det är {side} klockan 12.00, så fristen går ut {when_text(last)}."
    if unit == "samtidigt":
        return begins, f"Det ska ske samtidigt: {when_text(last)}."
    if amount == 0:
        return begins, f"Det ska ske samma dag: {when_text(last)}."
    one, many = _COUNTED[unit]
    count = f"{abs(amount)} {one if abs(amount) == 1 else many}"
    direction = "senare" if amount > 0 else "tidigare"
    if unit == "timmar":
        return begins, f"{count} har förflutit {when_text(last)}."
    counted = "" if unit in ("veckor", "månader", "år") else " Händelsens egen dag är dag 0."
    return begins, f"{count} {direction} är {when_text(last)}; hela dagen räknas.{counted}"


def _readings(rule: Rule, start: date, last: date, unit: str, amount: int) -> dict[str, Any]:
    """The interpretation chosen and the other reading, with its date where it differs."""
    more: dict[str, Any] = {"interpretation": rule.data.get("interpretation")}
    other = rule.data.get("alternative")
    if unit == "timmar" and isinstance(start, datetime) and amount % 24 == 0:
        same_clock = calendar.samma_klockslag(start, amount // 24)
        if same_clock != last:
            other = f"Samma klockslag nästa dag: {when_text(same_clock)}."
    if unit == "arbetsdagar":
        off = after(start, amount, unit, eves_off=True)
        more["details"] = {
            "assumption_A": calendar.written(last),
            "assumption_B": calendar.written(off),
        }
        if off != last:
            other = (
                "Antagande B (midsommarafton, julafton och nyårsafton är inte arbetsdagar): "
                f"{day_text(off)}."
            )
    if rule.data.get("alternative_unit") == "arbetsdagar":
        other = _in_working_days(start, last, amount) or other
    if rule.data.get("alternative_working_day") and not calendar.arbetsdag(calendar.day_of(last)):
        before = calendar.arbetsdag_fore(last)
        other = f"{rule.data['alternative_working_day']}: {day_text(before)}."
    more["alternative"] = other
    return more


def _in_working_days(start: date, last: date, amount: int) -> str | None:
    a, b = (calendar.arbetsdagar_efter(start, amount, eves_off=off) for off in (False, True))
    if a == b == last:
        return None
    if a == b:
        return f"Räknat i arbetsdagar: {day_text(a)}."
    return (
        f"Räknat i arbetsdagar: {day_text(a)}, eller {day_text(b)} "
        "om midsommarafton, julafton och nyårsafton inte är arbetsdagar."
    )
