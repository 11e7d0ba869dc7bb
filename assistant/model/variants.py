"""Other ways of asking the same question, which the search then looks at beside the user's own."""

from collections.abc import Callable

from assistant.answer import Question
from assistant.model import lenient, prompt
from assistant.model.grounded import adds
from assistant.model.line import Deadline, Line, Request
from assistant.model.parse import plain
from assistant.model.setup import Task
from assistant.model.trouble import Kind, Trouble
from ingest import swedish

MOST = 3
# Cosine to the question below which a wording asks something else: of 3,000 pairs of forms of one
# provision 1 % lie below 0.42, of as many pairs of two provisions 98 % lie below 0.35.
CLOSE = 0.35
_LONGEST = 200  # letters

Likeness = Callable[[str, str], float]  # cosine


def request(question: Question) -> Request:
    """The request that asks for other wordings."""
    messages = prompt.filled(
        Task.SEARCH,
        antal=str(MOST),
        tidigare=prompt.earlier(question.turns[:-1]),
        fraga=prompt.one_line(question.turns[-1]),
    )
    return Request(Task.SEARCH, messages)


def variants(
    line: Line, question: Question, likeness: Likeness, who: str, deadline: Deadline
) -> tuple[str, ...]:
    """Wordings that add nothing to the question and lie close to it. Trouble where none came."""
    asked = request(question)
    if prompt.tokens_of(asked.messages) > prompt.BUDGET:
        raise Trouble(Kind.TOO_LONG)
    text, _ = line.ask(asked, who, deadline)
    return checked(text, question, likeness)


def checked(text: str, question: Question, likeness: Likeness) -> tuple[str, ...]:
    """What of the model's lines may be searched for."""
    told = " ".join(question.turns)
    last = question.turns[-1]
    listed = lenient.loads(text)
    lines = listed if isinstance(listed, list) else lenient.without_thoughts(text).split("\n")
    found: dict[str, None] = {}
    for line in lines:
        wording = swedish.clean(plain(line)) if isinstance(line, str) else ""
        if not wording or len(wording) > _LONGEST or wording.endswith(":"):
            continue
        if swedish.fold(wording) == swedish.fold(last) or adds(wording, told):
            continue
        if likeness(wording, last) >= CLOSE:
            found.setdefault(wording)
    return tuple(found)[:MOST]
