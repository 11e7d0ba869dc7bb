"""An answer without a language model: the provisions found, each stated whole with its citation."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant import laws, regions
from assistant.answer import Answer, Citation, Shown, Statement, Status, Warning_
from assistant.originals import original_lines
from assistant.regions import Region
from ingest.document import Corpus, Provision


def citation(
    corpus: Corpus, provision: Provision, number: int, originals: Path | None = None
) -> Citation:
    """Where the provision can be checked, numbered for the answer it stands in."""
    document = corpus.documents[provision.document]
    locator = provision.locator
    return Citation(
        number=number,
        provision=provision.id,
        region=provision.region,
        document=document.title,
        publisher=document.publisher,
        file=document.file,
        lines=(locator.lines.first, locator.lines.last),
        section=" › ".join(locator.headings),
        page=None if locator.page is None else f"{document.page_word} {locator.page}",
        quote=provision.text,
        original=original_lines(originals, document, locator.lines),
    )


def state(
    corpus: Corpus,
    provisions: Sequence[Provision],
    *,
    status: Status,
    lead: str,
    day: date,
    region: str | None,
    originals: Path | None = None,
    reason: str | None = None,
    choices: tuple[str, ...] = (),
    computations: Sequence[Shown] = (),
) -> Answer:
    """An answer that states computations, then the provisions in order, each with its citation."""
    citations = tuple(
        citation(corpus, provision, number, originals)
        for number, provision in enumerate(provisions, 1)
    )
    number_of = {provision.id: number for number, provision in enumerate(provisions, 1)}
    return Answer(
        status=status,
        lead=lead,
        statements=(
            *(
                Statement(c.text, tuple(number_of[key] for key in c.provisions if key in number_of))
                for c in computations
            ),
            *(
                Statement(provision.text, (number,), None if region else _name(provision))
                for number, provision in enumerate(provisions, 1)
            ),
        ),
        computations=tuple(computations),
        citations=citations,
        warnings=law_warnings(corpus, provisions, day),
        region=region,
        reason=reason,
        choices=choices,
        as_of=day,
    )


def law_warnings(
    corpus: Corpus, provisions: Sequence[Provision], day: date
) -> tuple[Warning_, ...]:
    """One warning for each repealed act that one of the guidelines cites in these provisions."""
    found: dict[tuple[str, str], Warning_] = {}
    for provision in provisions:
        for law in laws.repealed(provision.text, day):
            short = regions.all_regions()[provision.region].short
            found.setdefault(
                (provision.region, law.sfs),
                Warning_(
                    "repealed-law",
                    f"Riktlinjen i {short} hänvisar till {law.name}, som inte längre gäller. "
                    f"{law.note or f'I dess ställe gäller {law.successor}.'}",
                ),
            )
    return tuple(found.values())


def not_covered(asked: Sequence[Region], day: date) -> Answer:
    """For regions whose guideline the corpus does not hold."""
    names = _listed([region.name for region in asked])
    return Answer(
        Status.ABSTAIN,
        f"Jag har ingen riktlinje för {names}. Jag kan bara svara för {_covered()}. "
        "Fråga din egen region vad som gäller.",
        reason="other-region",
        as_of=day,
    )


def nothing_found(asked: Sequence[Region], day: date) -> Answer:
    """For a question that no provision answers."""
    if not asked:
        lead = (
            f"Jag hittar inget svar på det i riktlinjerna för {_covered()}. Jag kan bara svara på "
            "frågor om SIP och samverkan vid utskrivning."
        )
    else:
        names = _listed([f"Riktlinjen i {region.short}" for region in asked])
        lead = (
            f"{names} anger inte det, så vitt jag kan se. Pröva att fråga med andra ord, eller "
            "vänd dig till den som ansvarar för SIP i din verksamhet."
        )
    return Answer(
        Status.ABSTAIN,
        lead,
        region=asked[0].id if len(asked) == 1 else None,
        reason="nothing-found",
        as_of=day,
    )


def which_region(computing: Sequence[Region], asked: Sequence[Region], day: date) -> Answer:
    """A question back where only these of the regions have a rule that computes what was asked."""
    named = _listed([region.short for region in computing])
    which = f"riktlinjen i {named}" if len(computing) == 1 else f"riktlinjerna i {named}"
    rest = (
        ""
        if len(computing) == len(asked)
        else " För de andra regionerna har jag inget att räkna med."
    )
    return Answer(
        Status.CLARIFY,
        f"Vilken region gäller det? Det kan räknas ut efter {which}.{rest}",
        reason="region",
        choices=tuple(region.id for region in computing),
        as_of=day,
    )


def silence(silent: Sequence[Region]) -> str:
    """That these regions' guidelines do not state it; empty where there are none."""
    if not silent:
        return ""
    return f"{_listed([f'Riktlinjen i {region.short}' for region in silent])} anger inte det."


def not_all(answered: int, asked: int) -> str:
    """That some of several questions were left without an answer."""
    return f"Jag hittar svar på {answered} av dina {asked} frågor."


def _name(provision: Provision) -> str:
    return regions.all_regions()[provision.region].name


def _covered() -> str:
    return _listed([region.name for region in regions.with_guideline()])


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " och " + names[-1]
