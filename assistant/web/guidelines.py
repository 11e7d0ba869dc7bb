"""The guidelines to read and to search: plain pages that work without a script."""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from assistant import guard, regions
from assistant.answer import Question
from assistant.chain import Assistant
from assistant.regions import Region
from assistant.rules import all_rules
from assistant.rules.given import label
from assistant.rules.registry import in_force
from assistant.rules.tools import asked, groups
from assistant.web import edition_view as view
from assistant.web import identified
from assistant.web.api_models import FIRST_DAY, LAST_DAY
from assistant.web.limits import Limiter, Workers
from assistant.web.pages import compressed, render, written
from ingest.document import Document
from ingest.errors import InputError

SEARCHES_A_MINUTE = 60
MAX_SEARCH = 300
_READY = 12  # pages kept ready: the longest takes a third of a second to write
# What is refused as a question but harmless to search for is searched for.
_UNSEARCHABLE = {"personal-data", "too-long", "empty", "urgent"}


def guidelines(
    assistant: Assistant,
    originals: Path | None,
    today: Callable[[], date],
    workers: Workers,
    *,
    searches_a_minute: int = SEARCHES_A_MINUTE,
) -> APIRouter:
    """The pages /riktlinjer, /riktlinje/{region}, its /regler, and /sok."""
    router = APIRouter(include_in_schema=False, dependencies=list(identified.users_only()))
    corpus = assistant.corpus
    limiter = Limiter(searches_a_minute)

    def documents(region: str, day: date) -> list[Document]:
        """The region's documents, those in force on the day first."""
        held = [d for d in corpus.documents.values() if d.region == region]
        if not held:
            raise HTTPException(404)
        return sorted(held, key=lambda d: not d.in_force(day))

    @router.get("/riktlinjer")
    def overview(request: Request, datum: str = "") -> HTMLResponse:
        day = _day(datum, today)
        held = [
            (
                document,
                regions.all_regions()[document.region],
                [p for p in corpus.provisions.values() if p.document == document.id],
            )
            for document in corpus.documents.values()
        ]
        rows = [
            (document, region, own, view.cited([p.text for p in own], day))
            for document, region, own in held
        ]
        return render(request, "guidelines.html", day=day, rows=rows)

    made: OrderedDict[tuple[str, date], tuple[bytes, bytes]] = OrderedDict()

    @router.get("/riktlinje/{region}")
    def guideline(request: Request, region: str, datum: str = "") -> Response:
        day = _day(datum, today)
        ready = made.get((region, day))
        if ready is None:
            found = [(d, view.sections(corpus, d, day, originals)) for d in documents(region, day)]
            place = regions.all_regions()[region]
            html = written(
                request, "guideline.html", day=day, place=place, region=region, found=found
            ).encode()
            ready = html, gzip.compress(html, mtime=0)
            made[region, day] = ready
            if len(made) > _READY:
                made.popitem(last=False)
        return compressed(request, *ready)

    @router.get("/riktlinje/{region}/regler")
    def rules(request: Request, region: str, datum: str = "") -> HTMLResponse:
        day = _day(datum, today)
        documents(region, day)
        own = [
            (group, [in_force(r, day) for r in group.rules if r.region == region])
            for group in groups().values()
        ]
        return render(
            request,
            "rules.html",
            day=day,
            place=regions.all_regions()[region],
            region=region,
            found=[(group, held) for group, held in own if held],
            count=sum(r.region == region for r in all_rules().values()),
            asked=asked,
            label=label,
        )

    @router.get("/sok")
    async def search(
        request: Request, q: str = "", region: str = "", datum: str = ""
    ) -> HTMLResponse:
        day = _day(datum, today)
        choices = regions.with_guideline()
        where = next((r for r in choices if r.id == region), None)
        fault = "" if where or not region else "Regionen har ingen riktlinje här. Välj en av dem."
        fault = fault or (_fault(q) if q.strip() else "")
        shown: list[tuple[view.Shown, Region, list[tuple[str, bool]]]] = []
        if q.strip() and not fault:
            seconds = limiter.wait(identified.key(request))
            if seconds:
                raise HTTPException(429, headers={"Retry-After": str(seconds)})
            ids = await workers.run(
                assistant.retrieved, Question((q,), where.id if where else None, day)
            )
            known = [corpus.provisions[key] for key in ids]
            shown = [
                (
                    view.shown(corpus, p, day),
                    regions.all_regions()[p.region],
                    view.marked(p.text, q),
                )
                for p in known
                if where is None or p.region == where.id
            ]
        return render(
            request,
            "search.html",
            422 if fault else 200,
            day=day,
            q="" if fault else q,  # what may hold personal data is not sent back
            region=where.id if where else "",
            choices=choices,
            fault=fault,
            shown=shown,
        )

    return router


def _day(written: str, today: Callable[[], date]) -> date:
    """The day asked for, today if none; InputError where it is no day that laws are known for."""
    if not written:
        return today()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError("Datumet går inte att läsa. Skriv det som 2026-11-23.")
    return day


def _fault(q: str) -> str:
    """Why the words are not searched for, empty where they are."""
    if len(q) > MAX_SEARCH:
        return f"Sök med högst {MAX_SEARCH} tecken."
    refused = guard.refusal(q)
    return refused.text if refused and refused.reason in _UNSEARCHABLE else ""
