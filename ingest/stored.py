"""A corpus as JSON, for the index to carry what it was built from."""

from functools import lru_cache

from pydantic import TypeAdapter

from ingest.document import Corpus


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Corpus]:
    return TypeAdapter(Corpus)


def dumps(corpus: Corpus) -> str:
    """The corpus as JSON text."""
    return _adapter().dump_json(corpus, indent=1).decode()


def loads(text: str) -> Corpus:
    """The corpus that `dumps` wrote; ValueError where the text is anything else."""
    return _adapter().validate_json(text)
