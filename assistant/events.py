"""Which event each moment in a text belongs to: kallelse sent, meeting held, patient gone home.

Events are recognised by word stems and phrases in folded text, so that unseen wordings are met; an
event that is denied or only asked for is told apart. Several cases in one text keep their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import moment_words
from assistant.event_cases import CASE_WORD, case_at, case_marks
from assistant.event_mentions import (
    BARE,
    CLAUSE,
    HELD_OR_BOOKED,
    NOT_UNTIL,
    SENTENCE_END,
    Mention,
    Status,
    clause_around,
    find_mentions,
    sentence_around,
)
from assistant.event_words import Kind
from assistant.moments import Moment, Precision, on_day

__all__ = ["Event", "Kind", "Status", "find_events", "unplaced"]


@dataclass(frozen=True, slots=True)
class Event:
    """An event named at text[start:end], with its moment where one is given.

    `clock` is the bare time from a later sentence that `moment` was made whole with.
    """

    kind: Kind
    status: Status
    start: int
    end: int
    moment: Moment | None = None
    case: str | None = None  # "A", "1": which of several cases; None is all or the only one
    clock: Moment | None = None
    sent: bool = False  # told by its sending, not only as a state
    said: str = ""  # the folded words that name it


_SENT = re.compile(r"\b(?:skick\w*|gick|gatt|sand\w*|ivag|kom|gjord\w*|utgick)\b")
_INVITES_TO = re.compile(r"\s*(?:till|for)\s+(?:ett\s+|en\s+)?(?:\w*mot\w*|sip\w*|uppfolj\w*)")
# Of "kallade till SIP 20/11" the day is the verb's.
_OBJECT_OF = re.compile(
    r"\b(?:kalla\w*|bj[ou]d\w*\s+in|tillfraga\w*|fraga\w*|nej|ja|samtyck\w*|nekade)\s+(?:\w+\s+){0,2}?"
    r"(?:till|om)\s+(?:en\s+|ett\s+)?$"
)
# Of "bedömning av behov efter hemgång 2/11" the day is the assessment's.
_NEEDED_AFTER = re.compile(
    r"\b(?:behov\w*|insats\w*|stod\w*|hjalp\w*|\w*vard|hemtjanst)\s+(?:\w+\s+)?(?:efter|vid|infor)\s+$"
)
_BESIDE = re.compile(r"\s*(?:(?:den|pa|kl|ar|var)\b)?\s*")

_TWO = re.compile(rf"\b(?:tva|tre|2|3|bada|two|three)\s+(?:olika\s+)?{CASE_WORD}?\w*")


def find_events(text: str, moments: Sequence[Moment], today: date) -> tuple[Event, ...]:
    """The events that the text names, in order, each with the moment that belongs to it.

    `today` tells a meeting held from one booked where the words do not.
    """
    folded = moment_words.read(text)
    plain = NOT_UNTIL.sub(lambda m: "forst".ljust(len(m.group())), _blank(folded, moments))
    mentions = list(find_mentions(plain))
    places = [_place(folded, moment) for moment in moments]
    marks = case_marks(folded, plain)
    pairs = _pair(mentions, places, plain, marks)
    found = [
        _event(mention, moments[pairs[i]] if i in pairs else None, folded, marks, today)
        for i, mention in enumerate(mentions)
        if not (mention.weak and i not in pairs)
    ]
    found += _told_short(
        found, [m for n, m in enumerate(moments) if n not in pairs.values()], marks
    )
    return tuple(
        sorted(
            _numbered(_whole(found, moments, places, plain, mentions), plain, moments, marks),
            key=_order,
        )
    )


def unplaced(moments: Sequence[Moment], events: Sequence[Event]) -> tuple[Moment, ...]:
    """The moments that no event took: the answer must say that they were not used."""
    taken = {(m.start, m.end) for e in events for m in (e.moment, e.clock) if m}
    return tuple(
        m for m in moments if not any(start <= m.start and m.end <= end for start, end in taken)
    )


def _order(event: Event) -> tuple[int, int]:
    return event.start, event.moment.start if event.moment else -1


def _blank(folded: moment_words.Folded, moments: Sequence[Moment]) -> str:
    """The folded text with each moment made a run of marks, so that no pattern reads in it."""
    plain = folded.text
    for moment in moments:
        start, end = _place(folded, moment)
        plain = plain[:start] + "\x04" * (end - start) + plain[end:]
    return plain


def _place(folded: moment_words.Folded, moment: Moment) -> tuple[int, int]:
    inside = [i for i, at in enumerate(folded.at) if moment.start <= at < moment.end]
    return inside[0], inside[-1] + 1


def _pair(
    mentions: list[Mention],
    places: list[tuple[int, int]],
    plain: str,
    marks: list[tuple[int, str]],
) -> dict[int, int]:
    """Which moment each mention has, by number: the nearest that nothing else stands between."""
    costs = sorted(
        (cost, i, j)
        for i, mention in enumerate(mentions)
        for j, place in enumerate(places)
        if (cost := _cost(mention, place, mentions, places, plain, marks)) is not None
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in costs:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _cost(
    mention: Mention,
    place: tuple[int, int],
    mentions: list[Mention],
    places: list[tuple[int, int]],
    plain: str,
    marks: list[tuple[int, str]],
) -> int | None:
    after = place[0] >= mention.end
    low, high = (mention.end, place[0]) if after else (place[1], mention.start)
    between = plain[low:high]
    if case_at(mention.start, marks) != case_at(place[0], marks):
        return None
    ends = len(SENTENCE_END.findall(between))
    if ends > 1 or (ends and (not after or mention.weak)):
        return None
    cost = len(between) + 90 * ends + 30 * len(CLAUSE.findall(between)) + (0 if after else 10)
    cost += 60 * sum(1 for s, e in places if low <= s and e <= high)
    cost += 35 * sum(1 for m in mentions if low <= m.start and m.end <= high and not m.weak)
    if mention.status is Status.ASKED:
        cost += 120
    if mention.weak:
        cost += 25
    if mention.kind in BARE and _OBJECT_OF.search(plain, 0, mention.start):
        cost += 60
    elif mention.kind in BARE and after and _BESIDE.fullmatch(between):
        cost -= 30  # "kallelsen till mötet den 3 december"
    if mention.kind is Kind.UTSKRIVEN and _NEEDED_AFTER.search(plain, 0, mention.start):
        cost += 60
    if mention.kind is Kind.KALLELSE_SKICKAD and _INVITES_TO.match(plain, mention.end):
        clause = clause_around(plain, mention.start, mention.end)
        cost += 0 if _SENT.search(" ".join(clause)) else 60
    limit = 200 if after else 110
    return cost if cost <= limit else None


def _event(
    mention: Mention,
    moment: Moment | None,
    folded: moment_words.Folded,
    marks: list[tuple[int, str]],
    today: date,
) -> Event:
    start, end = folded.span(mention.start, mention.end)
    kind, status = mention.kind, mention.status
    if kind in HELD_OR_BOOKED:
        held, booked = HELD_OR_BOOKED[kind]
        day = (moment.date or moment.first) if moment else None
        been = mention.been
        if been is None and day is not None:
            been = day <= today
        kind = booked if been is False else held
    case = case_at(mention.start, marks)
    said = folded.text[mention.start : mention.end]
    return Event(kind, status, start, end, moment, case, sent=mention.sent, said=said)


def _whole(
    events: list[Event],
    moments: Sequence[Moment],
    places: list[tuple[int, int]],
    plain: str,
    mentions: list[Mention],
) -> list[Event]:
    """An event whose moment is a mere day takes the bare time that is told for it alone."""
    taken = {e.moment.start for e in events if e.moment}
    bare = [
        (moment, place)
        for moment, place in zip(moments, places, strict=True)
        if moment.start not in taken and (moment.date is None or moment.assumed) and _timed(moment)
    ]
    whole = []
    days = {e.moment.date for e in events if e.moment}
    for event in events:
        day = event.moment
        if day is None or day.precision is not Precision.DAY or day.problem or day.date is None:
            whole.append(event)
            continue
        near = [m for m, _ in bare if m.date == day.date and day.end <= m.start <= day.end + 60]
        alone = [
            moment
            for moment, place in bare
            if len(days) == 1
            and moment.date in (None, day.date)
            and not _spoken_of(mentions, *sentence_around(plain, *place))
        ]
        if clock := next(iter(near or alone), None):
            bare = [(m, place) for m, place in bare if m is not clock]
            event = replace(event, moment=on_day(clock, day.date, said_by=day), clock=clock)
        whole.append(event)
    return whole


def _timed(moment: Moment) -> bool:
    return moment.time is not None or moment.between is not None


def _spoken_of(mentions: list[Mention], first: int, last: int) -> bool:
    return any(first <= mention.start < last and not mention.weak for mention in mentions)


def _told_short(
    events: list[Event], free: Sequence[Moment], marks: list[tuple[int, str]]
) -> list[Event]:
    """A later case that only gives its moments ("B 14/3 kl 13") has the events of the first."""
    labels = list(dict.fromkeys(label for _, label in marks))
    told: list[Event] = []
    for (start, label), following in zip(marks, [*marks[1:], (10**9, "")], strict=False):
        own = [m for m in free if start <= m.start < following[0]]
        if not own or any(event.case == label for event in events):
            continue
        first = [e for e in events if e.moment and e.case in (labels[0], None)]
        for event, moment in zip(first, own, strict=False):
            told.append(replace(event, moment=moment, case=label))
    return told


def _numbered(
    events: list[Event], plain: str, moments: Sequence[Moment], marks: list[tuple[int, str]]
) -> list[Event]:
    """Two cases told as one event with several moments are numbered 1, 2."""
    dated = [event for event in events if event.moment]
    free = list(unplaced(moments, events))
    if marks or not _TWO.search(plain) or len(dated) != 1 or not free:
        return events
    others = [event for event in events if event is not dated[0]]
    every = sorted([dated[0].moment, *free], key=lambda m: m.start if m else 0)
    return others + [
        replace(dated[0], moment=moment, case=str(n)) for n, moment in enumerate(every, 1)
    ]
