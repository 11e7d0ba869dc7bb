"""Learn what to refuse from `corpus/refusals/` and the question forms, and how surely it is seen.

`python -m evals.intent` (or `make intent`) writes `assistant/intent.npz`. Five folds, dealt alike
each time: every form is judged by a model that has not seen it, the limits are set so that at most
one question form in a thousand is refused in each category, and what they then catch is printed.
"""

import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import corpus
from assistant import intent
from assistant.intent import ANSWER, Limits, Model
from evals.run import rate
from ingest.edition import read_corpus, read_text

NEAR = "near"
QUESTION = "question"
# In the order in which a text is tried.
CATEGORIES = ("urgent", "instruction", "out-of-scope")
EVERYWHERE = ("urgent", "instruction")  # looked for in each sentence too
NEVER = 2.0  # a limit that no probability passes


class Recipe(NamedTuple):
    """What the training depends on, beside the forms."""

    features: int = 1  # raise it when `assistant.intent.features` or `windows` change
    strength: float = 5.0  # of the weights against the penalty on them (C)
    near_weight: float = 5.0  # of a near form beside any other
    false_refusals: float = 0.001  # at most, of the question forms, in each category
    whole_share: float = 0.7  # of those, how many may fall to the text as a whole
    folds: int = 5
    seed: int = 20261123


class Form(NamedTuple):
    """A text and what it is: a kind in `corpus/refusals/`, `near` or `question`."""

    source: str
    text: str

    @property
    def kind(self) -> str:
        """The kind that the model learns."""
        return ANSWER if self.source in (NEAR, QUESTION) else self.source


class Seen(NamedTuple):
    """How probable each category is in each text, as a whole and in its likeliest sentence."""

    whole: dict[str, NDArray[np.float64]]
    sentence: dict[str, NDArray[np.float64]]


def forms(folder: Path = corpus.FOLDER) -> list[Form]:
    """Every refusal form, near form and question form, in the order of the files."""
    found = [
        Form(*line.split("\t"))
        for path in sorted((folder / "refusals").glob("*.tsv"))
        for line in read_text(path).splitlines()
        if line and not line.startswith("# ")
    ]
    return found + [Form(QUESTION, text) for _, text in read_corpus(folder).forms]


