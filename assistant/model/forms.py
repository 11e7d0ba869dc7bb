"""Drafts of question forms for a work sheet: marked as drafts until a person approves them."""

from collections.abc import Sequence
from itertools import takewhile

from assistant import regions
from assistant.guard import has_personal_number
from assistant.model import lenient, prompt
from assistant.model.line import Deadline, Line, Request
from assistant.model.parse import plain
from assistant.model.trouble import Trouble
from ingest import swedish
from ingest.document import Provision

TASK = "fragor"
ANYHOW = "fritt"  # where no way of asking is missing
MOST = 8  # forms of a provision in one request
SECONDS = 30.0  # for a provision: nobody waits at a page
_WORDS = range(2, 60)


class Forms:
    """Writes drafts through a line; `ingest.expand.sheet` takes it for its writer."""

    def __init__(self, line: Line, who: str, seconds: float = SECONDS) -> None:
        """`who` is the pseudonym on whose budget it is."""
        self._line = line
        self._who = who
        self._seconds = seconds
        self.trouble: Trouble | None = None  # after which nothing more is asked

    def __call__(self, provision: Provision, ways: Sequence[str]) -> list[str]:
        """A question for each of the first ways, in their order, as far as the model gave such as
        may stand on a sheet. After a trouble nothing is drafted.
        """
        if self.trouble is not None:
            return []
        asked = list(ways[:MOST]) or [ANYHOW]
        messages = prompt.filled(
            TASK,
            satt="; ".join(asked),
            rubrik=prompt.one_line(" › ".join(provision.locator.headings)),
            bestammelse=prompt.one_line(provision.text),
        )
        try:
            text, _ = self._line.ask(Request(TASK, messages), self._who, Deadline(self._seconds))
        except Trouble as trouble:
            self.trouble = trouble
            return []
        return checked(text, len(asked))


def checked(text: str, most: int) -> list[str]:
    """The model's lines up to the first that may not stand on a sheet.

    Those after it would come in the place of another way of asking.
    """
    listed = lenient.loads(text)
    lines = listed if isinstance(listed, list) else lenient.without_thoughts(text).split("\n")
    rows = [plain(row) for row in lines if isinstance(row, str)]
    rows = [row for row in rows if row and not row.endswith(":")]
    return list(takewhile(_may_stand, rows[:most]))


def _may_stand(row: str) -> bool:
    return (
        len(row.split()) in _WORDS
        and "\t" not in row
        and "<" not in row
        and "http" not in row
        and not regions.mentions(row)
        and not has_personal_number(swedish.clean(row))
    )
