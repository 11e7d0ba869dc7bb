"""The answer in the model's words: asked for, verified statement by statement, mended once."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant import regions
from assistant.answer import Answer
from assistant.model import prompt
from assistant.model.assemble import COMPUTED, Frame
from assistant.model.draft import Draft, Evidence, Fault
from assistant.model.fit import unfit
from assistant.model.job import Job
from assistant.model.line import Line, Request
from assistant.model.parse import Reader
from assistant.model.prompt import Message
from assistant.model.setup import Task
from assistant.model.status import Trust, left_open, unanswered
from assistant.model.steps import SoFar, Step
from assistant.model.trouble import Kind, Trouble
from ingest import swedish
from ingest.document import Provision

Verify = Callable[[Draft, Evidence], tuple[Fault, ...]]
MOST = 4  # statements of a worded answer, where it does not rest on more provisions than that
_MEND_AFTER = 1.5  # seconds that must be left for a second try


@dataclass(slots=True)
class _Heard:
    """The drafts of a reply, in order; each with why it may not be shown, or None where it may."""

    drafts: list[tuple[Draft, tuple[Fault, ...]]] = field(default_factory=list)
    not_stated: bool = False
    repeated: bool = False  # whether it said what a computation has already said
    text: str = ""

    @property
    def good(self) -> list[Draft]:
        return [draft for draft, faults in self.drafts if not faults]

    @property
    def bad(self) -> list[tuple[Draft, tuple[Fault, ...]]]:
        return [(draft, faults) for draft, faults in self.drafts if faults]

    @property
    def begins_well(self) -> bool:
        """Whether the direct answer stands: the first of what was said."""
        return bool(self.drafts) and not self.drafts[0][1]


class Wording:
    """Words answers through one line."""

    def __init__(self, line: Line, verify: Verify | None = None, trust: Trust = Trust()) -> None:
        """`verify` is the house's own where none is given."""
        self._line = line
        self._given_verify = verify
        self._trust = trust

    def words(self, job: Job) -> Generator[Step, None, Answer]:
        """The worded answer, with steps while it is made.

        It is the frame's own answer where the model says that no source answers and is not
        believed. Trouble where nothing of what the model says can be used.
        """
        given, messages = request(job)
        marks = {str(n): p.id for n, p in enumerate(given, 1)}
        marks |= {f"B{n}": key for n, key in enumerate(job.frame.computations, 1)}
        evidence = Evidence(
            {p.id: p for p in given},
            job.frame.computations,
            job.question.turns[-1],
            job.frame.answer.region,
        )
        heard = _Heard()
        yield from self._hear(messages, Reader(marks), evidence, job, heard)
        if heard.not_stated and not heard.drafts:
            return unanswered(job, self._trust) or job.frame.answer
        if not heard.drafts and heard.repeated:
            return job.frame.answer
        if not heard.text.strip():
            raise Trouble(Kind.EMPTY)
        if heard.bad or not heard.drafts:
            self._mend(messages, Reader(marks), evidence, job, heard)
        if not heard.begins_well:
            raise Trouble(Kind.UNVERIFIED if heard.drafts else Kind.UNREADABLE)
        frame = job.frame
        if silent := left_open(job, heard.good[0], self._trust):
            frame = replace(frame, answer=silent)
        return frame.filled(heard.good[: most(frame)], whole=True)

    def _hear(
        self,
        messages: Sequence[Message],
        reader: Reader,
        evidence: Evidence,
        job: Job,
        heard: _Heard,
    ) -> Generator[Step, None, None]:
        """Take in the reply as it comes, showing what is verified once the direct answer is."""
        stream = self._line.stream(Request(Task.WORDING, messages), job.who, job.deadline)
        with closing(stream) as pieces:
            for piece in pieces:
                heard.text += piece
                for draft in reader.feed(piece):
                    if self._take(draft, evidence, job.frame, heard) and heard.begins_well:
                        yield SoFar(job.frame.filled(heard.good, whole=False))
                if len(heard.good) >= most(job.frame):
                    return
        for draft in reader.end():
            if self._take(draft, evidence, job.frame, heard) and heard.begins_well:
                yield SoFar(job.frame.filled(heard.good, whole=False))
        heard.not_stated = reader.not_stated

    def _take(self, draft: Draft, evidence: Evidence, frame: Frame, heard: _Heard) -> bool:
        """Judge the draft and keep it; whether it is good. What is already said is passed over."""
        computed = draft.citations and all(key.startswith(COMPUTED) for key in draft.citations)
        if computed and set(draft.citations) <= set(frame.computations):
            heard.repeated = True
            return False
        if draft.text and swedish.fold(draft.text) in {
            swedish.fold(d.text) for d, _ in heard.drafts
        }:
            return False
        faults = self._faults(draft, evidence, frame)
        heard.drafts.append((draft, faults))
        return not faults

    def _faults(self, draft: Draft, evidence: Evidence, frame: Frame) -> tuple[Fault, ...]:
        if _is_a_quotation(draft, evidence):
            return ()
        found = unfit(draft, evidence)
        if found:
            return found
        try:
            frame.label_of(draft)
        except ValueError:
            return (Fault("region", "Raden bygger på flera regioners riktlinjer."),)
        return self._verify(draft, evidence)

    @property
    def _verify(self) -> Verify:
        if self._given_verify is None:
            from assistant.model.verify import faults

            self._given_verify = faults
        return self._given_verify

    def _mend(
        self,
        messages: Sequence[Message],
        reader: Reader,
        evidence: Evidence,
        job: Job,
        heard: _Heard,
    ) -> None:
        """Ask once more for what failed; what still fails stays as it is."""
        if job.deadline.left() < _MEND_AFTER:
            return
        if heard.drafts:
            rows = "\n".join(
                f"- {draft.text} ({' '.join(fault.what for fault in faults)})"
                for draft, faults in heard.bad
            )
            (mending,) = prompt.filled("rattelse", rader=rows)
        else:
            (mending,) = prompt.filled("olasligt")
        asked_again = [*messages[:-1], _joined(messages[-1], mending)]
        if prompt.tokens_of(asked_again) > prompt.BUDGET + prompt.SPARE:
            return
        try:
            text, _ = self._line.ask(Request("rattelse", asked_again), job.who, job.deadline)
            mended = [*reader.feed(text), *reader.end()]
        except Trouble as trouble:
            self._line.note(trouble)
            return
        if not heard.drafts:
            for draft in mended[: most(job.frame)]:
                self._take(draft, evidence, job.frame, heard)
            return
        failed = [n for n, (_, faults) in enumerate(heard.drafts) if faults]
        for place, draft in zip(failed, mended, strict=False):
            heard.drafts[place] = (draft, self._faults(draft, evidence, job.frame))


