"""An answer as text for people, and as JSON for programs."""

from dataclasses import asdict
from typing import Any

from assistant.answer import Answer, Citation
from assistant.region_table import as_table


def as_text(answer: Answer, *, table: bool = False) -> str:
    """The answer with its sources beneath; with `table`, several regions' as rows of one."""
    rows = as_table(answer) if table else ""
    around = [part for part in (answer.note, answer.lead) if part], _warned(answer)
    parts = ["\n\n".join([*around[0], rows, *around[1]])] if rows else [spoken(answer)]
    if answer.worded_by:
        parts.append(
            f"Formulerat av språkmodellen {answer.worded_by}. Varje mening är kontrollerad mot "
            "källan."
        )
    if answer.citations:
        parts.append("Källor:\n" + "\n".join(_source(c) for c in answer.citations))
    if answer.suggestions:
        parts.append("Fråga vidare:\n" + "\n".join(f"  {s}" for s in answer.suggestions))
    return "\n\n".join(part for part in parts if part)


def spoken(answer: Answer) -> str:
    """What is said: note, lead, each statement with the [numbers] of its citations, warnings."""
    said = [
        (f"{statement.label}: " if statement.label else "")
        + f"{statement.text} {''.join(f'[{n}]' for n in statement.citations)}"
        for statement in answer.statements
    ]
    return "\n\n".join(
        [part for part in (answer.note, answer.lead) if part] + said + _warned(answer)
    )


def _warned(answer: Answer) -> list[str]:
    return [f"Obs! {warning.text}" for warning in answer.warnings]


def place(citation: Citation) -> str:
    """Where the citation stands, in one line: document, section, page, lines."""
    parts = [f"{citation.publisher}: {citation.document}", citation.section]
    if citation.page:
        parts.append(citation.page)
    first, last = citation.lines
    parts.append(f"rad {first}" if first == last else f"rad {first}–{last}")
    return ", ".join(part for part in parts if part)


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the command-line contract has it, ready for `json.dumps`."""
    return {
        "action": answer.status.value,
        "answer": spoken(answer),
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "computations": [asdict(c) for c in answer.computations],
        "citations": [_citation(c) for c in answer.citations],
        "warnings": [asdict(warning) for warning in answer.warnings],
        "region": answer.region,
        "reason": answer.reason,
        "choices": list(answer.choices),
        "suggestions": list(answer.suggestions),
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        **({"worded_by": answer.worded_by} if answer.worded_by else {}),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    fields = asdict(citation)
    fields["lines"] = list(citation.lines)
    return fields


def _source(citation: Citation) -> str:
    line = f"[{citation.number}] {place(citation)}"
    if citation.original:
        quoted = "\n".join(f"    | {row.strip()}" for row in citation.original.splitlines())
        line += f"\n{quoted}"
    return line
