"""What can go wrong with a language model, and what the reader and the administrator are told."""

import re
from enum import StrEnum

from assistant.answer import Warning_


class Kind(StrEnum):
    """How the model failed; the values are what an administrator reads."""

    DOWN = "går inte att nå"
    SLOW = "svarade inte i tid"
    BUSY = "överbelastad (429)"
    FAULT = "fel hos servern (5xx)"
    CUT = "svaret bröts"
    SET_UP = "fel inställd: modellens namn, adress eller nyckel"
    TOO_LONG = "begäran är för lång för modellen"
    EMPTY = "tomt svar"
    UNREADABLE = "svaret gick inte att läsa"
    UNVERIFIED = "svaret gick inte att bekräfta"
    LOOP = "svaret upprepar sig"
    RESTING = "vilar efter upprepade fel"
    SPENT = "dagens utrymme är slut"
    OTHER = "oväntat fel"
    UNSENT = "skickades inte"


_WITHOUT = "Svaret är gjort utan språkmodell."
_TOLD = {
    Kind.DOWN: "Språkmodellen går inte att nå.",
    Kind.SLOW: "Språkmodellen svarade inte i tid.",
    Kind.BUSY: "Språkmodellen är överbelastad just nu.",
    Kind.SET_UP: "Språkmodellen är fel inställd. Säg till den som sköter assistenten.",
    Kind.TOO_LONG: "Frågan är för lång för språkmodellen.",
    Kind.UNVERIFIED: "Det som språkmodellen skrev gick inte att bekräfta i källorna.",
    Kind.RESTING: "Språkmodellen har inte fungerat de senaste gångerna och prövas igen om en "
    "stund.",
    Kind.SPENT: "Du har använt språkmodellen så mycket som den får användas på en dag.",
}
_OF_CONTENT = {Kind.EMPTY, Kind.UNREADABLE, Kind.LOOP}
# A server may come to itself; a request that is wrong stays wrong.
_PASSING = {Kind.DOWN, Kind.BUSY, Kind.FAULT}
# The model's own: the line works, so they say nothing of whether to call again.
OF_THE_REPLY = _OF_CONTENT | {Kind.UNVERIFIED, Kind.TOO_LONG}


class Trouble(Exception):
    """The model did not give what it was asked for. Holds no word of the question."""

    def __init__(self, kind: Kind, after: float | None = None) -> None:
        """`after` is how many seconds the server asked us to wait."""
        super().__init__(kind.value)
        self.kind = kind
        self.after = after

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed a moment later."""
        return self.kind in _PASSING


def notice(kind: Kind) -> str:
    """What the reader is told: what happened, and that the answer was made without the model."""
    general = (
        "Språkmodellen gav inget användbart svar."
        if kind in _OF_CONTENT
        else "Språkmodellen fungerade inte."
    )
    return f"{_TOLD.get(kind, general)} {_WITHOUT}"


def warning(kind: Kind) -> Warning_:
    """The notice as it stands beside an answer."""
    return Warning_("model", notice(kind))


def trouble_of(error: BaseException, *, begun: bool = False) -> Trouble:
    """What an exception of LangChain, a provider's client or the network means.

    `begun`: some of the reply had come.
    """
    if isinstance(error, Trouble):
        return error
    kind = _kind(error)
    if begun and kind in _PASSING | {Kind.OTHER}:
        kind = Kind.CUT
    return Trouble(kind, _asked_to_wait(error))


def _kind(error: BaseException) -> Kind:
    from langchain_core import exceptions as known

    by_type: list[tuple[type[BaseException], Kind]] = [
        (known.ContextOverflowError, Kind.TOO_LONG),
        (known.ModelTimeoutError, Kind.SLOW),
        (TimeoutError, Kind.SLOW),
        (known.ModelRateLimitError, Kind.BUSY),
        (known.ModelAuthenticationError, Kind.SET_UP),
        (known.ModelPermissionDeniedError, Kind.SET_UP),
        (known.ModelNotFoundError, Kind.SET_UP),
        (known.ModelConnectionError, Kind.DOWN),
        (ConnectionError, Kind.DOWN),
    ]
    for kind_of, kind in by_type:
        if isinstance(error, kind_of):
            return kind
    status = _status(error)
    if status == 413 or (status == 400 and _speaks_of_length(error)):
        return Kind.TOO_LONG
    if status == 429:
        return Kind.BUSY
    if status is not None:
        return Kind.FAULT if status >= 500 else Kind.SET_UP
    if isinstance(error, known.ModelAPIError):
        return Kind.FAULT
    if "No generation" in str(error):  # LangChain's words for a reply of no pieces
        return Kind.EMPTY
    # Clients that know nothing of LangChain's exceptions name theirs alike.
    names = " ".join(kind_of.__name__ for kind_of in type(error).__mro__).lower()
    if "timeout" in names:
        return Kind.SLOW
    return Kind.DOWN if re.search(r"connect|network|protocolerror", names) else Kind.OTHER


def _status(error: BaseException) -> int | None:
    found = getattr(error, "status_code", None)
    if found is None:
        found = getattr(getattr(error, "response", None), "status_code", None)
    return found if isinstance(found, int) and found >= 400 else None


def _speaks_of_length(error: BaseException) -> bool:
    text = f"{error} {getattr(error, 'body', '')}"
    return bool(re.search(r"context|too (?:long|large|many)|max\w* (?:length|token)", text, re.I))


def _asked_to_wait(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, TypeError, ValueError):
        return None
