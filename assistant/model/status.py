"""The model's claim that no source answers, checked: it may turn an answer into an abstention."""

from dataclasses import dataclass

from assistant import compose, regions
from assistant.answer import Answer, Status
from assistant.asked import asked, held
from assistant.model.draft import Draft
from assistant.model.job import Job
from assistant.understand import content_words
from ingest import swedish


@dataclass(frozen=True, slots=True)
class Trust:
    """When the model is believed that no source answers, though the search thinks that one does.

    A model that lies must not be able to turn a right answer into none, so it only tips what the
    search leaves even. Both from the published medians and lead (docs/quality.md), not tuned.
    """

    # Cosine of the best provision's nearest texts below which a bare claim is believed, if the best
    # provision also holds less than `shared` of the question's own words. Answers are given from
    # 0.38; the median question that has an answer lies at 0.73.
    unsure: float = 0.45
    shared: float = 0.5
    # Log odds by which a provision that says what is not stated, and that the model cites for it,
    # may lie behind the best other. Without a model it must lead by 0.5.
    behind: float = 0.0


def unanswered(job: Job, trust: Trust) -> Answer | None:
    """That the guideline does not say, where the model may be believed that; None where not."""
    answer = job.frame.answer
    if not _may_be_left_open(job) or answer.region is None or answer.as_of is None:
        return None
    if max(f.similarity for f in job.found[:3]) >= trust.unsure:
        return None
    if _shared(job) >= trust.shared:
        return None
    return compose.nothing_found([regions.all_regions()[answer.region]], answer.as_of)


def left_open(job: Job, first: Draft, trust: Trust) -> Answer | None:
    """The abstention that the first draft makes of the answer, None where it makes none.

    It does where all that it cites says what the guideline does not state, and the search finds
    that as near as what else it found.
    """
    answer = job.frame.answer
    own = job.frame.corpus.provisions
    if not _may_be_left_open(job) or answer.as_of is None:
        return None
    if not all(key in own and own[key].gap for key in first.citations):
        return None
    score = {f.provision.id: f.score for f in job.found}
    others = [f.score for f in job.found if not f.provision.gap]
    cited = max((score[key] for key in first.citations if key in score), default=None)
    if cited is None or (others and cited < max(others) - trust.behind):
        return None
    return compose.state(
        job.frame.corpus,
        [own[key] for key in first.citations],
        status=Status.ABSTAIN,
        lead="",
        day=answer.as_of,
        region=answer.region,
        originals=job.frame.originals,
        reason="gap",
    )


def _shared(job: Job) -> float:
    """The share of the question's own words that the best provision holds, with its headings."""
    own = {swedish.stem(word) for word in content_words(job.question.turns[-1])}
    best = job.found[0].provision
    there = set(swedish.stems(" ".join([*best.locator.headings, best.text])))
    return len(own & there) / len(own) if own else 1.0


def _may_be_left_open(job: Job) -> bool:
    """Whether nothing that was computed, or holds the kind of fact asked for, is answered with."""
    answer = job.frame.answer
    if answer.status is not Status.ANSWER or answer.computations or not job.found:
        return False
    wanted = asked(job.question.turns[-1])
    stated = [job.frame.corpus.provisions[key] for key, _ in job.frame.stated]
    return answer.region is not None and not any(wanted & held(p.text) for p in stated if not p.gap)
