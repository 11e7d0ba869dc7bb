"""The page itself: chat to the left, region and evidence to the right."""

from collections.abc import Callable
from datetime import date
from typing import Any

import gradio as gr

from assistant import regions
from assistant.answer import Question
from assistant.chain import Assistant
from assistant.page.evidence import EMPTY, evidence
from assistant.render import spoken
from ingest.errors import SipError

ANY_REGION = "Anges i frågan"
EXAMPLES = [
    "Vem kallar till SIP vid utskrivning i Norrbotten?",
    "Vilken KVÅ-kod gäller i Halland?",
    "Hur ofta ska planen följas upp i Örebro?",
    "Vad kostar det för patienten i VGR?",
]


def page(assistant: Assistant, today: Callable[[], date]) -> gr.Blocks:
    """The page over an assistant; `today` gives the day that answers hold for."""
    names = {region.name: region.id for region in regions.with_guideline()}

    def reply(
        question: str, region: str, turns: list[str], shown: list[dict[str, Any]]
    ) -> tuple[str, list[str], list[dict[str, Any]], str]:
        asked = [*turns, question]
        try:
            answer = assistant.answer(Question(tuple(asked), names.get(region), today()))
        except SipError as error:
            shown = [*shown, _message("user", question), _message("assistant", str(error))]
            return "", turns, shown, EMPTY
        kept = turns if answer.status == "refuse" else asked
        echoed = "(frågan visas inte)" if answer.reason == "personal-data" else question
        shown = [*shown, _message("user", echoed), _message("assistant", spoken(answer))]
        return "", kept, shown, evidence(answer)

    blocks: gr.Blocks = gr.Blocks(title="SIP-assistenten", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.Markdown(
            "# SIP-assistenten\nFrågor och svar om SIP och samverkan vid utskrivning, ur fem "
            "regioners riktlinjer. Skriv aldrig personuppgifter. Kontrollera alltid källan."
        )
        turns = gr.State([])
        with gr.Row():
            with gr.Column(scale=3):
                chat = gr.Chatbot(
                    label="Samtal",
                    height=460,
                    render_markdown=False,
                    feedback_options=None,
                    buttons=[],
                    allow_file_downloads=False,
                )
                region = gr.Radio([ANY_REGION, *names], value=ANY_REGION, label="Region")
                box = gr.Textbox(
                    label="Din fråga",
                    placeholder="Till exempel: Vem kallar till SIP vid utskrivning?",
                    max_length=4000,
                    lines=1,
                    max_lines=8,
                    submit_btn="Fråga",
                    autofocus=True,
                )
                with gr.Row():
                    clear = gr.Button("Nytt samtal", variant="secondary")
                gr.Examples(EXAMPLES, box, label="Exempel")
            with gr.Column(scale=2):
                gr.Markdown("## Källor")
                sources = gr.HTML(EMPTY)
        asked = [box, region, turns, chat]
        box.submit(reply, asked, [box, turns, chat, sources], api_visibility="private", queue=True)
        chat.clear(lambda: ([], EMPTY), None, [turns, sources], api_visibility="private")
        clear.click(
            lambda: ("", [], [], EMPTY),
            None,
            [box, turns, chat, sources],
            api_visibility="private",
        )
    return blocks


def _message(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "content": text}
