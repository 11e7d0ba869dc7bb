"""From what is found to what may be said: which provisions, or none."""

from dataclasses import dataclass

from assistant.answer import Status
from assistant.asked import Kind, asked, held
from assistant.search import Found
from ingest.document import Provision

# Kinds of fact that a sentence either gives or not; the others a sentence can answer in many ways.
_STRICT = frozenset(
    {Kind.FREQUENCY, Kind.DURATION, Kind.AMOUNT, Kind.POINTS, Kind.CODE, Kind.AGE, Kind.PHONE}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure one must be before something is said. Calibrated in docs/quality.md."""

    enough: float = 0.38  # cosine of the best provision's nearest texts
    close: float = 1.6  # log odds behind the best within which a provision is stated too
    most: int = 3
    # Log odds by which a gap must lead. Among the question forms, from which the ranker learned,
    # four in ten ask for a gap; among staff's questions far fewer do.
    gap_lead: float = 0.75
    familiar: float = 0.6  # share of the question's own words that the corpus must know


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said to one question: provisions to state, and as an answer or an abstention."""

    status: Status
    provisions: tuple[Provision, ...] = ()


def decide(question: str, found: list[Found], evidence: Evidence) -> Decision:
    """What may be said to the question from what was found, best first.

    A gap that is found first is said as an abstention, unless a provision close behind holds the
    kind of fact that is asked for. Where the question asks for a number, a time, a code or the
    like and none of the provisions holds one, nothing is said: the guideline does not state it.
    """
    if not found or max(f.similarity for f in found[:3]) < evidence.enough:
        return Decision(Status.ABSTAIN)
    score = {f.provision.id: f.score - evidence.gap_lead * f.provision.gap for f in found}
    found = sorted(found, key=lambda f: -score[f.provision.id])
    best = score[found[0].provision.id]
    near = [f.provision for f in found if score[f.provision.id] >= best - evidence.close]
    near = near[: evidence.most]
    gaps = [p for p in near if p.gap]
    positive = [p for p in near if not p.gap]
    wanted = asked(question) & _STRICT
    holding = [p for p in positive if not wanted or wanted & held(p.text)]
    if near[0].gap:
        exact = asked(question) & (_STRICT | {Kind.LAW})
        holding = [p for p in positive if exact & held(p.text)]
        if holding:
            return Decision(Status.ANSWER, tuple(holding) + tuple(gaps[:1]))
        return Decision(Status.ABSTAIN, tuple(gaps[:1]))
    if wanted and not holding:
        return Decision(Status.ABSTAIN, tuple(gaps[:1]))
    first = [p for p in positive if p in holding] + [p for p in positive if p not in holding]
    return Decision(Status.ANSWER, tuple(first))
