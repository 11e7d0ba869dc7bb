"""Which of several cases each place of a text is about: patient A and B, fall 1 and 2."""

import re

from assistant import moment_words

CASE_WORD = r"(?:fall(?:et)?|patient(?:en)?|pat|person(?:en)?|brukare(?:n)?|arende(?:t)?|case)"
_CASES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b{CASE_WORD}\s+(?P<label>[a-d]|[1-4])\b|\b(?P<label2>[a-d]|[1-4])\s?[:)]\s"),
    re.compile(
        r"\b(?:(?:den|det)\s+)?(?P<label>forsta|andra|tredje|ena)\b(?=\s+(?:fallet|patienten|pat\b|"
        r"personen|brukaren|arendet|blev|skickades|var|ar|gick|akte|kom|skrevs|utskr\w*|fick|\x04|hade))"
    ),
)
_LETTER = re.compile(r"(?<![\w§.-])([A-D])(?=[\s:),.])")
_NOT_A_CASE = re.compile(r"\b(?:hepatit|vitamin|plan|grupp|klass|typ|avd|punkt|§|kap\.?|och)\s$")
_ORDER = {"forsta": "1", "ena": "1", "andra": "2", "tredje": "3"}


def case_marks(folded: moment_words.Folded, plain: str) -> list[tuple[int, str]]:
    """Where each case begins in the folded text; empty unless there are two or more."""
    letters = [
        (i, match.group(1))
        for match in _LETTER.finditer(folded.original)
        for i in [folded.at.index(match.start())]
        if not _NOT_A_CASE.search(folded.original[: match.start()].lower())
        or folded.original[: match.start()].lower().endswith("och ")
    ]
    if len({label for _, label in letters}) > 1:
        return _behind(letters, plain)
    for pattern in _CASES:
        marks = []
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            label = groups["label"] or groups.get("label2") or ""
            marks.append((match.start(), _ORDER.get(label, label.upper())))
        if len({label for _, label in marks}) > 1:
            return _behind(marks, plain)
    return []


def _behind(marks: list[tuple[int, str]], plain: str) -> list[tuple[int, str]]:
    """The marks moved to where their case begins, where they stand behind it ("… i fall A")."""
    if "\x04" not in plain[: marks[0][0]] or "\x04" in plain[marks[-1][0] :]:
        return marks
    starts = [0, *(start for start, _ in marks[:-1])]
    return [(start, label) for start, (_, label) in zip(starts, marks, strict=True)]


def case_at(position: int, marks: list[tuple[int, str]]) -> str | None:
    """The case that the place belongs to; None before the first or where there are none."""
    label = None
    for start, name in marks:
        if start <= position:
            label = name
    return label
