"""What the page does when the server does not answer it, as the head of its start page.

Gradio 6.31 tells of a lost connection in English and then loads the page anew, and with it goes
what was written and answered; that a session has ended it tells for ten seconds. So a script stands
between Gradio and the network: it turns every failure into an ordinary failed event, which leaves
the page as it is, and says in Swedish what happened and what to do.
"""

from functools import lru_cache

from assistant.web.pages import FOLDER
from assistant.web.protect import SIGN_IN

PERSON = "x-sip-person"  # the header in which the page says for whom it was opened


def head(person: str) -> str:
    """The elements to stand before Gradio's own scripts; `person` is a stamp of plain letters."""
    style, script = _files()
    return (
        f"<style>{style}</style>"
        f'<script data-person="{person}" data-sign-in="{SIGN_IN}">{script}</script>'
    )


@lru_cache(maxsize=1)
def _files() -> tuple[str, str]:
    style = (FOLDER / "connection.css").read_text("utf-8")
    return style, (FOLDER / "connection.js").read_text("utf-8")
