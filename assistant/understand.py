"""What is asked: of which regions, and the turn made whole from the conversation."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

import corpus
from assistant import regions
from assistant.answer import Question
from assistant.regions import Region
from ingest import swedish
from ingest.errors import InputError

_COMPARE = re.compile(
    r"\b(?:jamfor\w*|skiljer|skillnad\w*|respektive|compare|difference|bada regionerna"
    r"|(?:alla|samtliga|vilka|varje|olika|fem) (?:de )?(?:fem )?(?:regioner|riktlinjer)\w*)\b"
)
_REFERS_BACK = re.compile(
    r"^(?:och|men|aven|samma|ocksa|and|but)\b|\b(?:samma sak|detsamma|likadant|likasa)\b"
    r"|\b(?:da|dar|det|den|dem|dom|detta|dessa|denne|denna|han|hon|hen|hans|hennes|deras|dit|sa)\b"
)
# "var" is as often a verb as a question word: it counts only where it opens the turn.
_QUESTION = re.compile(
    r"\b(?:vem|vad|vart|nar|hur|vilk\w+|varfor|who|what|when|where|how|which)\b"
    r"|^(?:var|kan|far|maste|ska|skall|behover|finns|galler|ar|is|can|must|does)\b"
)
# A turn with fewer words of its own than this needs the turn before it to be understood.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Understood:
    """A question ready to be searched for."""

    text: str  # the last turn, without the names of regions
    context: str | None  # the turns that it continues, likewise; None where it stands alone
    regions: tuple[Region, ...]  # with a guideline; empty: not said
    elsewhere: tuple[Region, ...]  # named, but without a guideline here
    compare: bool
    # What a language model makes of it, where one is asked to:
    also: tuple[str, ...] = ()  # other ways of asking the same
    asks: tuple[str, ...] = ()  # the questions that it holds


def understand(question: Question) -> Understood:
    """The last turn with region and context taken from the turns before it.

    A region named in the last turn goes before the one chosen on the page, and that before one
    named in earlier turns. Raises InputError where the chosen region is unknown.
    """
    *before, last = question.turns
    named = _named(last)
    chosen = [find_region(question.region)] if question.region else []
    earlier = next((found for turn in reversed(before) if (found := _named(turn))), [])
    meant = named or chosen or earlier
    text = regions.without_names(last)
    context = regions.without_names(before[-1]) if before and _continues(text) else None
    if context is not None and len(before) > 1 and _continues(context):
        context = f"{regions.without_names(before[-2])} {context}"
    return Understood(
        text=text,
        context=context,
        regions=tuple(r for r in meant if r.guideline),
        elsewhere=tuple(r for r in meant if not r.guideline),
        compare=len([r for r in meant if r.guideline]) > 1
        or bool(_COMPARE.search(swedish.fold(last))),
    )


def find_region(name: str) -> Region:
    """The region of that id, name or municipality; InputError, with the choices, otherwise."""
    known = regions.all_regions()
    if name in known:
        return known[name]
    found = regions.mentions(f"i {name}")
    if len({m.region.id for m in found}) == 1:
        return found[0].region
    raise InputError(
        f"Regionen {name!r} känner jag inte till. Välj mellan "
        + ", ".join(r.id for r in regions.with_guideline())
        + "."
    )


def content_words(text: str) -> list[str]:
    """The words of the text that say what it is about."""
    return [word for word in swedish.words(text) if word not in function_words()]


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Folded words that only bind a question together, from `corpus/terms.toml`."""
    table = tomllib.loads((corpus.FOLDER / "terms.toml").read_text("utf-8"))["function_words"]
    return frozenset(swedish.fold(table["words"]).split())


def _named(text: str) -> list[Region]:
    return list(dict.fromkeys(mention.region for mention in regions.mentions(text)))


def _continues(turn: str) -> bool:
    folded = swedish.fold(turn)
    asks = "?" in turn or _QUESTION.search(folded) is not None
    return not asks or len(content_words(turn)) < _FEW or bool(_REFERS_BACK.search(folded))
