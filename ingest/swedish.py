"""One normalisation of Swedish text for index and query: folding, abbreviations, stems, n-grams.

What is indexed and what is asked must pass through the same functions, or they never meet.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import Stemmer

import corpus

# Code points that carry no meaning but hide words: zero width, bidi, tags, soft hyphen.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_WORD = re.compile(
    r"\d+(?:[.:]\d+)+"  # 12.00, 2017:612
    r"|\d+|[a-z]+(?:\.[a-z]+)+(?=\b)|[a-z]+\d+[a-z\d]*|[a-z]+|§"
)
# SIP:en, SIP'en, SIP-en: the ending says nothing and would stand as a word of its own.
_INFLECTED_SHORT = re.compile(r"\b([a-z]{2,})[:'’-](?:arna|erna|ens|en|er|ar|na|n|s)\b")
_STEMMER = Stemmer.Stemmer("swedish")


def clean(text: str) -> str:
    """The text as a person meant it: NFC, one kind of dash and space, nothing invisible."""
    text = _DASHES.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower case without diacritics, since staff often write a for å and ä.

    >>> fold("Fast VÅRDKONTAKT på Öppenvården")
    'fast vardkontakt pa oppenvarden'
    """
    decomposed = unicodedata.normalize("NFKD", clean(text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Folded abbreviation → folded words it stands for, from `corpus/terms.toml`."""
    table = tomllib.loads((corpus.FOLDER / "terms.toml").read_text("utf-8"))["abbreviations"]
    return {fold(short): tuple(_WORD.findall(fold(full))) for short, full in table.items()}


def words(text: str) -> list[str]:
    """Folded words, numbers, clock times, SFS numbers and §, with abbreviations written out.

    >>> words("Pat. utskr.klar kl 12.00, 4 kap. 1 §")
    ['patient', 'utskrivningsklar', 'klockan', '12.00', '4', 'kap', '1', '§']
    """
    known = abbreviations()
    found: list[str] = []
    for word in _WORD.findall(_INFLECTED_SHORT.sub(r"\1", fold(text))):
        if word in known:
            found.extend(known[word])
        elif "." in word and not word[0].isdigit():
            for part in word.split("."):
                found.extend(known.get(part, (part,)))
        else:
            found.append(word)
    return found


def stem(word: str) -> str:
    """Snowball's Swedish stem of a folded word.

    >>> stem("kallelsen") == stem("kallelse")
    True
    """
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of `words(text)`, in order."""
    return [str(s) for s in _STEMMER.stemWords(words(text))]


def ngrams(word: str, sizes: Iterable[int]) -> Iterator[str]:
    """Character n-grams of a word with its edges marked, shortest first."""
    marked = f"<{word}>"
    for n in sizes:
        for i in range(len(marked) - n + 1):
            yield marked[i : i + n]


def lexical_terms(text: str) -> list[str]:
    """What the lexical index counts: stems, and 4-grams of long words so that compounds meet."""
    terms: list[str] = []
    for word in words(text):
        terms.append(stem(word))
        if len(word) >= 7 and word.isalpha():
            terms.extend(ngrams(word, (5,)))
    return terms


def embedding_features(text: str) -> str:
    """What the bundled embedding model reads: n-grams and stems, separated by spaces.

    Each word gives its character 3-5-grams and its stem; each pair of neighbours gives a bigram
    of stems. A feature never contains a space, so a white-space tokenizer takes it apart again.
    """
    line: list[str] = []
    previous = ""
    for word in words(text):
        line.extend(ngrams(word, (3, 4, 5)))
        root = stem(word)
        line.append(f"={root}")
        if previous:
            line.append(f"{previous}_{root}")
        previous = root
    return " ".join(line)
