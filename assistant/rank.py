"""The reranker: looks at question and provision together, and weighs what it sees.

A linear model over a dozen features, its weights learned from held-out question forms
(`make ranker`, evals/ranking.py) and kept in `ranker.json`. It takes microseconds, and every
weight can be read and doubted.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from langchain_core.documents import Document

from assistant.asked import Kind, asked, held
from assistant.setting import settings_of
from assistant.understand import content_words
from ingest import swedish
from ingest.document import Corpus, Provision

WEIGHTS = Path(__file__).parent / "ranker.json"
FEATURES = (
    "dense",  # mean of the three nearest texts of the provision
    "dense_best",
    "dense_own",
    "dense_gap",  # how far behind the best provision
    "dense_inverse_rank",
    "lexical_share",  # BM25 as a share of the best
    "lexical_inverse_rank",
    "coverage",  # idf-weighted share of the question's words in wording and headings
    "settings_shared",
    "settings_missing",  # in the question, not in the provision
    "settings_extra",  # in the provision, not in the question
    "kinds_held",  # kinds of fact asked for and held
    "kinds_lacking",
    "is_gap",
    "is_gap_and_asked",  # a gap, and the question asks for a number, a time, a code …
    "length",  # of the wording, in hundreds of characters
)
_MEASURED = frozenset(Kind) - {Kind.WHO, Kind.LAW}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which stems each provision's wording and headings hold, and how rare each stem is."""

    stems: dict[str, frozenset[str]]
    rarity: dict[str, float]

    @classmethod
    def of(cls, corpus: Corpus) -> "Lexicon":
        """The lexicon of a corpus."""
        stems = {
            key: frozenset(swedish.stems(" ".join([*p.locator.headings, p.text])))
            for key, p in corpus.provisions.items()
        }
        counts = Counter(stem for found in stems.values() for stem in found)
        return cls(stems, {stem: math.log(len(stems) / n) for stem, n in counts.items()})


def features(
    question: str, found: list[Document], corpus: Corpus, lexicon: Lexicon
) -> list[list[float]]:
    """One row of `FEATURES` for each provision found, in the same order."""
    own_words = {swedish.stem(word) for word in content_words(question)}
    rarest = math.log(max(len(lexicon.stems), 2))
    weight = {word: lexicon.rarity.get(word, rarest) for word in own_words}
    total = sum(weight.values()) or 1.0
    asks = asked(question)
    places = settings_of(question)
    best_dense = max((d.metadata.get("dense_score", 0.0) for d in found), default=0.0)
    floor = min((d.metadata.get("dense_score", 1.0) for d in found), default=0.0)
    best_lexical = max((d.metadata.get("lexical_score", 0.0) for d in found), default=0.0) or 1.0
    rows = []
    for document in found:
        data = document.metadata
        provision = corpus.provisions[data["provision"]]
        dense = data.get("dense_score", floor)
        there = _settings(provision)
        holds = held(provision.text)
        measured = bool(asks & _MEASURED)
        rows.append(
            [
                dense,
                data.get("dense_best", dense),
                data.get("dense_own", floor),
                best_dense - dense,
                1 / data["dense_rank"] if "dense_rank" in data else 0.0,
                data.get("lexical_score", 0.0) / best_lexical,
                1 / data["lexical_rank"] if "lexical_rank" in data else 0.0,
                sum(weight[word] for word in own_words & lexicon.stems[provision.id]) / total,
                float(len(places & there)),
                float(len(places - there)),
                float(len(there - places)),
                float(len(asks & holds)),
                float(len(asks - holds)),
                float(provision.gap),
                float(provision.gap and measured),
                len(provision.text) / 100,
            ]
        )
    return rows


def rerank(
    question: str, found: list[Document], corpus: Corpus, lexicon: Lexicon
) -> list[Document]:
    """The documents in the order of the learned score, which each then carries as `rank_score`."""
    weights = learned_weights()
    for document, row in zip(found, features(question, found, corpus, lexicon), strict=True):
        document.metadata["rank_score"] = sum(w * x for w, x in zip(weights, row, strict=True))
    return sorted(found, key=lambda d: (-d.metadata["rank_score"], d.metadata["provision"]))


@lru_cache(maxsize=1)
def learned_weights() -> tuple[float, ...]:
    """The weights in the order of `FEATURES`."""
    table = json.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return tuple(float(table[name]) for name in FEATURES)


@lru_cache(maxsize=2048)
def _settings(provision: Provision) -> frozenset[str]:
    return settings_of(" ".join([*provision.locator.headings, provision.text]))
