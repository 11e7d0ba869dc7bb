"""Which rule answers what a person asks of a command, and with which inputs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.rules import Computation, Outcome, Rule, all_rules
from assistant.rules.given import label
from assistant.rules.tools import group_of, groups
from assistant.rules.wording import REGIONS, fold
from assistant.setting import settings_of
from assistant.understand import find_region
from ingest.errors import InputError

Written = Mapping[str, str | Sequence[str] | None]
TABLE = "vgr-reg-tabell"
LIABILITY = "norrbotten-bet-oversikt"
_CODES = "vgr-kva-standardkoder"
_DEADLINES = "frist"
_COMMANDS = {
    "betalningsansvar": "sip liability",
    "registrering": "sip registration",
    "avgift": "sip fee",
    "sammankallande": "sip convener",
}
_HALLAND = (
    "halland-avgiftstyp",
    "halland-betalsatt",
    "halland-dr16-diagnos",
    "halland-journal-vas",
)
_NO_FEES = {
    "norrbotten": "norrbotten-avgift-kva-saknas",
    "varmland": "varmland-avgift-koder-saknas",
}
_UNREGULATED = {
    "orebro": "orebro-betalningsansvar-saknas",
    "halland": "halland-betalningsansvar-saknas",
    "vgr": "vgr-betalningsansvar-saknas",
    "varmland": "varmland-avgift-koder-saknas",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule to compute and its inputs as they were written."""

    rule: Rule
    written: Written


def chosen_region(written: str | None) -> str | None:
    """The id of the region of that name; InputError where there is no guideline for it."""
    if written is None:
        return None
    region = find_region(written)
    if region.id not in REGIONS:
        raise InputError(
            f"Jag har ingen riktlinje för {region.name}. Välj mellan {', '.join(REGIONS)}."
        )
    return region.id


def deadline_rules(words: str | None, region: str | None) -> list[Rule]:
    """The deadlines whose id or question holds all the words; all of the region's without words.

    InputError where the words are the id of a rule that is no deadline, or fit none.
    """
    order = list(REGIONS)
    held = (r for r in groups()[_DEADLINES].rules if region in (None, r.region))
    rules = sorted(held, key=lambda rule: order.index(rule.region))
    if words is None:
        return rules
    if words in all_rules():
        group = group_of(words)
        if group.name != _DEADLINES:
            raise InputError(
                f"Regeln {words} räknar ingen frist ({group.title}). Använd "
                f"{_COMMANDS.get(group.name, 'sip compute')} i stället."
            )
        return [all_rules()[words]]
    sought = fold(words).split()
    found = [r for r in rules if all(word in _searched(r) for word in sought)]
    if not found:
        raise InputError(f'Ingen frist passar på "{words}". Välj bland:\n{listing(rules)}')
    return found


def listing(rules: Sequence[Rule]) -> str:
    """The rules, one on a line: region, id, question."""
    width = max((len(rule.id) for rule in rules), default=0)
    return "\n".join(f"  {rule.id:<{width}}  {rule.question}" for rule in rules)


def liability_rule(region: str | None) -> Rule:
    """The rule on liability of the region; Norrbotten's, the only one that regulates it."""
    return all_rules()[_UNREGULATED.get(region or "norrbotten", LIABILITY)]


def registrations(
    region: str,
    places: Sequence[str],
    units: Sequence[str],
    forms: Sequence[str],
    codes: Sequence[str],
    measure: str | None,
) -> Iterator[Choice]:
    """What tells how a SIP is registered; in Västra Götaland each SIP, or whether codes are valid.

    InputError where something is given that the region's rules do not ask for, or where places and
    units do not go together.
    """
    if region == "halland":
        _refuse({"--unit": units, "--code": codes}, region)
        spots = _paired(places, forms, "--place", "--form") or [(None, None)]
        for place, form in spots:
            yield _choice("halland-besokstyp-slutenvard", plats=place, form=form)
        yield _choice("halland-kva-au124", atgard=measure or "SIP")
        yield from (_choice(name) for name in _HALLAND)
    elif region == "vgr":
        _refuse({"--measure": [measure] if measure else []}, region)
        pairs = _paired([*places, *forms], units, "--place", "--unit") or [(None, None)]
        for place, unit in pairs:
            if codes:
                yield _choice(_CODES, plats=place, enhet=unit, koder=codes)
            else:
                yield _choice(TABLE, plats=place, enhet=unit)
    else:
        yield _without_fees(region, "registrering")


