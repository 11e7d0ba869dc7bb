"""One computed deadline as a calendar file, with the same lasting name as in a timeline."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from assistant.rules import Computation, Outcome, Rule, all_rules, calendar
from assistant.rules.deadlines import IN_TIME, TOO_LATE
from assistant.rules.timeline import Entry, Kind, State, Timeline
from assistant.rules.timeline_items import items
from assistant.rules.wording import REGIONS
from assistant.timeline_cli import write_calendar
from ingest.errors import InputError

_DONE = {IN_TIME: State.DONE, TOO_LATE: State.DONE_LATE}


def write_deadline(made: Computation, day: date, target: Path) -> None:
    """The deadline as a calendar file, whole or not at all, as it stands at noon on `day`.

    InputError where the computation gives no date, or the file cannot be written.
    """
    now = datetime.combine(day, time(12), calendar.ZONE)
    write_calendar(
        Timeline(
            region=made.region,
            region_name=REGIONS[made.region],
            now=now,
            setting=None,
            setting_label=None,
            setting_told=False,
            events=dict(made.inputs),
            entries=(_entry(made, now),),
            excluded=(),
            missing=(),
        ),
        target,
    )


def _entry(made: Computation, now: datetime) -> Entry:
    rule = all_rules()[made.rule]
    first, last = _limits(made)
    if last is None:
        raise InputError(
            "Beräkningen ger inget datum, så ingen kalenderfil är skriven. Ange det som saknas."
        )
    ahead = last >= (now if isinstance(last, datetime) else now.date())
    entry = Entry(
        rule=rule.id,
        kind=Kind.WINDOW if first else Kind.DEADLINE,
        what=rule.question,
        who=None,
        state=_DONE.get(str(made.value), State.COMING if ahead else State.PASSED),
        first=first,
        last=last,
        start=_start(rule, made),
        steps=made.steps,
        interpretation=made.interpretation,
        alternative=made.alternative,
        provisions=made.provisions,
    )
    item = next((item for item in items() if item.rule == rule.id), None)
    return replace(entry, what=item.what, who=item.who) if item else entry


def _limits(made: Computation) -> tuple[date | None, date | None]:
    """The first day of a window, and the last day or moment, as far as there are any."""
    if made.status not in {Outcome.DETERMINED, Outcome.UNDETERMINED}:
        return None, None
    beside = {"senast": made.details.get("senast", made.details.get("latest", made.value))}
    ends = made.value if isinstance(made.value, dict) else beside
    return _when(ends.get("tidigast")), _when(ends.get("senast"))


def _when(written: object) -> date | None:
    if not isinstance(written, str) or not written[:1].isdecimal():
        return None
    try:
        return calendar.read(written)[0]
    except calendar.ImpossibleTime:
        return None


def _start(rule: Rule, made: Computation) -> date | None:
    """What the deadline is counted from: the first known of the rule's events."""
    known = (made.inputs.get(name) for name in rule.data.get("start", ()))
    return next((when for written in known if (when := _when(written))), None)
