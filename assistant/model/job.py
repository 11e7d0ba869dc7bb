"""What is to be worded: a question, its answer without a model, and what was found for it."""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.answer import Question
from assistant.model.assemble import Frame
from assistant.model.line import Deadline
from assistant.search import Found


class Job(NamedTuple):
    """What is to be worded, for whom, until when."""

    question: Question
    frame: Frame
    found: Sequence[Found]  # for the question, best first
    who: str
    deadline: Deadline
