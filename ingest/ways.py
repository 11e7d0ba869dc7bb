"""A question form → which of the sixteen ways of asking it shows, by simple checks of its words.

A check sees what is written, not who wrote it: "Får läkaren kalla?" counts as a doctor's. It is
meant for what is missing, and a person decides.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ingest import swedish
from ingest.document import Corpus, Provision
from ingest.forms import NEGATIONS, QUESTION_WORDS

SHORT = 5  # words at most
LONG = 20  # words at least, or two sentences
OWN_WORDS = 1 / 3  # share of the content words that may stand in the provision
SEEN = 3  # forms that a word must stand in to count as spelt as people spell it

_ASKERS: Mapping[str, re.Pattern[str]] = {
    "sjuksköterska": re.compile(r"\b(?:ssk|dsk|mas|usk|nurses?)\b|\w*skoterska\w*"),
    "läkare": re.compile(r"\b(?:dr|gp|doktorn?|doctors?|physician|ol|chol)\b|\w*lakare\w*"),
    "biståndshandläggare": re.compile(
        r"\b(?:bhl|bistand\w*|care manager|soc)\b|\w*handlaggare\w*|\bsocialsekreterare\w*"
    ),
    "rehab": re.compile(
        r"\b(?:ft|rehab\w*|fysio\w*|sjukgymnast\w*|logoped\w*|physio\w*)\b|\barbetsterapeut\w*"
    ),
    "superanvändare": re.compile(r"\bsuper ?(?:anvandare|users?)\w*"),
    "administratör": re.compile(
        r"\b(?:(?:lakar|medicinska? |vard)?sekr(?:eterare)?n?\b|administrat\w*|vardadm\w*|adm\b"
        r"|registrator\w*|kassan?\b|ekonom\w*|secretary|clerk)"
    ),
}
_YES_OR_NO = re.compile(
    r"(?:^|[.:,!?] )(?:ar|ska|far|kan|maste|bor|har|galler|racker|finns|kravs|behov(?:er|s)"
    r"|stammer|duger|raknas|brukar|blir|kommer|gar|hor|ingar|tar|gor"
    r"|is|are|does|do|can|must|should) [^.?!]*\?"
)
_WRONG_PREMISE = re.compile(
    r"\bval\b|\bva\?|\beller\?|\bstammer det\b|\bvisst\b|\bpastar\b|\bhavdar\b"
    r"|\b(?:sager|menar|tror|tycker) att\b|\bbara\b[^.?!]*\?"
)
_ENGLISH = frozenset(
    {"the", "who", "what", "when", "where", "which", "how", "is", "are", "does", "should", "with"}
    | {"need", "must", "can", "we", "and", "be", "for"}
)


class _Known(NamedTuple):
    """The words that an edition spells."""

    words: frozenset[str]
    stems: frozenset[str]
    only_with_dots: frozenset[str]  # folded words that are never written without å, ä, ö


Check = Callable[[str, Provision], bool]


def ways(edition: Corpus) -> dict[str, Check]:
    """Each way's name and whether a form of a provision shows it, in the order of a work sheet."""
    known = _known(edition)
    asked_by: dict[str, Check] = {
        name: partial(_names, pattern) for name, pattern in _ASKERS.items()
    }
    return asked_by | {
        "kort": lambda form, _: len(form.split()) <= SHORT,
        "berättande": lambda form, _: (
            len(form.split()) >= LONG or len(re.findall(r"[.!?](?= [A-ZÅÄÖ])", form)) > 0
        ),
        "andra ord": _in_other_words,
        "förkortning": lambda form, _: _abbreviated(form),
        "ja eller nej": lambda form, _: bool(_YES_OR_NO.search(swedish.fold(form))),
        "nekande": lambda form, _: bool(NEGATIONS.intersection(swedish.words(form))),
        "felaktigt antagande": lambda form, _: bool(_WRONG_PREMISE.search(swedish.fold(form))),
        "utan å ä ö": lambda form, _: (
            not re.search("[åäöÅÄÖ]", form)
            and not _english(form)
            and bool(known.only_with_dots.intersection(swedish.words(form)))
        ),
        "felstavning": lambda form, _: (
            not _english(form) and any(_misspelt(word, known) for word in swedish.words(form))
        ),
        "engelska": lambda form, _: _english(form),
    }


def missing(checks: Mapping[str, Check], provision: Provision, forms: Iterable[str]) -> list[str]:
    """The ways, of those in `checks`, in which none of the forms asks for the provision."""
    texts = list(forms)
    return [
        name for name, shows in checks.items() if not any(shows(form, provision) for form in texts)
    ]


def _names(pattern: re.Pattern[str], form: str, provision: Provision) -> bool:
    return bool(pattern.search(swedish.fold(form)))


def _english(form: str) -> bool:
    return len(_ENGLISH.intersection(swedish.fold(form).replace("?", " ").split())) >= 2


def _abbreviated(form: str) -> bool:
    written = set(re.findall(r"[a-z]+(?:\.[a-z]+)*", swedish.fold(form)))
    # folded, "mån" is the most common of all pronouns
    return bool(written & (swedish.abbreviations().keys() - {"man"}))


def _in_other_words(form: str, provision: Provision) -> bool:
    function_words = QUESTION_WORDS | NEGATIONS
    content = {
        swedish.stem(word)
        for word in swedish.words(form)
        if len(word) > 3 and word not in function_words
    }
    shared = content & set(swedish.stems(provision.text))
    return not _english(form) and bool(content) and len(shared) <= OWN_WORDS * len(content)


def _known(edition: Corpus) -> _Known:
    forms: dict[str, int] = {}
    dotted: set[str] = set()
    plain: set[str] = set()
    for _, form in edition.forms:
        for word in set(swedish.words(form)):
            forms[word] = forms.get(word, 0) + 1
    words = {word for word, count in forms.items() if count >= SEEN}
    for provision in edition.provisions.values():
        words.update(swedish.words(provision.text))
        for word in re.findall(r"\w+", provision.text):
            (dotted if re.search("[åäöÅÄÖ]", word) else plain).add(swedish.fold(word))
    stems = frozenset(swedish.stem(word) for word in words)
    return _Known(frozenset(words), stems, frozenset(dotted - plain))


def _misspelt(word: str, known: _Known) -> bool:
    """Whether a long word is unknown in every form and one slip away from a known one."""
    if len(word) < 6 or not word.isalpha() or swedish.stem(word) in known.stems:
        return False
    return any(near in known.words for near in _one_slip(word))


def _one_slip(word: str) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
