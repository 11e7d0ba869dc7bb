"""How an answer came about, step by step, for one case."""

from assistant import understand
from assistant.answer import Question
from assistant.chain import Assistant
from evals.case import Case
from evals.run import Outcome


def explain(assistant: Assistant, case: Case, outcome: Outcome) -> str:
    """From understanding to fused ranks and verdicts, as text."""
    question = Question(case.turns, case.region, case.as_of)
    understood = understand.understand(question)
    lines = [f"Fall {case.id} ({case.kind.value}): {case.why}"]
    lines += [f"  tur {n}: {turn}" for n, turn in enumerate(case.turns, 1)]
    lines += [
        "Förstått",
        f"  fråga: {understood.text}",
        f"  sammanhang: {understood.context or '–'}",
        f"  regioner: {', '.join(r.id for r in understood.regions) or '–'}",
        f"  utan riktlinje: {', '.join(r.id for r in understood.elsewhere) or '–'}",
        "Hittat (rang, bestämmelse, poäng, likhet och dess rang, ordens rang)",
    ]
    for rank, found in enumerate(assistant.found(question), 1):
        mark = "*" if found.provision.id in case.provisions else " "
        lines.append(
            f" {mark}{rank:2} {found.provision.id:48} {found.score:6.2f}"
            f"  {found.similarity:.3f} ({found.dense_rank or '–'})  ({found.lexical_rank or '–'})"
        )
    lines += ["Svar", f"  {outcome.reply.action}: {outcome.reply.answer}", "Verdikt"]
    lines += [
        f"  {name:20} {score.value:.2f} {score.why if score.value < 1 else ''}".rstrip()
        for name, score in outcome.scores.items()
        if score is not None
    ]
    return "\n".join(lines)
