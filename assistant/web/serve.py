"""Start the site on an address, with no log that could hold what is asked."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import corpus
from assistant.chain import Assistant
from assistant.settings import Settings
from ingest.errors import InputError

if TYPE_CHECKING:
    from fastapi import FastAPI

SECONDS = 20.0  # that an answer may take
GRACE = 5  # seconds that answers under way have when the server stops


def check_address(settings: Settings) -> None:
    """InputError where the address may not be used without sign-in, or the port is taken."""
    from assistant.web.identity import check_binding

    host, port = settings.host, settings.port
    check_binding(host, settings)
    if not 1 <= port <= 65535:
        raise InputError(f"Porten {port} finns inte. Välj ett tal mellan 1 och 65535.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise InputError(f"Adressen {host} finns inte på den här datorn.") from None
        except OSError:
            raise InputError(
                f"Porten {port} är upptagen. Stäng det andra programmet eller välj en annan port "
                "med --port."
            ) from None


def serve(assistant: Assistant, settings: Settings, *, browser: bool = False) -> None:
    """Serve the site on the settings' host and port until interrupted.

    InputError as `check_address` and `create_app` raise it. Nothing is sent to another machine.
    """
    check_address(settings)
    import uvicorn

    app = site(assistant, settings)
    server = uvicorn.Server(uvicorn.Config(app, **options(settings)))
    address = f"http://{_written(settings.host)}:{settings.port}"
    print(f"Sidan är öppen på {address} . Avsluta med Ctrl+C.", flush=True)
    if browser:
        opener = threading.Timer(1.0, webbrowser.open, [address])
        opener.daemon = True
        opener.start()
    server.run()


def site(
    assistant: Assistant, settings: Settings, today: Callable[[], date] = date.today
) -> "FastAPI":
    """The whole site over an assistant, with its store, feedback and desk.

    InputError and StoreError where the database of the settings cannot be opened.
    """
    from assistant.store import feedback, open_store, retention
    from assistant.web import model_view
    from assistant.web.app import create_app
    from assistant.web.desk import router
    from assistant.web.desk_setup import Desk

    store = open_store(settings.database)
    retention.purge(store, _now())
    receive = feedback.receiver(
        store,
        fingerprint=assistant.corpus.fingerprint,
        now=_now,
        keep_days=settings.keep_days,
    )
    desk = Desk(store, assistant, corpus.FOLDER, settings.drafts, _now, settings.originals)
    pages = [router(desk), model_view.router(assistant, settings)]
    return create_app(
        assistant, settings, today, feedback=receive, more=pages, seconds=patience(settings)
    )


def patience(settings: Settings) -> float:
    """Seconds after which an answer is given up: with a language model, its time comes on top."""
    return SECONDS + (settings.model_seconds if settings.model else 0.0)


def _now() -> datetime:
    return datetime.now(UTC)


def options(settings: Settings) -> dict[str, Any]:
    """How uvicorn is to run: no access log (a search stands in the address), no server header.

    Headers of a proxy are believed only from this machine, unless FORWARDED_ALLOW_IPS says more.
    """
    return {
        "host": settings.host,
        "port": settings.port,
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "date_header": True,
        "proxy_headers": True,
        "timeout_graceful_shutdown": GRACE,
        "timeout_keep_alive": 30,
        "h11_max_incomplete_event_size": 32_768,
        "ws": "none",
    }


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
