"""Where a folded text names an event, and how it speaks of it: told, planned, denied or asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.event_words import HELD_AGAIN, PATTERNS, SENT_AGAIN, Kind


class Status(StrEnum):
    """How the text speaks of the event."""

    TOLD = "told"  # it happened, or is said to happen then
    PLANNED = "planned"
    DENIED = "denied"
    ASKED = "asked"  # "när ska SIP hållas?"


# A sentence ends at a stop that a letter or nothing follows, but not after an abbreviation.
SENTENCE_END = re.compile(
    r"(?<!\bkl)(?<!\bca)(?<!utskr)(?<!inskr)(?<!\bpat)(?<!bed)(?<!bedomn)(?<!\bavd)(?<!\bdec)(?<!\bnov)[.?!;](?=\s|$)|\n"
)
CLAUSE = re.compile(
    r",|\s(?:och|men|nar|sedan|sa|medan|innan|efter\s+att|for\s+att|fast|dar|som|darefter|and|but|when)\s"
)
_DENIED = re.compile(r"\b(?:inte|ej|aldrig|ingen|inget|inga|icke|utan|saknas?|not|never|no)\b")
_ASKED = re.compile(
    r"\b(?:nar|hur\s+(?:snart|lange|lang|fort|manga)|vilke[nt]\s+(?:dag|datum|tid)|vad\s+ar\s+(?:sista|"
    r"senaste)|vem|senast|sista\s+dag\w*|when|how\s+(?:soon|long|many)|deadline)\b[^.?!]*$"
)
_ASKS = re.compile(r"\bnar\s+\w*\s*$")
_OPENS = re.compile(r"\s*(?:och\s+|men\s+)?nar\b")
# What was asked for is counted from this: "när ska den skickas efter utskrivningsklar 12/10?"
_COUNTED_FROM = re.compile(
    r"\b(?:efter|fran|sedan|sen|fore|innan|infor|after|from|since|before)\s+"
    r"(?:(?:den|det|att|ett|en|forra|forsta|senaste|sista|vart|the|sip)\s+){0,2}$"
)
_COMES = re.compile(
    r"\s*(?:(?:meddelandet\s+)?(?:kom|skickades|gick|blev|har|hade|var|sandes|kommit|gatt)|ar\s+skickad)\b"
)
# "… när pat skrivs ut 27 november" tells too: what is asked for has no moment of its own.
_DATED = re.compile(r"\s*(?:(?:den|pa|kl)\s+)?\x04")
_DENIED_SOON = re.compile(r"\s*(?:\w+\s+){1,2}(?:inte|ej|aldrig)\b")
# "gick inte förrän 3/3" tells when, and denies nothing.
NOT_UNTIL = re.compile(r"\b(?:inte|ej|aldrig)\s+forran\b")
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
_WAS_SENT = re.compile(r"\b(?:skick\w*|sandes?|sant[s]?|ivag|utgick|gick|gatt)\b")
_MESSAGES = (
    Kind.KALLELSE_SKICKAD,
    Kind.UTSKRIVNINGSKLAR_SKICKAD,
    Kind.INSKRIVNINGSMEDDELANDE_SKICKAT,
    Kind.UTSKRIVNINGSMEDDELANDE_SKICKAT,
)
_GENDER = {
    "den": frozenset({Kind.KALLELSE_SKICKAD}),
    "det": frozenset(_MESSAGES[1:]),
    "meddelandet": frozenset(_MESSAGES[1:]),
}
HELD_OR_BOOKED = {
    Kind.MOTE_HALLET: (Kind.MOTE_HALLET, Kind.MOTE_BOKAT),
    Kind.UPPFOLJNING_GJORD: (Kind.UPPFOLJNING_GJORD, Kind.UPPFOLJNING_BOKAD),
}
# Words that name the thing as well as the event: without a moment or a verb they tell nothing.
BARE = frozenset({Kind.MOTE_HALLET, Kind.UPPFOLJNING_GJORD})


@dataclass(frozen=True, slots=True)
class Mention:
    """An event named at [start, end) of the folded text."""

    kind: Kind
    start: int
    end: int
    status: Status
    weak: bool  # counts only beside a moment
    been: bool | None  # for meetings: held, booked, not said
    sent: bool


def find_mentions(plain: str) -> Iterator[Mention]:
    """The events named, in order, each with how it is spoken of."""
    left = plain
    found: list[Mention] = []
    for kind, pattern in PATTERNS:
        for match in list(pattern.finditer(left)):
            if not match.group().strip():
                continue
            found.append(_mention(kind, match, plain))
            left = left[: match.start()] + "\x05" * len(match.group()) + left[match.end() :]
    found += list(_sent_again(left, plain, found))
    found += list(_held_again(left, plain, found))
    yield from sorted(found, key=lambda mention: mention.start)


def _sent_again(left: str, plain: str, named: list[Mention]) -> Iterator[Mention]:
    """A message meant by "den" or by its sending alone: the nearest one named before."""
    messages = [mention for mention in named if mention.kind in _MESSAGES]
    for match in SENT_AGAIN.finditer(left):
        clause, rest = clause_around(plain, *match.span())
        first, last = match.start() - len(clause), match.end() + len(rest)
        if any(first <= mention.start < last for mention in messages):
            continue
        before = [mention for mention in messages if mention.end <= match.start()]
        it = match["it"] or match["it2"]
        gender = _GENDER.get(it or "", frozenset(_MESSAGES))
        meant = [m for m in before if m.kind in gender] or before
        if meant:
            yield _mention(meant[-1].kind, match, plain)


def _held_again(left: str, plain: str, named: list[Mention]) -> Iterator[Mention]:
    """A meeting meant by a pronoun: the one named before, outside the clause."""
    for match in HELD_AGAIN.finditer(left):
        clause, _ = clause_around(plain, *match.span())
        first = match.start() - len(clause)
        if any(m.kind is Kind.MOTE_HALLET and m.end <= first for m in named) and not any(
            m.kind in BARE and first <= m.start < match.start() for m in named
        ):
            yield _mention(Kind.MOTE_HALLET, match, plain)


def _mention(kind: Kind, match: re.Match[str], plain: str) -> Mention:
    start, end = match.span()
    before, after = clause_around(plain, start, end)
    if _COUNTED_FROM.search(before):
        before = ""  # what is said there is said of what is asked for
    inside = match.group()
    around = f"{before} {inside} {after}"
    status = _status(before, inside, after)
    been = None
    if kind in HELD_OR_BOOKED:
        been = True if _BEEN.search(around) else False if _AHEAD.search(around) else None
    if kind is Kind.KALLELSE_SKICKAD and _RECEIVED.search(around):
        kind = Kind.KALLELSE_MOTTAGEN
    weak = (kind in BARE and been is None) or bool(_WEAK.fullmatch(inside))
    return Mention(kind, start, end, status, weak, been, bool(_WAS_SENT.search(around)))


def _status(before: str, inside: str, after: str) -> Status:
    around = f"{before} {inside} {after}"
    # "… när utskrivningsklar kom 6 mars" tells; "när kom utskrivningsklar?" asks.
    comes = _COMES.match(after) or _DATED.match(after)
    told = comes and _ASKS.search(before) and not _OPENS.match(before)
    if not told and (_ASKS.search(before) or (_ASKED.search(before) and _HAS_TO.search(around))):
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


def clause_around(plain: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same clause."""
    sentence, stop = sentence_around(plain, start, end)
    before = plain[sentence:start]
    cut = max(
        (m.end() for m in re.finditer(r",|\s(?:och|men|sedan|sa|fast|om|ifall|som|dar)\s", before)),
        default=0,
    )
    after = plain[end:stop]
    tail = match.start() if (match := CLAUSE.search(after)) else len(after)
    return before[cut:], after[:tail]


def sentence_around(plain: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around begins and ends."""
    first = max((m.end() for m in SENTENCE_END.finditer(plain, 0, start)), default=0)
    return first, match.start() if (match := SENTENCE_END.search(plain, end)) else len(plain)
