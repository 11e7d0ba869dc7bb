"""What the model makes of a question: its one sentence, its parts, its region; checked, then used.

Days, times and events are never taken from the model: they are read from the user's own words.
"""

from dataclasses import dataclass
from typing import Any

from assistant import regions
from assistant.answer import Question
from assistant.model import lenient, prompt
from assistant.model.grounded import adds, region_told, stands_in
from assistant.model.line import Deadline, Line, Request
from assistant.model.setup import Task
from assistant.model.trouble import Kind, Trouble
from ingest import swedish

MOST_PARTS = 4
_SHORTEST = 3  # words
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "fraga": {"type": "string"},
        "delfragor": {"type": "array", "items": {"type": "string"}},
        "region": {"type": "string"},
        "region_ord": {"type": "string"},
    },
    "required": ["fraga", "delfragor", "region", "region_ord"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was taken over of the model's reading; empty where nothing could be."""

    wording: str = ""
    parts: tuple[str, ...] = ()
    region: str | None = None
    region_words: str = ""


def request(question: Question) -> Request:
    """The request that asks how the question is to be understood."""
    messages = prompt.filled(
        Task.UNDERSTANDING,
        regioner=", ".join(region.id for region in regions.with_guideline()),
        tidigare=prompt.earlier(question.turns[:-1]),
        fraga=prompt.one_line(question.turns[-1]),
    )
    return Request(Task.UNDERSTANDING, messages, schema=_SCHEMA)


def reading(line: Line, question: Question, who: str, deadline: Deadline) -> Reading:
    """The model's reading, as far as the conversation bears it out. Trouble where there is none."""
    asked = request(question)
    if prompt.tokens_of(asked.messages) > prompt.BUDGET:
        raise Trouble(Kind.TOO_LONG)
    text, _ = line.ask(asked, who, deadline)
    found = lenient.loads(text)
    if not isinstance(found, dict):
        raise Trouble(Kind.UNREADABLE)
    return checked(found, question)


def checked(found: dict[str, Any], question: Question) -> Reading:
    """What of the model's fields the conversation bears out."""
    *before, last = question.turns
    told = " ".join([*before, last])
    wording = _text(found.get("fraga"))
    if len(wording.split()) < _SHORTEST or adds(wording, told) or not stands_in(wording, told):
        wording = ""
    asked = found.get("delfragor")
    parts = [_text(part) for part in (asked if isinstance(asked, list) else ())]
    parts = [p for p in parts if len(p.split()) >= _SHORTEST]
    if len(parts) < 2 or any(adds(p, told) or not stands_in(p, told) for p in parts):
        parts = []
    region, words = _text(found.get("region")).lower(), _text(found.get("region_ord"))
    known = {r.id for r in regions.with_guideline()}
    if region not in known or not region_told(region, words, told):
        return Reading(wording, tuple(parts[:MOST_PARTS]))
    return Reading(wording, tuple(parts[:MOST_PARTS]), region, words)


def _text(value: Any) -> str:
    return swedish.clean(value)[:400] if isinstance(value, str) else ""
