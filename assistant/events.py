"""Which event each moment in a text belongs to: kallelse sent, meeting held, patient gone home.

Events are recognised by word stems and phrases in folded text, so that unseen wordings are met; an
event that is denied or only asked for is told apart. Several cases in one text keep their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant import moment_words
from assistant.event_words import PATTERNS, Kind
from assistant.moments import Moment, Precision

__all__ = ["Event", "Kind", "Status", "find_events", "unplaced"]


class Status(StrEnum):
    """How the text speaks of the event."""

    TOLD = "told"  # it happened, or is said to happen then
    PLANNED = "planned"
    DENIED = "denied"
    ASKED = "asked"  # "när ska SIP hållas?"


@dataclass(frozen=True, slots=True)
class Event:
    """An event named at text[start:end], with its moment where one is given."""

    kind: Kind
    status: Status
    start: int
    end: int
    moment: Moment | None = None
    case: str | None = None  # "A", "1": which of several cases; None is all or the only one


# A sentence ends at a stop that a letter or nothing follows, but not after an abbreviation.
_SENTENCE_END = re.compile(
    r"(?<!\bkl)(?<!\bca)(?<!utskr)(?<!inskr)(?<!\bpat)(?<!\bavd)(?<!\bdec)(?<!\bnov)[.?!;](?=\s|$)|\n"
)
_CLAUSE = re.compile(
    r",|\s(?:och|men|nar|sedan|sa|medan|innan|efter\s+att|for\s+att|fast|dar|som|darefter|and|but|when)\s"
)
_DENIED = re.compile(r"\b(?:inte|ej|aldrig|ingen|inget|inga|icke|utan|saknas?|not|never|no)\b")
_ASKED = re.compile(
    r"\b(?:nar|hur\s+(?:snart|lange|lang|fort|manga)|vilke[nt]\s+(?:dag|datum|tid)|vad\s+ar\s+(?:sista|"
    r"senaste)|vem|senast|sista\s+dag\w*|when|how\s+(?:soon|long|many)|deadline)\b[^.?!]*$"
)
_ASKS = re.compile(r"\bnar\s+\w*\s*$")
_DENIED_SOON = re.compile(r"\s*(?:\w+\s+){1,2}(?:inte|ej|aldrig)\b")
_HAS_TO = re.compile(r"\b(?:ska|skall|maste|far|bor|behover|kan|should|must|has\s+to)\b")
_AHEAD = re.compile(
    r"\b(?:ska|skall|kommer|planera\w*|boka\w*|inboka\w*|inplanera\w*|bokat|tankt|blir|preliminar\w*|berakna\w*|"
    r"vill|hoppas|will|planned|booked|satt\w*\s+till)\b"
)
_BEEN = re.compile(
    r"\b(?:holls?|hallits|hade|var|gjord\w*|gjorts|genomford\w*|genomforts|agde|skedde|traffade\w*|"
    r"mottes|har\s+haft|blev|avslutades|folj(?:de|des|t|ts)|was|held|took)\b"
)
_RECEIVED = re.compile(r"\b(?:mottag\w*|mottog\w*|tog\s+emot|fick|fatt|kom\s+(?:till|in)|inkom)\b")
# Nouns that as often name the process as the event.
_WEAK = re.compile(
    r"hem|utskr\.?|utskrivning(?:en|sdag\w*|sdatum\w*)?|inskrivning(?:en)?|inskr\.|bedomning\w*|"
    r"inlaggning\w*"
)
_SENT = re.compile(r"\b(?:skick\w*|gick|gatt|sand\w*|ivag|kom|gjord\w*|utgick)\b")
_INVITES_TO = re.compile(r"\s*(?:till|for)\s+(?:ett\s+|en\s+)?(?:\w*mot\w*|sip\w*|uppfolj\w*)")
# Of "kallade till SIP 20/11" the day is the verb's.
_OBJECT_OF = re.compile(
    r"\b(?:kalla\w*|bj[ou]d\w*\s+in|tillfraga\w*|fraga\w*|nej|ja|samtyck\w*|nekade)\s+(?:\w+\s+){0,2}?"
    r"(?:till|om)\s+(?:en\s+|ett\s+)?$"
)
_BESIDE = re.compile(r"\s*(?:(?:den|pa|kl|ar|var)\b)?\s*")
_HELD_OR_BOOKED = {
    Kind.MOTE_HALLET: (Kind.MOTE_HALLET, Kind.MOTE_BOKAT),
    Kind.UPPFOLJNING_GJORD: (Kind.UPPFOLJNING_GJORD, Kind.UPPFOLJNING_BOKAD),
}
# Words that name the thing as well as the event: without a moment or a verb they tell nothing.
_BARE = frozenset({Kind.MOTE_HALLET, Kind.UPPFOLJNING_GJORD})

_CASE_WORD = r"(?:fall(?:et)?|patient(?:en)?|pat|person(?:en)?|brukare(?:n)?|arende(?:t)?|case)"
_CASES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b{_CASE_WORD}\s+(?P<label>[a-d]|[1-4])\b|\b(?P<label2>[a-d]|[1-4])\s?[:)]\s"),
    re.compile(
        r"\b(?:(?:den|det)\s+)?(?P<label>forsta|andra|tredje|ena)\b(?=\s+(?:fallet|patienten|pat\b|"
        r"personen|brukaren|arendet|blev|skickades|var|ar|gick|akte|kom|skrevs|utskr\w*|fick|\x04|hade))"
    ),
)
_LETTER = re.compile(r"(?<![\w§.-])([A-D])(?=[\s:),.])")
_NOT_A_CASE = re.compile(r"\b(?:hepatit|vitamin|plan|grupp|klass|typ|avd|punkt|§|kap\.?|och)\s$")
_TWO = re.compile(rf"\b(?:tva|tre|2|3|bada|two|three)\s+(?:olika\s+)?{_CASE_WORD}?\w*")
_ORDER = {"forsta": "1", "ena": "1", "andra": "2", "tredje": "3"}


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: Kind
    start: int  # in the folded text
    end: int
    status: Status
    weak: bool  # counts only beside a moment
    been: bool | None  # for meetings: held, booked, not said


def find_events(text: str, moments: Sequence[Moment], today: date) -> tuple[Event, ...]:
    """The events that the text names, in order, each with the moment that belongs to it.

    `today` tells a meeting held from one booked where the words do not.
    """
    folded = moment_words.read(text)
    plain = _blank(folded, moments)
    mentions = list(_mentions(plain))
    places = [_place(folded, moment) for moment in moments]
    marks = _case_marks(folded, plain)
    pairs = _pair(mentions, places, plain, marks)
    found = [
        _event(mention, moments[pairs[i]] if i in pairs else None, folded, marks, today)
        for i, mention in enumerate(mentions)
        if not (mention.weak and i not in pairs)
    ]
    found += _told_short(
        found, [m for n, m in enumerate(moments) if n not in pairs.values()], marks
    )
    return tuple(sorted(_numbered(_whole(found, moments, text), plain, moments, marks), key=_order))


def unplaced(moments: Sequence[Moment], events: Sequence[Event]) -> tuple[Moment, ...]:
    """The moments that no event took: the answer must say that they were not used."""
    taken = {(e.moment.start, e.moment.end) for e in events if e.moment}
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


def _mentions(plain: str) -> Iterator[_Mention]:
    left = plain
    found: list[_Mention] = []
    for kind, pattern in PATTERNS:
        for match in list(pattern.finditer(left)):
            if not match.group().strip():
                continue
            found.append(_mention(kind, match, plain))
            left = left[: match.start()] + "\x05" * len(match.group()) + left[match.end() :]
    yield from sorted(found, key=lambda mention: mention.start)


def _mention(kind: Kind, match: re.Match[str], plain: str) -> _Mention:
    start, end = match.span()
    before, after = _clause(plain, start, end)
    inside = match.group()
    around = f"{before} {inside} {after}"
    status = _status(before, inside, after)
    been = None
    if kind in _HELD_OR_BOOKED:
        been = True if _BEEN.search(around) else False if _AHEAD.search(around) else None
    if kind is Kind.KALLELSE_SKICKAD and _RECEIVED.search(around):
        kind = Kind.KALLELSE_MOTTAGEN
    weak = (kind in _BARE and been is None) or bool(_WEAK.fullmatch(inside))
    return _Mention(kind, start, end, status, weak, been)


def _status(before: str, inside: str, after: str) -> Status:
    around = f"{before} {inside} {after}"
    if _ASKS.search(before) or (_ASKED.search(before) and _HAS_TO.search(around)):
        return Status.ASKED
    denied = (
        _DENIED.search(before[-40:]),
        _DENIED.search(inside),
        _DENIED.match(after.lstrip()),
        _DENIED_SOON.match(after),
    )
    if any(denied):
        return Status.DENIED
    return Status.PLANNED if _AHEAD.search(f"{before} {after}") else Status.TOLD


def _clause(plain: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same clause."""
    sentence = max((m.end() for m in _SENTENCE_END.finditer(plain, 0, start)), default=0)
    stop = match.start() if (match := _SENTENCE_END.search(plain, end)) else len(plain)
    before = plain[sentence:start]
    cut = max(
        (m.end() for m in re.finditer(r",|\s(?:och|men|sedan|sa|fast|om|ifall)\s", before)),
        default=0,
    )
    after = plain[end:stop]
    tail = match.start() if (match := _CLAUSE.search(after)) else len(after)
    return before[cut:], after[:tail]


