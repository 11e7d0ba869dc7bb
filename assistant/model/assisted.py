"""An assistant with a language model at hand. The answer without one is always made first."""

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from assistant import languages, regions
from assistant.answer import Answer, Question, Status
from assistant.chain import Assistant, without_personal_data
from assistant.decide import Evidence
from assistant.model import calling, understanding, variants
from assistant.model.assemble import Frame
from assistant.model.job import Job
from assistant.model.line import Deadline, Line
from assistant.model.setup import Task
from assistant.model.status import Trust
from assistant.model.steps import Done, Notice, SoFar, Step, Waiting
from assistant.model.trouble import Kind, Trouble, notice, warning
from assistant.model.wording import Verify, Wording
from assistant.moments import find_moments
from assistant.regions import Region
from assistant.search import Found
from assistant.understand import Understood, understand
from ingest.errors import SipError
from ingest.index import Index

MOST_ADDED = 2  # provisions that the model's help to the search may add to an answer
_READING = "Språkmodellen läser frågan"
_SEARCHING = "Språkmodellen föreslår fler sökord"
_CHOOSING = "Språkmodellen väljer bland reglerna"
_WORDING = "Språkmodellen formulerar svaret; varje mening kontrolleras mot källan"
_log = logging.getLogger(__name__)


class Assisted(Assistant):
    """As `Assistant`; `steps` and `reply` also ask a model, `answer` never does."""

    def __init__(
        self,
        index: Index,
        line: Line,
        *,
        tasks: frozenset[Task],
        seconds: float,
        likeness: variants.Likeness,
        originals: Path | None = None,
        evidence: Evidence = Evidence(),
        verify: Verify | None = None,
        trust: Trust = Trust(),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`seconds` is what an answer may wait for all that it asks of the model."""
        super().__init__(index, originals, evidence)
        self.line = line
        self._tasks = tasks
        self._seconds = seconds
        self._likeness = likeness
        self._wording = Wording(line, verify, trust)
        self._clock = clock

    def steps(self, question: Question, who: str = "") -> Generator[Step, None, None]:
        """What happens while `reply` is made; the last step holds the answer.

        Whatever the model does or fails to do, that is at worst the answer without it. Closing
        the iterator breaks off what is being asked of the model.
        """
        plain = self.answer(question)
        if not self._may_be_helped(plain, question):
            yield Done(plain)
            return
        answer, trouble = yield from self._helped(plain, question, who)
        if trouble is not None:
            yield Notice(notice(trouble.kind))
            answer = replace(answer, warnings=(*answer.warnings, warning(trouble.kind)))
        yield Done(answer)

    def _may_be_helped(self, plain: Answer, question: Question) -> bool:
        """Whether there is anything to ask the model. Of what was refused it hears nothing, nor of
        what has nothing to do with the guidelines.
        """
        if plain.status is Status.ANSWER:
            return True
        if plain.status is Status.CLARIFY:
            return bool(plain.choices) and Task.UNDERSTANDING in self._tasks
        if plain.status is Status.REFUSE or plain.reason == "other-region":
            return False
        helping = {Task.UNDERSTANDING, Task.SEARCH, Task.TOOLS} & self._tasks
        return bool(helping) and self._is_familiar(understand(without_personal_data(question)))

    def _helped(
        self, plain: Answer, question: Question, who: str
    ) -> Generator[Step, None, tuple[Answer, Trouble | None]]:
        """The best answer that can be had, and what went wrong on the way."""
        troubles: list[Trouble] = []
        answer = plain
        try:
            answer = yield from self._tried(plain, question, who, troubles)
        except SipError:
            raise
        except Exception as error:
            # The type alone: the text of an exception may hold the question.
            _log.error("the language model's help broke off: %s", type(error).__name__)
            troubles.append(Trouble(Kind.OTHER))
        for trouble in troubles:
            self.line.note(trouble)
        return answer, troubles[0] if troubles else None

    def _tried(
        self, plain: Answer, question: Question, who: str, troubles: list[Trouble]
    ) -> Generator[Step, None, Answer]:
        deadline = Deadline(self._seconds, self._clock)
        safe = without_personal_data(question)
        own = understand(safe)
        read = yield from self._read(own, safe, who, deadline, troubles)
        better = plain
        if read != own:
            better = self._merged(plain, own, read, question, safe)
        better = yield from self._computed_by_tools(better, read, safe, who, deadline, troubles)
        # Nothing that was found with the model's help alone turns a "no" into an answer unseen.
        unproven = plain.status is Status.ABSTAIN and better.status is Status.ANSWER
        if Task.WORDING not in self._tasks:
            if unproven and not better.computations and not self._seen_unaided(better, own, safe):
                return plain
            return better
        if better.status is not Status.ANSWER or not better.statements:
            return better
        try:
            worded = yield from self._worded(better, read, safe, who, deadline)
        except Trouble as trouble:
            troubles.append(trouble)
            return plain if unproven and not better.computations else better
        if worded.status is not better.status:  # the lead was another's
            return self._finished(worded, question, safe)
        return replace(worded, note=languages.note(worded, safe.turns[-1]))

    def _read(
        self,
        own: Understood,
        safe: Question,
        who: str,
        deadline: Deadline,
        troubles: list[Trouble],
    ) -> Generator[Step, None, Understood]:
        """The question as understood with the model's help; as it was where there is none."""
        read = own
        if Task.UNDERSTANDING in self._tasks:
            yield Waiting(_READING)
            try:
                found = understanding.reading(self.line, safe, who, deadline)
                read = _with_reading(read, found)
            except Trouble as trouble:
                troubles.append(trouble)
        if Task.SEARCH in self._tasks:
            yield Waiting(_SEARCHING)
            try:
                more = variants.variants(self.line, safe, self._likeness, who, deadline)
                read = replace(read, also=(*read.also, *map(regions.without_names, more)))
            except Trouble as trouble:
                troubles.append(trouble)
        return read

    def _merged(
        self, plain: Answer, own: Understood, read: Understood, question: Question, safe: Question
    ) -> Answer:
        """The plain answer with what was found beside it; never with less."""
        found = self._finished(self._understood(read, safe), question, safe)
        if read.regions != own.regions:
            told = f"Jag har förstått att frågan gäller {read.regions[0].name}."
            lead = " ".join(filter(None, [told, found.lead]))
            return replace(found, lead=lead) if plain.status is Status.CLARIFY else plain
        if found.status is not Status.ANSWER or found.region is None:
            return plain
        if plain.status is Status.ABSTAIN:
            return found
        if plain.status is not Status.ANSWER or plain.region != found.region:
            return plain
        stated = {c.provision for c in plain.citations}
        new = [c.provision for c in found.citations if c.provision not in stated][:MOST_ADDED]
        frame = self._frame(plain)
        if found.computations and not plain.computations:
            frame = self._frame(frame.with_computations(found.computations))
            new = []
        return frame.with_provisions([self.corpus.provisions[key] for key in new])

    def _computed_by_tools(
        self,
        answer: Answer,
        read: Understood,
        safe: Question,
        who: str,
        deadline: Deadline,
        troubles: list[Trouble],
    ) -> Generator[Step, None, Answer]:
        """The answer with what the model had the rules compute, where nothing was computed yet."""
        told = " ".join(safe.turns)
        if (
            Task.TOOLS not in self._tasks
            or answer.computations
            or answer.region is None
            or answer.status not in {Status.ANSWER, Status.ABSTAIN}
            or not find_moments(told, calling.noon(safe.as_of))
        ):
            return answer
        found = self._found_for(read, answer.region, safe)
        if not found or max(f.similarity for f in found[:3]) < self._evidence.enough:
            return answer
        yield Waiting(_CHOOSING)
        try:
            made = calling.computed(self.line, safe, answer.region, found, who, deadline)
        except Trouble as trouble:
            troubles.append(trouble)
            return answer
        if not made:
            return answer
        if answer.status is Status.ABSTAIN:
            answer = replace(
                answer, status=Status.ANSWER, lead="", reason=None, statements=(), citations=()
            )
        return self._frame(answer).with_computations(made)

    def _worded(
        self, answer: Answer, read: Understood, safe: Question, who: str, deadline: Deadline
    ) -> Generator[Step, None, Answer]:
        yield Waiting(_WORDING)
        found = self._found_for(read, answer.region, safe) if answer.region else []
        found = [f for f in found if f.similarity >= self._evidence.enough]
        job = Job(safe, self._frame(answer), found, who, deadline)
        if answer.computations:
            yield SoFar(job.frame.filled([], whole=False))
        return (yield from self._wording.words(job))

    def _seen_unaided(self, answer: Answer, own: Understood, safe: Question) -> bool:
        """Whether the user's own words find, well enough, what the answer first states."""
        if answer.region is None or not answer.citations:
            return False
        found = self._found_for(own, answer.region, safe)
        enough = max((f.similarity for f in found[:3]), default=0.0) >= self._evidence.enough
        return enough and answer.citations[0].provision in {f.provision.id for f in found}

    def _found_for(self, read: Understood, region: str, safe: Question) -> Sequence[Found]:
        place: Region = regions.all_regions()[region]
        return self._whole(read, place, safe.as_of)

    def _frame(self, answer: Answer) -> Frame:
        return Frame(answer, self.corpus, self._originals, self.line.name)


def _with_reading(own: Understood, found: understanding.Reading) -> Understood:
    read = own
    if found.wording:
        read = replace(read, also=(regions.without_names(found.wording),))
    if found.parts:
        read = replace(read, asks=tuple(map(regions.without_names, found.parts)))
    if found.region is not None and not own.regions and not own.elsewhere and not own.compare:
        read = replace(read, regions=(regions.all_regions()[found.region],))
    return read
