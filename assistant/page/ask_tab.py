"""The tab where one asks: question, region and day to the left, the sources to the right."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant import regions
from assistant.chain import Assistant
from assistant.page import browser, chat, share
from assistant.page.chat import Conversation
from assistant.page.evidence import EMPTY as NO_SOURCES
from assistant.page.evidence import panel
from assistant.page.examples import ROLES
from assistant.page.feedback_row import FeedbackRow, Send
from assistant.page.transcript import EMPTY as NO_ANSWERS
from assistant.page.transcript import transcript
from assistant.render import as_text
from assistant.settings import settings
from assistant.suggest import MOST
from ingest.errors import InputError

_Updates = dict[Any, Any]
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class AskTab:
    """The components of the tab and what each does; built inside the current Blocks context."""

    def __init__(
        self,
        assistant: Assistant,
        today: Callable[[], date],
        feedback: Send | None,
        who: Callable[[Any], str],
    ) -> None:
        """Build it. Nothing that is asked leaves the session unless `feedback` is sent.

        `who` gives the pseudonym of whoever sends a request.
        """
        self._assistant = assistant
        self._who = who
        self._today = today
        self._regions = regions.with_guideline()
        self._talk = gr.State(Conversation(), time_to_live=4 * 3600)
        self._address = gr.State("")
        with gr.Row(elem_classes="sip-columns"):
            with gr.Column(scale=3, min_width=280):
                gr.HTML('<h2 class="sip-only-read">Samtal</h2>')
                self._shown = gr.HTML(NO_ANSWERS, elem_id="sip-samtal")
                with gr.Column(elem_classes="sip-screen"):
                    self._build_next()
                    self._row = FeedbackRow(feedback, today) if feedback else None
                    self._build_question()
                    self._build_tools()
                    examples = self._build_examples()
            with gr.Column(scale=2, min_width=280, elem_classes="sip-panel"):
                gr.HTML("<h2>Källor</h2>")
                self._panel = gr.HTML(NO_SOURCES, elem_id="sip-kallor")
        self._wire(examples)

    def _build_next(self) -> None:
        self._seen = gr.Textbox("0", visible="hidden", label="Antal frågor", elem_id="sip-antal")
        with gr.Row(visible=False, elem_classes="sip-buttons") as self._choosing:
            self._choices = [
                gr.Button(region.name, visible=False, size="sm") for region in self._regions
            ]
        with gr.Column(visible=False, elem_classes="sip-next") as self._suggesting:
            gr.HTML("<h3>Fråga vidare</h3>")
            self._suggestions = [gr.Button("", visible=False, size="sm") for _ in range(MOST)]

    def _build_question(self) -> None:
        self._box = gr.Textbox(
            label="Din fråga",
            info="Skriv aldrig personuppgifter. Skicka med Enter.",
            placeholder="Till exempel: Vem kallar till SIP vid utskrivning?",
            lines=1,
            max_lines=8,
            submit_btn="Fråga",
            autofocus=True,
            elem_id="sip-fraga",
        )
        with gr.Row():
            self._region = gr.Radio(
                [(chat.NOT_CHOSEN, ""), *((r.name, r.id) for r in self._regions)],
                value="",
                label="Region",
                scale=3,
                min_width=240,
            )
            self._day = gr.Textbox(
                label="Svaret ska gälla dagen",
                info="år-månad-dag; tomt betyder i dag",
                max_length=40,
                scale=1,
                min_width=200,
            )

    def _build_tools(self) -> None:
        self._told = gr.HTML("", elem_id="sip-besked")
        with gr.Row(elem_classes="sip-buttons"):
            self._clear = gr.Button("Nytt samtal", size="sm")
            self._text = gr.Button("Kopiera som text", size="sm", visible=False)
            self._markdown = gr.Button("Kopiera som Markdown", size="sm", visible=False)
            self._print = gr.Button("Skriv ut", size="sm", visible=False)
            self._taking = (self._text, self._markdown, self._print)
        self._copies = gr.HTML("", elem_classes="sip-only-read", elem_id="sip-kopior")
        with gr.Accordion("Länk till sidan", open=False):
            self._with_question = gr.Checkbox(
                False,
                label="Ta med frågan i länken",
                info="Den som får länken ser frågan. Den skickas inte förrän någon trycker Enter.",
            )
            self._make = gr.Button("Skapa länk", size="sm")
            self._link = gr.Textbox(label="Länk", interactive=False, lines=1, max_lines=4)

    def _build_examples(self) -> list[gr.Button]:
        buttons = []
        with gr.Accordion("Exempel på frågor", open=True) as self._examples:
            for role in ROLES:
                gr.HTML(f"<h3>{escape(role.name)}</h3>")
                buttons += [
                    gr.Button(question, size="sm", elem_classes="sip-example")
                    for question in role.questions
                ]
        return buttons

    def _wire(self, examples: list[gr.Button]) -> None:
        outputs = [
            self._talk, self._shown, self._panel, self._seen, self._box, self._told, self._copies,
            self._choosing, *self._choices, self._suggesting, *self._suggestions, *self._taking,
            self._examples, self._region, self._link,
            *(self._row.components if self._row else ()),
        ]  # fmt: skip
        asking = [self._talk, self._seen, self._region, self._day]
        asks: list[Any] = [
            self._box.submit(self._ask, [self._box, *asking], outputs, **_PRIVATE),
            *(
                button.click(self._ask, [button, *asking], outputs, **_PRIVATE)
                for button in [*self._suggestions, *examples]
            ),
            *(
                button.click(self._ask_again(region.id), asking, outputs, **_PRIVATE)
                for button, region in zip(self._choices, self._regions, strict=True)
            ),
        ]
        for ask in asks:
            ask.then(None, None, None, js=browser.TO_ANSWER, **_PRIVATE)
        self._clear.click(self._anew, None, outputs, cancels=asks, js=browser.ANEW, **_PRIVATE)
        self._text.click(None, None, self._told, js=browser.copy("sip-som-text"), **_PRIVATE)
        self._markdown.click(
            None, None, self._told, js=browser.copy("sip-som-markdown"), **_PRIVATE
        )
        self._print.click(None, None, None, js=browser.PRINT, **_PRIVATE)
        self._region.change(None, self._region, None, js=browser.REMEMBER, **_PRIVATE)
        self._make.click(
            self._linked,
            [self._address, self._talk, self._region, self._day, self._with_question],
            self._link,
            **_PRIVATE,
        )
        if self._row:
            self._row.wire(self._talk, self._region)

    def opened(self, blocks: gr.Blocks) -> None:
        """Fill in what the page's address asks for, once the page is open; nothing is sent."""
        told = gr.Textbox(visible="hidden", label="Adress")
        blocks.load(
            self._open,
            told,
            [self._region, self._box, self._day, self._address, self._told],
            js=browser.OPENED,
            **_PRIVATE,
        )

    def _open(self, told: str) -> tuple[Any, Any, str, str, str]:
        asked = share.opened(told)
        day = asked.day or self._today().isoformat()
        # What has been typed or chosen while the page was opening is left as it is.
        region, question = asked.region or gr.skip(), asked.question or gr.skip()
        told = f'<p class="sip-failed">{escape(chat.RESTARTED)}</p>' if asked.broken_off else ""
        return region, question, day, asked.address, told

    def _ask(
        self,
        question: str,
        talk: Conversation,
        seen: str,
        region: str,
        day: str,
        request: gr.Request,
    ) -> Iterator[_Updates]:
        try:
            as_of = chat.chosen_day(day, self._today())
        except InputError as error:
            yield self._saying(str(error))
            return
        if not question.strip():
            yield self._saying("Skriv en fråga om SIP eller samverkan vid utskrivning.")
            return
        lost = seen not in ("", "0") and not talk.exchanges
        who = self._who(request.request)
        steps = chat.asked(self._assistant, talk, question, region or None, as_of, who)
        for number, now in enumerate(steps):
            # Only once: the next question may be typed while this one is answered.
            yield self._updates(now, emptied=number == 0, said=chat.LOST if lost else "")

    def _ask_again(self, region: str) -> Callable[..., Iterator[_Updates]]:
        def again(
            talk: Conversation, seen: str, _: str, day: str, request: gr.Request
        ) -> Iterator[_Updates]:
            try:
                as_of = chat.chosen_day(day, self._today())
            except InputError as error:
                yield self._saying(str(error))
                return
            who = self._who(request.request)
            for now in chat.asked_again(self._assistant, talk, region, as_of, who):
                yield self._updates(now) | {self._region: region}

        return again

    def _anew(self) -> _Updates:
        return self._updates(Conversation(), emptied=True) | {
            self._examples: gr.update(open=True),
            self._link: "",
        }

    def _saying(self, told: str) -> _Updates:
        return {self._told: f'<p class="sip-failed" role="alert">{escape(told)}</p>'}

    def _updates(self, talk: Conversation, *, emptied: bool = False, said: str = "") -> _Updates:
        answer = talk.answer
        choices = answer.choices if answer else ()
        suggestions = answer.suggestions if answer else ()
        updates: _Updates = {
            self._talk: talk,
            self._shown: transcript(talk),
            self._panel: panel(talk, self._assistant.corpus, settings().originals),
            self._seen: str(talk.latest.number if talk.latest else 0),
            self._copies: _copies(talk),
            self._choosing: gr.update(visible=bool(choices)),
            self._suggesting: gr.update(visible=bool(suggestions)),
            self._told: "",
            self._examples: gr.update(open=False),
            self._link: "",
        }
        updates |= {button: gr.update(visible=answer is not None) for button in self._taking}
        if emptied:
            updates[self._box] = ""
        if said:
            updates |= self._saying(said)
        for button, region in zip(self._choices, self._regions, strict=True):
            updates[button] = gr.update(visible=region.id in choices)
        for at, button in enumerate(self._suggestions):
            there = at < len(suggestions)
            updates[button] = gr.update(value=suggestions[at] if there else "", visible=there)
        return updates | (self._row.updates(answer) if self._row else {})

    def _linked(
        self, address: str, talk: Conversation, region: str, day: str, with_question: bool
    ) -> str:
        try:
            chosen = chat.chosen_day(day, self._today())
        except InputError as error:
            return str(error)
        asked = talk.turns[-1] if with_question and talk.turns else ""
        held = "" if chosen == self._today() else chosen.isoformat()
        return share.link(address, region or None, held, asked)


def _copies(talk: Conversation) -> str:
    if talk.answer is None:
        return ""
    plain = replace(talk.answer, suggestions=())
    texts = {"sip-som-text": as_text(plain), "sip-som-markdown": share.as_markdown(plain)}
    return "".join(f'<pre id="{key}" hidden>{escape(text)}</pre>' for key, text in texts.items())
