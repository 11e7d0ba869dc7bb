"""The model's text → drafts, as it comes: a line each with [n] last, or JSON when it is whole."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.model import lenient
from assistant.model.draft import Draft
from assistant.model.trouble import Kind, Trouble
from ingest import swedish

MOST_LETTERS = 5000  # of a whole reply; past that it goes round in circles
_LONGEST_LINE = 1500
_MOST_ALIKE = 3
UNKNOWN = "okänd:"  # before a mark that the model made up

_MARK = r"[bB]?\d{1,3}"
_MARKS = rf"(?:[kK]äll(?:a|or|an|orna)\s*:?\s*)?({_MARK}(?:\s*(?:,|;|och|&|\+|-|–)\s*{_MARK})*)"
# In brackets; in parentheses only with the word for it or where the line ends.
_CITED = re.compile(
    rf"\[\s*{_MARKS}\s*\]|\(\s*(?=[kK]äll){_MARKS}\s*\)|\(\s*({_MARK})\s*\)(?=[\s.]*$)"
    r"|\[([a-zåäö0-9]+(?:-[a-zåäö0-9]+)+)\]"
)
_BULLET = re.compile(r"^\s*(?:[-*•–>#]+\s+|\d{1,2}[.)]\s+(?=\S))+")
_MARKDOWN = re.compile(r"\*\*|__|`+")
_NOT_STATED = re.compile(r"(?:svar:? )?anges inte\b.{0,30}")
_STRUCK = re.compile(r"stryk\W*")
_CHATTER = re.compile(
    r".*:|(?:visst|sjalvklart|absolut|svar|har (?:kommer|ar|foljer) .*|hoppas (?:det|att)\b.*"
    r"|(?:hor|tveka) .*av (?:dig|er)\b.*|sammanfattning\w*|kallor)\W*"
)
_TEXT_KEYS = ("text", "mening", "svar", "statement", "sentence", "answer")
_LIST_KEYS = ("statements", "meningar", "svar", "rader", "answer", "sentences")
_CITED_KEYS = ("citations", "kallor", "källor", "kalla", "källa", "sources", "source", "citation")
_THINKING = re.compile(r"<(?:think|thinking|reasoning)>")
_THOUGHT = re.compile(r"</(?:think|thinking|reasoning)>")


class Reader:
    """Reads a reply piece by piece. `ids` gives what each mark of the request stands for."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        """Nothing is read yet."""
        self._ids = {mark.lower(): key for mark, key in ids.items()}
        self._known = set(ids.values())
        self._rest = ""
        self._letters = 0
        self._lines: Counter[str] = Counter()
        self._by_line: bool | None = None  # None until the first letters tell
        self.not_stated = False  # whether the reply says that no source answers

    def feed(self, piece: str) -> list[Draft]:
        """The drafts that the piece completes. Trouble where the reply goes round in circles."""
        self._letters += len(piece)
        if self._letters > MOST_LETTERS:
            raise Trouble(Kind.LOOP)
        self._rest += piece
        if self._by_line is None:
            self._by_line = self._is_by_line()
        if not self._by_line:
            return []
        *lines, self._rest = self._rest.split("\n")
        if len(self._rest) > _LONGEST_LINE:
            raise Trouble(Kind.LOOP)
        return [draft for line in lines for draft in self._drafts(line)]

    def end(self) -> list[Draft]:
        """The drafts that were left when the reply ended."""
        rest, self._rest = lenient.without_thoughts(self._rest), ""
        if self._by_line is not True:
            found = lenient.loads(rest)
            if found is not None:
                return list(self._from_json(found))
        return [draft for line in rest.split("\n") for draft in self._drafts(line)]

    def _is_by_line(self) -> bool | None:
        if _THINKING.search(self._rest):
            if not _THOUGHT.search(self._rest):
                return None
            self._rest = lenient.without_thoughts(self._rest)
        begins = self._rest.lstrip()
        if len(begins) < 8 and "\n" not in begins:
            return None
        return not re.match(r"```|\{|<|\[\s*(?:[{\"]|$)", begins)

    def _drafts(self, line: str) -> Iterator[Draft]:
        text = plain(line)
        folded = swedish.fold(text)
        if not folded or _CHATTER.fullmatch(folded):
            return
        self._lines[folded] += 1
        if self._lines[folded] >= _MOST_ALIKE:
            raise Trouble(Kind.LOOP)
        if _NOT_STATED.fullmatch(folded.strip(" .!")):
            self.not_stated = True
            return
        if _STRUCK.fullmatch(folded):
            yield Draft("", ())
            return
        parts = list(self._parts(text))
        if not any(cited for _, cited in parts):
            yield Draft(sentence("".join(said for said, _ in parts)), ())
            return
        for said, cited in parts:
            words = swedish.fold(said).strip(" .")
            if words and (cited or not _CHATTER.fullmatch(words)) and re.search(r"\w", words):
                yield Draft(sentence(said), tuple(dict.fromkeys(cited)))

    def _parts(self, text: str) -> Iterator[tuple[str, list[str]]]:
        """The line's pieces of text, each with what is cited after it (or before, all through)."""
        matches = list(_CITED.finditer(text))
        ends = [match.end() for match in matches]
        starts = [match.start() for match in matches]
        between = [text[a:b] for a, b in zip([0, *ends], [*starts, len(text)], strict=True)]
        cited = [self._meant(match) for match in matches]
        first, last = between[0].strip(), between[-1].strip(" .")
        pairs = [*zip(between, [*cited, []], strict=True)]
        if cited and not first and last:
            pairs = [*zip(between, [[], *cited], strict=True)]
        said, so_far = "", list[str]()
        for words, marks in pairs:
            if so_far and said.strip() and re.search(r"\w", words):
                yield said, so_far
                said, so_far = "", []
            said += words
            so_far = [*so_far, *marks]
        yield said, so_far

    def _meant(self, match: "re.Match[str]") -> list[str]:
        if match[4]:
            return [self._id(match[4])]
        return [self._id(mark) for mark in re.findall(_MARK, match[1] or match[2] or match[3])]

    def _id(self, mark: str) -> str:
        mark = mark.strip("[]() ").lower()
        return mark if mark in self._known else self._ids.get(mark, f"{UNKNOWN}{mark}")

    def _from_json(self, found: Any) -> Iterator[Draft]:
        if isinstance(found, list):
            for each in found:
                yield from self._from_json(each)
            return
        if isinstance(found, str):
            yield from self._drafts(found)
            return
        if not isinstance(found, dict):
            return
        fields = {swedish.fold(str(key)): value for key, value in found.items()}
        status = swedish.fold(str(fields.get("status", "")))
        if status in {"abstain", "anges inte", "anges_inte", "avstar"}:
            self.not_stated = True
        nested = next((fields[k] for k in _LIST_KEYS if isinstance(fields.get(k), list)), None)
        if nested is not None:
            yield from self._from_json(nested)
            return
        text = next((fields[k] for k in _TEXT_KEYS if isinstance(fields.get(k), str)), None)
        if text is None:
            return
        marks: Any = next(
            (fields[swedish.fold(k)] for k in _CITED_KEYS if swedish.fold(k) in fields), []
        )
        marks = marks if isinstance(marks, list) else re.split(r"[,;\s]+", str(marks))
        cited = [self._id(str(mark)) for mark in marks if str(mark).strip()]
        for draft in self._drafts(text):
            yield draft._replace(citations=tuple(dict.fromkeys([*draft.citations, *cited])))


def plain(line: str) -> str:
    """The line as plain text: one kind of space, nothing invisible, no bullet, no emphasis."""
    kept = "".join(
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", line)
        if c.isspace() or unicodedata.category(c) not in {"Cf", "Cc", "Co", "Cs"}
    )
    return _MARKDOWN.sub("", _BULLET.sub("", " ".join(kept.split()))).strip()


def sentence(text: str) -> str:
    """The text without the space that a mark left behind, ended as a sentence is."""
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split())).strip(" ,;")
    text = text.lstrip(". ")
    return text if not text or text[-1] in ".!?" else f"{text}."
