"""From settings to an assistant that can answer: find the index, build it if it must be."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chain import Assistant
from assistant.model.quiet import hush
from assistant.settings import Settings
from ingest import index as ingest_index
from ingest.edition import fingerprint, read_corpus
from ingest.embed import load_embeddings
from ingest.errors import IndexMissing, IndexStale
from ingest.index import Built, Index, Progress

if TYPE_CHECKING:
    from assistant.model.line import Line


def open_assistant(
    settings: Settings, progress: Progress, *, build: bool = True, line: "Line | None" = None
) -> Assistant:
    """An assistant on the settings' index, with the language model that they name, if any.

    `line` is used in place of theirs. InputError where the model cannot be used.

    A missing or stale index is built first, from the edition that came with the program; with
    `build=False` IndexMissing or IndexStale is raised instead. A broken one raises IndexBroken.
    """
    hush()
    if line is None and settings.model:
        from assistant.model.opened import line_to

        line = line_to(settings)
    embeddings = load_embeddings(settings.embedding_model)
    try:
        index = Index(settings.index, embeddings, fingerprint())
    except (IndexMissing, IndexStale):
        if not build:
            raise
        ingest_index.build(read_corpus(), embeddings, settings.index, progress)
        index = Index(settings.index, embeddings, fingerprint())
    if line is None:
        return Assistant(index, settings.originals)
    from assistant.model.opened import with_model

    return with_model(index, embeddings, settings, line)


def build_index(settings: Settings, folder: Path | None, progress: Progress) -> Built:
    """Build the settings' index from the edition in `folder`, or from the one that came along."""
    corpus = read_corpus() if folder is None else read_corpus(folder)
    return ingest_index.build(
        corpus, load_embeddings(settings.embedding_model), settings.index, progress
    )
