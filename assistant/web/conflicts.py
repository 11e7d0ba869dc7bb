"""Where a guideline contradicts itself or can be read in several ways, for each provision."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import corpus
from assistant.rules import all_rules


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not go together, how it is read here where it is, the provisions that it is in."""

    says: str
    reading: str
    provisions: tuple[str, ...]


def conflicts_of(provision: str) -> tuple[Conflict, ...]:
    """What is known of the provision: what people wrote down first, then the rules' readings."""
    return _known().get(provision, ())


@lru_cache(maxsize=1)
def written() -> tuple[Conflict, ...]:
    """The conflicts of `corpus/conflicts.toml`, in its order."""
    table = tomllib.loads((corpus.FOLDER / "conflicts.toml").read_text("utf-8"))
    return tuple(
        Conflict(entry["says"], entry.get("reading", ""), tuple(entry["provisions"]))
        for entry in table["conflict"]
    )


@lru_cache(maxsize=1)
def _known() -> Mapping[str, tuple[Conflict, ...]]:
    found: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in written():
        for provision in conflict.provisions:
            found[provision].append(conflict)
    for rule in all_rules().values():
        reading, other = rule.data.get("interpretation"), rule.data.get("alternative")
        # Whoever has written the conflict down has said it better; one with a gap for a date is
        # only whole beside a computation.
        if reading and other and "{" not in other and rule.id not in found:
            conflict = Conflict(f"Kan också läsas så: {other}", reading, rule.provisions)
            found[rule.id].append(conflict)
    return {key: tuple(conflicts) for key, conflicts in found.items()}
