"""Follow-up questions that the corpus can answer: question forms of provisions near by."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.search import Found
from assistant.understand import content_words, function_words
from ingest import swedish
from ingest.document import Corpus, Provision

MOST = 3
_LENGTH = range(5, 16)  # words: shorter says too little, longer tells somebody's story
# One sentence in plain Swedish: no abbreviation's full stop, no numbers of somebody's case.
_PLAIN = re.compile(r"[A-ZÅÄÖ][^.;:0-9!?]*\?")
_ASKS = re.compile(
    r"(?:Vem|Vad|När|Hur|Vilk\w+|Var|Varför|Från|I vilk\w+"
    r"|Kan|Får|Måste|Ska|Behöver|Finns|Gäller)\b"
)
_LOADED = re.compile(r"\b(?:väl|eller hur|visst|alltså|ju)\b")  # takes an answer for granted
_ENGLISH = re.compile(r"\b(?:the|is|who|when|how|what|does|do|of|and)\b", re.IGNORECASE)


class Suggester:
    """Follow-up questions from one corpus; the form shown for a provision is chosen once."""

    def __init__(self, corpus: Corpus) -> None:
        """Nothing is chosen before it is asked for."""
        self._corpus = corpus
        self._spoken: dict[str, str | None] = {}
        self._by_provision: dict[str, list[str]] = {}

    def after(
        self, stated: Sequence[Provision], found: Iterable[Found], most: int = MOST
    ) -> tuple[str, ...]:
        """Up to `most` questions on what was found beside the answer, the nearest first.

        Those under the same heading as the answer go before the others. Nothing that the guideline
        does not state is suggested, and nothing where there was no answer to go on from.
        """
        if not stated:
            return ()
        said = {provision.id for provision in stated}
        near = [
            f.provision
            for f in found
            if f.provision.id not in said
            and not f.provision.gap
            and f.provision.region == stated[0].region
        ]
        headings = {provision.locator.headings for provision in stated}
        near.sort(key=lambda provision: provision.locator.headings not in headings)
        asked = (self.spoken_form(provision.id) for provision in near)
        return tuple(dict.fromkeys(form for form in asked if form))[:most]

    def spoken_form(self, provision: str) -> str | None:
        """The form that asks for the provision most plainly; None where none is fit to be shown."""
        if provision not in self._spoken:
            forms = self._forms()[provision]
            # A word that stands in one form alone, and not in the provision, may be a slip.
            count = Counter(word for form in forms for word in set(_words(form)))
            known = {*_words(self._corpus.provisions[provision].text), *function_words()}
            self._spoken[provision] = _plainest(
                [
                    form
                    for form in forms
                    if _is_plain(form)
                    and all(
                        count[w] > 1 or w in known or swedish.fold(w) in known for w in _words(form)
                    )
                ]
            )
        return self._spoken[provision]

    def _forms(self) -> dict[str, list[str]]:
        if not self._by_provision:
            self._by_provision = {key: [] for key in self._corpus.provisions}
            for key, form in self._corpus.forms:
                self._by_provision[key].append(form)
        return self._by_provision


def _plainest(forms: Sequence[str]) -> str | None:
    """The form most like the others. By the mean, lest a long form win by holding more words."""
    if not forms:
        return None
    stems = {form: frozenset(map(swedish.stem, content_words(form))) for form in forms}
    common = Counter(stem for found in stems.values() for stem in found)
    return max(
        forms, key=lambda form: sum(common[s] for s in stems[form]) / (len(stems[form]) or 1)
    )


def _words(text: str) -> list[str]:
    return [word.strip(",.?!–").lower() for word in text.split()]


def _is_plain(form: str) -> bool:
    known = swedish.abbreviations()
    words = form.rstrip("?").split()
    return (
        len(words) in _LENGTH
        and _PLAIN.fullmatch(form) is not None
        and _ASKS.match(form) is not None
        and _LOADED.search(form) is None
        and _ENGLISH.search(form) is None
        and not any(swedish.fold(word).strip(",") in known for word in words)
        # Written with å, ä or ö: those without are there for how people type.
        and any(letter in form.lower() for letter in "åäö")
    )