def _pair(
    mentions: list[_Mention],
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
    mention: _Mention,
    place: tuple[int, int],
    mentions: list[_Mention],
    places: list[tuple[int, int]],
    plain: str,
    marks: list[tuple[int, str]],
) -> int | None:
    after = place[0] >= mention.end
    low, high = (mention.end, place[0]) if after else (place[1], mention.start)
    between = plain[low:high]
    if _case_at(mention.start, marks) != _case_at(place[0], marks):
        return None
    ends = len(_SENTENCE_END.findall(between))
    if ends > 1 or (ends and (not after or mention.weak)):
        return None
    cost = len(between) + 90 * ends + 30 * len(_CLAUSE.findall(between)) + (0 if after else 10)
    cost += 60 * sum(1 for s, e in places if low <= s and e <= high)
    cost += 35 * sum(1 for m in mentions if low <= m.start and m.end <= high and not m.weak)
    if mention.status is Status.ASKED:
        cost += 120
    if mention.weak:
        cost += 25
    if mention.kind in _BARE and _OBJECT_OF.search(plain, 0, mention.start):
        cost += 60
    elif mention.kind in _BARE and after and _BESIDE.fullmatch(between):
        cost -= 30  # "kallelsen till mötet den 3 december"
    if mention.kind is Kind.KALLELSE_SKICKAD and _INVITES_TO.match(plain, mention.end):
        clause = _clause(plain, mention.start, mention.end)
        cost += 0 if _SENT.search(" ".join(clause)) else 60
    limit = 200 if after else 110
    return cost if cost <= limit else None


