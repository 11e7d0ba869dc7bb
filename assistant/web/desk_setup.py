"""What the desk's pages share: what they work on, who is at the desk, how a page is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.answer import Status
from assistant.chain import Assistant
from assistant.feedback import Verdict
from assistant.regions import all_regions
from assistant.store.open import Store
from assistant.store.review import Actor
from assistant.web.identity import check_csrf, csrf_token, current_user
from assistant.web.pages import render

START = "/granskning"
STATUSES = {
    Status.ANSWER.value: "svar",
    Status.CLARIFY.value: "motfråga",
    Status.ABSTAIN.value: "avstod",
    Status.REFUSE.value: "avvisade",
}
Sent = dict[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk works on.

    `edition` is the folder of the edition that corrections are made to, `drafts` the folder where
    drafts of golden cases are gathered, `now` the clock, with its time zone.
    """

    store: Store
    assistant: Assistant
    edition: Path
    drafts: Path
    now: Callable[[], datetime]
    originals: Path | None = None

    def actor(self, request: Request) -> Actor:
        """Who works at the desk; 401 where nobody is signed in."""
        user = current_user(request)
        if user is None:
            raise HTTPException(401)
        return Actor(user.subject, user.name)

    async def sent(self, request: Request) -> Sent:
        """The fields of a form; 403 where it does not come from a page of this person's."""
        form = await request.form()
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        check_csrf(request, fields.pop("csrf", ""))
        return fields

    def page(self, request: Request, name: str, status: int = 200, **held: Any) -> HTMLResponse:
        """A page of the desk's."""
        places = all_regions()
        return render(
            request,
            name,
            status,
            csrf=csrf_token(request),
            me=self.actor(request),
            statuses=STATUSES,
            verdicts=[v.value for v in Verdict],
            places={d.region: places[d.region].short for d in self._documents()},
            **held,
        )

    def _documents(self) -> Any:
        return self.assistant.corpus.documents.values()


def back(path: str) -> Response:
    """To a page of the desk's, with a new request, so that a reload does nothing twice."""
    return RedirectResponse(f"{START}{path}", status_code=303)


def download(text: str, name: str, kind: str) -> Response:
    """The text as a file to save."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type=f"{kind}; charset=utf-8", headers=headers)
