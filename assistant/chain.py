"""The way of a question: guard, understand, search, decide, compose."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from assistant import compose, languages, regions
from assistant.answer import Answer, Question, Status
from assistant.calculate import calculate
from assistant.decide import Decision, Evidence, decide
from assistant.guard import caution, personal_data, refusal, without_personal_numbers
from assistant.home import with_home
from assistant.model.steps import Done, Step
from assistant.parts import parts
from assistant.regions import Region
from assistant.search import Found, Search, views, with_others
from assistant.suggest import Suggester
from assistant.tell import shown_as, status
from assistant.understand import Understood, content_words, understand
from ingest.document import Corpus, Provision
from ingest.errors import InputError
from ingest.index import Index
from ingest.swedish import clean

_REMOVED = (
    "Jag tog bort det som såg ut som ett personnummer och läste frågan utan det. "
    "Skriv aldrig vem patienten är."
)
_ASKS_SOMETHING = 3  # words of its own


class Assistant:
    """Answers questions from one index. Holds no conversation: the turns come with the question."""

    def __init__(
        self, index: Index, originals: Path | None = None, evidence: Evidence = Evidence()
    ) -> None:
        self._index = index
        self._search = Search(index)
        self._suggester = Suggester(index.corpus)
        self._originals = originals
        self._evidence = evidence

    @property
    def corpus(self) -> Corpus:
        """The corpus that the answers come from."""
        return self._index.corpus

    @property
    def model(self) -> str:
        """Which embedding model finds the provisions."""
        return str(self._index.facts["model"])

    def reply(self, question: Question, who: str = "") -> Answer:
        """As `answer`, with the help of a language model where one is set.

        `who` is the pseudonym of whoever asks, for the model's budget.
        """
        return next(step.answer for step in self.steps(question, who) if isinstance(step, Done))

    def steps(self, question: Question, who: str = "") -> Generator[Step, None, None]:
        """What happens while `reply` is made; the last step holds the answer."""
        yield Done(self.answer(question))

    def answer(self, question: Question) -> Answer:
        """The answer to the last turn of the question, made without a language model.

        Raises InputError where the chosen region is unknown or there is no turn.
        """
        if not question.turns:
            raise InputError("Skriv en fråga om SIP eller samverkan vid utskrivning.")
        safe = without_personal_data(question)
        return self._finished(self._answer(safe), question, safe)

    def _finished(self, answer: Answer, question: Question, safe: Question) -> Answer:
        """The answer with what goes before every answer; `safe` is the question that was read."""
        last = safe.turns[-1]
        removed = _REMOVED if safe != question and answer.status is not Status.REFUSE else ""
        later = len(safe.turns) > 1
        before = "" if answer.status is Status.REFUSE else caution(last, later=later)
        lead = " ".join(filter(None, [before, removed, answer.lead]))
        return replace(answer, lead=lead, note=languages.note(answer, last))

    def _answer(self, question: Question) -> Answer:
        *before, last = question.turns
        refused = refusal(last, later=bool(before))
        if refused is not None:
            return Answer(Status.REFUSE, refused.text, reason=refused.reason)
        return self._understood(understand(question), question)

    def _understood(self, understood: Understood, question: Question) -> Answer:
        day = question.as_of
        if not self._is_familiar(understood):
            return compose.nothing_found(understood.regions, day)
        if understood.elsewhere and not understood.regions:
            return compose.not_covered(understood.elsewhere, day)
        if len(understood.regions) == 1:
            return with_home(
                self._in_region(understood, understood.regions[0], day), question.turns
            )
        asked = understood.regions or tuple(regions.with_guideline())
        return self._across(understood, asked, day)

    def found(self, question: Question) -> list[Found]:
        """What is found for the question as a whole, best first."""
        understood = understand(question)
        asked = understood.regions or tuple(regions.with_guideline())
        by_region = [self._whole(understood, r, question.as_of) for r in asked]
        return [found for row in zip_longest(*by_region) for found in row if found]

    def retrieved(self, question: Question) -> list[str]:
        """The ids of the provisions found, best first."""
        return [found.provision.id for found in self.found(question)]

    def _in_region(self, understood: Understood, region: Region, day: date) -> Answer:
        whole = self._whole(understood, region, day)
        answer = self._computed(understood, region, day, whole) or self._stated(
            understood, region, day, whole
        )
        stated = [self.corpus.provisions[cited.provision] for cited in answer.citations]
        return replace(answer, suggestions=self._suggester.after(stated, whole))

    def _stated(
        self, understood: Understood, region: Region, day: date, whole: list[Found]
    ) -> Answer:
        """The answer made of provisions, part by part; or that the guideline does not say."""
        decided = self._decided(understood, region, day, whole)
        stated = [d for d in decided if d.provisions]
        if not stated:
            return compose.nothing_found([region], day)
        provisions = list(dict.fromkeys(p for d in stated for p in d.provisions))
        status = Status.ANSWER if any(d.status is Status.ANSWER for d in stated) else Status.ABSTAIN
        lead = ""
        if status is Status.ANSWER and len(stated) < len(decided):
            lead = compose.not_all(len(stated), len(decided))
        return self._state(provisions, status, lead, region, day)

    def _computed(
        self, understood: Understood, region: Region, day: date, found: list[Found]
    ) -> Answer | None:
        """The answer where a rule computes it: verdict and steps, then what the rule rests on."""
        told = " ".join(filter(None, [understood.context, understood.text]))
        made = calculate(told, region.id, day, found)
        if not made:
            return None
        shown = [shown_as(one, understood.text) for one in made]
        keys = dict.fromkeys(key for one in shown for key in one.provisions)
        close = decide(understood.text, found, self._evidence).provisions
        keys |= dict.fromkeys(p.id for p in close[:1] if not p.gap)
        return compose.state(
            self._index.corpus,
            [self._index.corpus.provisions[key] for key in keys],
            status=status([one.computation for one in made]),
            lead="",
            day=day,
            region=region.id,
            originals=self._originals,
            computations=shown,
        )

    def _across(self, understood: Understood, asked: Sequence[Region], day: date) -> Answer:
        """Each region's own answer; with a question back where no region was named."""
        if not understood.regions and not understood.compare:
            views_of = {region: self._whole(understood, region, day) for region in asked}
            computing = [r for r in asked if self._computed(understood, r, day, views_of[r])]
            if computing:
                return compose.which_region(computing, asked, day)
        found: dict[Region, list[Provision]] = {}
        for region in asked:
            whole = self._whole(understood, region, day)
            decided = self._decided(understood, region, day, whole)
            found[region] = [p for d in decided for p in d.provisions[:1]]
        stated = [provision for chosen in found.values() for provision in chosen]
        silent = [region for region, chosen in found.items() if not chosen]
        if not stated:
            return compose.nothing_found(understood.regions, day)
        if understood.regions or understood.compare:
            told = self._state(stated, Status.ANSWER, compose.silence(silent), None, day)
            return replace(told, silent=tuple(region.name for region in silent))
        return self._state(
            stated,
            Status.CLARIFY,
            "Vilken region gäller frågan? Svaret skiljer sig åt:",
            None,
            day,
            choices=tuple(region.id for region in asked),
        )

    def _whole(self, understood: Understood, region: Region, day: date) -> list[Found]:
        """What is found for the question as a whole, with its context."""
        seen = views(clean(understood.text), understood.context)
        return self._search.find(with_others(seen, understood.also), region.id, day)

    def _decided(
        self, understood: Understood, region: Region, day: date, whole: list[Found]
    ) -> list[Decision]:
        """What may be said to each part of the question; `whole` was found for all of it."""
        text = clean(understood.text)
        asked = understood.asks or parts(text)
        if len(asked) <= 1:
            return [decide(text, whole, self._evidence)]
        return [
            decide(
                part,
                self._search.find(views(part, whole=text), region.id, day),
                self._evidence,
            )
            for part in asked
        ]

    def _is_familiar(self, understood: Understood) -> bool:
        """Whether the question speaks of what the corpus speaks of at all."""
        own = content_words(f"{understood.context or ''} {understood.text}")
        known = sum(self._index.knows(word) for word in own)
        return not own or known >= self._evidence.familiar * len(own)

    def _state(
        self,
        provisions: Sequence[Provision],
        status: Status,
        lead: str,
        region: Region | None,
        day: date,
        *,
        choices: tuple[str, ...] = (),
    ) -> Answer:
        return compose.state(
            self._index.corpus,
            provisions,
            status=status,
            lead=lead,
            day=day,
            region=region.id if region else None,
            originals=self._originals,
            reason="gap" if status is Status.ABSTAIN else None,
            choices=choices,
        )


def without_personal_data(question: Question) -> Question:
    """The question as it may be read; the same one where it says nothing of who somebody is.

    A turn that asks nothing when the number is taken out is left to be refused.
    """
    turns = [
        without_personal_numbers(turn) if personal_data(turn) is not None else turn
        for turn in question.turns
    ]
    if len(content_words(turns[-1])) < _ASKS_SOMETHING:
        turns[-1] = question.turns[-1]
    return replace(question, turns=tuple(turns)) if tuple(turns) != question.turns else question
