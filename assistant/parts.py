"""One turn → the questions it holds, and the sentence that asks within a long story.

Splitting is by form alone: numbered items, several question marks, or a second question word
after "och", "samt" or a comma. What the parts share (who, where, when) stays with each of them.
"""

import re

from ingest import swedish

_WH = (
    r"(?:vem|vems|vilka|vilken|vilket|vad|var|vart|när|hur|varför|nar|varfor|who|what|when|where"
    r"|how|which|why)"
)
_VERB = (
    r"(?:kan|får|far|måste|maste|ska|behöver|behover|finns|gäller|galler|är|räknas|raknas|går|gar"
    r"|har|can|must|is|does)"
)
_NUMBERED = re.compile(r"(?:^|\s)(?:\(?[1-9a-d]\)|[1-9]\.(?=\s\D))\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZÅÄÖ0-9\"”])|(?<=\?)\s+")
# "och" may be followed by any question, a bare comma only by a question word.
_JOINED = re.compile(
    rf"(?:,?\s+(?:och|samt|o|and)(?:\s+(?:sen|sedan|också|dessutom))?\s+(?=(?:{_WH}|{_VERB})\b)"
    rf"|[,;]\s+(?={_WH}\b))",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"(?:[^:]*:\s*)?(?:(?:i|på|pa|till|från|med|för|hos|av|inom|om)\s+)?(?:{_WH}|{_VERB})\b",
    re.IGNORECASE,
)
# What is asked for as a list: "vad ska stå på orsak, form och typ när …" asks three things.
_ITEM = r"[\wåäöÅÄÖ-]{3,}(?: [\wåäöÅÄÖ-]{3,})?"
_LISTED = re.compile(
    rf"^(?P<asks>(?:[^.?!]*[.!]\s+)?{_WH}\b(?:\s[\wåäöÅÄÖ-]+){{1,6}}?)\s"
    rf"(?P<items>{_ITEM}(?:, {_ITEM})+ (?:och|samt|eller|o|and|resp) {_ITEM})"
    r"(?P<rest>(?:\s(?:när|om|vid|för|i|på|hos|nar|pa)\b[^?]*)?\?*)$",
    re.IGNORECASE,
)
_LONG = 18  # words; a turn longer than this tells a story around its question
_MOST = 4


def parts(turn: str) -> list[str]:
    """The questions of the turn, in order; the whole turn alone where it asks but one thing.

    >>> parts("Vem leder mötet och var hålls det?")
    ['Vem leder mötet', 'var hålls det?']
    >>> parts("1) vem ansöker 2) vem betalar?")
    ['vem ansöker', 'vem betalar?']
    >>> parts("Vad skriver vi på orsak, form och typ när det är SIP?")[1]
    'Vad skriver vi på form när det är SIP?'
    >>> parts("Killen är bara tolv, behöver vi lyssna på honom?")
    ['Killen är bara tolv, behöver vi lyssna på honom?']
    """
    text = swedish.clean(turn)
    items = [item.strip(" ,;") for item in _NUMBERED.split(text)]
    if len(items) > 2:
        lead, *numbered = items
        return [item for item in numbered if item][:_MOST] or [lead]
    asked: list[str] = []
    for sentence in _SENTENCE.split(text):
        if sentence.endswith("?") or (text.endswith(sentence) and _OPENS.match(sentence)):
            asked.extend(_split_joined(sentence))
    return asked[:_MOST] if len(asked) > 1 else _listed(text)


def core(turn: str) -> str | None:
    """The sentence that asks, where a long turn tells a story around it; None otherwise."""
    text = swedish.clean(turn)
    if len(text.split()) <= _LONG:
        return None
    asking = [s for s in _SENTENCE.split(text) if s.rstrip().endswith("?")]
    if not asking:
        asking = [s for s in _SENTENCE.split(text) if _OPENS.match(s)]
    return asking[-1] if asking and asking[-1] != text else None


def _listed(text: str) -> list[str]:
    """A question for each of three things or more that are asked for in one list."""
    match = _LISTED.match(text)
    if match is None:
        return [text]
    items = re.split(r", | (?:och|samt|eller|o|and|resp) ", match["items"])
    return [f"{match['asks']} {item}{match['rest']}" for item in items][:_MOST]


def _split_joined(sentence: str) -> list[str]:
    whole: list[str] = []
    for piece in _JOINED.split(sentence):
        # A piece with fewer than three words asks nothing by itself.
        if whole and (len(piece.split()) < 3 or not _OPENS.match(whole[0])):
            whole[-1] += f" {piece}"
        else:
            whole.append(piece)
    return whole if len(whole) > 1 else [sentence]
