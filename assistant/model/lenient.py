"""JSON as language models write it: fenced, words around it, commas too many, ends missing."""

import ast
import json
import re
from typing import Any

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL)
_FENCE = re.compile(r"```[a-zA-Z]*")
_SPARE_COMMA = re.compile(r",(\s*[}\]])")
_CLOSING = {"{": "}", "[": "]"}


def without_thoughts(text: str) -> str:
    """The text without what a reasoning model wrote for itself."""
    return _THOUGHT.sub("", text)


def loads(text: str) -> Any:
    """The first object or list in the text, None where there is none that can be read.

    >>> loads('Visst! ```json\\n{"svar": ["Ja", "Nej",]')
    {'svar': ['Ja', 'Nej']}
    """
    text = _FENCE.sub("", without_thoughts(text))
    start = next((n for n, c in enumerate(text) if c in _CLOSING), None)
    if start is None:
        return None
    text = text[start:].strip()
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except ValueError:
        pass
    whole = _SPARE_COMMA.sub(r"\1", _closed(text))
    try:
        return json.JSONDecoder(strict=False).raw_decode(whole)[0]
    except (ValueError, RecursionError):
        pass
    try:
        found = ast.literal_eval(whole)  # single quotes, None: Python's way of writing it
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _closed(text: str) -> str:
    """The text up to where its first bracket is closed, with every bracket closed in its turn."""
    kept: list[str] = []
    awaited: list[str] = []
    inside = escaped = False
    for letter in text:
        if inside:
            inside = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            inside = True
        elif letter in _CLOSING:
            awaited.append(_CLOSING[letter])
        elif letter in "}]":
            if letter not in awaited:
                continue
            # What was opened within and forgotten is closed first.
            while awaited[-1] != letter:
                kept.append(awaited.pop())
            awaited.pop()
        kept.append(letter)
        if not awaited:
            return "".join(kept)
    if escaped:
        kept.pop()
    return "".join([*kept, '"' if inside else "", *reversed(awaited)])
