"""What tests share: one index of the edition, one assistant over it, the originals if at hand."""

import os
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from assistant.answer import Answer, Question
from assistant.chain import Assistant
from ingest import index as ingest_index
from ingest.document import Corpus
from ingest.edition import read_corpus
from ingest.embed import BundledEmbeddings
from ingest.index import Index

# The same examples in every run, and no verdict that depends on how fast the machine is.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")
ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def edition() -> Corpus:
    return read_corpus()


@pytest.fixture(scope="session")
def index_folder(edition: Corpus, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    # Workers that run side by side share one: it takes longer to build than most tests.
    folder = (base if worker_id == "master" else base.parent) / "index"
    with FileLock(f"{folder}.building"):
        ingest_index.build(edition, BundledEmbeddings(), folder)
    return folder


@pytest.fixture(scope="session")
def index(index_folder: Path) -> Index:
    return Index(index_folder, BundledEmbeddings())


@pytest.fixture(scope="session")
def assistant(index: Index) -> Assistant:
    return Assistant(index)


@pytest.fixture(scope="session")
def ask(assistant: Assistant):
    def answer(*turns: str, region: str | None = None, day: date = DAY) -> Answer:
        return assistant.answer(Question(turns, region, day))

    return answer


@pytest.fixture(scope="session")
def originals() -> Path:
    """The folder of the original guidelines: SIP_ORIGINALS, or where they lie beside a checkout."""
    folder = Path(os.environ.get("SIP_ORIGINALS", ROOT.parent / "shared" / "guidelines"))
    if not folder.is_dir():
        pytest.skip(f"the originals are not at hand in {folder}; set SIP_ORIGINALS")
    return folder
