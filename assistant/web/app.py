"""The whole site as one application: sign-in, REST, guideline pages, the Gradio page at /."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.feedback import Feedback
from assistant.mcp import endpoint
from assistant.settings import Settings
from assistant.web import faults, identified, pages
from assistant.web.api import WRITES_A_MINUTE, api
from assistant.web.gate import LOCAL, Gate
from assistant.web.guidelines import guidelines
from assistant.web.headers import Headers
from assistant.web.limits import Limiter, Workers
from assistant.web.mounted import Mounted
from assistant.web.protect import SIGN_OUT

SESSIONS = 1000  # conversations that the page keeps in memory at once
STYLE = Path(__file__).parent.parent / "page" / "style.css"


def create_app(
    assistant: Assistant,
    settings: Settings,
    today: Callable[[], date],
    *,
    feedback: Callable[[Feedback, str], str] | None = None,
    more: Sequence[APIRouter] = (),
    writes_a_minute: int = WRITES_A_MINUTE,
    seconds: float = 20.0,
) -> FastAPI:
    """The application; `today` gives the day that answers hold for.

    `feedback` is what is done with a person's verdict and that person's pseudonym, `more` are
    further pages. A question that takes longer than `seconds` is given up. Without sign-in the
    site answers only to this machine's own names.
    InputError where the settings ask for a sign-in, or for MCP, that cannot be had.
    """
    workers = Workers(seconds=seconds)
    mcp = endpoint(assistant, settings, today, workers, Limiter(writes_a_minute))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The index opens itself at the first question: before there can be two of them.
        assistant.retrieved(Question(("Vem kallar till SIP?",), None, today()))
        async with mcp.running() if mcp else nullcontext():
            yield
        workers.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    faults.install(app)
    app.state.notice = identified.install(app, settings)
    app.state.desk = bool(more)
    app.state.sign_out = SIGN_OUT if settings.sign_in != "av" else ""
    app.include_router(pages.router)
    app.include_router(api(assistant, today, workers, writes_a_minute=writes_a_minute))
    app.include_router(guidelines(assistant, settings.originals, today, workers))
    for router in more:
        app.include_router(router)
    if mcp:
        app.router.routes.append(mcp.route())
    _mount_page(app, assistant, today, feedback)
    # The last added is the first to see a request.
    app.add_middleware(Gate, hosts=LOCAL if settings.sign_in == "av" else None)
    app.add_middleware(Headers)
    return app


def _mount_page(
    app: FastAPI,
    assistant: Assistant,
    today: Callable[[], date],
    feedback: Callable[[Feedback, str], str] | None,
) -> None:
    """Mount the Gradio page last, since it takes every address that is left."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.pop("GRADIO_SHARE", None)
    import gradio as gr

    from assistant.page.view import page

    menu = [("Riktlinjer", "/riktlinjer"), ("Sök", "/sok")]
    if app.state.desk:
        menu.append(("Granskning", "/granskning"))
    if app.state.sign_out:
        menu.append(("Logga ut", app.state.sign_out))
    blocks = page(
        assistant,
        today,
        feedback=_by_whom(feedback),
        notice=app.state.notice,
        menu=menu,
        who=identified.subject,
    )
    blocks.queue(max_size=64, default_concurrency_limit=2, api_open=False)
    blocks.state_session_capacity = SESSIONS
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        allowed_paths=[],
        max_file_size="5mb",
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Default(
            primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["monospace"]
        ).set(
            # Gradio's own blue gives white text a contrast of 3.7; this gives 6.7.
            color_accent="*primary_700",
            button_primary_background_fill="*primary_700",
            button_primary_background_fill_hover="*primary_800",
        ),
        css_paths=STYLE,
    )
    mount: Any = app.routes[-1]
    mount.app = Mounted(mount.app, identified.admitted, identified.stamp)


def _by_whom(
    feedback: Callable[[Feedback, str], str] | None,
) -> Callable[[Feedback, Request], str] | None:
    """`feedback` as the page calls it: with the request that brought the verdict."""
    if feedback is None:
        return None
    return lambda given, request: feedback(given, identified.subject(request))
