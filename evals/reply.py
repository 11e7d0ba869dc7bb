"""A reply as scored: the contract's JSON, whoever made it."""

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from evals.case import Case
from ingest.errors import InputError

System = Callable[[Case], "Reply"]

_NUMBERS = regex.compile(r"\[\d{1,3}(?:\s*[,-]\s*\d{1,3})*\]")
_SOURCE = regex.compile(
    r"\[[^\]\n]{0,80}(?:\b00\d\b|källa|source|ref|rad(?:er)?\s*\d)[^\]\n]{0,80}\]"
    r"|\((?:källa|source|fil|file|dok\w*)?:?\s*00\d[^)\n]{0,60}\)",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a reply: the original's file and lines, and the provision if it has one."""

    file: str
    lines: tuple[int, int] | None
    provision: str | None
    region: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a reply, with the positions of its citations among the reply's."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system answered."""

    action: str
    answer: str
    citations: tuple[Cited, ...] = ()
    statements: tuple[Said, ...] = ()
    computations: tuple[str, ...] = ()  # the text of each shown computation
    retrieved: tuple[str, ...] = ()  # provision ids in the order they were found
    latency_ms: float | None = None
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The answer as it is searched for facts: one space, one dash, no marks of citations."""
        text = unicodedata.normalize("NFC", self.answer).replace("\u00ad", "")
        text = regex.sub("[\u00a0\u2007\u2009\u202f]", " ", text)
        text = regex.sub("[\u2010-\u2015\u2212]", "-", text)
        text = _NUMBERS.sub(" ", _SOURCE.sub(" ", text))
        return " ".join(regex.sub(r"[*`#]+", "", text).split())


MISSING = Reply("missing", "")


def from_json(record: dict[str, Any]) -> Reply:
    """The reply in one line of an answers file."""
    found = record.get("citations") or []
    answer = str(record.get("answer") or "")
    return Reply(
        action=str(record.get("action") or ("answer" if answer else "missing")).strip().lower(),
        answer=answer,
        citations=tuple(_cited(c) for c in ([found] if isinstance(found, dict | str) else found)),
        statements=tuple(
            Said(str(s["text"]), tuple(int(n) - 1 for n in s["citations"]))
            for s in record.get("statements") or []
        ),
        computations=tuple(
            json.dumps(c, ensure_ascii=False) for c in record.get("computations") or []
        ),
        retrieved=tuple(record.get("retrieved") or ()),
        latency_ms=record.get("latency_ms"),
        raw=record,
    )


def read_answers(path: Path, ids: Iterable[str]) -> dict[str, Reply]:
    """The replies of an answers file by case id.

    Raises InputError for a line that is no JSON object and for ids missing, double or unknown.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"Svarsfilen {path} går inte att läsa: {error.strerror}.") from None
    wanted = set(ids)
    replies: dict[str, Reply] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            name = record["id"]
            reply = from_json(record)
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}:{number}: raden är inget svar ({error}).") from None
        if name in replies:
            raise InputError(f"{path}:{number}: svaret {name} finns två gånger.")
        if name not in wanted:
            raise InputError(f"{path}:{number}: fallet {name} finns inte i frågesamlingen.")
        replies[name] = reply
    if lost := sorted(wanted - set(replies)):
        raise InputError(f"{path}: svar saknas för {len(lost)} fall, bland dem {lost[0]}.")
    return replies


def _cited(citation: dict[str, Any] | str) -> Cited:
    if isinstance(citation, str):
        return Cited("", None, None, None, citation)
    lines = citation.get("lines")
    if isinstance(lines, int):
        lines = [lines]
    return Cited(
        file=str(citation.get("file") or citation.get("doc") or ""),
        lines=(int(lines[0]), int(lines[-1])) if lines else None,
        provision=citation.get("provision"),
        region=citation.get("region"),
        quote=str(citation.get("quote") or citation.get("text") or ""),
    )
