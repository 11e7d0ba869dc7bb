"""Imports point one way: corpus ← ingest ← assistant ← evals."""

import ast

import pytest

from tests.conftest import ROOT

ORDER = ["corpus", "ingest", "assistant", "evals"]
FILES = [path for package in ORDER for path in (ROOT / package).rglob("*.py")]


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_packages_that_stand_before_its_own(path):
    own = ORDER.index(path.relative_to(ROOT).parts[0])
    later = set(ORDER[own + 1 :])
    assert not imported(ast.parse(path.read_text("utf-8"))) & (later | {"tests"})


def test_only_the_engines_know_chroma_and_bm25s():
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if imported(ast.parse(path.read_text("utf-8"))) & {"chromadb", "langchain_chroma", "bm25s"}
    }
    assert knowing - {"evals/bench.py"} == {"ingest/engines.py"}
