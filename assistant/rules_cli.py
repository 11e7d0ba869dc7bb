"""The commands that compute one rule for a person: `sip deadline`, `sip liability` and the like."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.console import AsOfOption, RegionOption, chosen_day, spoken_errors
from assistant.rules import Computation, Outcome, compute
from assistant.rules.given import label
from assistant.rules.tools import asked, groups
from assistant.rules.wording import REGIONS
from assistant.rules_chosen import (
    TABLE,
    Choice,
    chosen_region,
    convener_rule,
    deadline_rules,
    fee_rule,
    liability_rule,
    listing,
    registrations,
    summed,
)
from assistant.rules_input import Understood, read_pairs, read_values
from ingest.errors import InputError

JsonOption = Annotated[bool, typer.Option("--json", help="Skriv beräkningen som JSON.")]
# What stands for each input of the rule on liability.
_LIABILITY = {
    "utskrivningsklar_skickat": "--ready-sent",
    "kallelse_skickad": "--call-sent",
    "behov": "--need",
    "folkbokford_i_kommunen": "--registered-here",
    "inskrivningsmeddelande_till_kommun": "--municipality-notified",
    "samtycke_information": "--consent-information",
    "samtycke_sip": "--consent-sip",
    "samordningsbehov": "--coordination",
    "region_resurser_tillgangliga": "--region-resources",
    "utskrivningsklar_mottagare": "--receiver",
    "bedomd_av": "--assessed-by",
    "utskriven": "--discharged",
}
_PLACES = {"plats": "--place", "enhet": "--unit", "koder": "--code", "kva": "--code"}
_FEES = {"atgarder": "--done", "atgarder_av": "--fee", "enhet": "--unit", "atgard": "--done"}
_CONVENERS = {"verksamhet": "--setting", "setting": "--setting", "spar": "--track"}
_CONVENERS |= {"aktor": "--called-by", "vardform": "--setting"}
# "nej" to when something was sent: it was asked for, and it never was.
_SENT = ("utskrivningsklar_skickat", "kallelse_skickad")

Made = tuple[Computation, Understood]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (deadline, registration, liability, fee, convener, rules):
        app.command()(command)


def _yes_no(option: str, name: str) -> Any:
    return typer.Option(option, help=f"{label(name)}: ja, nej eller okänt", show_default=False)


def _text(option: str, name: str, more: str = "") -> Any:
    return typer.Option(option, help=f"{label(name)}{more}", show_default=False)


def deadline(
    rule: Annotated[
        str | None,
        typer.Argument(help="Regelns id, eller ord ur dess fråga.", show_default=False),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--input", help='En uppgift: namn=värde, t.ex. mote="13/3 kl 9".'),
    ] = None,
    region: RegionOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    ics: Annotated[
        Path | None, typer.Option(help="Kalenderfil att skriva fristen till.", show_default=False)
    ] = None,
) -> None:
    """Räkna ut en frist, eller lista fristerna som finns."""
    with spoken_errors():
        day = chosen_day(as_of)
        where = chosen_region(region)
        found = deadline_rules(rule, where)
        if rule is None:
            typer.echo(f"Välj en regel: sip deadline REGEL --input …\n{listing(found)}")
            return
        if len(found) > 1:
            raise InputError(f'"{rule}" passar på flera frister. Välj en:\n{listing(found)}')
        (chosen,) = found
        understood = read_pairs(chosen, given or [], day)
        inputs = ({"region": where} if where else {}) | dict(understood.values)
        made = compute(chosen.id, inputs, day)
        options = {name: f"--input {name}=…" for name in asked(chosen)}
        _tell([(made, understood)], day, options, as_json=as_json)
        if ics is not None:
            from assistant.rules_ics import write_deadline

            write_deadline(made, day, ics)
            typer.echo(f"Kalenderfilen {ics} är skriven.", err=True)


def registration(
    place: Annotated[list[str] | None, _text("--place", "plats", "; en för varje SIP")] = None,
    unit: Annotated[
        list[str] | None, _text("--unit", "enhet", "; Västra Götaland, en för varje SIP")
    ] = None,
    form: Annotated[
        list[str] | None, _text("--form", "form", ", till exempel Skype eller telefon")
    ] = None,
    code: Annotated[
        list[str] | None, _text("--code", "koder", "; Västra Götaland, prövas mot platsen")
    ] = None,
    measure: Annotated[
        str | None, _text("--measure", "atgard", "; Halland, annars att SIP tas fram")
    ] = None,
    region: RegionOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Visa hur en SIP registreras: besökstyp, koder och poäng. JSON är en lista."""
    with spoken_errors():
        day = chosen_day(as_of)
        where = chosen_region(region)
        if where is None:
            _tell([_no_region(TABLE)], day, {"region": "--region"}, as_json=as_json, many=True)
            return
        choices = list(
            registrations(where, place or [], unit or [], form or [], code or [], measure)
        )
        made = [_computed(choice, where, day) for choice in choices]
        if sips := summed(choices):
            made.append((compute(TABLE, {"region": where, "sip": sips}, day), Understood()))
        _tell(made, day, _PLACES, as_json=as_json, many=True)


