"""Requests to the model: files in prompts/ with their $names filled in, kept within a budget."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil
from pathlib import Path
from string import Template
from typing import NamedTuple

from ingest import swedish
from ingest.document import Provision

FOLDER = Path(__file__).parent / "prompts"
BUDGET = 3000  # tokens of a request: with the reply, what small local models take
SPARE = 400  # tokens by which a second try may exceed the budget
MOST_GIVEN = 8  # provisions in a request
_BEFORE = 2  # earlier turns that go along
# A token holds fewer letters in Swedish than in English: 3.0-3.6 in tokenizers of 2024-2026.
_LETTERS = 3.0
_PARTS = "\n---\n"


class Message(NamedTuple):
    """A message as LangChain takes it."""

    role: str  # "system", "user" or "assistant"
    content: str


def tokens(text: str) -> int:
    """Roughly how many tokens the text is, rather too many than too few.

    Counted without a tokenizer: each model has its own, and most would have to be downloaded.
    """
    return ceil(len(text) / _LETTERS)


def tokens_of(messages: Sequence[Message]) -> int:
    """Roughly how many tokens the messages are, with what goes between them."""
    return sum(tokens(message.content) + 4 for message in messages)


def filled(name: str, **names: str) -> list[Message]:
    """The prompt of that name as messages: what stands above --- is the system's, if any."""
    *system, user = template(name).split(_PARTS)
    roles = ["system"] * len(system) + ["user"]
    return [
        Message(role, Template(part).substitute(names).strip())
        for role, part in zip(roles, [*system, user], strict=True)
    ]


@lru_cache(maxsize=16)
def template(name: str) -> str:
    """The file's text, with its $names."""
    return (FOLDER / f"{name}.txt").read_text("utf-8")


def templates() -> dict[str, str]:
    """Every prompt by name."""
    return {path.stem: template(path.stem) for path in sorted(FOLDER.glob("*.txt"))}


def one_line(text: str) -> str:
    """The text as one line, so that it cannot pass for another part of the request."""
    return swedish.clean(text)


def earlier(turns: Sequence[str]) -> str:
    """The last of the turns before the question, whole; empty where there are none."""
    if not turns:
        return ""
    told = "\n".join(f"- {one_line(turn)}" for turn in turns[-_BEFORE:])
    return f"\nTidigare i samtalet:\n{told}\n"


def fitting(
    provisions: Sequence[Provision], rest: int, budget: int = BUDGET
) -> tuple[Provision, ...]:
    """The first of the provisions that fit beside `rest` tokens; each whole or not at all."""
    left = budget - rest
    taken: list[Provision] = []
    for provision in provisions[:MOST_GIVEN]:
        left -= tokens(provision.text) + 4
        if left < 0:
            break
        taken.append(provision)
    return tuple(taken)


def numbered(texts: Mapping[str, str]) -> str:
    """Texts by their marks, a line each: "[1] …"."""
    return "\n".join(f"[{mark}] {one_line(text)}" for mark, text in texts.items())
