"""One small function for each thing asked of an answer.

Each gives a value between 0 and 1 with an explanation, or None where it does not apply.
"""

from collections.abc import Callable
from typing import NamedTuple

import regex

from evals.case import CALCULATED, FLAGS, Case, Kind
from evals.facts import unsupported
from evals.reply import Cited, Reply
from ingest.document import Corpus
from ingest.errors import InputError

WIDEST_CITATION = 60  # lines; a citation of a whole document shows nothing
PATTERN_SECONDS = 1.0


class Score(NamedTuple):
    """How well one thing was met, 0 to 1, and why in a few Swedish words."""

    value: float
    why: str = ""


Scorer = Callable[[Case, Reply, Corpus], Score | None]


def status(case: Case, reply: Reply, corpus: Corpus) -> Score:
    """The question was met in the way it should be: answered, asked back, abstained, refused."""
    allowed = {case.status, *case.status_alt}
    return Score(reply.action in allowed, f"{reply.action}, väntat {'/'.join(sorted(allowed))}")


def required(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """Every fact that must stand in the answer does."""
    if not case.required or not (reply.action == "answer" or case.always):
        return None
    missing = [group for group in case.required if not _any(group, reply.text)]
    return Score(not missing, "saknas: " + "; ".join(" | ".join(g) for g in missing))


def forbidden(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """No fact stands there that must not."""
    if not case.forbidden:
        return None
    found = [pattern for pattern in case.forbidden if _search(pattern, reply.text)]
    return Score(not found, "får inte finnas: " + "; ".join(found))


def correct(case: Case, reply: Reply, corpus: Corpus) -> Score:
    """Status, required and forbidden facts taken together: the answer is right."""
    parts = [status(case, reply, corpus), required(case, reply, corpus)]
    parts.append(forbidden(case, reply, corpus))
    failed = [part.why for part in parts if part is not None and not part.value]
    return Score(not failed, "; ".join(failed))


def citation_hit(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """At least one citation carries the answer; an unanswered case that has one is a miss."""
    if not _cites(case, reply):
        return None
    hit = any(_carries(cited, case, corpus) for cited in reply.citations)
    return Score(reply.action == "answer" and hit, "ingen källa bär svaret")


def citation_precision(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """The share of the citations that carry the answer."""
    if not _cites(case, reply) or reply.action != "answer" or not reply.citations:
        return None
    good = sum(_carries(cited, case, corpus) for cited in reply.citations)
    return Score(good / len(reply.citations), f"{good} av {len(reply.citations)}")


def support(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """Every number, time, code, paragraph and role of a statement stands where it is cited."""
    if not reply.statements:
        return None
    for said in reply.statements:
        sources = [reply.citations[n] for n in said.citations if 0 <= n < len(reply.citations)]
        texts = [_wording(cited, corpus) for cited in sources] + list(reply.computations)
        if not sources:
            return Score(0, f"utan källa: {said.text[:60]}")
        if lost := unsupported(said.text, texts):
            return Score(0, f"saknar stöd: {', '.join(sorted(lost))} i ”{said.text[:60]}”")
    return Score(1)


def region_purity(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """No citation comes from a region that was not asked about."""
    if case.kind in {Kind.COMPARE, Kind.AMBIGUOUS} or not reply.citations or not case.provisions:
        return None
    wanted = {corpus.provisions[key].region for key in case.provisions}
    strange = {_region(cited, corpus) for cited in reply.citations} - wanted
    return Score(not strange, f"från {', '.join(sorted(str(r) for r in strange))}")


def parts(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """The share of a several-part question's parts that were answered."""
    if case.kind is not Kind.SEVERAL or not case.required:
        return None
    met = sum(_any(group, reply.text) for group in case.required)
    return Score(met / len(case.required), f"{met} av {len(case.required)}")


def computed(case: Case, reply: Reply, corpus: Corpus) -> Score | None:
    """A result that must be computed is exactly right."""
    return correct(case, reply, corpus) if case.kind in CALCULATED else None


SCORERS: dict[str, Scorer] = {
    "correct": correct,
    "status": status,
    "required": required,
    "forbidden": forbidden,
    "citation_hit": citation_hit,
    "citation_precision": citation_precision,
    "support": support,
    "region_purity": region_purity,
    "parts": parts,
    "computed": computed,
}


def _any(group: tuple[str, ...], text: str) -> bool:
    return any(_search(pattern, text) for pattern in group)


def _search(pattern: str, text: str) -> bool:
    try:
        return regex.search(pattern, text, FLAGS, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise InputError(
            f"Uttrycket {pattern!r} tog mer än {PATTERN_SECONDS:.0f} s. Skriv om det."
        ) from None


def _cites(case: Case, reply: Reply) -> bool:
    answered = reply.action == "answer" and reply.action in {case.status, *case.status_alt}
    return bool(case.provisions) and (case.status == "answer" or answered)


def _carries(cited: Cited, case: Case, corpus: Corpus) -> bool:
    if cited.lines is None:
        return cited.provision in case.provisions
    first, last = cited.lines
    if last - first + 1 > WIDEST_CITATION:
        return False
    return any(
        _same_file(cited.file, file) and first <= end and last >= start
        for file, start, end in case.evidence or _places(case, corpus)
    )


def _places(case: Case, corpus: Corpus) -> list[tuple[str, int, int]]:
    provisions = [corpus.provisions[key] for key in case.provisions]
    return [(corpus.documents[p.document].file, *p.locator.lines) for p in provisions]


def _same_file(cited: str, file: str) -> bool:
    name = cited.replace("\\", "/").rsplit("/", 1)[-1]
    return name == file or (name[:3].isdigit() and name[:3] == file[:3])


def _wording(cited: Cited, corpus: Corpus) -> str:
    provision = corpus.provisions.get(cited.provision or "")
    return provision.text if provision else cited.quote


def _region(cited: Cited, corpus: Corpus) -> str | None:
    for document in corpus.documents.values():
        if _same_file(cited.file, document.file):
            return document.region
    return cited.region
