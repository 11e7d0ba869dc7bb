"""The run with a language model beside the run without: what got better or worse, at what cost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from assistant.answer import Question
from assistant.desk import open_assistant
from assistant.model.asking import line_of
from assistant.model.assisted import Assisted
from assistant.model.line import Line
from assistant.render import as_json
from assistant.settings import Settings
from evals.case import Case
from evals.reply import Reply, System, from_json
from evals.run import Outcome, latency, rates
from ingest.errors import InputError
from ingest.index import Progress


@contextmanager
def assisted(
    settings: Settings, progress: Progress, record: Path | None, replay: Path | None
) -> Iterator[Assisted]:
    """The assistant with the settings' model, recorded or replayed. No budget holds it back."""
    free = settings.model_copy(update={"model_budget": 0})
    with line_of(free, record, replay) as line:
        assistant = open_assistant(free, progress, line=line)
        if not isinstance(assistant, Assisted):
            raise InputError("Ingen språkmodell är inställd. Ange --model eller --replay.")
        yield assistant


def system(assistant: Assisted) -> System:
    """The assistant with its model as a system to be scored."""

    def ask(case: Case) -> Reply:
        question = Question(case.turns, case.region, case.as_of)
        began = perf_counter()
        record = as_json(assistant.reply(question))
        record["latency_ms"] = (perf_counter() - began) * 1000
        record["retrieved"] = assistant.retrieved(question)
        return from_json(record)

    return ask


def report(without: Sequence[Outcome], with_: Sequence[Outcome], line: Line) -> str:
    """The comparison as text: each case that changed, each rate both ways, tokens and time.

    The runs must be of the same cases in the same order.
    """
    lines = [f"Med språkmodellen {line.name}"]
    pairs = list(zip(without, with_, strict=True))
    for name, wanted in (("bättre", (False, True)), ("sämre", (True, False))):
        lines += [
            f"{name} {b.case.id}: {_changed(a, b)}"
            for a, b in pairs
            if (a.passed, b.passed) == wanted
        ]
    before, after = rates(without), rates(with_)
    lines.append(f"{'':22} {'utan':>8} {'med':>8}")
    lines += [f"{key:22} {before[key].value:8.4f} {after[key].value:8.4f}" for key in before]
    for label in ("p50", "p95"):
        times = [latency(outcomes).get(label) for outcomes in (without, with_)]
        lines.append(f"{label + ' ms':22} " + " ".join(_number(time) for time in times))
    worded = sum(bool(b.reply.raw.get("worded_by")) for b in with_)
    lines.append(f"Formulerade svar: {worded} av {len(with_)}")
    each = line.tokens / len(with_) if with_ else 0.0
    lines.append(f"Begäranden: {line.exchanges}. Token: {line.tokens}, {each:.0f} per fråga.")
    lines += [f"{kind}: {count}" for kind, count in sorted(Counter(line.troubles).items())]
    return "\n".join(lines)


def _changed(before: Outcome, after: Outcome) -> str:
    """The scorers whose verdict differs, with both verdicts."""
    told = []
    for name, score in after.scores.items():
        own = before.scores[name]
        if own is not None and score is not None and own.value != score.value:
            told.append(f"{name} {own.value:g} → {score.value:g}")
    return ", ".join(told) or "status"


def _number(value: float | None) -> str:
    return f"{'–':>8}" if value is None else f"{value:8.1f}"
