"""A conversation: what has been asked and answered, step by step as it happens. Shows nothing."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from assistant import regions
from assistant.answer import Answer, Question, Status
from assistant.chain import Assistant, without_personal_data
from assistant.guard import refusal
from assistant.model.steps import Done, Notice, SoFar, Waiting
from assistant.rules.wording import day_text
from assistant.understand import Understood, understand
from ingest.errors import InputError, SipError

MOST = 20  # turns and exchanges kept; older ones leave the conversation
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
NEVER_SHOWN = {"personal-data", "too-long"}  # reasons of refusal
HIDDEN = "(frågan visas inte)"
NOT_CHOSEN = "Anges i frågan"
GUARDING = "Kontrollerar att frågan inte innehåller personuppgifter"
READING = "Tolkar frågan"
ANSWERING = "Skriver svaret"
LOST = (
    "Samtalet avbröts på servern och börjar om här. Tidigare frågor finns inte kvar: skriv hela "
    "frågan igen om du vill fortsätta på en tidigare."
)
RESTARTED = (
    "Sidan har öppnats på nytt och samtalet börjar om. Samtal sparas inte, så tidigare frågor och "
    "svar finns inte kvar."
)
CUT_OFF = "Förbindelsen bröts innan svaret kom."
BROKEN = "Något gick fel när frågan skulle besvaras. Försök igen, eller fråga med andra ord."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as it may be shown, and what became of it."""

    number: int
    asked: str
    steps: tuple[str, ...] = ()
    answer: Answer | None = None
    failed: str = ""  # what the user is told where there is no answer
    so_far: Answer | None = None  # what a language model has worded and is verified

    @property
    def under_way(self) -> bool:
        """Whether the answer is still to come."""
        return self.answer is None and not self.failed


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns that a follow-up builds on, and what is shown of them. Refused turns are neither
    kept nor shown where they hold personal data.
    """

    turns: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()

    @property
    def latest(self) -> Exchange | None:
        """The last exchange, None before the first question."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def answer(self) -> Answer | None:
        """The answer last given, None where there is none."""
        return self.latest.answer if self.latest else None

    def with_(self, exchange: Exchange) -> "Conversation":
        """The conversation with that exchange in place of the one of the same number, or last."""
        # One that is still under way was cut off: nothing more will come of it.
        others = tuple(
            replace(e, failed=CUT_OFF) if e.under_way else e
            for e in self.exchanges
            if e.number != exchange.number
        )
        return replace(self, exchanges=(*others, exchange)[-MOST:])


def chosen_day(written: str, today: date) -> date:
    """The day that the field holds, today where it is empty.

    InputError, without what was written, where it is no date between 2000 and 2100.
    """
    if not written.strip():
        return today
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        raise InputError(
            "Fältet för dag innehåller inget datum. Skriv år-månad-dag, till exempel "
            f"{today.isoformat()}, eller lämna fältet tomt för i dag."
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError(
            f"Välj en dag mellan {day_text(FIRST_DAY)} och {day_text(LAST_DAY)}, eller lämna "
            "fältet tomt för i dag."
        )
    return day


def asked(
    assistant: Assistant,
    conversation: Conversation,
    question: str,
    region: str | None,
    day: date,
    who: str = "",
) -> Iterator[Conversation]:
    """The conversation as the question is read, searched for and answered; the last is whole.

    `who` is the pseudonym of whoever asks. A personal number is neither shown nor kept.
    """
    safe = without_personal_data(Question((question,), region, day)).turns[0]
    refused = refusal(safe, later=bool(conversation.turns))
    hidden = refused is not None and refused.reason in NEVER_SHOWN
    current = Exchange(_next(conversation), HIDDEN if hidden else safe)
    if refused:
        answer = Answer(Status.REFUSE, refused.text, reason=refused.reason, as_of=day)
        yield conversation.with_(replace(current, answer=answer))
        return
    turns = (*conversation.turns, question)[-MOST:]
    for told in _answered(assistant, conversation, current, Question(turns, region, day), who):
        kept = told.turns is not conversation.turns and safe != question
        yield replace(told, turns=(*told.turns[:-1], safe)) if kept else told


def asked_again(
    assistant: Assistant, conversation: Conversation, region: str, day: date, who: str = ""
) -> Iterator[Conversation]:
    """The last question put once more, to the region that was chosen when we asked which."""
    name = regions.all_regions()[region].name
    current = Exchange(_next(conversation), name)
    if not conversation.turns:
        yield conversation.with_(replace(current, failed=LOST))
        return
    question = Question(conversation.turns, region, day)
    yield from _answered(assistant, conversation, current, question, who)


def _next(conversation: Conversation) -> int:
    return conversation.latest.number + 1 if conversation.latest else 1


def _answered(
    assistant: Assistant,
    conversation: Conversation,
    current: Exchange,
    question: Question,
    who: str,
) -> Iterator[Conversation]:
    current = replace(current, steps=(GUARDING, READING))
    yield conversation.with_(current)
    try:
        current = replace(current, steps=(*current.steps, *_searching(question)))
        yield conversation.with_(current)
        with closing(assistant.steps(question, who)) as steps:
            for step in steps:
                if isinstance(step, Done):
                    answer = step.answer
                else:
                    current = _during(current, step)
                    yield conversation.with_(current)
    except SipError as error:
        yield conversation.with_(replace(current, failed=str(error)))
        return
    except Exception as error:  # the user is told, and the log gets no word of the question
        _log.error("a question could not be answered: %s", type(error).__name__)
        yield conversation.with_(replace(current, failed=BROKEN))
        return
    turns = conversation.turns if answer.status is Status.REFUSE else question.turns
    told = (*current.steps, _outcome(answer))
    dated = replace(answer, as_of=answer.as_of or question.as_of)
    whole = replace(current, so_far=None, answer=dated, steps=told)
    yield replace(conversation, turns=turns).with_(whole)


def _during(current: Exchange, step: Waiting | SoFar | Notice) -> Exchange:
    if isinstance(step, SoFar):
        return replace(current, so_far=step.answer)
    return replace(current, steps=(*current.steps, step.text))


def _searching(question: Question) -> list[str]:
    understood = understand(question)
    if not understood.regions:
        return ["Ingen region är angiven: söker i alla fem riktlinjerna"]
    named = _listed([region.name for region in understood.regions])
    return [f"{_whence(understood, question)}: {named}", "Söker i riktlinjen"]


def _whence(understood: Understood, question: Question) -> str:
    mentioned = {m.region.id for m in regions.mentions(question.turns[-1])}
    if mentioned & {region.id for region in understood.regions}:
        return "Region enligt frågan"
    return "Region enligt ditt val" if question.region else "Region enligt samtalet"


def _outcome(answer: Answer) -> str:
    computed = f"{len(answer.computations)} beräkningar, " if answer.computations else ""
    return f"{ANSWERING}: {computed}{len(answer.citations)} källor"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " och " + names[-1]
