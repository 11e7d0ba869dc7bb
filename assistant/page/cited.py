"""Links from the page's tables to the provisions in the edition, as escaped HTML."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path

from assistant.answer import Citation
from assistant.compose import citation
from assistant.render import place
from ingest.document import Corpus
from ingest.edition import read_corpus


@lru_cache(maxsize=1)
def edition() -> Corpus:
    """The edition that the rules stand on, read once."""
    return read_corpus()


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of the three tabs, as an element to stand first in each."""
    return f"<style>{Path(__file__).with_name('tabs.css').read_text('utf-8')}</style>"


def places(names: Iterable[str]) -> Mapping[str, str]:
    """Where each provision stands in its original, in one line."""
    corpus = edition()
    return {name: place(citation(corpus, corpus.provisions[name], 1)) for name in names}


def sources(cited: Iterable[Citation]) -> str:
    """A list of links to the citations; a tooltip is never all there is: each says its place."""
    links = "".join(
        f"<li>{link(one)}</li>" for one in {one.provision: one for one in cited}.values()
    )
    return f'<ul class="sip-refs">{links}</ul>' if links else ""


def sources_of(names: Iterable[str]) -> str:
    """A list of links to the provisions of those ids."""
    corpus = edition()
    return sources(
        citation(corpus, corpus.provisions[name], number)
        for number, name in enumerate(names, 1)
        if name in corpus.provisions
    )


def link(cited: Citation) -> str:
    """A link to the provision's permanent address; opens beside what is filled in here."""
    heading = cited.section.rsplit(" › ", 1)[-1]
    # The lines too: two links with the same words must not lead to different places.
    told = ", ".join(part for part in (heading, cited.page, _lines(cited)) if part)
    return (
        f'<a href="/riktlinje/{escape(cited.region)}#{escape(cited.provision)}" target="_blank" '
        f'rel="noopener">{escape(told)}<span class="sip-hidden"> (ny flik)</span></a>'
    )


def alert(problems: Iterable[str]) -> str:
    """Problems in Swedish, read out at once by a screen reader."""
    told = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return f'<div class="sip-problem" role="alert"><ul>{told}</ul></div>' if told else ""


def _lines(cited: Citation) -> str:
    first, last = cited.lines
    return f"rad {first}" if first == last else f"rad {first}–{last}"
