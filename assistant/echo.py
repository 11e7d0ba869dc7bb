"""What a computation was made from, said back in one sentence: so that a misreading is seen."""

from collections.abc import Sequence
from datetime import date

from assistant.event_words import Kind
from assistant.events import Event
from assistant.moments import Moment
from assistant.rules.wording import listed, when_text

# Each event as it is said of what has been, and of what is to come.
_SAID = {
    Kind.BEHOV_KANT: ("behovet blev känt", "behovet blir känt"),
    Kind.INSKRIVEN: ("patienten skrevs in", "patienten skrivs in"),
    Kind.LAKARBEDOMNING: ("läkaren gjorde sin bedömning", "läkaren gör sin bedömning"),
    Kind.INSKRIVNINGSMEDDELANDE_SKICKAT: (
        "inskrivningsmeddelandet skickades",
        "inskrivningsmeddelandet skickas",
    ),
    Kind.PLANERINGSUNDERLAG: ("planeringsunderlaget blev klart", "planeringsunderlaget blir klart"),
    Kind.UTSKRIVNINGSKLAR_SKICKAD: ("utskrivningsklar skickades", "utskrivningsklar skickas"),
    Kind.UTSKRIVNINGSMEDDELANDE_SKICKAT: (
        "utskrivningsmeddelandet skickades",
        "utskrivningsmeddelandet skickas",
    ),
    Kind.BERAKNAT_UTSKRIVNINGSDATUM: (
        "beräknat utskrivningsdatum var",
        "beräknat utskrivningsdatum är",
    ),
    Kind.UTSKRIVEN: ("patienten skrevs ut", "patienten skrivs ut"),
    Kind.KALLELSE_SKICKAD: ("kallelsen skickades", "kallelsen skickas"),
    Kind.KALLELSE_MOTTAGEN: ("kallelsen togs emot", "kallelsen tas emot"),
    Kind.DOKUMENTERAD: ("delen dokumenterades", "delen dokumenteras"),
    Kind.MOTE_BOKAT: ("mötet hölls", "mötet hålls"),
    Kind.MOTE_HALLET: ("mötet hölls", "mötet hålls"),
    Kind.PLAN_UPPRATTAD: ("SIP upprättades", "SIP upprättas"),
    Kind.UPPFOLJNING_BOKAD: ("uppföljningen gjordes", "uppföljningen görs"),
    Kind.UPPFOLJNING_GJORD: ("senaste uppföljningen gjordes", "uppföljningen görs"),
    Kind.LANSAVSTAMNINGSMOTE: ("länsavstämningsmötet hölls", "länsavstämningsmötet hålls"),
}
_WHEN_ASKED = {
    "utskrivningsklar_skickat": "Vilken tid skickades meddelandet om utskrivningsklar?",
    "lakarbedomning": "Vilken tid gjorde läkaren sin bedömning?",
    "inskrivningsmeddelande_skickat": "Vilken tid skickades inskrivningsmeddelandet?",
    "meddelande_skickat": "Vilken tid skickades meddelandet?",
    "utskrivningsmeddelande_skickat": "Vilken tid skickades utskrivningsmeddelandet?",
}


def echo(events: Sequence[Event], today: date, *, supposed: bool = False) -> str:
    """The events and moments that were counted with, in a sentence; empty where there are none.

    `supposed`: the first event was not named, only its moment.
    """
    told = [said for event in events if (said := _told(event, today))]
    if not told:
        return ""
    begins = "Jag har räknat med att" if not supposed else "Jag har antagit att"
    notes = dict.fromkeys(
        note for event in events if event.moment and (note := _note(event.moment))
    )
    taken = f" ({'; '.join(notes)})" if notes else ""
    return f"{begins} {listed(told)}{taken}."


def not_counted(moments: Sequence[Moment]) -> str:
    """That these moments of the question were not counted with; empty where there are none."""
    if not moments:
        return ""
    return f"Jag har inte räknat med {listed([_plain(moment) for moment in moments])}."


def asked_when(names: Sequence[str]) -> str:
    """The question for the clock time of the first of these inputs."""
    return next((_WHEN_ASKED[n] for n in names if n in _WHEN_ASKED), "Vilket klockslag var det?")


def _told(event: Event, today: date) -> str:
    moment = event.moment
    if moment is None or moment.date is None or event.kind not in _SAID:
        return ""
    been, coming = _SAID[event.kind]
    return f"{coming if moment.date > today else been} {_when(moment)}"


def _when(moment: Moment) -> str:
    if moment.at is not None:
        return when_text(moment.at)
    if moment.time is None and moment.between is None and moment.date is not None:
        return when_text(moment.date)
    return _plain(moment)


def _note(moment: Moment) -> str:
    """What was taken for granted of the moment: "jag utgår från år 2026"."""
    return moment.said.partition(" (")[2].removesuffix(")")


def _plain(moment: Moment) -> str:
    return moment.said.split(" (")[0].replace(" kl. ", " klockan ")
