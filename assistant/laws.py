"""Which cited acts no longer apply on a given day, and what took their place."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import corpus


@dataclass(frozen=True, slots=True)
class Law:
    """An act as `corpus/laws.toml` describes it; `in_force_to` is its last day, if it has one."""

    sfs: str
    name: str
    pattern: str
    in_force_from: date
    in_force_to: date | None = None
    successor: str | None = None
    note: str | None = None


@lru_cache(maxsize=1)
def laws() -> tuple[Law, ...]:
    """Every act that the corpus knows."""
    table = tomllib.loads((corpus.FOLDER / "laws.toml").read_text("utf-8"))
    return tuple(Law(**entry) for entry in table["law"])


def repealed(text: str, day: date) -> list[Law]:
    """The acts that the text cites and that no longer applied on that day."""
    return [
        law
        for law in laws()
        if law.in_force_to is not None and law.in_force_to < day and re.search(law.pattern, text)
    ]
