"""Several regions' answers to one question as a table for the terminal: a row a region."""

from io import StringIO

from assistant.answer import Answer

SILENT = "Anges inte i riktlinjen."
WIDTH = 100  # characters


def as_table(answer: Answer) -> str:
    """The answer's rows, one for each region it was asked of; empty where it is not of several."""
    rows = [
        (s.label, f"{s.text} {''.join(f'[{n}]' for n in s.citations)}")
        for s in answer.statements
        if s.label
    ]
    rows += [(name, SILENT) for name in answer.silent]
    if len({name for name, _ in rows}) < 2:
        return ""
    # Heavy for a command that prints a sentence.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    table.add_column("Region", no_wrap=True)
    table.add_column("Svar", overflow="fold")
    for name, said in rows:
        # As text: "[1]" is a citation, not markup.
        table.add_row(Text(name), Text(said))
    told = StringIO()
    Console(file=told, width=WIDTH, color_system=None).print(table)
    return told.getvalue().rstrip()
