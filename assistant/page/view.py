"""The page itself: what it is, and its four tabs."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant.chain import Assistant
from assistant.page.ask_tab import AskTab
from assistant.page.feedback_row import Send

ABOUT = (
    '<a class="sip-past" href="#sip-flikar">Hoppa till innehållet</a><h1>SIP-assistenten</h1>'
    '<p class="sip-about">Frågor och svar om SIP och samverkan vid utskrivning, ur fem regioners '
    "riktlinjer. Skriv aldrig personuppgifter. Kontrollera alltid källan.</p>"
)
FOOT = '<footer><a href="/tillganglighet">Tillgänglighet</a></footer>'


def page(
    assistant: Assistant,
    today: Callable[[], date],
    *,
    feedback: Send | None = None,
    notice: str = "",
    menu: Sequence[tuple[str, str]] = (),
    who: Callable[[Any], str] = lambda request: "",
) -> gr.Blocks:
    """The page over an assistant; `today` gives the day that answers hold for.

    `feedback` stores a verdict and returns what the user is told; without it none can be given.
    `notice` is shown at the top; `menu` names the site's other pages and their addresses; `who`
    gives the pseudonym of whoever sends a request.
    """
    blocks: gr.Blocks = gr.Blocks(title="SIP-assistenten", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(ABOUT + _menu(menu), elem_id="sip-huvud")
        if notice:
            gr.HTML(f'<p class="sip-notice" role="note">{escape(notice)}</p>')
        # With a menu instead, a narrow page would name it in English.
        with gr.Tabs(elem_id="sip-flikar", overflow_behavior="wrap"):
            with gr.Tab("Fråga", id="fraga", elem_id="sip-flik-fraga"):
                asking = AskTab(assistant, today, feedback, who)
            for key, name, build in _others(assistant, today):
                with gr.Tab(name, id=key, elem_id=f"sip-flik-{key}"):
                    build()
        gr.HTML(FOOT, elem_id="sip-fot")
        asking.opened(blocks)
    return blocks


def _menu(pages: Sequence[tuple[str, str]]) -> str:
    if not pages:
        return ""
    links = "".join(f'<li><a href="{escape(at)}">{escape(name)}</a></li>' for name, at in pages)
    return f'<nav class="sip-menu" aria-label="Sidor"><ul>{links}</ul></nav>'


def _others(
    assistant: Assistant, today: Callable[[], date]
) -> list[tuple[str, str, Callable[[], object]]]:
    from assistant.page.compare import compare_tab
    from assistant.page.planner import planner_tab
    from assistant.page.registration import registration_tab

    return [
        ("tidsplan", "Tidsplan", lambda: planner_tab(today)),
        ("registrering", "Registrering", lambda: registration_tab(today)),
        ("jamfor", "Jämför regioner", lambda: compare_tab(assistant, today)),
    ]
