"""When a municipality in Norrbotten becomes liable to pay for a patient ready for discharge.

Sent at 12.00.00 at the latest: liable from the date three days later; sent after: from the fourth.
The conditions come first, each one that fails ends the matter; a call to SIP within three days is
the last of them, and does not apply to those who need social services only.
"""

from datetime import date, datetime
from typing import Any

from assistant.rules import calendar
from assistant.rules.computation import Result, determined, not_applicable, undetermined
from assistant.rules.given import Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import about, day_text, fold, sentence, when_text

READY = "utskrivningsklar_skickat"
CALLED = "kallelse_skickad"
NOT_REGULATED = "regel i texten"
NO_CLOCK = "klockslag"


def liability(rule: Rule, given: Given) -> Result:
    """The first day of liability, none, or what is missing."""
    if given.known("forsamrad"):
        return deterioration(rule, given)
    ended = _failed_condition(rule, given) or _not_properly_ready(rule, given)
    if ended:
        return ended
    if _only_regional(rule, given):
        step = "Patienten behöver inga insatser från kommunen."
        return not_applicable("inget behov av kommunala insatser", step)
    ready = given.when(READY)
    if ready is None:
        return undetermined(label(READY))
    called = _call(rule, given, ready)
    if called:
        return called
    unknown = _unknown(rule, given)
    if unknown:
        return undetermined(unknown)
    if not isinstance(ready, datetime):
        return _without_clock(rule, ready)
    start = starts(ready, rule)
    left = given.when("utskriven")
    if left is not None and calendar.day_of(left) < start:
        step = f"Patienten skrevs ut {when_text(left)}, före {day_text(start)}."
        return _none(rule, (*_counting(rule, ready, start), step))
    return _found(rule, given, ready, start)


def starts(ready: datetime, rule: Rule) -> date:
    """The first day of liability for a notice sent at that moment."""
    noon = calendar.senast_klockan_tolv(ready)
    return calendar.kalenderdagar_efter(ready, rule.data["before_noon" if noon else "after_noon"])


def deterioration(rule: Rule, given: Given) -> Result:
    """The text does not say what happens to the count when the patient gets worse."""
    counted = [
        starts(sent, rule).isoformat()
        for name in (READY, "ny_utskrivningsklar")
        if isinstance(sent := given.when(name), datetime)
    ]
    step = "Riktlinjen säger inte vad som händer när en utskrivningsklar patient blir försämrad."
    return undetermined(
        NOT_REGULATED,
        step,
        details={"alternatives": counted} if counted else {},
        provisions=("norrbotten-bet-aterkallad-saknas",),
    )


def _failed_condition(rule: Rule, given: Given) -> Result | None:
    for condition in rule.data["conditions"]:
        if given.values.get(condition["input"]) is not False:
            continue
        step = sentence(condition["why"])
        provisions = (condition["provision"],)
        if "not_applicable" in condition:
            return not_applicable(condition["not_applicable"], step, provisions=provisions)
        return _none(rule, (step,), provisions, condition.get("alternative"))
    return None


def _not_properly_ready(rule: Rule, given: Given) -> Result | None:
    """The second condition: the notice went to the municipality and rests on a doctor's word."""
    receivers = given.texts("utskrivningsklar_mottagare")
    municipal = [fold(word) for word in rule.data["municipal_receivers"]]
    if given.unknown(READY):
        step = "Meddelande om utskrivningsklar har inte skickats."
    elif receivers and not any(word in who for who in receivers for word in municipal):
        step = "Meddelandet om utskrivningsklar gick inte till någon enhet i kommunen."
    elif given.known("bedomd_av") and rule.data["assessor"] not in given.text("bedomd_av"):
        step = "Bara behandlande läkare får bedöma patienten som utskrivningsklar."
    else:
        return None
    provisions = ("norrbotten-bet-villkor-utskrivningsklar", "norrbotten-klar-endast-lakare")
    return _none(rule, (step,), provisions)


def _call(rule: Rule, given: Given, ready: date) -> Result | None:
    """The third condition: called to SIP in time, or no call needed."""
    if _only_social(rule, given):
        return None
    refused = [
        name for name in ("samtycke_sip", "samordningsbehov") if given.values.get(name) is False
    ]
    if refused:
        return _call_forbidden(rule, refused[0], ready)
    last = calendar.kalenderdagar_efter(ready, rule.data["call_days"])
    provisions = ("norrbotten-bet-villkor-kallelse",)
    if given.unknown(CALLED):
        return _none(rule, ("Fast vårdkontakt har inte kallat till SIP.",), provisions)
    called = given.when(CALLED)
    if called is None:
        return undetermined(label(CALLED), f"Kallelsen ska vara skickad senast {day_text(last)}.")
    if calendar.day_of(called) <= last:
        return None
    step = f"Kallelsen skickades {when_text(called)}, efter sista dagen {day_text(last)}."
    other = "Texten säger inte om ansvaret i stället skjuts fram när kallelsen kommer sent."
    return _none(rule, (step,), provisions, other, "Villkoret är absolut")


