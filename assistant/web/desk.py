"""The superusers' desk: queue, corrections, statistics, export and log, under /granskning."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.feedback import Verdict
from assistant.store import audit, export, review, sources, statistics
from assistant.store.review import PAGE, Filters
from assistant.web import desk_case
from assistant.web.desk_setup import START, STATUSES, Desk, Sent, back, download
from assistant.web.identity import Role, require
from assistant.web.pages import FOLDER


def router(desk: Desk) -> APIRouter:
    """Every page of the desk's, for superusers only."""
    made = APIRouter(
        prefix=START,
        include_in_schema=False,
        dependencies=[Depends(require(Role.SUPERUSER))],
    )
    _queue(made, desk)
    _corrections(made, desk)
    _statistics(made, desk)
    _log(made, desk)
    desk_case.add(made, desk)
    return made


def filters(query: dict[str, str], subject: str) -> Filters:
    """The filters that a query string asks for; what it cannot mean is not filtered by."""
    status, verdict, region = (query.get(name) for name in ("status", "omdome", "region"))
    assigned = {"mig": subject, "ingen": ""}.get(query.get("tilldelat", ""))
    return Filters(
        status=status if status in STATUSES else None,
        verdict=verdict if verdict in list(Verdict) else None,
        region=None if not region else "" if region == "ingen" else region,
        assigned=assigned,
        unhandled=query.get("visa") != "alla",
    )


def _queue(made: APIRouter, desk: Desk) -> None:
    @made.get("")
    def queue(request: Request, sida: int = 1) -> HTMLResponse:
        asked = dict(request.query_params)
        chosen = filters(asked, desk.actor(request).subject)
        page = min(max(sida, 1), 10_000)
        rows, total = review.queue(desk.store, chosen, desk.now().date(), page)
        asked.pop("sida", None)
        return desk.page(
            request,
            "desk_queue.html",
            rows=rows,
            total=total,
            at=page,
            pages=-(-total // PAGE),
            asked=asked,
            names=review.reviewers(desk.store),
        )

    @made.get("/desk.css")
    def style() -> FileResponse:
        return FileResponse(FOLDER / "desk.css", media_type="text/css")


def _corrections(made: APIRouter, desk: Desk) -> None:
    form = Depends(desk.sent)

    @made.get("/rattelser")
    def corrections(request: Request) -> HTMLResponse:
        waiting = sources.proposals(desk.store)
        names = review.reviewers(desk.store)
        return desk.page(
            request,
            "desk_changes.html",
            waiting=waiting,
            names=names,
            provisions=desk.assistant.corpus.provisions,
        )

    @made.post("/rattelser/patch")
    def patch(request: Request, sent: Sent = form) -> Response:
        text = sources.patch(desk.store, desk.actor(request), desk.edition, desk.now())
        return download(text, "rattelser.patch", "text/x-patch")

    @made.post("/rattelser/{number}/ta-bort")
    def withdraw(request: Request, number: int, sent: Sent = form) -> Response:
        sources.withdraw(desk.store, number, desk.actor(request), desk.now())
        return back("/rattelser")


def _statistics(made: APIRouter, desk: Desk) -> None:
    form = Depends(desk.sent)

    def shown(request: Request, asked: list[statistics.Unanswered] | None) -> HTMLResponse:
        counted = statistics.statistics(desk.store, desk.now().date())
        return desk.page(request, "desk_statistics.html", counted=counted, asked=asked)

    @made.get("/statistik")
    def overview(request: Request) -> HTMLResponse:
        return shown(request, None)

    @made.post("/statistik/fragor")
    def questions(request: Request, sent: Sent = form) -> HTMLResponse:
        reason = sent.get("skal", "")
        found = statistics.unanswered(desk.store, desk.actor(request), reason, desk.now())
        return shown(request, found)

    @made.post("/export.csv")
    def exported(request: Request, sent: Sent = form) -> Response:
        reason = sent.get("skal", "") if sent.get("texter") == "ja" else None
        text = export.as_csv(desk.store, desk.actor(request), desk.now(), reason=reason)
        # The mark by which Excel knows that the file is UTF-8.
        return download(f"\ufeff{text}", "omdomen.csv", "text/csv")


def _log(made: APIRouter, desk: Desk) -> None:
    @made.get("/logg")
    def log(request: Request, fore: int | None = None) -> HTMLResponse:
        return desk.page(
            request,
            "desk_log.html",
            entries=audit.entries(desk.store, fore),
            checked=audit.check(desk.store),
            names=review.reviewers(desk.store),
        )
