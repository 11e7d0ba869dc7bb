"""Put a system through the golden set and score every reply."""

import importlib.metadata
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NamedTuple

from assistant import regions
from assistant.answer import Question
from assistant.chain import Assistant
from assistant.render import as_json
from evals.case import Case
from evals.reply import Reply, System, from_json
from evals.scorers import SCORERS, Score
from ingest.document import Corpus

Progress = Callable[[int, int], None]

PACKAGES = ["bm25s", "chromadb", "langchain-core", "model2vec", "PyStemmer"]


class Rate(NamedTuple):
    """A share with how many cases it is of and its 95 % interval (Wilson)."""

    value: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, what was replied, and each scorer's verdict (None: does not apply)."""

    set: str
    case: Case
    region: str
    reply: Reply
    scores: dict[str, Score | None]

    @property
    def passed(self) -> bool:
        """Right, and cited by what carries it where a citation is due."""
        hit = self.scores["citation_hit"]
        right = self.scores["correct"]
        return bool(right and right.value) and (hit is None or bool(hit.value))


def evaluate(
    system: System,
    sets: dict[str, list[Case]],
    corpus: Corpus,
    progress: Progress = lambda done, total: None,
) -> list[Outcome]:
    """The outcome of every case, in the order of the sets."""
    total = sum(len(cases) for cases in sets.values())
    outcomes: list[Outcome] = []
    for name, cases in sets.items():
        for case in cases:
            outcomes.append(judge(name, case, system(case), corpus))
            progress(len(outcomes), total)
    return outcomes


def judge(name: str, case: Case, reply: Reply, corpus: Corpus) -> Outcome:
    """Every scorer's verdict on one reply."""
    scores = {key: scorer(case, reply, corpus) for key, scorer in SCORERS.items()}
    return Outcome(name, case, region_of(case, corpus), reply, scores)


def assistant_system(assistant: Assistant) -> System:
    """Our own assistant as a system to be scored, with what it retrieved and how long it took."""

    def ask(case: Case) -> Reply:
        question = Question(case.turns, case.region, case.as_of)
        began = perf_counter()
        record = as_json(assistant.answer(question))
        record["latency_ms"] = (perf_counter() - began) * 1000
        record["retrieved"] = assistant.retrieved(question)
        return from_json(record)

    return ask


def callable_system(ask: Callable[[list[str], str | None], dict[str, Any]]) -> System:
    """Any Python callable from (turns, region) to the contract's JSON, as a system."""
    return lambda case: from_json(ask(list(case.turns), case.region))


def region_of(case: Case, corpus: Corpus) -> str:
    """The region a case is about: by its provisions, its field or its words; else `flera`."""
    found = {corpus.provisions[key].region for key in case.provisions}
    found = found or ({case.region} if case.region else set())
    found = found or {m.region.id for turn in case.turns for m in regions.mentions(turn)}
    return found.pop() if len(found) == 1 else "flera"


def rate(values: Sequence[float]) -> Rate:
    """The mean of values between 0 and 1, with Wilson's interval on their sum."""
    n = len(values)
    if not n:
        return Rate(math.nan, 0, math.nan, math.nan)
    from scipy.stats import binomtest

    interval = binomtest(round(sum(values)), n).proportion_ci(method="wilson")
    return Rate(sum(values) / n, n, float(interval.low), float(interval.high))


def rates(outcomes: Iterable[Outcome]) -> dict[str, Rate]:
    """Every scorer's rate over the cases to which it applies, and the share that passed."""
    chosen = list(outcomes)
    table = {"passed": rate([float(o.passed) for o in chosen])}
    for name in SCORERS:
        values = [s.value for o in chosen if (s := o.scores[name]) is not None]
        if values:
            table[name] = rate(values)
    return table


def abstention(outcomes: Sequence[Outcome]) -> dict[str, Rate]:
    """Of the abstentions, the share that were due; of those due, the share made."""
    made = [o for o in outcomes if o.reply.action == "abstain"]
    due = [o for o in outcomes if o.case.status == "abstain"]
    answerable = [o for o in outcomes if o.case.status == "answer"]
    return {
        "abstention_precision": rate(
            [float("abstain" in {o.case.status, *o.case.status_alt}) for o in made]
        ),
        "abstention_recall": rate([float(o.reply.action == "abstain") for o in due]),
        "needless_abstention": rate(
            [float(o.reply.action in {"abstain", "refuse"}) for o in answerable]
        ),
    }


def retrieval(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Hit@k, MRR and nDCG of what was retrieved, over the cases that name a provision."""
    import ir_measures
    from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

    judged = [o for o in outcomes if o.case.provisions and o.reply.retrieved]
    relevant = [Qrel(o.case.id, key, 1) for o in judged for key in o.case.provisions]
    found = [
        ScoredDoc(o.case.id, key, -rank)
        for o in judged
        for rank, key in enumerate(o.reply.retrieved)
    ]
    if not found:
        return {}
    measures = [Success @ 1, Success @ 3, Success @ 5, RR @ 10, nDCG @ 10]
    table = ir_measures.calc_aggregate(measures, relevant, found)
    return {str(m).replace("Success", "hit"): float(table[m]) for m in measures}


def latency(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """The median and the 95th percentile of the time a reply took, in milliseconds."""
    times = sorted(o.reply.latency_ms for o in outcomes if o.reply.latency_ms is not None)
    if not times:
        return {}
    return {
        "p50": times[len(times) // 2],
        "p95": times[min(len(times) - 1, len(times) * 95 // 100)],
    }


def facts(corpus: str, model: str) -> dict[str, str]:
    """What a result depends on: corpus, model and the versions of what searches."""
    return {"corpus": corpus, "model": model} | {
        name: importlib.metadata.version(name) for name in PACKAGES
    }