def most(frame: Frame) -> int:
    """How many statements the model may make."""
    return max(MOST, len(frame.stated))


def request(job: Job) -> tuple[tuple[Provision, ...], list[Message]]:
    """The provisions given to the model, and the request that holds them.

    Trouble where the question leaves no room for a provision.
    """
    frame = job.frame
    own = [key for key, _ in frame.stated]
    chosen = [frame.corpus.provisions[key] for key in own]
    if frame.answer.region is not None:
        chosen += [f.provision for f in job.found if f.provision.id not in own]
    named: dict[str, str] = {
        "plats": _place(frame),
        "most": str(most(frame)),
        "grund": " och ".join(f"[{n}]" for n in range(1, len(own) + 1)) or "[1]",
        "fraga": prompt.one_line(job.question.turns[-1]),
        "tidigare": prompt.earlier(job.question.turns[:-1]),
        "utraknat": _computed(frame),
    }
    rest = prompt.tokens_of(prompt.filled(Task.WORDING, kallor="", **named))
    given = prompt.fitting(chosen, rest)
    if not given:
        raise Trouble(Kind.TOO_LONG)
    texts = {str(n): _told(p, frame) for n, p in enumerate(given, 1)}
    return given, prompt.filled(Task.WORDING, kallor=prompt.numbered(texts), **named)


def _is_a_quotation(draft: Draft, evidence: Evidence) -> bool:
    """Whether the draft is the one source that it cites, word for word."""
    source = evidence.provisions.get(draft.citations[0]) if len(draft.citations) == 1 else None
    return source is not None and draft.text == source.text


def _told(provision: Provision, frame: Frame) -> str:
    if frame.answer.region is not None:
        return provision.text
    return f"({regions.all_regions()[provision.region].name}) {provision.text}"


def _place(frame: Frame) -> str:
    known = regions.all_regions()
    if frame.answer.region is not None:
        return known[frame.answer.region].name
    return "flera regioner: skriv aldrig om två regioner i samma mening"


def _computed(frame: Frame) -> str:
    if not frame.computations:
        return ""
    texts = {f"B{n}": text for n, text in enumerate(frame.computations.values(), 1)}
    told = prompt.numbered(texts)
    return f"\nRedan uträknat och visat före ditt svar, upprepa det inte:\n{told}\n"


def _joined(message: Message, more: Message) -> Message:
    """One message of two: many chat templates refuse two in a row from the same side."""
    return Message(message.role, f"{message.content}\n\n{more.content}")
