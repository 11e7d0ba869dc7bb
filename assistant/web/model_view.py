"""What is sent to a language model and where, for administrators: a page of plain text."""

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse

from assistant.chain import Assistant
from assistant.model import told
from assistant.model.assisted import Assisted
from assistant.settings import Settings
from assistant.web.identity import Role, require

PATH = "/installningar/sprakmodell"


def router(assistant: Assistant, settings: Settings) -> APIRouter:
    """The page, for administrators only; it holds nothing of what anybody has asked."""
    made = APIRouter(include_in_schema=False, dependencies=[Depends(require(Role.ADMIN))])

    @made.get(PATH)
    def overview() -> PlainTextResponse:
        line = assistant.line if isinstance(assistant, Assisted) else None
        return PlainTextResponse(told.overview(settings, line))

    return made
