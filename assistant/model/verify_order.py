"""Whether a statement puts what happens in the order that its texts do."""

import re
from collections.abc import Iterator, Sequence

from assistant.model.verify_clauses import clauses, sentences
from assistant.model.verify_words import Vocabulary, content, plain, vocabulary

_FIRST_THEN = re.compile(
    r"(?P<a>.*?\bförst\b.*?)(?:,|\boch\b)?\s*(?:\boch\s+)?\b(?P<mark>därefter|sedan|sist"
    r"|till sist|efteråt)\b(?P<b>.*)"
    r"|(?P<a2>.*?)(?:,\s*och|,|\boch)\s+(?P<mark2>därefter|sedan|först därefter)\b(?P<b2>.*)"
)
_AFTER = re.compile(r"(?P<late>.*)\b(?:först )?(?:efter|sedan) (?:det )?att\b(?P<early>.*)")
_BEFORE = re.compile(r"(?P<early>.*)\b(?:innan|före)\b(?P<late>.*)")
_AFTER_NOUN = re.compile(r"(?P<late>.*)\befter\b(?P<early>.*)")
_FRONTED = re.compile(
    r"^(?P<mark>innan|före|efter)\b(?P<one>[^,]*?),?\s*\b(?P<verb>ska|måste|får|kan|bör|är|har"
    r"|blir|görs|skickas|sker)\b(?P<two>.*)"
)
_FIRST = re.compile(
    r"\b(?:först|första|därefter|sedan|innan|före|efter|sist|slutet|inför|när|påbörjat|redan"
    r"|inleds?|sedan)\b"
)


_EARLIER = re.compile(r"\b(?:före|innan)\b(?! (?:kl\b|klockan|\d))")
_BACKS = re.compile(
    r"\b(?:före\w*|innan|inför|förväg|först|redan|senast|förrän|dessförinnan|innan dess"
    r"|tills|fram till|ännu|medan|inledningsvis|avvakta\w*|invänta\w*|vänta\w*|sedan|därefter|efter"
    r"|framförhållning\w*|preliminär\w*|förbered\w*)\b"
)
_CLOCK = re.compile(r"\s*(?:kl\b|klockan\b)")
_COMMA = re.compile(",")
_STOP = re.compile(r",|\b(?=(?:ska|måste|får|kan|bör|inträder|är|har|blir|sker|görs|skickas)\b)")
_START = re.compile(r"\b(?:första steget|inledningsvis|börja\w* med att|inled\w* med)\b")
_ALREADY = re.compile(
    r"\bredan (?:\w+ )?(?:påbörja\w*|finns|upprätta\w*|inhämta\w*|gjor\w*|registrer\w*|skicka\w*)"
)
_NO_TIME = re.compile(
    r"\b(?:(?:sträv|fråga|sök|leta)\w* efter|utforma\w* efter|formas? efter"
    r"|anpassa\w* efter|efter (?=vad\b|behov"
    r"|önskemål|hand\b|samråd|den enskildes? behov|den enskildes? önskemål|förmåga))"
)
_LATER = {"efter", "från", "när", "då", "sedan", "om"}
_MARK = re.compile(
    r"\b(?:efter|från(?= att| det)|(?<=räknat )från|när|då|sedan|före|innan|inför)\b"
)
_PRECEDES = re.compile(r"\b(?:föregå\w*|komm\w+ före|går före)\b")
_REACH = 9  # words after such a word that it may speak of
_ENOUGH = 0.6


