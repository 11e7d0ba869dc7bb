"""Who acts in a clause, and whether a statement gives the act to somebody else."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.model.verify_clauses import Clause, clauses
from assistant.model.verify_relations import covered, ranked
from assistant.model.verify_roles import WIDE, roles
from assistant.model.verify_verbs import TOKEN, is_verb, main_finite
from assistant.model.verify_words import content, vocabulary

_SAME = 0.55  # of what is done, for a clause of the text to speak of the same act
_ALIKE = 0.5  # of the words of who does it


class Agent(NamedTuple):
    """Who acts: the phrase to its relative clause, and the whole of it."""

    head: str
    whole: str


def _acting(who: Agent) -> bool:
    """Whether the phrase names somebody who can act."""
    head = _ADJUNCT.split(who.head)[0]
    return bool(roles(head)) or not content(head)


def _same(mine: Agent, other: Agent) -> bool:
    """Whether one of the two names who the other does."""
    if roles(mine.head) & roles(other.head) or roles(mine.head) & WIDE:
        return True
    one, two = content(mine.whole), content(other.whole)
    if not one:
        return True
    return max(_shared(one, other.whole), _shared(two, mine.whole)) > _ALIKE


def _shared(words: list[str], text: str) -> float:
    held = vocabulary(text)
    return sum(held.holds(word) >= (0.9 if roles(word) else 0.5) for word in words) / max(
        1, len(words)
    )


def faults(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who acts in the statement where another does in the texts: kind and what."""
    for clause in clauses(statement):
        mine = agent(clause)
        if clause.conditional or clause.purpose or mine is None or not _acting(mine):
            continue
        acts = _acts(clause, mine)
        found = [w[0] for _, w in ranked(clause, texts) if len(w) == 1]
        near = [c for c in found[:3] if covered(acts, vocabulary(c.text)) >= _SAME]
        theirs = [agent(c) for c in near]
        if not theirs or theirs[0] is None or not _acting(theirs[0]):
            continue
        if not any(_same(mine, other) for other in theirs if other):
            yield "utförare", f"{mine.whole.strip()}: {clause.text}"


def _acts(clause: Clause, who: Agent) -> list[str]:
    held = vocabulary(who.whole)
    return [word for word in clause.words if held.holds(word) < 0.9] or list(clause.words)


_BY = re.compile(r"\b(?:av|ligger på|ligger hos|vilar på|åligger)\s+((?:[a-zåäöé:-]+[\s,]*){1,7})")


_AUXILIARY = {"ska", "skall", "måste", "får", "kan", "bör", "har", "kunna", "behöver", "vill"}
# What is no act: to have, to get, to wish, to be seen in.
_RECEIVES = {
    "få",
    "ha",
    "önska",
    "vilja",
    "behöver",
    "önskar",
    "vill",
    "ingår",
    "framgår",
    "framgå",
    "ingå",
    "tillhör",
    "inträder",
    "gäller",
    "sitter",
    "sitta",
    "består",
}
_JOINING = {"och", "eller", "samt", "respektive"}
_DEPONENT = {"finns", "vistas", "enas", "lyckas", "hoppas", "minns"}
_COPULA = {"hör", "är", "blir", "heter", "finns", "innebär", "betyder", "gäller", "omfattar"}
_GUIDELINE = re.compile(r"\b(?:riktlinje|rutin|bild|dokument)\w*\b")
_ADVERBIAL = re.compile(
    r"^\s*(?:vid|i|på|för|inför|efter|under|inom|när|om|då|via|av|enligt|hos|till|från|innan|och"
    r"|sedan|därefter|därmed|också|även|så|med|utan|att|det|där|tillsammans|förutom|utöver|genom"
    r"|trots|mot|utifrån|beroende|snarast|omgående|samtidigt|bland|mellan|kring|istället|likaså)\b"
)
_ENDS_SUBJECT = {
    "för",
    "att",
    "av",
    "till",
    "i",
    "på",
    "med",
    "som",
    "om",
    "inte",
    "vid",
    "från",
    "efter",
}


def agent(clause: Clause) -> Agent | None:
    """Who acts in the clause: its subject, or after "av" where it is passive; empty if untold."""
    text = _BESIDE.sub("", _JOINED.sub("", clause.text))
    tokens = list(TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    finite = main_finite(words)
    if finite is None:
        return None
    word = words[finite]
    before, after = text[: tokens[finite].start()], text[tokens[finite].end() :]
    if _GUIDELINE.search(before):
        return None
    if match := _RESTS.search(text):
        return _who(match.group(1) or match.group(2))
    if match := re.search(r"\bfå\w*\b.*\bfrån\s+(.*)", text):
        return _who(match.group(1))
    if (
        word == "är"
        and (cleft := re.match(r"\s*(?:alltså |därmed |här )?(.*?),? som\b", after))
        and _IT.search(before)
    ):
        return _who(cleft.group(1), relative=False)
    if word == "är" and (match := re.search(r"^(.*?)\b(?:ansvarig|skyldig)\w*\b", after)):
        return _who(match.group(1) if match.group(1).strip() else before)
    if word in _COPULA or re.search(r"\b(?:vara|bli|kallas för|utses till)\b", text):
        return None
    if word in _RECEIVES or any(w in _RECEIVES for w in words[finite : finite + 3]):
        return None
    acting = next((w for w in words[finite:] if is_verb(w) and w not in _AUXILIARY), word)
    if acting.endswith("s") and acting not in _DEPONENT:
        match = _BY.search(text)
        return _who(match.group(1)) if match else None
    if before.strip() and not _ADVERBIAL.match(before):
        return _who(before)
    subject: list[str] = []
    for token in words[finite + 1 : finite + 7]:
        if is_verb(token) or token in _ENDS_SUBJECT:
            break
        # "Kallar rektorn patienten": the second party is the object.
        apart = subject and token not in _JOINING and subject[-1] not in _JOINING
        if apart and roles(token) and roles(subject[-1]):
            break
        subject.append(token)
    return _who(" ".join(subject))


def _who(text: str, *, relative: bool = True) -> Agent | None:
    """The acting phrase without what it owns: "den som gör bedömningen" whole."""
    head, _, tail = text.strip(" ,").partition(" som ")
    head = _GENITIVE.sub(" ", head)
    if not content(head) and not (tail and relative):
        return None
    return Agent(head, text)


_ADJUNCT = re.compile(r"(?<=\w)\s+(?:på|i|vid|inom|från|till|för|med|hos|under|efter)\b")
_GENITIVE = re.compile(r"\b[a-zåäöé:-]{4,}s\b(?=\s+[a-zåäö])")
_JOINED = re.compile(r"^(?:och|men|eller|samt|att|dock)\s+")
_BESIDE = re.compile(r"\b(?:förutom|utöver|jämte|tillsammans med) [^,]+,\s*")
_IT = re.compile(r"(?:^|\b)det\s*$")
_RESTS = re.compile(
    r"\bansvar\w*\b.*\b(?:ligger|vilar) (?:på|hos)\s+(.*)|\b(?:ligger"
    r"|vilar) ansvar\w*\b.*\b(?:på|hos)\s+(?=[a-zåäö]+)(.*)"
)
