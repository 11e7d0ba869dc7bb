"""One computation: the rule found, the inputs read, its function called, the result made whole."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from assistant.rules import age, cases, deadlines, fees, liability, order, points, windows
from assistant.rules.computation import Computation, Outcome, Result, invalid, undetermined
from assistant.rules.given import BadInput, Given, label, readings
from assistant.rules.registry import Rule, all_rules, in_force
from assistant.rules.wording import REGIONS, sentence

FAMILIES: Mapping[str, Callable[[Rule, Given], Result]] = {
    "deadline": deadlines.deadline,
    "window": windows.window,
    "earliest_of": windows.earliest_of,
    "notice": windows.notice,
    "admission_notice": windows.admission_notice,
    "adapted": windows.adapted,
    "child_before_discharge": windows.child_before_discharge,
    "liability": liability.liability,
    "deterioration": liability.deterioration,
    "cases": cases.cases,
    "gap": cases.gap,
    "age": age.age,
    "before": order.before,
    "weekday": order.weekday,
    "cell": points.cell,
    "codes": points.codes,
    "principals": points.principals,
    "contact_type": points.contact_type,
    "patient_fee": fees.patient_fee,
    "who_charges": fees.who_charges,
}


def compute(rule_id: str, inputs: Mapping[str, Any], as_of: date | None = None) -> Computation:
    """Apply a rule to what is known. Never raises for what a user can write: see `Outcome`.

    `as_of` is the day whose wording of the rule applies; without it the first wording does.
    An input that is null was asked for and is not known; one that is absent was never asked for.
    """
    rule = all_rules().get(rule_id)
    if rule is None:
        reason = f"okänd regel: {rule_id}"
        return Computation(rule_id, "", Outcome.INVALID_INPUT, reason=reason, inputs=dict(inputs))
    rule = in_force(rule, as_of)
    elsewhere = _other_region(rule, inputs)
    if elsewhere:
        return _whole(rule, elsewhere, inputs)
    try:
        read = list(readings(inputs))
    except BadInput as error:
        return _whole(rule, invalid(str(error), sentence(f"det kan inte vara så: {error}")), inputs)
    results = [FAMILIES[rule.family](rule, given) for given in read]
    if all((r.status, r.value) == (results[0].status, results[0].value) for r in results):
        return _whole(rule, results[0], read[0].shown())
    return _whole(rule, _ambiguous(results), inputs)


def _other_region(rule: Rule, inputs: Mapping[str, Any]) -> Result | None:
    region = inputs.get("region", rule.region)
    if region is None:
        step = "Reglerna skiljer sig mellan regionerna."
        return undetermined(label("region"), step)
    if region == rule.region:
        return None
    if not isinstance(region, str) or region not in REGIONS:
        return invalid(f"okänd region: {region}", "Det finns ingen riktlinje för den regionen.")
    name, other = REGIONS[rule.region], REGIONS[region]
    reason = f"regeln gäller {name}, inte {other}"
    return Result(Outcome.NOT_APPLICABLE, reason=reason, steps=(sentence(reason),))


def _ambiguous(results: list[Result]) -> Result:
    step = "Klockslaget inträffar två gånger den natten, när klockan ställs tillbaka."
    candidates = [r.value for r in results if r.value is not None]
    return undetermined("tidszonsoffset", step, details={"candidates": candidates})


def _whole(rule: Rule, result: Result, inputs: Mapping[str, Any]) -> Computation:
    steps = result.steps
    if result.status is Outcome.UNDETERMINED:
        steps += (f"För ett svar saknas: {result.missing}.",)
    return Computation(
        rule=rule.id,
        region=rule.region,
        status=result.status,
        value=result.value,
        missing=result.missing,
        reason=result.reason,
        answer=result.answer,
        inputs=dict(inputs),
        steps=steps,
        provisions=result.provisions or rule.provisions,
        interpretation=result.interpretation,
        alternative=result.alternative,
        details=dict(result.details),
    )
