"""Västra Götaland: the patient's fee, and which of several professions takes it."""

from assistant.rules.computation import Result, determined, undetermined
from assistant.rules.given import Given, label
from assistant.rules.registry import Rule
from assistant.rules.wording import fold, listed


def patient_fee(rule: Rule, given: Given) -> Result:
    """Nothing for SIP alone; a fee, of unstated amount, for whatever else is done."""
    if not given.known("atgarder"):
        return undetermined(label("atgarder"))
    others = [what for what in given.texts("atgarder") if what not in rule.data["sip"]]
    if not others:
        step = "Bara SIP görs, och då är patientavgiften alltid 0 kronor."
        return determined(0, step, details={"unit": "kr"}, provisions=("vgr-avgift-endast-sip",))
    step = f"Utöver SIP görs {listed(others)}, så patientavgift ska tas ut; beloppet anges inte."
    if given.known("enhet"):
        both = {"patientavgift": "tas ut", "extra_ersättning_till_enheten": 0}
        second = "Enheten får ingen extra ersättning för den andra åtgärden."
        provisions = ("vgr-avgift-andra-atgarder", "vgr-ingen-ytterligare-ersattning")
        return determined(both, step, second, provisions=provisions)
    return determined(
        rule.data["charged"],
        step,
        details={"belopp": "anges inte"},
        provisions=("vgr-avgift-andra-atgarder",),
    )


def who_charges(rule: Rule, given: Given) -> Result:
    """The profession with the highest fee; on a tie the health centre, if it is one of them."""
    if not given.known("atgarder_av"):
        return undetermined(label("atgarder_av"))
    fees: dict[str, float] = given.values["atgarder_av"]
    highest = max(fees.values())
    top = [who for who, fee in fees.items() if fee == highest]
    step = f"Den högsta avgiften, {highest} kronor, har {listed(top)}."
    if len(top) == 1:
        return determined(top[0], step, provisions=("vgr-avgift-flera-professioner",))
    if any(fold(rule.data["tie_winner"]) in fold(who) for who in top):
        second = "Är avgifterna lika höga är det vårdcentralen som tar ut avgiften."
        return determined(rule.data["tie_value"], step, second, provisions=("vgr-avgift-lika",))
    second = "Vårdcentralen är inte en av dem, och det fallet är inte reglerat."
    return undetermined(rule.data["tie_missing"], step, second, provisions=("vgr-avgift-lika",))
