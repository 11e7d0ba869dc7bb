"""An answer to take along: as Markdown, as text, and as a link that opens the same question."""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from assistant import regions
from assistant.answer import Answer
from assistant.guard import MAX_LENGTH
from assistant.render import place

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$])")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the address that the page was opened with asks for, each part checked."""

    region: str | None = None
    question: str = ""
    day: str = ""
    address: str = ""
    broken_off: bool = False  # a conversation was under way when the page was opened anew


def as_markdown(answer: Answer) -> str:
    """The answer as Markdown, its sources as footnotes. Markup in the texts is escaped."""
    parts = [_plain(part) for part in (answer.note, answer.lead) if part]
    for said in answer.statements:
        label = f"**{_plain(said.label)}:** " if said.label else ""
        parts.append(label + _plain(said.text) + "".join(f"[^{n}]" for n in said.citations))
    parts += [f"> **Obs!** {_plain(warning.text)}" for warning in answer.warnings]
    parts += [
        f"[^{c.number}]: {_plain(place(c))} ({_plain(c.provision)})" for c in answer.citations
    ]
    return "\n\n".join(parts)


def link(address: str, region: str | None, day: str = "", question: str = "") -> str:
    """The address that opens the page with that region and day.

    The question goes after the number sign, which a browser never sends to any server.
    """
    asked = {"region": region or "", "dag": day}
    query = urlencode({name: value for name, value in asked.items() if value})
    return (
        address
        + (f"?{query}" if query else "")
        + (f"#fraga={quote(question, safe='')}" if question else "")
    )


def opened(told: str | None) -> Opened:
    """What the browser says of its address, as JSON; what is no known region is left out."""
    try:
        said = json.loads(told or "{}")
    except ValueError:
        return Opened()
    if not isinstance(said, dict):
        return Opened()
    text = {name: str(said.get(name) or "") for name in ("region", "fraga", "dag", "adress")}
    known = {region.id for region in regions.with_guideline()}
    safe = urlsplit(text["adress"]).scheme in {"http", "https"}
    return Opened(
        region=text["region"] if text["region"] in known else None,
        question=text["fraga"][:MAX_LENGTH],
        day=text["dag"] if re.fullmatch(r"\d{4}-\d\d-\d\d", text["dag"]) else "",
        address=text["adress"] if safe else "",
        broken_off=said.get("avbrutet") == "ja",
    )


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