def liability(
    ready_sent: Annotated[
        str | None, _text("--ready-sent", "utskrivningsklar_skickat", ", eller nej")
    ] = None,
    call_sent: Annotated[
        str | None, _text("--call-sent", "kallelse_skickad", ", eller nej")
    ] = None,
    need: Annotated[list[str] | None, _text("--need", "behov", "; en i taget")] = None,
    registered_here: Annotated[
        str | None, _yes_no("--registered-here", "folkbokford_i_kommunen")
    ] = None,
    municipality_notified: Annotated[
        str | None, _yes_no("--municipality-notified", "inskrivningsmeddelande_till_kommun")
    ] = None,
    consent_information: Annotated[
        str | None, _yes_no("--consent-information", "samtycke_information")
    ] = None,
    consent_sip: Annotated[str | None, _yes_no("--consent-sip", "samtycke_sip")] = None,
    coordination: Annotated[str | None, _yes_no("--coordination", "samordningsbehov")] = None,
    region_resources: Annotated[
        str | None, _yes_no("--region-resources", "region_resurser_tillgangliga")
    ] = None,
    receiver: Annotated[
        list[str] | None, _text("--receiver", "utskrivningsklar_mottagare", "; en i taget")
    ] = None,
    assessed_by: Annotated[str | None, _text("--assessed-by", "bedomd_av")] = None,
    discharged: Annotated[str | None, _text("--discharged", "utskriven")] = None,
    region: RegionOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Räkna ut när kommunens betalningsansvar börjar; utan region enligt Norrbotten."""
    with spoken_errors():
        day = chosen_day(as_of)
        rule = liability_rule(chosen_region(region))
        told = (
            ready_sent,
            call_sent,
            need,
            registered_here,
            municipality_notified,
            consent_information,
            consent_sip,
            coordination,
            region_resources,
            receiver,
            assessed_by,
            discharged,
        )
        understood = read_values(dict(zip(_LIABILITY, told, strict=True)), day)
        made = compute(rule.id, {"region": rule.region} | _sent(understood.values), day)
        _tell([(made, understood)], day, _LIABILITY, as_json=as_json)


def fee(
    done: Annotated[list[str] | None, _text("--done", "atgarder", "; en i taget")] = None,
    unit: Annotated[str | None, _text("--unit", "enhet")] = None,
    fees: Annotated[
        list[str] | None, _text("--fee", "atgarder_av", ": vem=kronor, en i taget")
    ] = None,
    region: RegionOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Visa vad patienten betalar, eller vem av flera som tar ut avgiften."""
    with spoken_errors():
        day = chosen_day(as_of)
        where = chosen_region(region)
        if where is None:
            made = _no_region("vgr-avgift-endast-sip")
        else:
            made = _computed(fee_rule(where, done or [], unit, fees or []), where, day)
        _tell([made], day, _FEES | {"region": "--region"}, as_json=as_json)


def convener(
    setting: Annotated[
        str | None,
        typer.Option(help="Var personen får vård eller stöd: öppenvård, utskrivning, skola …"),
    ] = None,
    noticed_by: Annotated[str | None, _text("--noticed-by", "behov_sett_av")] = None,
    called_by: Annotated[str | None, _text("--called-by", "kallat_av")] = None,
    track: Annotated[str | None, _text("--track", "spar", "; Halland")] = None,
    region: RegionOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Visa vem som kallar till SIP."""
    with spoken_errors():
        day = chosen_day(as_of)
        where = chosen_region(region)
        if where is None:
            made = _no_region("varmland-sammankalla")
        else:
            choice = convener_rule(where, setting, noticed_by, called_by, track)
            if isinstance(choice, Computation):
                made = choice, Understood()
            else:
                made = _computed(choice, where, day)
        _tell([made], day, _CONVENERS | {"region": "--region"}, as_json=as_json)


def rules(
    region: RegionOption = None,
    topic: Annotated[
        str | None, typer.Option(help="Ämne, till exempel frist eller avgift.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Skriv tabellen över reglerna som Markdown.")
    ] = False,
) -> None:
    """Lista reglerna som kan räknas, eller skriv tabellen över dem."""
    with spoken_errors():
        where = chosen_region(region)
        if topic is not None and topic not in groups():
            raise InputError(f"Ämnet {topic!r} finns inte. Välj mellan {', '.join(groups())}.")
        if markdown:
            from assistant.rules.table import rules_table
            from ingest.edition import read_corpus

            typer.echo(rules_table(read_corpus(), where, topic), nl=False)
            return
        for key, name in REGIONS.items():
            for group in groups().values():
                held = [rule for rule in group.rules if rule.region == key]
                if held and where in (None, key) and topic in (None, group.name):
                    typer.echo(f"{name}: {group.title} ({group.name})\n{listing(held)}\n")


def _computed(choice: Choice, region: str, day: date) -> Made:
    understood = read_values(choice.written, day)
    inputs = {"region": region} | dict(understood.values)
    return compute(choice.rule.id, inputs, day), understood


def _no_region(rule_id: str) -> Made:
    return compute(rule_id, {"region": None}), Understood()


def _sent(values: Mapping[str, Any]) -> dict[str, Any]:
    """With never sent as null, as the rule has it; what nobody knows is not given at all."""
    kept = {n: v for n, v in values.items() if n not in _SENT or v is not None}
    return {n: None if n in _SENT and v is False else v for n, v in kept.items()}


def _tell(
    made: Sequence[Made],
    day: date,
    options: Mapping[str, str],
    *,
    as_json: bool,
    many: bool = False,
) -> None:
    """Print the computations; exit code 2 where what was given cannot be so."""
    from assistant.rules_shown import as_text, lead

    wrong = [found for found, _ in made if found.status is Outcome.INVALID_INPUT]
    if as_json:
        fields = [asdict(found) for found, _ in made]
        typer.echo(json.dumps(fields if many else fields[0], ensure_ascii=False, indent=2))
    elif not wrong:
        from assistant.settings import settings
        from ingest.edition import read_corpus

        edition = read_corpus()
        originals = settings().originals
        texts = [as_text(found, told, edition, day, options, originals) for found, told in made]
        typer.echo("\n\n---\n\n".join(texts))
    if wrong:
        raise InputError(lead(wrong[0]))
