"""Tokens in forms that change something: proof that our own page sent them."""

import hmac

from fastapi import HTTPException, Request
from itsdangerous import BadData, URLSafeTimedSerializer

from assistant.web.sessions import LONGEST

FIELD = "csrf"  # of a form
HEADER = "x-csrf-token"  # of a script's request


class Csrf:
    """Signs what a form is bound to: a session, or the browser that is about to sign in."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="sip-assistenten csrf")

    def token(self, binding: str) -> str:
        """A token for the form."""
        return self._signer.dumps(binding)

    def holds(self, binding: str, token: str) -> bool:
        """Whether the token was given to that binding, and lately."""
        if not binding or not token:
            return False
        try:
            bound = self._signer.loads(token, max_age=int(LONGEST))
        except BadData:
            return False
        return isinstance(bound, str) and hmac.compare_digest(bound.encode(), binding.encode())


def csrf_token(request: Request) -> str:
    """The token to put into a form's hidden field `csrf` (or the header X-CSRF-Token)."""
    visit = request.state.visit
    return str(visit.csrf.token(visit.binding))


def check_csrf(request: Request, token: object = None) -> None:
    """Raises HTTPException 403 unless the token is this session's.

    `token` is what the form's field `csrf` held; without it the header X-CSRF-Token counts.
    """
    sent = request.headers.get(HEADER, "") if token is None else token
    visit = request.state.visit
    if not isinstance(sent, str) or not visit.csrf.holds(visit.binding, sent):
        raise HTTPException(403)
