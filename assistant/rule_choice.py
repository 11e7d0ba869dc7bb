"""Which rule computes the answer: by what starts its clock, by what is asked for and found."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assistant.event_words import Kind
from assistant.reading import Reading
from assistant.rules import Computation, Outcome, Rule, all_rules
from assistant.search import Found

_COMPUTED = {"deadline", "window", "earliest_of", "notice", "admission_notice"}
# A meeting stands for the plan made or followed up at it, where only the meeting is told.
_STANDS_FOR = {"mote": ("sip_upprattad", "uppfoljd")}
_TOO_FAR = 8  # a rule whose provision was found later than this is not what was asked for
_SURE = 3  # found before this, the rule may also ask for what it lacks
# What is asked for by a name of its own: a rule that sets a time for something else is not meant.
_EXACT = frozenset(
    {
        "dokumenterad",
        "kvitterat",
        "planeringsunderlag_klart",
        "inskrivningsmeddelande_skickat",
        "lokalt_mote",
    }
)
_NOT_ASKED_BACK = {"fel process"}  # a reason that says only that another rule was meant


class Choice(NamedTuple):
    """A rule with what spoke for it."""

    rule: Rule
    place: int  # where its provision was found; 0 is first
    meant: bool  # it sets a time for what the question names


def to_be_said(made: Computation, chosen: Choice) -> bool:
    """Whether the outcome answers the question, or shows that another rule was meant."""
    if made.reason in _NOT_ASKED_BACK:
        return False
    open_ = made.status in {Outcome.NOT_APPLICABLE, Outcome.UNDETERMINED}
    return not open_ or chosen.meant or chosen.place < _SURE


def chosen_rule(
    region: str,
    found: Sequence[Found],
    reading: Reading,
    asked: frozenset[str],
    *,
    judged: bool,
) -> Choice | None:
    """The rule of the region that fits the question best; None where none is started and fits.

    `asked` is what the question wants a time for, `judged` whether it asks if that was kept.
    """
    place = {f.provision.id: n for n, f in enumerate(found[:_TOO_FAR])}
    best: tuple[tuple[float, int, str], Choice] | None = None
    for rule in all_rules().values():
        if (
            rule.region != region
            or rule.family not in _COMPUTED
            or not started(rule, reading, asked)
            or not _is_told(rule, reading)
        ):
            continue
        ranks = [place[key] for key in (rule.id, *rule.provisions) if key in place]
        ends = rule.data.get("done", ())
        done = any(name in completed(reading.inputs, rule) for name in ends)
        meant = not asked.isdisjoint(ends) or (judged and done)
        if asked and asked <= _EXACT and not meant:
            continue
        if not (ranks or meant) or (rule.data.get("amount") == 0 and min(ranks, default=1) > 0):
            continue
        near = min(ranks, default=_TOO_FAR)
        # What the question names goes before what was found; of rules on one provision, its own.
        order = near - (5 if judged else 2) * done - 6 * meant
        key = (order, 0 if rule.id in place else 1, rule.id)
        if best is None or key < best[0]:
            best = (key, Choice(rule, near, meant))
    return None if best is None else best[1]


def rules_setting(region: str, goal: str, found: Sequence[Found]) -> list[Rule]:
    """The region's rules that set a time for the goal in the usual case, nearest found first."""
    place = {f.provision.id: n for n, f in enumerate(found)}
    fitting = [
        rule
        for rule in all_rules().values()
        if rule.region == region
        and rule.family in _COMPUTED
        and goal in rule.data.get("done", ())
        and "only_if_told" not in rule.data
    ]
    return sorted(fitting, key=lambda rule: (place.get(rule.id, len(place)), rule.id))


def _is_told(rule: Rule, reading: Reading) -> bool:
    """Whether the case that the rule is for was told, where it is for a special one."""
    case = rule.data.get("only_if_told")
    return case is None or bool(reading.inputs.get(case))


def notice_given(region: str, reading: Reading) -> Rule | None:
    """The rule on how long before a meeting it is called, where the call is told but no meeting."""
    for rule in all_rules().values():
        if rule.family != "notice" or rule.region != region:
            continue
        if known(rule.data["done"], reading) and not known(rule.data["start"], reading):
            return rule
    return None


def started(rule: Rule, reading: Reading, asked: frozenset[str]) -> list[str]:
    """The events told that start the rule's clock; a meeting held stands for the plan made at it.

    Of several, the rule takes the first, or each of them where the earliest limit counts.
    """
    starts = rule.data.get("start", ())
    told = known(starts, reading)
    held = reading.events.get("mote")
    stands_in = held is not None and held.kind is Kind.MOTE_HALLET and "uppfoljd" in asked
    if not told and stands_in and "sip_upprattad" in starts:
        return ["mote"]
    return told if rule.family == "earliest_of" else told[:1]


def known(names: Sequence[str], reading: Reading) -> list[str]:
    """Those of the inputs that are told, in doubt or not."""
    return [name for name in names if reading.has(name)]


def completed(inputs: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """The inputs, with a meeting standing for the plan where the rule asks for the plan."""
    given = dict(inputs)
    for told, names in _STANDS_FOR.items():
        for name in names:
            counted = name in rule.data.get("done", ())
            if told in given and counted and name not in given:
                given[name] = given[told]
    return given
