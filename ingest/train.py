"""Train the bundled embedding model on the edition's own provisions and question forms.

`python -m ingest.train` (or `make model`) writes a sentence-transformers StaticEmbedding to
`ingest/model/`. A question form is drawn towards its provision and towards another form of the
same provision, away from all others of its region in the batch; features are dropped at random so
that no single n-gram decides. Seeded and single-threaded: the same corpus gives the same bytes.

The loss is ours and not MultipleNegativesRankingLoss, which takes two forms of one provision in
a batch for negatives of each other; with some 15 forms a provision that happens in every batch.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from rich.progress import track
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from ingest import swedish
from ingest.bundled import BUNDLED_FOLDER
from ingest.document import Corpus
from ingest.edition import read_corpus

UNKNOWN = "[UNK]"


class Recipe(NamedTuple):
    """What the training depends on, beside the corpus; `ingest/model/README.md` records it."""

    dimensions: int = 192
    epochs: int = 12
    batch: int = 256
    learning_rate: float = 0.02
    temperature: float = 1 / 12
    dropout: float = 0.5  # share of a text's features left out at each sight of it
    least_count: int = 3  # texts that a feature must stand in
    others: int = 128  # provisions beside the batch's own that a form is told apart from
    seed: int = 20261123


class Trained(NamedTuple):
    """Feature → row, and the rows."""

    vocabulary: dict[str, int]
    vectors: np.ndarray


def train(corpus: Corpus, recipe: Recipe = Recipe(), forms: Sequence[int] | None = None) -> Trained:
    """The model for the corpus, or for the numbered forms of it (to hold the others out)."""
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _train(corpus, recipe, range(len(corpus.forms)) if forms is None else forms)
    finally:
        torch.set_num_threads(threads)


def _train(corpus: Corpus, recipe: Recipe, chosen: Sequence[int]) -> Trained:
    shuffle = random.Random(recipe.seed)
    number = {key: n for n, key in enumerate(corpus.provisions)}
    regions = sorted({p.region for p in corpus.provisions.values()})
    region = torch.tensor([regions.index(p.region) for p in corpus.provisions.values()])
    labels = torch.tensor([number[corpus.forms[i][0]] for i in chosen])
    questions = [swedish.embedding_features(corpus.forms[i][1]).split() for i in chosen]
    texts = [swedish.embedding_features(p.text).split() for p in corpus.provisions.values()]

    counts = Counter(feature for text in questions + texts for feature in set(text))
    kept = sorted(feature for feature, n in counts.items() if n >= recipe.least_count)
    vocabulary = {UNKNOWN: 0} | {feature: n for n, feature in enumerate(kept, 1)}
    questions_ids = [_ids(text, vocabulary) for text in questions]
    texts_ids = [_ids(text, vocabulary) for text in texts]
    others_drawn = min(recipe.others, len(texts_ids))
    thin = np.random.default_rng(recipe.seed)
    siblings: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(labels.tolist()):
        siblings[label].append(i)

    bag = torch.nn.EmbeddingBag(len(vocabulary), recipe.dimensions, mode="mean")
    torch.nn.init.normal_(bag.weight, std=0.1)
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.learning_rate)

    def vectors(lists: Sequence[np.ndarray]) -> Tensor:
        """The vectors of texts, each with some of its features left out at random."""
        starts = np.cumsum([0, *(len(ids) for ids in lists[:-1])])
        flat = np.concatenate(lists)
        kept = thin.random(len(flat)) >= recipe.dropout
        # A text that would lose all its features keeps the first.
        kept[starts[np.add.reduceat(kept, starts) == 0]] = True
        begins = np.concatenate([[0], np.cumsum(np.add.reduceat(kept, starts))[:-1]])
        return normalize(bag(torch.from_numpy(flat[kept]), torch.from_numpy(begins)), dim=1)

    for epoch in track(range(recipe.epochs), description="Tränar språkmodellen"):
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * (1 - epoch / recipe.epochs)
        order = list(range(len(questions_ids)))
        shuffle.shuffle(order)
        for start in range(0, len(order), recipe.batch):
            batch = order[start : start + recipe.batch]
            wanted = labels[batch]
            anchors = vectors([questions_ids[i] for i in batch])
            partners = [shuffle.choice(siblings[int(label)]) for label in wanted]
            others = vectors([questions_ids[i] for i in partners])
            foreign = region[wanted][None, :] != region[wanted][:, None]
            same = (wanted[:, None] == wanted[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
            to_forms = (anchors @ others.T / recipe.temperature).masked_fill(foreign | same, -1e4)
            # All texts at every step would take most of the time and teach no more.
            near = sorted({*wanted.tolist(), *shuffle.sample(range(len(texts_ids)), others_drawn)})
            place = {number: n for n, number in enumerate(near)}
            elsewhere = region[near][None, :] != region[wanted][:, None]
            to_texts = anchors @ vectors([texts_ids[n] for n in near]).T / recipe.temperature
            loss = cross_entropy(to_forms, torch.arange(len(batch))) + cross_entropy(
                to_texts.masked_fill(elsewhere, -1e4),
                torch.tensor([place[number] for number in wanted.tolist()]),
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    rows = bag.weight.detach().numpy().copy()
    rows[0] = 0  # an unknown feature adds nothing
    return Trained(vocabulary, rows)


def _ids(features: list[str], vocabulary: dict[str, int]) -> np.ndarray:
    return np.array([vocabulary[f] for f in features if f in vocabulary] or [0])


def save(model: Trained, folder: Path) -> None:
    """Write the model as a sentence-transformers StaticEmbedding in half precision."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = Tokenizer(models.WordLevel(model.vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    static = StaticEmbedding(tokenizer, embedding_weights=model.vectors.astype(np.float16))
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(
        str(folder), create_model_card=False
    )


def main() -> None:
    """Train on the edition and write the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=BUNDLED_FOLDER)
    out: Path = parser.parse_args().out
    corpus = read_corpus()
    recipe = Recipe()
    model = train(corpus, recipe)
    save(model, out)
    (out / "README.md").write_text(_card(corpus, recipe, model), "utf-8")


def _card(corpus: Corpus, recipe: Recipe, model: Trained) -> str:
    return f"""---
language: sv
license: eupl-1.2
library_name: sentence-transformers
---

# The bundled embedding model

A static embedding of character n-grams and stems ({len(model.vocabulary)} features ×
{recipe.dimensions}), trained by `make model` (`ingest/train.py`) on this repository's own
{len(corpus.provisions)} provisions and {len(corpus.forms)} question forms. Nothing else was used,
so there is no foreign licence on the weights: EUPL-1.2 like the rest.

- Use: retrieval of provisions from Swedish staff's questions about SIP. For nothing else.
- Input: `ingest.swedish.embedding_features(text)`, not the raw text.
- Recipe: `{json.dumps(recipe._asdict())}`
- Corpus: `{corpus.fingerprint}`
- Limits: knows only words of this field; another guideline needs its own forms and a new training.
"""


if __name__ == "__main__":
    main()
