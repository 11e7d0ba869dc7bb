"""Nothing heavy is imported before it is needed."""

import subprocess
import sys

import pytest

HEAVY = [
    "torch",
    "scipy",
    "jinja2",
    "chromadb",
    "gradio",
    "sentence_transformers",
    "transformers",
    "langchain_chroma",
]


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code", ["import evals.cli", "import assistant.chain", "import ingest.index"]
)
def test_importing_loads_nothing_heavy(code):
    assert not modules_after(code) & set(HEAVY)


def test_a_rule_is_computed_without_langchain():
    code = """
import assistant.cli
from assistant.rules import compute
compute("halland-kva-au124", {})"""
    assert not {name for name in modules_after(code) if name.startswith(("langchain", "icalendar"))}


def test_a_question_is_answered_without_torch(index_folder):
    code = f"""
from datetime import date
from pathlib import Path
from assistant.answer import Question
from assistant.chain import Assistant
from ingest.embed import BundledEmbeddings
from ingest.index import Index
index = Index(Path({str(index_folder)!r}), BundledEmbeddings())
question = Question(("Vilken KVÅ-kod gäller i Halland?",), None, date(2026, 11, 23))
assert Assistant(index).answer(question).citations
"""
    assert not modules_after(code) & {"torch", "gradio", "sentence_transformers", "transformers"}
