"""Deadlines of a shape of their own: windows, the earliest of several, notice of a meeting."""

from datetime import date, datetime

from assistant.rules import calendar
from assistant.rules.age import with_age
from assistant.rules.computation import Result, determined, not_applicable, undetermined
from assistant.rules.conditions import judge
from assistant.rules.deadlines import (
    IN_TIME,
    TOO_LATE,
    after,
    assumed,
    deadline,
    kept,
    obstacle,
    start_missing,
    unsettled,
)
from assistant.rules.given import Given
from assistant.rules.registry import Rule
from assistant.rules.wording import day_text, sentence, when_text


def window(rule: Rule, given: Given) -> Result:
    """From the day `earliest` to the day `latest` after the event; the lower one is no ban."""
    stopped = obstacle(rule, given)
    if stopped:
        return stopped
    start = given.when(*rule.data["start"])
    first, last = rule.data["earliest"], rule.data["latest"]
    if start is None:
        other = given.when(rule.data["instead"]) if "instead" in rule.data else None
        details = {}
        if other is not None:
            ends = {
                "tidigast": calendar.written(calendar.kalenderdagar_efter(other, first)),
                "senast": calendar.written(calendar.kalenderdagar_efter(other, last)),
            }
            details = {"alternatives": [rule.data["instead_text"].format(**ends)]}
        return undetermined(start_missing(rule), details=details)
    open_ = unsettled(rule, given)
    if open_:
        return open_
    days = [calendar.kalenderdagar_efter(start, n) for n in (first, last)]
    ends = dict(zip(("tidigast", "senast"), map(calendar.written, days), strict=True))
    steps = (
        *assumed(rule, given),
        f"Behovet blev känt {when_text(start)}; det är dag 0.",
        f"Dag {first} är {day_text(days[0])} och dag {last} är {day_text(days[1])}.",
    )
    more = {
        "interpretation": rule.data.get("interpretation"),
        "alternative": rule.data.get("alternative", "").format(tidigast=day_text(days[0])) or None,
    }
    done = given.when(*rule.data.get("done", ()))
    if done is None:
        return determined(ends, *steps, **more)
    day = (calendar.day_of(done) - calendar.day_of(start)).days
    steps += (f"{sentence(day_text(done))[:-1]} är dag {day}.",)
    if day > last:
        value = TOO_LATE
    elif day < first:
        value = f"utanför riktvärdet (dag {day}) men inte förbjudet"
    else:
        value = f"inom riktvärdet (dag {day})" if "instead" in rule.data else IN_TIME
    return determined(value, *steps, details=ends, **more)


def earliest_of(rule: Rule, given: Given) -> Result:
    """The same time counted from each event that is known; the earliest limit is the safe one."""
    stopped = obstacle(rule, given)
    if stopped:
        return stopped
    limits = {
        name: after(given.times[name], rule.data["amount"], rule.data["unit"])
        for name in rule.data["start"]
        if name in given.times
    }
    if not limits:
        return undetermined(start_missing(rule))
    steps = tuple(
        f"Fyra veckor (28 dagar) efter {when_text(given.times[name])} är {when_text(limit)}."
        for name, limit in limits.items()
    )
    last = min(limits.values())
    if len(limits) > 1:
        steps += (f"Den tidigaste gränsen gäller: {when_text(last)}.",)
    notes = [note for name, note in rule.data["note_without"].items() if name not in limits]
    more = {
        "interpretation": rule.data.get("interpretation"),
        "details": {"note": notes[0]} if notes else {},
    }
    done = given.when(*rule.data["done"])
    if done is not None:
        return kept(done, last, steps, more)
    return determined(calendar.written(last), *steps, **more)


def notice(rule: Rule, given: Given) -> Result:
    """Notice before a meeting in open care; at discharge the meeting comes soon after instead."""
    sent, meeting = given.when("kallelse_skickad"), given.when("mote")
    if not judge(given, {"setting": rule.data["discharge"]}).holds:
        return deadline(rule, given) if meeting or not sent else _earliest(rule, given, sent)
    step = "Varslet gäller i öppenvård; vid utskrivning ska mötet hållas inom fyra veckor."
    if sent is None or meeting is None:
        return not_applicable("fel process", step)
    last = calendar.veckor_efter(sent, rule.data["within_weeks"])
    fine = calendar.day_of(meeting) <= last
    return determined(
        "godtagbart" if fine else TOO_LATE,
        step,
        f"Kallelsen skickades {when_text(sent)}, så mötet ska hållas senast {day_text(last)}.",
        f"Mötet är {when_text(meeting)}.",
        details={"senast": calendar.written(last)},
    )


def _earliest(rule: Rule, given: Given, sent: date) -> Result:
    """The first day of a meeting to which the call has been sent."""
    stopped = obstacle(rule, given)
    if stopped:
        return stopped
    first = after(sent, -rule.data["amount"], rule.data["unit"])
    step = f"Kallelsen skickades {when_text(sent)}, så mötet kan hållas från {day_text(first)}."
    return determined({"tidigast": calendar.written(first)}, *assumed(rule, given), step)


def admission_notice(rule: Rule, given: Given) -> Result:
    """The deadline of the inskrivningsmeddelande, beside the law's own start where it is known."""
    if "without_start" in rule.data and given.when(*rule.data["start"]) is None:
        return obstacle(rule, given) or _to_be_sent(rule, given)
    result = deadline(rule, given)
    admitted = given.when("inskrivning")
    if not isinstance(admitted, datetime) or result.alternative or result.value is None:
        return result
    by_law = when_text(calendar.timmar_efter(admitted, rule.data["amount"]))
    return Result(
        result.status,
        value=result.value,
        steps=result.steps,
        interpretation=result.interpretation,
        alternative=f"Från inskrivningen, som lagen räknar: {by_law}.",
        details=result.details,
    )


def _to_be_sent(rule: Rule, given: Given) -> Result:
    if True in (given.values.get("behov_efter_utskrivning"), given.values.get("pagaende_insatser")):
        step = "Insatser behövs efter utskrivningen eller pågår redan, så meddelandet skickas."
        return determined(rule.data["without_start"], step)
    return undetermined("läkarens bedömning av behovet efter utskrivning")


def adapted(rule: Rule, given: Given) -> Result:
    """A time that a person must judge, with the outer limit where it can be counted."""
    start = given.when(*rule.data["start"])
    step = sentence(rule.data["why"])
    if start is None:
        return undetermined(rule.data["missing"], step)
    last = after(start, rule.data["amount"], rule.data["unit"])
    return undetermined(
        rule.data["missing"],
        step,
        f"Den yttersta gränsen är {when_text(last)}.",
        details={"latest": calendar.written(last)},
    )


def child_before_discharge(rule: Rule, given: Given) -> Result:
    """SIP is offered before the moment of discharge, where the conditions hold."""
    given = with_age(given)
    stopped = obstacle(rule, given)
    if stopped:
        return stopped
    open_ = unsettled(rule, given)
    if open_:
        return open_
    start = given.when(*rule.data["start"])
    if start is None:
        return undetermined(start_missing(rule))
    value = rule.data["value"].format(utskrivning=calendar.written(start))
    step = f"Utskrivningen är {when_text(start)}; SIP ska erbjudas på sjukhuset före dess."
    return determined(value, step)
