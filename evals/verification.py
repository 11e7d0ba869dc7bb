"""How many bad statements the verifier stops and how many faithful ones it lets pass, by kind.

`python -m evals.verification [--failures] [--fold a|b|c] [--seconds]`
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.model.draft import Draft, Evidence, Fault
from assistant.model.verify import faults
from evals.run import Rate, rate
from ingest.document import Corpus
from ingest.edition import read_corpus
from ingest.errors import InputError

FOLDER = Path(__file__).parent / "verification"
# Below what both folds measure, with room for what is not yet seen.
LEAST = {"caught": 0.95, "passed": 0.90}


class Said(BaseModel):
    """A statement of a case."""

    model_config = ConfigDict(extra="forbid")
    text: str
    citations: list[str]


class Case(BaseModel):
    """One answer that a model gave, and which of its statements must not be shown."""

    model_config = ConfigDict(extra="forbid")
    id: str
    kind: str
    region: str
    question: str
    given: list[str]
    answer: list[Said]
    bad: list[int] = []
    why: str
    fold: str | None = None


class Judged(NamedTuple):
    """A statement, whether it must be stopped, and why it was, if it was."""

    set: str
    case: Case
    at: int
    bad: bool
    faults: tuple[Fault, ...]
    milliseconds: float

    @property
    def right(self) -> bool:
        return self.bad == bool(self.faults)


def load(folder: Path = FOLDER) -> dict[str, list[Case]]:
    """The cases by set; InputError, with file and line, where a line is no case."""
    return {name: list(_read(folder / f"{name}.jsonl")) for name in ("hostile", "faithful")}


def _read(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"Filen {path} går inte att läsa: {error.strerror}.") from None
    for number, line in enumerate(lines, 1):
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            raise InputError(
                f"{path.name}, rad {number}, är inget fall: {error.errors()[0]['msg']}."
            ) from None
        if not all(0 <= at < len(case.answer) for at in case.bad):
            raise InputError(f"{path.name}, rad {number}: bad pekar utanför svaret.")
        yield case


def evidence_of(case: Case, corpus: Corpus) -> Evidence:
    """What the model of the case was given."""
    given = {key: corpus.provisions[key] for key in case.given if key in corpus.provisions}
    return Evidence(given, {}, case.question, case.region)


def judge(cases: dict[str, list[Case]], corpus: Corpus) -> list[Judged]:
    """Every statement of the cases, judged."""
    found: list[Judged] = []
    for name, several in cases.items():
        for case in several:
            evidence = evidence_of(case, corpus)
            for at, said in enumerate(case.answer):
                began = process_time()
                seen = faults(Draft(said.text, tuple(said.citations)), evidence)
                took = (process_time() - began) * 1000
                found.append(Judged(name, case, at, at in case.bad, seen, took))
    return found


def rates(judged: Iterable[Judged]) -> dict[str, Rate]:
    """The share of the bad that was stopped and of the good that passed."""
    judged = list(judged)
    return {
        "caught": rate([float(j.right) for j in judged if j.bad]),
        "passed": rate([float(j.right) for j in judged if not j.bad]),
    }


def table(judged: Iterable[Judged]) -> Iterator[str]:
    """A line for each set and kind: how many were stopped and passed, with 95 % intervals."""
    kinds: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for j in judged:
        kinds[j.set, j.case.kind].append(j)
        kinds[j.set, "(alla)"].append(j)
        kinds["(båda)", "(alla)"].append(j)
    for (name, kind), some in sorted(kinds.items()):
        words = [f"{name:9} {kind:18}"]
        for what, found in rates(some).items():
            if found.n:
                right = round(found.value * found.n)
                words.append(
                    f"{what} {right}/{found.n} {found.value:.3f} [{found.low:.3f}–{found.high:.3f}]"
                )
        yield "  ".join(words)


def _failures(judged: Iterable[Judged]) -> Iterator[str]:
    for j in judged:
        if not j.right:
            why = "; ".join(f.what for f in j.faults) or "SLÄPPTES IGENOM"
            yield f"{j.case.id}/{j.at} {j.case.kind}: {j.case.answer[j.at].text}\n    {why}"


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where a rate is below `LEAST`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--fold", choices=["a", "b", "c"])
    chosen = parser.parse_args(arguments)
    cases = load()
    if chosen.fold:
        cases = {
            name: [c for c in several if c.fold == chosen.fold] for name, several in cases.items()
        }
    judged = judge(cases, read_corpus())
    for line in table(judged):
        print(line)
    times = sorted(j.milliseconds for j in judged)
    if times:
        print(f"ms: median {times[len(times) // 2]:.2f}, 95 % {times[len(times) * 95 // 100]:.2f}")
    if chosen.failures:
        for line in _failures(judged):
            print(line)
    found = rates(judged)
    print(json.dumps({name: round(r.value, 4) for name, r in found.items()}))
    return int(any(found[name].value < least for name, least in LEAST.items()))


if __name__ == "__main__":
    raise SystemExit(main())