def _event(
    mention: _Mention,
    moment: Moment | None,
    folded: moment_words.Folded,
    marks: list[tuple[int, str]],
    today: date,
) -> Event:
    start, end = folded.span(mention.start, mention.end)
    kind, status = mention.kind, mention.status
    if kind in _HELD_OR_BOOKED:
        held, booked = _HELD_OR_BOOKED[kind]
        day = (moment.date or moment.first) if moment else None
        been = mention.been
        if been is None and day is not None:
            been = day <= today
        kind = booked if been is False else held
    return Event(kind, status, start, end, moment, _case_at(mention.start, marks))


def _whole(events: list[Event], moments: Sequence[Moment], text: str) -> list[Event]:
    """An event whose moment is a mere day takes the bare time that follows it."""
    taken = {e.moment.start for e in events if e.moment}
    whole = []
    for event in events:
        moment = event.moment
        if moment and moment.precision is Precision.DAY and not moment.problem:
            for later in moments:
                bare = later.assumed and later.date == moment.date and later.start not in taken
                if bare and moment.end <= later.start <= moment.end + 60:
                    both = replace(later, start=moment.start, text=text[moment.start : later.end])
                    whole.append(replace(event, moment=both))
                    break
            else:
                whole.append(event)
        else:
            whole.append(event)
    return whole


def _case_marks(folded: moment_words.Folded, plain: str) -> list[tuple[int, str]]:
    """Where each case begins in the folded text; empty unless there are two or more."""
    letters = [
        (i, match.group(1))
        for match in _LETTER.finditer(folded.original)
        for i in [folded.at.index(match.start())]
        if not _NOT_A_CASE.search(folded.original[: match.start()].lower())
        or folded.original[: match.start()].lower().endswith("och ")
    ]
    if len({label for _, label in letters}) > 1:
        return _behind(letters, plain)
    for pattern in _CASES:
        marks = []
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            label = groups["label"] or groups.get("label2") or ""
            marks.append((match.start(), _ORDER.get(label, label.upper())))
        if len({label for _, label in marks}) > 1:
            return _behind(marks, plain)
    return []


def _behind(marks: list[tuple[int, str]], plain: str) -> list[tuple[int, str]]:
    """The marks moved to where their case begins, where they stand behind it ("… i fall A")."""
    if "\x04" not in plain[: marks[0][0]] or "\x04" in plain[marks[-1][0] :]:
        return marks
    starts = [0, *(start for start, _ in marks[:-1])]
    return [(start, label) for start, (_, label) in zip(starts, marks, strict=True)]


def _case_at(position: int, marks: list[tuple[int, str]]) -> str | None:
    label = None
    for start, name in marks:
        if start <= position:
            label = name
    return label


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