def faults(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where the statement puts first what its texts put last: kind and what."""
    said = _NO_TIME.sub(" ", plain(statement))
    sequence = _FIRST_THEN.match(said) is not None
    yield from _unbacked(statement, texts)
    pair = _pair(said)
    if pair is None:
        return
    first, last = _own(*pair)
    if not first or not last:
        return
    for text in texts:
        told = _told(first, last, text) if not sequence or _PRECEDES.search(plain(text)) else None
        if told is not None:
            if not told:
                yield "ordning", said
            return
        one, two = _place(first, text), _place(last, text)
        if one is None or two is None:
            continue
        if one > two:
            yield "ordning", said
        return
    if sequence and not (
        len(texts) > 1
        and any(_place(first, text) for text in texts)
        and any(_place(last, text) for text in texts)
    ):
        yield "ordning", said


def _unbacked(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the statement puts before something, where the texts' sentence knows no before."""
    for clause in clauses(statement):
        match = None if clause.conditional else _EARLIER.search(clause.text)
        if match is None:
            continue
        words = content(clause.text[: match.start()]) or content(clause.text[match.end() :])
        told = [sentence for text in texts for sentence in sentences(text)]
        shares = [_share(words, vocabulary(sentence)) for sentence in told] if words else []
        best = max(shares, default=0.0)
        if best >= _ENOUGH and not any(
            _BACKS.search(plain(sentence))
            for sentence, share in zip(told, shares, strict=True)
            if share == best
        ):
            yield "ordning", clause.text


def _told(first: list[str], last: list[str], text: str) -> bool | None:
    """Whether a word such as "efter" or "före" in the text says the same order; None: no word."""
    lower = plain(text)
    best = 0.0
    for match in _PRECEDES.finditer(lower):
        leading = vocabulary(" ".join(lower[: match.start()].split()[-_REACH:]))
        following = vocabulary(" ".join(lower[match.end() :].split()[:_REACH]))
        right = min(_share(first, leading), _share(last, following))
        wrong = min(_share(last, leading), _share(first, following))
        if right != wrong:
            return right > wrong
    for match in _MARK.finditer(lower):
        following = vocabulary(" ".join(lower[match.end() :].split()[:_REACH]))
        early, late = _share(first, following), _share(last, following)
        if max(early, late) < _ENOUGH:
            continue
        lead = early - late if match.group() in _LATER else late - early
        if abs(lead) > abs(best) or (abs(lead) == abs(best) and lead > 0):
            best = lead
    return None if best == 0 else best > 0


def _share(words: list[str], held: Vocabulary) -> float:
    return sum(held.holds(word) for word in words) / len(words)


def _pair(said: str) -> tuple[str, str] | None:
    """What happens first and what last, where the statement says so."""
    if match := _FIRST_THEN.match(said):
        a, b = (match["a"], match["b"]) if match["a"] is not None else (match["a2"], match["b2"])
        if not content(b):
            a, _, b = a.rpartition(" och ")
        return a, b
    if match := _FRONTED.match(said):
        one, two = match["one"], match["verb"] + match["two"]
        return (two, one) if match["mark"] in {"innan", "före"} else (one, two)
    for pattern in (_AFTER, _BEFORE, _AFTER_NOUN):
        if match := pattern.match(said):
            if _CLOCK.match(match["early"]):
                return None
            early, late = match["early"], match["late"]
            if pattern is _BEFORE:
                late, _, rest = late.partition(",")
                return early + rest, late
            end = _STOP if pattern is _AFTER_NOUN else _COMMA
            early, *rest = end.split(early, maxsplit=1)
            return early, " ".join([late, *rest])
    return None


def _own(early: str, late: str) -> tuple[list[str], list[str]]:
    """The words that only the one part holds."""
    one, two = content(early), content(late)
    first, last = vocabulary(early), vocabulary(late)
    return (
        [word for word in one if not last.holds(word)],
        [word for word in two if not first.holds(word)],
    )


def _place(words: list[str], text: str) -> tuple[int, int, int] | None:
    """Where the text speaks of the words: sentence, time within it, clause; None where nowhere."""
    best: tuple[float, tuple[int, int, int]] | None = None
    for number, clause in enumerate(clauses(text)):
        for position, piece in enumerate(re.split(r",|\d\)|\bsom (?=redan)", clause.text)):
            held: Vocabulary = vocabulary(piece)
            share = sum(held.holds(word) for word in words) / len(words)
            time = 1
            sentence = clause.sentence
            if _START.search(clause.text) or _ALREADY.search(piece):
                sentence = time = -1
            elif clause.conditional:
                time = 2 if clause.text.startswith("innan") else 0
            place = (sentence, time, number * 100 + position)
            if share >= 0.5 and (best is None or share > best[0]):
                best = (share, place)
    return best[1] if best else None
