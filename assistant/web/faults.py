"""What is said when a request cannot be answered: Swedish, and nothing of what was sent."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.web.limits import Busy, TookTooLong
from assistant.web.pages import render
from ingest.errors import InputError, SipError

NAMES = frozenset({"turns", "region", "as_of", "rule", "inputs", "q", "datum"})
NOT_READ = "Anropet går inte att läsa. Rätta uppgifterna och försök igen."
BROKEN = "Assistenten kan inte svara just nu. Hör av dig till den som sköter den."
_SAID = {
    "missing": "uppgiften saknas",
    "extra_forbidden": "uppgiften finns inte; ta bort den",
    "string_too_long": "texten är för lång",
    "too_long": "för många",
    "too_short": "minst en behövs",
    "string_type": "ska vara text",
    "string_unicode": "är ingen giltig text",
    "list_type": "ska vara en lista",
    "dict_type": "ska vara ett objekt",
    "json_invalid": "är inte giltig JSON",
    "model_attributes_type": "ska vara ett JSON-objekt, skickat som application/json",
    "value_error": "går inte att räkna med: för stort, för djupt eller inget giltigt värde",
    "greater_than_equal": "ska vara tidigast 2000-01-01",
    "less_than_equal": "ska vara senast 2100-12-31",
}
_STATUS = {
    400: NOT_READ,
    401: "Du behöver logga in.",
    403: "Du har inte behörighet till det här.",
    404: "Sidan finns inte. Börja på startsidan.",
    405: "Adressen kan inte anropas på det sättet.",
    409: "Någon annan har loggat in i den här webbläsaren. Öppna sidan på nytt.",
    413: "Det som skickades är för stort.",
    415: "Skicka uppgifterna som application/json.",
    421: "Sidan kan inte nås under det namnet.",
    429: "Det kom för många frågor på kort tid. Vänta en minut och försök igen.",
    503: "Många frågar just nu. Försök igen om en liten stund.",
    504: "Det tog för lång tid. Försök igen, gärna med en kortare fråga.",
}


def spoken(status: int) -> str:
    """What a status means, to a person."""
    return _STATUS.get(status, "Det gick inte att svara på anropet.")


def fields(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Which fields are wrong and how. A name that the sender made up is not repeated."""
    return [
        {"field": _place(error["loc"]), "error": _SAID.get(error["type"], _of_kind(error["type"]))}
        for error in errors
    ]


def reply(
    request: Request, status: int, text: str, *, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """The fault as JSON for a program and as a page for a person."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": text, **more}, status, headers)
    return render(request, "fault.html", status, headers=headers, text=text)


def install(app: FastAPI) -> None:
    """Make the app's errors ours."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(SipError, _expected)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(TookTooLong, _late)


def _place(loc: Sequence[Any]) -> str:
    parts = [str(part) for part in loc if isinstance(part, int) or part in NAMES]
    # A JSON error's place is a position in the text.
    return ".".join(parts) if parts and not parts[0].isdigit() else "anropet"


def _of_kind(kind: str) -> str:
    return "ska vara ett datum, till exempel 2026-11-23" if "date" in kind else "går inte att läsa"


async def _invalid(request: Request, error: Exception) -> Response:
    found = fields(error.errors() if isinstance(error, RequestValidationError) else ())
    return reply(request, 422, NOT_READ, fields=found)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if 300 <= error.status_code < 400:
        return Response(status_code=error.status_code, headers=headers)
    return reply(request, error.status_code, spoken(error.status_code), headers=headers)


async def _expected(request: Request, error: Exception) -> Response:
    if isinstance(error, InputError):
        return reply(request, 422, str(error))
    # Its text is for whoever runs the assistant: it names folders.
    return reply(request, 503, BROKEN, headers={"Retry-After": "60"})


async def _busy(request: Request, _: Exception) -> Response:
    return reply(request, 503, spoken(503), headers={"Retry-After": "5"})


async def _late(request: Request, _: Exception) -> Response:
    return reply(request, 504, spoken(504))
