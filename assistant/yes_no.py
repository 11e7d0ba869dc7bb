"""Yes or no, said first where the provision decides it.

Question forms that a provision answers by yes or no carry that verdict in the edition. A new
question takes over the verdict of the forms of the same provision that it is nearest, if they are
near, agree, and are negated as it is. Elsewhere nothing is said: the provision is the answer.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from ingest import swedish
from ingest.document import Corpus, Provision

ENOUGH = 0.8  # cosine to the nearest form with a verdict; see docs/quality.md for what it gives
_AGREE = 0.1  # forms this much further off must say the same
_VERB = (
    r"(?:ar|har|kan|far|maste|ska|skall|skulle|behover|behovs|finns|galler|raknas|racker|gar|gor"
    r"|blir|borde|bor|stammer|kravs|duger|hinner|slipper|is|are|can|must|does|do|should|may|has)"
)
_ASKS = re.compile(rf"(?:^|[.!?:,;] )(?:(?:och|men|and|but) )?{_VERB}\b[^?.]*\?*\s*$")
_NEGATED = re.compile(r"\b(?:inte|ej|icke|ingen|inget|inga|aldrig|utan|slipper|not|no|never)\b")
_EITHER = re.compile(r"\b(?:eller|or)\b(?! hur)")

Embed = Callable[[list[str]], Sequence[Sequence[float]]]


def asks_yes_or_no(question: str) -> bool:
    """Whether a yes or a no answers the question.

    >>> asks_yes_or_no("Får närstående vara med?"), asks_yes_or_no("Vem får vara med?")
    (True, False)
    """
    folded = swedish.fold(question)
    return _ASKS.search(folded) is not None and _EITHER.search(folded) is None


class Verdicts:
    """The verdicts of one corpus, read by the embedding model of its index."""

    def __init__(self, corpus: Corpus, embed: Embed) -> None:
        """Nothing is embedded before a question needs it."""
        self._embed = embed
        self._forms: dict[str, list[tuple[str, bool]]] = {}
        for provision, form, yes in corpus.verdicts:
            self._forms.setdefault(provision, []).append((form, yes))

    def verdict(self, question: str, provision: Provision, enough: float = ENOUGH) -> bool | None:
        """Whether the provision answers the question by yes; None where that is not certain."""
        if not asks_yes_or_no(question):
            return None
        negated = _is_negated(question)
        forms = [
            (form, yes)
            for form, yes in self._forms.get(provision.id, ())
            if form != question and _is_negated(form) == negated
        ]
        if not forms:
            return None
        vectors = np.asarray(self._embed([question, *(form for form, _ in forms)]))
        near = vectors[1:] @ vectors[0]
        best = float(near.max())
        if best < enough:
            return None
        agreeing = {yes for (_, yes), n in zip(forms, near, strict=True) if n >= best - _AGREE}
        return agreeing.pop() if len(agreeing) == 1 else None


def _is_negated(text: str) -> bool:
    return _NEGATED.search(swedish.fold(text)) is not None
