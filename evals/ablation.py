"""What each part of retrieval adds, measured on the golden set with one part at a time.

`python -m evals.ablation` (or `make ablation`) writes the table into docs/quality.md between its
marks. A case counts where it names provisions and a region; found means that one of its provisions
is among the first k.
"""

import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from assistant import understand
from assistant.answer import Question
from assistant.retrieve import hybrid
from assistant.search import Search, views
from evals.case import Case, load
from evals.run import rate
from ingest import swedish
from ingest.document import Corpus
from ingest.edition import read_corpus
from ingest.embed import BundledEmbeddings
from ingest.engines import WordIndex, write_words
from ingest.index import Index, build

DOCUMENT = Path(__file__).parent.parent / "docs" / "quality.md"
BEGIN, END = "<!-- ablation -->", "<!-- /ablation -->"
Find = Callable[[str, str | None, str | None, date], list[str]]  # text, context, region, day


def main() -> None:
    """Measure every variant and write the table."""
    corpus = read_corpus()
    cases = _cases()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        rows = [_row(name, find, cases) for name, find in _variants(corpus, path).items()]
    table = "\n".join(
        [
            BEGIN,
            f"{len(cases)} golden cases that name a region and a provision; share found among the "
            "first k, with the 95 % interval of the first.",
            "",
            "| retrieval | hit@1 | 95 % | hit@3 | hit@5 |",
            "|---|---|---|---|---|",
            *rows,
            END,
        ]
    )
    text = DOCUMENT.read_text("utf-8")
    changed = re.sub(f"{BEGIN}.*{END}", lambda _: table, text, flags=re.DOTALL)
    DOCUMENT.write_text(changed, "utf-8")
    print(table)


def _cases() -> list[tuple[Case, understand.Understood]]:
    found = []
    for cases in load().values():
        for case in cases:
            understood = understand.understand(Question(case.turns, case.region, case.as_of))
            if case.provisions and len(understood.regions) == 1:
                found.append((case, understood))
    return found


def _row(name: str, find: Find, cases: list[tuple[Case, understand.Understood]]) -> str:
    ranks = []
    for case, understood in cases:
        found = find(understood.text, understood.context, understood.regions[0].id, case.as_of)
        ranks.append(next((n for n, key in enumerate(found) if key in case.provisions), 99))
    shares = [rate([float(r < k) for r in ranks]) for k in (1, 3, 5)]
    first = shares[0]
    return (
        f"| {name} | {100 * first.value:.1f} | {100 * first.low:.1f}–{100 * first.high:.1f} "
        f"| {100 * shares[1].value:.1f} | {100 * shares[2].value:.1f} |"
    )


def _variants(corpus: Corpus, folder: Path) -> dict[str, Find]:
    def lower(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    bare = Corpus(corpus.documents, corpus.provisions, (), "bare")
    model = BundledEmbeddings()
    build(bare, model, folder / "bare")
    build(corpus, model, folder / "whole")
    alone, whole = Index(folder / "bare", model), Index(folder / "whole", model)
    search = Search(whole)

    def reranked(text: str, context: str | None, region: str | None, day: date) -> list[str]:
        return [f.provision.id for f in search.find(views(text, context), region or "", day)]

    def fused(text: str, context: str | None, region: str | None, day: date) -> list[str]:
        found = hybrid(whole, region, day).invoke(_joined(text, context))
        return [d.metadata["provision"] for d in found]

    return {
        "words, lower case": _words(corpus, folder / "lower", lower, forms=False),
        "+ folding, abbreviations, stems": _words(corpus, folder / "stem", swedish.stems, False),
        "+ character n-grams (compounds)": _words(
            corpus, folder / "gram", swedish.lexical_terms, False
        ),
        "+ question forms": _words(corpus, folder / "form", swedish.lexical_terms, True),
        "vectors, provisions only": lambda t, c, r, d: [
            s.id for s in alone.dense(_joined(t, c), 10, r, d)
        ],
        "vectors, with question forms": lambda t, c, r, d: [
            s.id for s in whole.dense(_joined(t, c), 10, r, d)
        ],
        "words and vectors fused": fused,
        "the same, region filter off": lambda t, c, r, d: fused(t, c, None, d),
        "fused and reranked": reranked,
    }


def _words(corpus: Corpus, path: Path, terms: Callable[[str], list[str]], forms: bool) -> Find:
    texts = {key: " ".join([*p.locator.headings, p.text]) for key, p in corpus.provisions.items()}
    if forms:
        for key, form in corpus.forms:
            texts[key] += " " + form
    write_words(path, [terms(text) for text in texts.values()])
    index, keys = WordIndex(path), list(texts)

    def find(text: str, context: str | None, region: str | None, day: date) -> list[str]:
        allowed = [corpus.provisions[key].region == region for key in keys]
        scores = index.scores(terms(_joined(text, context)), allowed)
        return [keys[n] for n in np.argsort(-scores, kind="stable")[:10] if scores[n] > 0]

    return find


def _joined(text: str, context: str | None) -> str:
    return f"{context} {text}" if context else text


if __name__ == "__main__":
    main()
