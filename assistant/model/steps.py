"""What happens while an answer is made, in the order in which it happens."""

from typing import NamedTuple

from assistant.answer import Answer


class Waiting(NamedTuple):
    """Something that takes time has begun; `text` says what, in Swedish."""

    text: str


class SoFar(NamedTuple):
    """The answer as far as it is verified. More may follow, or another answer in its place."""

    answer: Answer


class Notice(NamedTuple):
    """What the reader should know of how the answer came about, in Swedish."""

    text: str


class Done(NamedTuple):
    """The whole answer; nothing follows."""

    answer: Answer


Step = Waiting | SoFar | Notice | Done
