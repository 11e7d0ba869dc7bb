"""`sip mcp`: the assistant for a language model's client on the same machine."""

import sys

import typer

from assistant.console import (
    AsOfOption,
    IndexOption,
    chosen_day,
    chosen_settings,
    shown_progress,
    spoken_errors,
)


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(mcp)


def mcp(as_of: AsOfOption = None, index: IndexOption = None) -> None:
    """Svara en MCP-klient på samma dator, över standard in och ut."""
    with spoken_errors():
        from assistant.desk import open_assistant
        from assistant.mcp import check_installed

        check_installed()
        from assistant.mcp.stdio import serve

        chosen_day(as_of)  # told before a client is waiting for an answer
        chosen = chosen_settings(index)
        with shown_progress() as progress:
            assistant = open_assistant(chosen, progress)
        if sys.stdin.isatty():
            typer.echo("Väntar på en MCP-klient. Avsluta med Ctrl-D.", err=True)
        serve(assistant, lambda: chosen_day(as_of), chosen.originals)
