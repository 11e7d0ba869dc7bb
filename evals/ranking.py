"""Learn the reranker's weights from question forms that the index and the model have not seen.

`python -m evals.ranking` (or `make ranker`): the forms are dealt into five folds; for each, the
embedding model is trained and the index built without it, and its forms are asked. What comes out
measures retrieval (docs/quality.md) and teaches the weights (assistant/ranker.json).
"""

import json
import random
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant import rank
from assistant.regions import without_names
from assistant.retrieve import hybrid
from evals.run import rate
from ingest import index as ingest_index
from ingest.document import Corpus
from ingest.edition import read_corpus
from ingest.embed import BundledEmbeddings
from ingest.index import Index

FOLDS = 5
SEED = 20261123
DAY = date(2026, 11, 23)


class Asked(NamedTuple):
    """A held-out form: its provision, what was found for it, and the features of each."""

    provision: str
    found: list[str]
    rows: list[list[float]]
    fused: list[float]


def folds(corpus: Corpus) -> list[list[int]]:
    """The forms' numbers dealt into `FOLDS` folds, alike each time."""
    numbers = list(range(len(corpus.forms)))
    random.Random(SEED).shuffle(numbers)
    return [numbers[n::FOLDS] for n in range(FOLDS)]


def ask_fold(fold: int) -> list[Asked]:
    """Train and index without the fold, then ask its forms with their region known."""
    from ingest.train import save, train

    corpus = read_corpus()
    held_out = folds(corpus)[fold]
    kept = sorted(set(range(len(corpus.forms))) - set(held_out))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        save(train(corpus, forms=kept), path / "model")
        part = Corpus(
            corpus.documents,
            corpus.provisions,
            tuple(corpus.forms[n] for n in kept),
            f"fold {fold}",
        )
        model = BundledEmbeddings(path / "model")
        ingest_index.build(part, model, path / "index")
        index = Index(path / "index", model)
        lexicon = rank.Lexicon.of(part)
        return [_ask(index, lexicon, *corpus.forms[n]) for n in held_out]


def _ask(index: Index, lexicon: rank.Lexicon, provision: str, form: str) -> Asked:
    question = without_names(form)
    region = index.corpus.provisions[provision].region
    found = hybrid(index, region, DAY, k=24).invoke(question)
    return Asked(
        provision,
        [d.metadata["provision"] for d in found],
        rank.features(question, found, index.corpus, lexicon),
        [d.metadata["score"] for d in found],
    )


def learn(asked: Sequence[Asked]) -> list[float]:
    """Weights by logistic regression on the differences between the right one and the others."""
    from sklearn.linear_model import LogisticRegression

    differences = []
    for one in asked:
        if one.provision not in one.found:
            continue
        rows = np.array(one.rows)
        right = one.found.index(one.provision)
        differences.append(rows[right] - np.delete(rows, right, axis=0)[:10])
    x = np.concatenate(differences)
    scale = x.std(axis=0) + 1e-9
    both = np.concatenate([x, -x]) / scale
    labels = np.concatenate([np.ones(len(x)), np.zeros(len(x))])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(both, labels)
    return [round(float(w), 5) for w in model.coef_[0] / scale]


def hits(asked: Sequence[Asked], weights: Sequence[float] | None) -> dict[int, float]:
    """The share of forms whose provision is among the first 1, 3 and 5."""
    ranks = []
    for one in asked:
        scores = one.fused if weights is None else (np.array(one.rows) @ np.array(weights)).tolist()
        order = [key for _, key in sorted(zip(scores, one.found, strict=True), reverse=True)]
        ranks.append(order.index(one.provision) if one.provision in order else 99)
    return {k: sum(r < k for r in ranks) / len(ranks) for k in (1, 3, 5)}


def main() -> None:
    """Run the folds, learn and write the weights, print what each step gives."""
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(ask_fold, range(FOLDS)))
    everything = [one for found in results for one in found]
    print("fused", hits(everything, None))
    crossed: list[dict[int, float]] = []
    for fold in range(FOLDS):
        others = [one for n, found in enumerate(results) if n != fold for one in found]
        crossed.append(hits(results[fold], learn(others)))
    share = {k: float(np.mean([c[k] for c in crossed])) for k in (1, 3, 5)}
    print("reranked, cross-validated", share)
    first = rate(
        [1.0] * round(share[1] * len(everything))
        + [0.0] * (len(everything) - round(share[1] * len(everything)))
    )
    print(f"hit@1 {first.value:.3f} ({first.low:.3f}-{first.high:.3f}), n {first.n}")
    weights = dict(zip(rank.FEATURES, learn(everything), strict=True))
    facts = {"forms": len(everything), "fused": hits(everything, None), "reranked": share}
    rank.WEIGHTS.write_text(
        json.dumps({"weights": weights, "facts": facts}, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
