"""What a text wants that is no question on the guidelines: help now, a service, another topic.

A linear model over hashed n-grams, stems and pairs of stems, learned from `corpus/refusals/` and
the question forms (`make intent`, evals/intent.py) and kept in `intent.npz`.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest import swedish
from ingest.errors import ModelError

MODEL = Path(__file__).parent / "intent.npz"
ANSWER = "answer"  # the kind of a text that should be answered
BITS = 16  # of a feature's hash
SURER = 4.0  # times more probable than danger that anything else must be to come before it
SHORTEST = 2  # words of a sentence that is looked at by itself
RARITY_STEPS = 64  # a rarity is stored as a whole number of these parts of one
_SENTENCE = re.compile(r"(?<=[.?!])\s+")

Floats = NDArray[np.float32]


class Intent(NamedTuple):
    """What to refuse a text for, and which kind of it, as in `corpus/refusals/`."""

    category: str
    kind: str


class Limits(NamedTuple):
    """The least probability of a category, in a text as a whole and in one sentence of it."""

    whole: float
    sentence: float


# The learned limits let one question form in a thousand through. Sentences of a story, and turns of
# three words in the middle of a conversation, are like no form, so a refusal takes more there.
SURE = {"urgent": Limits(0.0, 0.6), "instruction": Limits(0.3, 0.5)}
# "Hon står på sig." sounds of danger by itself, but not with the question that stands beside it:
# where a later turn as a whole is no more probable than this, a sentence must be quite certain.
FLOOR = 0.05
CERTAIN = 0.9
SURE_LATER = {"urgent": Limits(0.35, 0.8), "instruction": Limits(0.3, 0.5)}


class Model(NamedTuple):
    """The learned weights; a row of `weights` for each kind, a column for each hashed feature."""

    kinds: tuple[str, ...]
    weights: Floats
    bias: Floats
    rarity: Floats
    limits: dict[str, Limits]
    fingerprint: str

    def rows(self, category: str) -> list[int]:
        """The rows of a category's kinds."""
        return [n for n, kind in enumerate(self.kinds) if category_of(kind) == category]


def intent(text: str, *, later: bool = False) -> Intent | None:
    """What the text must be refused for, None where it may be answered.

    `later`: it is not the first turn of its conversation.

    Raises ModelError where the model is missing or unreadable.
    """
    model = load()
    least = SURE_LATER if later else SURE
    sure = {
        category: Limits(*map(max, limits, least.get(category, limits)))
        for category, limits in model.limits.items()
    }
    return _passing(text, model, sure, FLOOR if later else 0.0)


def hints_at_danger(text: str, *, later: bool = False) -> bool:
    """Whether the text may tell of danger, though not surely enough to refuse the question.

    `later`: it is not the first turn of its conversation; then one of its sentences must tell.
    """
    model = load()
    limit = model.limits["urgent"]
    if later:
        limit = Limits(max(limit.whole, SURE_LATER["urgent"].whole), limit.sentence)
    return _passing(text, model, {"urgent": limit}) is not None


def _passing(
    text: str, model: Model, limits: Mapping[str, Limits], floor: float = 0.0
) -> Intent | None:
    found = [features(part) for part in windows(text)]
    if not found[0]:
        return None
    likely = [probabilities(columns, model) for columns in found]
    passed: dict[str, float] = {}
    for category, limit in limits.items():
        rows = model.rows(category)
        whole, *sentences = (float(one[rows].sum()) for one in likely)
        told = [whole] if whole > limit.whole else []
        least = limit.sentence if whole > floor else max(limit.sentence, CERTAIN)
        told += [share for share in sentences if share > least]
        if told:
            passed[category] = max(told)
    if not passed:
        return None
    chosen = max(passed, key=passed.__getitem__)
    if "urgent" in passed and passed[chosen] < SURER * passed["urgent"]:
        chosen = "urgent"
    rows = model.rows(chosen)
    best = np.max([one[rows] for one in likely], axis=0)
    return Intent(chosen, model.kinds[rows[int(best.argmax())]])


def category_of(kind: str) -> str:
    """The category that a kind belongs to.

    >>> category_of("urgent.self-harm")
    'urgent'
    """
    return kind.partition(".")[0]


def windows(text: str) -> list[str]:
    """The text, and its sentences where there are several: danger is often told in one of them.

    >>> windows("Hon andas knappt. Vem kallar till SIP?")[1:]
    ['Hon andas knappt.', 'Vem kallar till SIP?']
    """
    cleaned = swedish.clean(text)
    sentences = _SENTENCE.split(cleaned)
    if len(sentences) == 1:
        return [cleaned]
    return [cleaned, *(s for s in sentences if len(s.split()) >= SHORTEST)]


def features(text: str) -> list[int]:
    """The hashes of what stands in the text, ascending, each once."""
    line = swedish.embedding_features(text).split()
    # What is asked of the assistant stands first: "boka", "kan du". A stem is written "=stem".
    opening = [feature[1:] for feature in line if feature[0] == "="][:2]
    found = {*line, *("^" + "_".join(opening[:n]) for n in range(1, len(opening) + 1))}
    return sorted({zlib.crc32(feature.encode()) % (1 << BITS) for feature in found})


def probabilities(columns: list[int], model: Model) -> Floats:
    """How probable each kind is of a text with these features, in the order of `model.kinds`."""
    logits = model.bias.copy()
    if columns:
        logits += model.weights[:, columns] @ unit(model.rarity[columns])
    grown = np.exp(logits - logits.max())
    return np.asarray(grown / grown.sum(), dtype=np.float32)


def unit(values: Floats) -> Floats:
    """The values scaled to length one."""
    return np.asarray(values / np.linalg.norm(values), dtype=np.float32)


@lru_cache(maxsize=1)
def load() -> Model:
    """The stored model. Raises ModelError where it is missing or unreadable."""
    try:
        with np.load(MODEL, allow_pickle=False) as stored:
            kinds = tuple(str(kind) for kind in stored["kinds"])
            weights = stored["weights"].astype(np.float32) * stored["scale"][:, None]
            limits = {
                str(name): Limits(float(whole), float(sentence))
                for name, (whole, sentence) in zip(
                    stored["categories"], stored["limits"], strict=True
                )
            }
            return Model(
                kinds,
                weights,
                stored["bias"],
                stored["rarity"].astype(np.float32) / RARITY_STEPS,
                limits,
                str(stored["fingerprint"]),
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"Modellen som känner igen akuta frågor ({MODEL}) går inte att läsa: {error}. "
            "Installera om programmet eller träna den med 'make intent'."
        ) from None


def save(model: Model, path: Path = MODEL) -> None:
    """Write the model, weights rounded to 255 steps a kind; the same model gives the same bytes."""
    scale = np.abs(model.weights).max(axis=1) / 127
    np.savez_compressed(
        path,
        kinds=np.array(model.kinds),
        weights=np.rint(model.weights / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.bias.astype(np.float32),
        rarity=stepped(model.rarity),
        categories=np.array(list(model.limits)),
        limits=np.array(list(model.limits.values())),
        fingerprint=np.array(model.fingerprint),
    )


def stepped(rarity: Iterable[float]) -> NDArray[np.uint8]:
    """Rarities as they are stored."""
    steps = np.rint(np.asarray(list(rarity)) * RARITY_STEPS)
    return np.asarray(steps, dtype=np.uint8)
