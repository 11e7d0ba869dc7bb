"""A misspelt word of the trade → the word that was meant, so that events and facts are recognised.

Only long words are mended, and only towards words that decide what is computed: a slip in any other
word changes nothing, and a word mended wrongly would.
"""

from functools import lru_cache

# Folded; inflected where a misspelt ending would otherwise be taken for another word.
_WRITTEN = """
utskrivningsklar utskrivningsklart utskrivningsklara utskrivning utskrivningen utskriven
inskrivning inskrivningen inskriven inskrivningsmeddelande inskrivningsmeddelandet
utskrivningsmeddelande utskrivningsmeddelandet planeringsunderlag planeringsunderlaget
meddelande meddelandet underrattelse underrattelsen underrattat underrattades informerades
kallelse kallelsen kallelser inbjudan skickades skickade skickat
uppfoljning uppfoljningen uppfoljningar foljdes upprattad upprattat upprattades upprattande
bedomning bedomningen lakarbedomning bedomde bedomdes lakaren behandlande
forsamrad forsamrades forsamring samtycke samtycker samtycket samtyckte
kommunen kommunens hemtjanst hemtjansten hemsjukvard hemsjukvarden socialtjanst socialtjansten
folkbokford bistandshandlaggare bistandshandlaggaren vardcentral vardcentralen vardcentralens
halsocentral halsocentralen halsocentralens oppenvard oppenvarden oppenvardens
primarvard primarvarden rehabenhet rehabenheten sjukhus sjukhuset hembesok digital digitala
digitalt betalning betalningsansvar betalningsansvaret betalningsskyldig betalar fakturera
hemgang hemgangen avdelningen vardkontakt lansavstamningsmote fardigbehandlad
poangen sammanlagt identifierades uppmarksammades upptacktes
"""
_WORDS = tuple(_WRITTEN.split())
# Right words that stand one or two letters from a word above.
_RIGHT = """
lararen lararens uppfattat uppfattad uppfattades underlattar underlattas underlattat skickande
bevakningsansvaret utskrivningsplan utskrivningsplanen upprattandet samtycken beromde beromdes
"""
_REAL = frozenset(_RIGHT.split())
_SHORTEST = 7
_LONG = 11  # from here on two slips are taken for one word


@lru_cache(maxsize=1)
def _by_length() -> dict[int, tuple[str, ...]]:
    lengths: dict[int, list[str]] = {}
    for word in _WORDS:
        lengths.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in lengths.items()}


@lru_cache(maxsize=8192)
def mended(word: str) -> str | None:
    """The word of the trade that the folded word is one slip away from (two where it is long).

    None where the word is right, short, or as near to two words with different beginnings.

    >>> mended("utskrivningklar"), mended("uppfoljnigen"), mended("kommun")
    ('utskrivningsklar', 'uppfoljningen', None)
    """
    if len(word) < _SHORTEST or word in _known() or word in _REAL:
        return None
    most = 2 if len(word) >= _LONG else 1
    for slips in range(1, most + 1):
        near = [
            known
            for length in range(len(word) - slips, len(word) + slips + 1)
            for known in _by_length().get(length, ())
            if known[0] == word[0] and _slip_is_likely(word, known) and near_to(word, known, slips)
        ]
        if near:
            return min(near, key=lambda known: (abs(len(known) - len(word)), known))
    return None


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(_WORDS)


def _slip_is_likely(word: str, known: str) -> bool:
    """An ending is inflection ("kallelses" stays), but letters that changed places are a slip."""
    if sorted(word) == sorted(known):
        return True
    stem = min(len(word), len(known)) - 2
    return word[:stem] != known[:stem]


def near_to(word: str, other: str, most: int) -> bool:
    """Whether at most so many letters are wrong, missing, extra or swapped with their neighbour."""
    if abs(len(word) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(word, 1):
        above, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and word[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1] <= most
