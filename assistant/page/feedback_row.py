"""The row under an answer where one tells whether it was right. Sends only when asked to."""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Answer, Question, Status
from assistant.page import chat
from assistant.page.chat import Conversation
from assistant.settings import settings
from ingest.errors import SipError

if TYPE_CHECKING:
    from fastapi import Request

    from assistant.feedback import Feedback

Send = Callable[["Feedback", "Request"], str]
VERDICTS = ("rätt", "fel", "ofullständig", "fel källa")
# Refused for these reasons there is no question to pass a verdict on.
_NOT_KEPT = chat.NEVER_SHOWN | {"empty"}
_Updates = dict[Any, Any]


class FeedbackRow:
    """Verdict, comment and a button; `send` stores it and returns what the user is told.

    `send` is also given the request, which tells who sends.
    """

    def __init__(self, send: Send, today: Callable[[], date]) -> None:
        """Build the row, hidden until there is an answer."""
        self._send = send
        self._today = today
        with gr.Group(visible=False, elem_classes="sip-feedback") as self._group:
            self._verdict = gr.Radio(
                [(verdict.capitalize(), verdict) for verdict in VERDICTS],
                label="Vad tycker du om svaret?",
                info=_what_is_stored(settings().keep_days),
            )
            self._comment = gr.Textbox(
                label="Kommentar (frivillig, utan personuppgifter)", max_length=2000, max_lines=6
            )
            self._button = gr.Button("Skicka omdömet", size="sm")
        self._told = gr.HTML("", elem_id="sip-omdome-besked")
        self.components = (self._group, self._verdict, self._comment, self._told)

    def updates(self, answer: Answer | None) -> _Updates:
        """The row emptied for a new answer, hidden where there is none."""
        return {
            self._group: gr.update(visible=answer is not None and answer.reason not in _NOT_KEPT),
            self._verdict: None,
            self._comment: "",
            self._told: "",
        }

    def wire(self, talk: gr.State, region: gr.Radio) -> None:
        """Let the button send what was said of the answer last given."""
        self._button.click(
            self._sent,
            [talk, region, self._verdict, self._comment],
            [self._group, self._comment, self._told],
            api_visibility="private",
            show_progress="hidden",
        )

    def _sent(
        self,
        talk: Conversation,
        region: str,
        verdict: str | None,
        comment: str,
        request: gr.Request,
    ) -> tuple[Any, Any, str]:
        if verdict is None:
            return gr.update(), gr.update(), _said("Välj ett omdöme först.", "alert")
        if talk.answer is None:
            return gr.update(), gr.update(), _said("Det finns inget svar att bedöma.", "alert")
        try:
            given = _feedback(talk, talk.answer, region, verdict, comment, self._today())
            assert request.request is not None  # a click always brings one
            told = self._send(given, request.request)
        except SipError as error:
            return gr.update(), gr.update(), _said(str(error), "alert")
        return gr.update(visible=False), "", _said(told, "status")


def _feedback(
    talk: Conversation, answer: Answer, region: str, verdict: str, comment: str, today: date
) -> "Feedback":
    from assistant.feedback import feedback_on

    turns = talk.turns
    if answer.status is Status.REFUSE and talk.latest:  # a refused turn is not among them
        turns = (*turns, talk.latest.asked)
    day = answer.as_of or today
    question = Question(turns[-chat.MOST :], answer.region or region or None, day)
    return feedback_on(question, answer, verdict, comment.strip())


def _what_is_stored(days: int) -> str:
    return (
        "Bara om du skickar sparas samtalets frågor, svaret och dess källor, region, dag, omdöme "
        f"och kommentar. Det gallras efter {days} dagar och läses av superanvändare."
    )


def _said(text: str, role: str) -> str:
    return f'<p class="sip-told" role="{role}">{escape(text)}</p>'
