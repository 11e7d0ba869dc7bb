"""One case at the desk: a reason, then the answer beside its passages, and what can be done."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.store import golden, review, shown, sources
from assistant.store.golden import Expected
from assistant.store.review import CITATION, STATEMENT, WHOLE, Judged, NotOpened
from assistant.store.sources import Change
from assistant.web.desk_setup import Desk, Sent, back
from ingest.errors import InputError

# A form's field is its target's short name and number: "kalla-2".
TARGETS = {"svar": WHOLE, "pastaende": STATEMENT, "kalla": CITATION}


def judged(sent: Sent) -> list[Judged]:
    """The verdicts in a form; a target without a verdict is left out."""
    found = []
    for name, verdict in sent.items():
        short, _, number = name.partition("-")
        if short in TARGETS and number.isascii() and number.isdigit() and verdict:
            found.append(Judged(TARGETS[short], int(number[:6]), verdict))
    return found


def expected(sent: Sent) -> Expected:
    """What the reviewer's form says that a right answer does."""
    return Expected(
        status=sent.get("status", ""),
        provisions=tuple(sent.get("bestammelser", "").replace(",", " ").split()),
        kind=sent.get("prov", ""),
        why=sent.get("varfor", ""),
        checked=sent.get("kontrollerat") == "ja",
    )


def add(made: APIRouter, desk: Desk) -> None:
    """Add the case's routes."""
    sent_form = Depends(desk.sent)

    def page(request: Request, number: int, fault: str = "") -> Response:
        actor, now = desk.actor(request), desk.now()
        try:
            kept = review.read_case(desk.store, number, actor, now)
        except NotOpened:
            return _reason(request, number, fault)
        own = {
            (one.target, one.number): one
            for one in kept.judgements
            if one.reviewer == actor.subject
        }
        return desk.page(
            request,
            "desk_case.html",
            422 if fault else 200,
            case=shown.case(kept, desk.assistant, desk.originals),
            own={key: one.verdict for key, one in own.items()},
            own_comment=own[WHOLE, 0].comment if (WHOLE, 0) in own else "",
            others=[one for one in kept.judgements if one.reviewer != actor.subject],
            names=review.reviewers(desk.store) | {actor.subject: actor.name},
            kinds=golden.KINDS,
            change_kinds=sources.KINDS,
            fault=fault,
        )

    def _reason(request: Request, number: int, fault: str) -> HTMLResponse:
        status = 422 if fault else 200
        return desk.page(request, "desk_reason.html", status, number=number, fault=fault)

    @made.get("/omdome/{number}")
    def case(request: Request, number: int) -> Response:
        return page(request, number)

    @made.post("/omdome/{number}/oppna")
    def open_(request: Request, number: int, sent: Sent = sent_form) -> Response:
        try:
            actor = desk.actor(request)
            review.open_case(desk.store, number, actor, sent.get("skal", ""), desk.now())
        except InputError as error:
            return page(request, number, str(error))
        return back(f"/omdome/{number}")

    @made.post("/omdome/{number}/tilldela")
    def assign(request: Request, number: int, sent: Sent = sent_form) -> Response:
        actor = desk.actor(request)
        review.assign(desk.store, number, actor, sent.get("till") or None, desk.now())
        return back(f"/omdome/{number}")

    @made.post("/omdome/{number}/{action}")
    def act(request: Request, number: int, action: str, sent: Sent = sent_form) -> Response:
        try:
            _do(desk, request, number, action, sent)
        except InputError as error:
            return page(request, number, str(error))
        except NotOpened:
            return back(f"/omdome/{number}")
        return back(f"/omdome/{number}")


def _do(desk: Desk, request: Request, number: int, action: str, sent: Sent) -> None:
    actor, now = desk.actor(request), desk.now()
    if action == "bedom":
        comment = sent.get("kommentar", "")
        review.judge(desk.store, number, actor, judged(sent), comment, now)
    elif action == "klar":
        review.finish(desk.store, number, actor, sent.get("klar") == "ja", now)
    elif action == "golden":
        known = desk.assistant.corpus.provisions
        golden.add(desk.store, number, actor, expected(sent), desk.drafts, known, now)
    elif action == "ratta":
        change = Change(sent.get("slag", ""), sent.get("i", ""), sent.get("text", ""))
        reason = sent.get("motivering", "")
        sources.propose(desk.store, number, actor, change, reason, now, desk.edition)
    else:
        raise InputError("Det går inte att göra vid granskningen.")
