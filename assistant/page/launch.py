"""Start the page on this machine, with Gradio's unsafe defaults turned off."""

import os
import socket
from datetime import date
from pathlib import Path

from assistant.chain import Assistant
from ingest.errors import InputError

LOCAL = {"127.0.0.1", "localhost", "::1"}


def check_port(host: str, port: int) -> None:
    """InputError where the address is not this machine's own or the port is taken."""
    if host not in LOCAL:
        raise InputError(
            f"Sidan har ingen inloggning och får bara öppnas på den egna datorn, inte på {host}. "
            "Ta bort SIP_HOST."
        )
    if not 1 <= port <= 65535:
        raise InputError(f"Porten {port} finns inte. Välj ett tal mellan 1 och 65535.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise InputError(
                f"Porten {port} är upptagen. Stäng det andra programmet eller välj en annan port "
                "med --port."
            ) from None


def launch(assistant: Assistant, host: str, port: int, *, browser: bool = False) -> None:
    """Serve the page until interrupted. Nothing is sent to any other machine."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.pop("GRADIO_SHARE", None)
    import gradio as gr

    from assistant.page.view import page

    blocks = page(assistant, date.today)
    blocks.queue(max_size=64, default_concurrency_limit=2, api_open=False)
    print(f"Sidan är öppen på http://{host}:{port} . Avsluta med Ctrl+C.", flush=True)
    blocks.launch(
        server_name=host,
        server_port=port,
        inbrowser=browser,
        share=False,
        show_error=False,
        quiet=True,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        allowed_paths=[],
        max_file_size="5mb",
        strict_cors=True,
        state_session_capacity=1000,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Default(
            primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["monospace"]
        ),
        css_paths=Path(__file__).with_name("style.css"),
    )
