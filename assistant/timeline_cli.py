"""The command `sip timeline`: a region's deadlines from the events told, as text, JSON or .ics."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.console import spoken_errors
from assistant.moments import ZONE, Moment, Precision, find_moments
from assistant.rules import calendar
from assistant.rules.given import declared
from assistant.rules.timeline import (
    Entry,
    Kind,
    State,
    Timeline,
    known_events,
    label,
    timeline,
)
from assistant.rules.timeline_items import content
from assistant.rules.wording import sentence, when_text
from assistant.understand import find_region
from ingest.errors import InputError

_EXAMPLE = 'Skriv till exempel "13/3 kl 13.10" eller 2026-03-13T13:10.'
_YES_NO = {"ja": True, "true": True, "nej": False, "false": False}
_STATES = {
    State.DONE: "gjort",
    State.DONE_LATE: "gjort för sent",
    State.LATE: "passerad, ingen uppgift om att det är gjort",
    State.COMING: "kommer",
    State.PASSED: "har passerat",
}


def register(app: typer.Typer) -> None:
    """Add the command `timeline` to the command line."""
    app.command("timeline")(show)


def show(
    region: Annotated[str, typer.Option(help="Region eller kommun.")],
    event: Annotated[
        list[str] | None,
        typer.Option(help='En händelse: namn=tidpunkt, till exempel inskrivning="10/3 kl 9".'),
    ] = None,
    now: Annotated[
        str | None, typer.Option(help="Tidpunkten som läget ska gälla; annars just nu.")
    ] = None,
    setting: Annotated[
        str | None, typer.Option(help="Processen: utskrivning, oppenvard, tvangsvard …")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv tidsplanen som JSON.")] = False,
    ics: Annotated[
        Path | None, typer.Option(help="Skriv en kalenderfil (.ics).", show_default=False)
    ] = None,
) -> None:
    """Visa alla frister i processen: vad som är gjort, vad som är sent och vad som kommer."""
    with spoken_errors():
        moment = chosen_moment(now)
        place = find_region(region)
        events = read_events(event or [], moment, place.id)
        found = timeline(place.id, events, moment, setting)
        if ics is not None:
            write_calendar(found, ics)
            typer.echo(f"Kalenderfilen {ics} är skriven.", err=True)
        if as_json:
            typer.echo(json.dumps(json_of(found), ensure_ascii=False, indent=2))
        else:
            typer.echo(text_of(found))


def chosen_moment(written: str | None) -> datetime:
    """The moment written, the present if none; a day alone is its beginning.

    InputError where it cannot be read.
    """
    present = datetime.now(ZONE).replace(microsecond=0)
    if written is None:
        return present
    # The later reading of an hour told twice; here it matters to no deadline's date.
    when = calendar.read(read_time("--now", written, present))[-1]
    return when if isinstance(when, datetime) else datetime.combine(when, datetime.min.time(), ZONE)


def read_events(written: Iterable[str], now: datetime, region: str) -> dict[str, Any]:
    """The events `name=value` as inputs of the rules, times in ISO 8601.

    InputError names what has no value, is told twice, is not known or cannot be read.
    """
    events: dict[str, Any] = {}
    for pair in written:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not name or not value:
            raise InputError(f"{pair!r} är ingen händelse. Skriv namn=tidpunkt. {_EXAMPLE}")
        name = declared().aliases.get(name, name)
        if name in events:
            raise InputError(f"Händelsen {name} står två gånger. Ange den en gång.")
        if name not in known_events() and name not in content()["instead_of"]:
            choices = ", ".join(known_events(region))
            raise InputError(f"Händelsen {name!r} finns inte i tidsplanen. Välj bland: {choices}.")
        events[name] = _value(name, value, now)
    return events


def read_time(name: str, value: str, now: datetime) -> str:
    """A day or moment written as staff write it, in ISO 8601; `now` tells what "igår" means.

    InputError where it cannot be read whole, or could be more than one.
    """
    value = value.strip()
    found = find_moments(value, now)
    problem = next((moment.problem for moment in found if moment.problem), None)
    if problem:
        raise InputError(f"{name}: {value!r} går inte att läsa. {problem}")
    if len(found) != 1 or found[0].text.strip() != value.rstrip(" .,;"):
        what = "är mer än en tidpunkt" if len(found) > 1 else "går inte att läsa"
        raise InputError(f"{name}: {value!r} {what}. {_EXAMPLE}")
    return _iso(name, value, found[0])


def json_of(found: Timeline) -> dict[str, Any]:
    """The timeline ready for `json.dumps`: its own fields, days and moments in ISO 8601."""
    plain: dict[str, Any] = _plain(asdict(found))
    return plain


def text_of(found: Timeline) -> str:
    """The timeline for people: what was understood, the deadlines in order, what is missing."""
    process = f", {found.setting_label}" if found.setting_label else ""
    told = "" if found.setting_told or not found.setting else " (framgår av händelserna)"
    parts = [
        f"Tidsplan: {found.region_name}{process}{told}\nLäget {when_text(found.now)}.",
        _section("Så har händelserna uppfattats", _understood(found.events)),
        _section("Frister", [_dated(entry) for entry in found.entries if entry.last]),
        _section(
            "Frister som saknar en uppgift",
            [_waiting(entry) for entry in found.entries if entry.state is State.MISSING],
        ),
        _section(
            "Utan tal i riktlinjen",
            [_unnumbered(entry) for entry in found.entries if entry.kind is Kind.NO_NUMBER],
        ),
        _section("Gäller inte här", [f"{gone.what}: {gone.reason}." for gone in found.excluded]),
        _section(
            "Värt att ta reda på",
            [f"{missing.label} ({missing.event})" for missing in found.missing],
        ),
    ]
    if not found.entries:
        parts.insert(1, "Riktlinjen ger inga frister för den här processen.")
    return "\n\n".join(part for part in parts if part)


def write_calendar(found: Timeline, target: Path) -> None:
    """The timeline as a calendar file, whole or not at all.

    InputError where there is no date to write or the file cannot be written.
    """
    from assistant.rules.ical import calendar_file

    names = {name for entry in found.entries for name in entry.provisions}
    content = calendar_file(found, found.now, _citations(names))
    draft = target.with_name(target.name + ".draft")
    try:
        draft.write_bytes(content)
        os.replace(draft, target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(f"Filen {target} går inte att skriva: {error.strerror}.") from None


def _citations(names: Iterable[str]) -> Mapping[str, str]:
    from ingest.edition import read_corpus

    edition = read_corpus()
    found = {}
    for name in names:
        provision = edition.provisions[name]
        document, lines = edition.documents[provision.document], provision.locator.lines
        section = " > ".join(provision.locator.headings)
        rows = f"rad {lines.first}" + (f"–{lines.last}" if lines.last > lines.first else "")
        found[name] = f"{document.publisher}: {document.title}, {section}, {rows}"
    return found


def _value(name: str, value: str, now: datetime) -> Any:
    kind = declared().kinds.get(name, "tid")
    if value.casefold() in {"okänt", "okänd", "?"}:
        return None
    if kind == "tid":
        return read_time(name, value, now)
    if kind == "ja_nej":
        if value.casefold() not in _YES_NO:
            raise InputError(f"{name}: {value!r} ska vara ja eller nej.")
        return _YES_NO[value.casefold()]
    if kind == "lista":
        return [part.strip() for part in value.split(",")]
    if kind == "tal":
        if not value.isdecimal():
            raise InputError(f"{name}: {value!r} ska vara ett heltal, till exempel 17.")
        return int(value)
    return value


def _iso(name: str, value: str, moment: Moment) -> str:
    if moment.at is not None:
        return moment.at.isoformat()
    if moment.precision is Precision.DAY and moment.date is not None:
        return moment.date.isoformat()
    if moment.date is None:
        raise InputError(f"{name}: {value!r} säger inte vilken dag det var. {_EXAMPLE}")
    raise InputError(
        f"{name}: {value!r} säger inte vilket klockslag det var. {_EXAMPLE} "
        f"Är bara dagen känd skriver du {moment.date.isoformat()}."
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return calendar.written(value) if isinstance(value, date) else value


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title}:", *(f"- {line}" for line in lines)]) if lines else ""


def _understood(events: Mapping[str, Any]) -> list[str]:
    return [f"{label(name)}: {_spoken(name, value)}" for name, value in events.items()]


def _spoken(name: str, value: Any) -> str:
    if value is None:
        return "okänt"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if declared().kinds.get(name, "tid") != "tid":
        return str(value)
    first, *others = calendar.read(value)
    return when_text(first) + (" (kommer två gånger den natten)" if others else "")


def _dated(entry: Entry) -> str:
    assert entry.last is not None
    assert entry.state is not None
    if entry.kind is Kind.LIABILITY:
        when = f"från och med {when_text(entry.last)}"
        state = "har börjat" if entry.state is State.PASSED else "kommer"
    else:
        when = f"{'före' if entry.strictly else 'senast'} {when_text(entry.last)}"
        if entry.first is not None:
            when = f"från {when_text(entry.first)} till {when_text(entry.last)}"
        state = _STATES[entry.state]
        if entry.done is not None:
            state += f" {when_text(entry.done)}"
    lines = [f"{sentence(when)[:-1]}: {entry.what}{_who(entry)} [{state}]"]
    lines += entry.notes
    lines += [f"Tolkning: {entry.interpretation}"] if entry.interpretation else []
    lines += [f"Annan läsning: {entry.alternative}"] if entry.alternative else []
    return "\n    ".join([*lines, _sources(entry)])


def _waiting(entry: Entry) -> str:
    between = f"; {' eller '.join(entry.candidates)}" if entry.candidates else ""
    return f"{entry.what}{_who(entry)}: saknas {entry.missing}{between}\n    {_sources(entry)}"


def _unnumbered(entry: Entry) -> str:
    return f"{entry.what}{_who(entry)}: {entry.answer}\n    {_sources(entry)}"


def _who(entry: Entry) -> str:
    return f" ({entry.who})" if entry.who else ""


def _sources(entry: Entry) -> str:
    return "Källa: " + ", ".join(entry.provisions)
