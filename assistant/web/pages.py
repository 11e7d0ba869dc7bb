"""Our own HTML pages: templates in which every text is escaped, and the one style sheet."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.rules.wording import day_text

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent / "templates"
router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """The templates. What they are given is text, never markup."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["dag"] = day_text
    return found


def render(
    request: Request,
    name: str,
    status: int = 200,
    *,
    headers: dict[str, str] | None = None,
    **held: Any,
) -> HTMLResponse:
    """The template as a reply."""
    return HTMLResponse(written(request, name, **held), status, headers)


def written(request: Request, name: str, **held: Any) -> str:
    """The template as text. Notice and sign-out come from the app."""
    state = request.app.state
    held = {
        "notice": getattr(state, "notice", ""),
        "desk": getattr(state, "desk", False),
        "sign_out": getattr(state, "sign_out", ""),
    } | held
    return environment().get_template(name).render(**held)


def compressed(request: Request, html: bytes, zipped: bytes) -> Response:
    """The page as the reader's browser takes it, kept there for a while: it says nothing of anyone.

    Compressed only where nothing that was asked stands beside anything secret (BREACH).
    """
    headers = {"cache-control": "private, max-age=300", "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(html, headers=headers)
    return HTMLResponse(zipped, headers=headers | {"content-encoding": "gzip"})


@router.get("/stil.css")
def style() -> FileResponse:
    """The style sheet of every page of ours."""
    path = FOLDER / "stil.css"
    return FileResponse(path, media_type="text/css", headers={"cache-control": "no-cache"})


@router.get("/tillganglighet")
def accessibility(request: Request) -> HTMLResponse:
    """What is known to be hard to use, and whom to tell; docs/tillganglighet.md has the rest."""
    return render(request, "accessibility.html")