def _call_forbidden(rule: Rule, refused: str, ready: date) -> Result:
    no_consent = refused == "samtycke_sip"
    because = "patienten samtycker inte till SIP" if no_consent else "inget behöver samordnas"
    steps = (
        f"Kallelse får inte skickas: {because}.",
        "Undantaget från villkoret om kallelse gäller bara den som endast behöver socialtjänst.",
    )
    alternatives = []
    if isinstance(ready, datetime):
        start = starts(ready, rule).isoformat()
        alternatives = (
            ["inget ansvar (villkor 3 ej uppfyllt)", f"{start} (kallelse kan inte krävas)"]
            if no_consent
            else ["inget ansvar", start]
        )
    return undetermined(NOT_REGULATED, *steps, details={"alternatives": alternatives})


def _unknown(rule: Rule, given: Given) -> str | None:
    """A condition that was asked for and nobody could answer."""
    names = [condition["input"] for condition in rule.data["conditions"]] + ["behov"]
    if not _only_social(rule, given):
        names += ["samtycke_sip", "samordningsbehov"]
    return next((label(name) for name in names if given.unknown(name)), None)


def _without_clock(rule: Rule, ready: date) -> Result:
    both = [rule.data["before_noon"], rule.data["after_noon"]]
    dates = [calendar.kalenderdagar_efter(ready, days).isoformat() for days in both]
    step = "Klockslaget avgör: senast 12.00 ger tre dagar, efter 12.00 fyra."
    return undetermined(NO_CLOCK, step, details={"candidates": dates})


def _found(rule: Rule, given: Given, ready: datetime, start: date) -> Result:
    steps = (*_assumed(rule, given), *_counting(rule, ready, start))
    provisions = tuple(dict.fromkeys((*rule.provisions, *_counted_by(ready))))
    day_one = calendar.day_of(ready)
    alternative = rule.data.get("alternative")
    if _only_social(rule, given):
        steps += ("Den som bara behöver socialtjänst kallas inte; kallelsen är inget villkor.",)
        early = calendar.kalenderdagar_efter(ready, rule.data["before_noon"])
        if early != start:
            alternative = (
                f"Punkten om endast socialtjänst säger tre dagar utan klockslag: {day_text(early)}."
            )
    elif ready == calendar.klockan_tolv(ready):
        later = calendar.kalenderdagar_efter(ready, rule.data["after_noon"])
        alternative = (
            'Ett annat ställe säger "före" och "efter" och lämnar exakt 12.00 öppet; '
            f"försiktig läsning fyra dagar: {day_text(later)}."
        )
    value: Any = start.isoformat()
    if rule.data.get("free_days"):
        free = [
            calendar.kalenderdagar_efter(day_one, n).isoformat()
            for n in range((start - day_one).days)
        ]
        value = {"dag_ett": day_one.isoformat(), "fria_dygn": free, "start": value}
    if alternative is None:
        alternative = (
            'Räknas "dag ett" in i dagarna börjar ansvaret en dag tidigare: '
            f"{day_text(calendar.kalenderdagar_efter(start, -1))}."
        )
    return determined(
        value,
        *steps,
        provisions=provisions,
        interpretation=rule.data["interpretation"],
        alternative=alternative,
    )


def _assumed(rule: Rule, given: Given) -> tuple[str, ...]:
    silent = [c["input"] for c in rule.data["conditions"] if c["input"] not in given.values]
    return tuple(
        f"Ingen uppgift finns {about(label(name))}; svaret förutsätter att villkoret är uppfyllt."
        for name in silent
    )


def _counting(rule: Rule, ready: datetime, start: date) -> tuple[str, ...]:
    noon = calendar.senast_klockan_tolv(ready)
    days = rule.data["before_noon" if noon else "after_noon"]
    side = "senast klockan 12.00" if noon else "efter klockan 12.00"
    return (
        f"{sentence(when_text(ready))[:-1]} är {side}, så {days} dagar gäller.",
        f"{days} dagar efter {day_text(ready)} är {day_text(start)}.",
    )


def _counted_by(ready: datetime) -> tuple[str, ...]:
    noon = calendar.senast_klockan_tolv(ready)
    return ("norrbotten-bet-tre-dagar" if noon else "norrbotten-bet-fyra-dagar",)


def _none(
    rule: Rule,
    steps: tuple[str, ...],
    provisions: tuple[str, ...] = (),
    alternative: str | None = None,
    interpretation: str | None = None,
) -> Result:
    return determined(
        rule.data["none"],
        *steps,
        provisions=tuple(dict.fromkeys((*rule.provisions, *provisions))),
        alternative=alternative,
        interpretation=interpretation,
    )


def _only_social(rule: Rule, given: Given) -> bool:
    return bool(needs := set(given.texts("behov"))) and needs <= set(rule.data["only_social"])


def _only_regional(rule: Rule, given: Given) -> bool:
    return bool(needs := set(given.texts("behov"))) and needs <= set(rule.data["regional_needs"])
