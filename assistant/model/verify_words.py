"""Whether the words of a statement stand in a text: by stem, synonym or part of a compound."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest import swedish

_WORD = re.compile(r"[a-zåäöéüA-ZÅÄÖÉÜ]+(?:[\d]+[a-z\d]*)?")
_JOINTS = ("", "s", "e", "o", "u")
_LEAST_PART = 3
_PART = 4  # letters of a part that stands for itself in a longer word


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """The table in `verify_words.toml`."""
    return tomllib.loads((Path(__file__).parent / "verify_words.toml").read_text("utf-8"))


# What Snowball leaves of a folded word in some of its forms.
_ENDINGS = re.compile(
    r"(?:heterna|heten|heter|andet|endet|arna|erna|orna|ande|ende|ation|ing|its|ats|ade|ad|at|it"
    r"|en|et"
    r"|an|na|ar|or|er|are|as|a|e|s|(?<=[dvl])n|(?<=r)d|(?<=[lrmn])t)$"
)
_PREFIX = re.compile(r"^(?:be|for|an)(?=[a-z]{5})")
_LEAST_STEM = 4


@lru_cache(maxsize=16384)
def key(word: str) -> str:
    """The folded word without its ending, so that forms of one word meet.

    >>> key("samtycket") == key("samtycke"), key("hålls") == key("hållas")
    (True, True)
    """
    return _bare(folded_word(word))


@lru_cache(maxsize=16384)
def folded_word(word: str) -> str:
    """The word folded."""
    return swedish.fold(word)


@lru_cache(maxsize=16384)
def _snowball(folded: str) -> str:
    return swedish.stem(folded)


@lru_cache(maxsize=16384)
def _bare(folded: str) -> str:
    stem = swedish.stem(folded)
    while (match := _ENDINGS.search(stem)) and match.start() >= _LEAST_STEM:
        stem = stem[: match.start()]
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lexicon()["synonyms"]["groups"].strip().splitlines()):
        for word in line.split():
            found.setdefault(key(word), set()).add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    table = lexicon()["light"]
    return frozenset((table["words"] + table["meta"]).split())


def is_light(word: str) -> bool:
    """Whether the word, in lower case, binds a sentence together without claiming anything."""
    return word in _light()


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(map(key, lexicon()["weak"]["words"].split()))


def is_weak(word: str) -> bool:
    """Whether the word, in lower case, is one that any rewording may take to."""
    return key(word) in _weak()


def is_known(word: str) -> bool:
    """Whether the word, in lower case, is a Swedish word that the tables hold."""
    return is_light(word) or is_weak(word) or key(word) in _groups()


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = lexicon()["phrases"]
    longest = sorted(table, key=lambda phrase: -len(phrase))
    alternatives = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in longest)
    return re.compile(rf"\b(?:{alternatives})\b"), table


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in lower case, with expressions of several words written as one."""
    pattern, table = _phrases()
    lower = swedish.clean(text).casefold()

    def written(match: re.Match[str]) -> str:
        found = match.group()
        if found in table:
            return table[found]
        for phrase, word in table.items():
            if "*" in phrase and re.fullmatch(re.escape(phrase).replace(r"\*", r"\w*"), found):
                return word
        return found

    return pattern.sub(written, lower)


def content(text: str) -> list[str]:
    """The words, in lower case, that claim something, in order; abbreviations written out."""
    known = swedish.abbreviations()
    found: list[str] = []
    for word in _WORD.findall(plain(text)):
        if word in _light():
            continue
        short = folded_word(word)
        if len(word) == 1:
            continue
        if short in known and not any(c.isdigit() for c in word):
            found.extend(w for w in known[short] if not is_light(w) and w != short)
        else:
            found.append(word)
    return found


class Vocabulary:
    """The words of a text, folded, with their stems and the groups of synonyms they belong to."""

    __slots__ = ("_ends", "_held", "_starts", "_whole", "groups", "keys")

    def __init__(self, words: Iterable[str]) -> None:
        """Of folded words."""
        several = frozenset(words)
        self.keys = frozenset(map(_bare, several)) | frozenset(map(_snowball, several))
        groups: set[int] = set()
        for stem in self.keys:
            groups |= _groups().get(stem, frozenset())
        self.groups = frozenset(groups)
        self._starts = {word[:n] for word in several for n in range(_PART, len(word) + 1)}
        self._ends = {word[n:] for word in several for n in range(len(word) - _PART + 1)}
        self._whole = " ".join(several)
        self._held: dict[str, float] = {}

    def holds(self, word: str) -> float:
        """How surely the word is carried: 1 as it stands, less by synonym or by parts, else 0."""
        known = self._held.get(word)
        if known is None:
            known = self._held[word] = self._carried(word)
        return known

    def _carried(self, word: str) -> float:
        folded = folded_word(word)
        stem = _bare(folded)
        if stem in self.keys or _snowball(folded) in self.keys:
            return 1.0
        if not self.groups.isdisjoint(_groups().get(stem, frozenset())):
            return 0.9
        if self._by_parts(folded, stem):
            return 0.8
        plainer = _PREFIX.sub("", folded)
        return 0.8 if plainer != folded and _bare(plainer) in self.keys else 0.0

    def _by_parts(self, word: str, stem: str) -> bool:
        if any(len(s) > _PART and s in self._whole for s in (stem, _snowball(word))):
            return True
        if len(word) >= _PART and self._edge(word, stem):
            return True
        for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
            first, last = word[:cut], word[cut:]
            if self._part(last) and any(
                first.endswith(joint) and self._part(first[: len(first) - len(joint)])
                for joint in _JOINTS
            ):
                return True
        return False

    def _edge(self, word: str, stem: str) -> bool:
        """Whether a longer word begins or ends so."""
        return (
            word in self._starts
            or word in self._ends
            or (len(stem) >= _PART and (stem in self._ends or stem in self._starts))
        )

    def _part(self, part: str) -> bool:
        if len(part) < _LEAST_PART:
            return False
        stem = _bare(part)
        if stem in self.keys or not self.groups.isdisjoint(_groups().get(stem, frozenset())):
            return True
        return len(part) >= _PART and (
            part in self._starts or part in self._ends or stem in self._ends
        )


@lru_cache(maxsize=4096)
def vocabulary(text: str) -> Vocabulary:
    """What the text's words carry."""
    known = swedish.abbreviations()
    words: set[str] = set()
    for word in _WORD.findall(plain(text)) + _WORD.findall(swedish.clean(text).casefold()):
        short = folded_word(word)
        words.add(short)
        words.update(known.get(short, ()))
    return Vocabulary(words)


def joined(texts: Iterable[str]) -> Vocabulary:
    """What the words of several texts carry."""
    return vocabulary("\n".join(texts))