def summed(choices: Sequence[Choice]) -> list[dict[str, str | None]]:
    """The SIPs of several choices, as the table of Västra Götaland adds them up; none if one."""
    sips = [c.written for c in choices if c.rule.id == TABLE]
    whole = [
        {key: str(sip[key]) for key in ("plats", "enhet")} for sip in sips if all(sip.values())
    ]
    return [dict(sip) for sip in whole] if len(whole) == len(sips) > 1 else []


def fee_rule(region: str, done: Sequence[str], unit: str | None, fees: Sequence[str]) -> Choice:
    """The rule on what the patient pays, or on who charges where fees are given."""
    if region == "vgr":
        if fees:
            return _choice("vgr-avgift-flera-professioner", atgarder_av=fees)
        return _choice("vgr-avgift-endast-sip", atgarder=done, enhet=unit)
    _refuse({"--fee": fees, "--unit": [unit] if unit else []}, region)
    if region == "halland":
        return _choice("halland-avgift", atgard=" + ".join(done) or "SIP")
    return _without_fees(region, "avgift")


def convener_rule(
    region: str,
    setting: str | None,
    noticed_by: str | None,
    called_by: str | None,
    track: str | None,
) -> Choice | Computation:
    """The rule on who convenes in that setting; a question back where the setting must be known."""
    if region == "orebro":
        return _choice("orebro-kallar-oppenvard", verksamhet=setting)
    if region == "varmland":
        if any(word in fold(setting or "") for word in ("skola", "elevhalsa")):
            return _choice("varmland-skola-ingen-skyldighet", aktor=setting)
        return _choice("varmland-sammankalla", behov_sett_av=noticed_by, setting=setting)
    if region == "halland":
        return _choice("halland-rott-spar", spar=track)
    if region == "vgr":
        return _choice("vgr-ansvarig-saknas")
    return _in_norrbotten(setting, called_by)


def _in_norrbotten(setting: str | None, called_by: str | None) -> Choice | Computation:
    settings = settings_of(setting or "")
    if "tvangsvard" in settings:
        return _choice("norrbotten-opt-kallar", vardform=setting)
    if "aktorsmote" in fold(setting or "").replace(" ", ""):
        return _choice("norrbotten-aktorsmote-vem-kallar", aktor=called_by)
    if "utskrivning" in settings:
        return _choice("norrbotten-us-motesledare", setting="utskrivning")
    if "oppenvard" in settings:
        return _choice("norrbotten-ov-motesledare", setting="öppenvård", kallat_av=called_by)
    both = ("norrbotten-us-motesledare", "norrbotten-ov-motesledare")
    return Computation(
        rule=both[0],
        region="norrbotten",
        status=Outcome.UNDETERMINED,
        missing=label("setting"),
        inputs={} if setting is None else {"setting": setting},
        steps=("Vem som kallar skiljer sig mellan öppenvård, utskrivning och tvångsvård.",),
        provisions=both,
    )


def _without_fees(region: str, what: str) -> Choice:
    if region not in _NO_FEES:
        raise InputError(
            f"Det finns ingen regel om {what} för {REGIONS[region]}. Ställ frågan med ord: "
            f'sip ask "…" --region {region}'
        )
    return _choice(_NO_FEES[region])


def _choice(rule_id: str, **written: str | Sequence[str] | None) -> Choice:
    return Choice(all_rules()[rule_id], written)


def _refuse(options: Mapping[str, Sequence[str]], region: str) -> None:
    if used := [option for option, values in options.items() if values]:
        raise InputError(f"{used[0]} används inte för {REGIONS[region]}. Ta bort {used[0]}.")


def _paired(
    first: Sequence[str], second: Sequence[str], one: str, other: str
) -> list[tuple[str | None, str | None]]:
    """One of each, in order; a single one goes with all of the other kind."""
    count = max(len(first), len(second))
    for option, values in ((one, first), (other, second)):
        if len(values) not in (0, 1, count):
            raise InputError(
                f"{option} står {len(values)} gånger, men {count} behövs: en för varje SIP, eller "
                "en enda för alla."
            )
    return list(zip(_stretched(first, count), _stretched(second, count), strict=True))


def _stretched(values: Sequence[str], count: int) -> list[str | None]:
    if len(values) == count:
        return [*values]
    return [values[0] if values else None] * count


def _searched(rule: Rule) -> str:
    return fold(f"{rule.question} {rule.id.replace('-', ' ')}")