def fingerprint(found: Sequence[Form], recipe: Recipe) -> str:
    """What tells two trainings apart: the forms and the recipe."""
    told = json.dumps([found, recipe, intent.BITS], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


class Table(NamedTuple):
    """Texts and their sentences as rows of features: which form, whole or not, which columns."""

    form: NDArray[np.int64]
    whole: NDArray[np.bool_]
    rows: list[list[int]]


def table(found: Sequence[Form]) -> Table:
    """The rows of all forms; the first row of a form is the form as a whole."""
    form: list[int] = []
    whole: list[bool] = []
    rows: list[list[int]] = []
    for number, one in enumerate(found):
        for place, text in enumerate(intent.windows(one.text)):
            form.append(number)
            whole.append(place == 0)
            rows.append(intent.features(text))
    return Table(np.array(form), np.array(whole), rows)


def rarity_of(rows: Sequence[Sequence[int]]) -> intent.Floats:
    """How rare each feature is, as a model keeps it."""
    counts = np.zeros(1 << intent.BITS)
    for row in rows:
        counts[row] += 1
    rarity = np.sqrt(np.log(len(rows) / (1 + counts)).clip(0))
    return np.asarray(intent.stepped(rarity) / intent.RARITY_STEPS, dtype=np.float32)


def fit(found: Sequence[Form], data: Table, chosen: NDArray[np.bool_], recipe: Recipe) -> Model:
    """The model learned from the chosen forms, yet without limits."""
    from sklearn.linear_model import LogisticRegression

    answered = np.array([one.kind == ANSWER for one in found])
    # A sentence of a question is no cause to refuse; of a refused text it may be anything.
    used = chosen[data.form] & (data.whole | answered[data.form])
    rarity = rarity_of([row for row, use in zip(data.rows, used, strict=True) if use])
    kinds = [found[number].kind for number in data.form[used]]
    learner = LogisticRegression(C=recipe.strength, max_iter=400)
    near = np.array([found[number].source == NEAR for number in data.form[used]])
    learner.fit(
        _matrix(data.rows, used, rarity), kinds, sample_weight=np.where(near, recipe.near_weight, 1)
    )
    weights = np.asarray(learner.coef_, dtype=np.float32)
    bias = np.asarray(learner.intercept_, dtype=np.float32)
    return Model(tuple(map(str, learner.classes_)), weights, bias, rarity, {}, "")


def _matrix(rows: Sequence[Sequence[int]], used: NDArray[np.bool_], rarity: intent.Floats):  # type: ignore[no-untyped-def]
    from scipy.sparse import csr_matrix

    taken = [row for row, use in zip(rows, used, strict=True) if use]
    values = [intent.unit(rarity[row]) for row in taken if row]
    starts = np.cumsum([0, *map(len, taken)])
    columns = np.concatenate([np.array(row, dtype=np.int64) for row in taken])
    return csr_matrix(
        (np.concatenate(values), columns, starts), shape=(len(taken), 1 << intent.BITS)
    )


def judged(found: Sequence[Form], data: Table, recipe: Recipe) -> Seen:
    """Every form as a model sees it that was trained without it."""
    deal = random.Random(recipe.seed)
    fold = np.array([deal.randrange(recipe.folds) for _ in found])
    whole = {name: np.zeros(len(found)) for name in CATEGORIES}
    sentence = {name: np.zeros(len(found)) for name in CATEGORIES}
    for number in range(recipe.folds):
        model = fit(found, data, fold != number, recipe)
        held_out = fold[data.form] == number
        logits = _matrix(data.rows, held_out, model.rarity) @ model.weights.T + model.bias
        grown = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = grown / grown.sum(axis=1, keepdims=True)
        for name in CATEGORIES:
            own = [n for n, kind in enumerate(model.kinds) if intent.category_of(kind) == name]
            total = shares[:, own].sum(axis=1)
            first = data.whole[held_out]
            whole[name][data.form[held_out][first]] = total[first]
            np.maximum.at(sentence[name], data.form[held_out][~first], total[~first])
    return Seen(whole, sentence)


def limits(found: Sequence[Form], seen: Seen, recipe: Recipe) -> dict[str, Limits]:
    """The lowest limits that refuse no more question forms than the recipe allows."""
    asked = np.array([one.source == QUESTION for one in found])
    allowed = int(asked.sum() * recipe.false_refusals)
    chosen = {}
    for name in CATEGORIES:
        whole, sentence = seen.whole[name][asked], seen.sentence[name][asked]
        if name not in EVERYWHERE:
            chosen[name] = Limits(_passed_by(whole, allowed), NEVER)
            continue
        limit = _passed_by(whole, int(allowed * recipe.whole_share))
        left = allowed - int((whole > limit).sum())
        chosen[name] = Limits(limit, _passed_by(sentence[whole <= limit], left))
    return chosen


def _passed_by(values: NDArray[np.float64], count: int) -> float:
    """The limit that `count` of the values pass, rounded up."""
    return float(np.ceil(np.sort(values)[::-1][count] * 1000) / 1000)


def refused(seen: Seen, name: str, limit: Limits) -> NDArray[np.bool_]:
    """Which forms the category takes."""
    return np.asarray((seen.whole[name] > limit.whole) | (seen.sentence[name] > limit.sentence))


def main() -> None:
    """Run the folds, set the limits, train on everything, write the model and tell the figures."""
    recipe = Recipe()
    found = forms()
    data = table(found)
    seen = judged(found, data, recipe)
    chosen = limits(found, seen, recipe)
    source = np.array([one.source for one in found])
    for name, limit in chosen.items():
        hit = refused(seen, name, limit)
        own = np.array([intent.category_of(kind) == name for kind in source])
        print(f"{name}: limits {limit.whole:.3f} {limit.sentence:.3f}")
        for told, group in [
            ("caught", own),
            *((f"  {kind}", source == kind) for kind in sorted(set(source[own]))),
            ("question forms refused", source == QUESTION),
            ("near forms refused", source == NEAR),
        ]:
            share = rate(hit[group].astype(float).tolist())
            print(f"  {told} {share.value:.4f} ({share.low:.4f}-{share.high:.4f}), n {share.n}")
    asked = source == QUESTION
    scope, elsewhere = seen.whole["out-of-scope"], np.char.startswith(source, "out-of-scope")
    for allowed in (0.002, 0.005, 0.01):
        passed = scope > _passed_by(scope[asked], int(asked.sum() * allowed))
        print(f"out-of-scope, {allowed:.1%} refused: {passed[elsewhere].mean():.3f} caught")
    any_of_them = np.any([refused(seen, *one)[asked] for one in chosen.items()], axis=0)
    print(f"question forms refused in any category {any_of_them.mean():.4f}, n {asked.sum()}")
    model = fit(found, data, np.ones(len(found), dtype=bool), recipe)
    intent.save(model._replace(limits=chosen, fingerprint=fingerprint(found, recipe)))
    print(f"{intent.MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
