"""The originals' own lines, read at display time where whoever runs this holds the texts."""

import hashlib
from functools import lru_cache
from pathlib import Path

from ingest.document import Document, Lines


def original_lines(folder: Path | None, document: Document, lines: Lines) -> str | None:
    """The original's lines as they stand, None where the file is not at hand or has changed."""
    if folder is None:
        return None
    text = _lines_of(folder / document.file, document.sha256)
    return None if text is None else "\n".join(text[lines.first - 1 : lines.last])


@lru_cache(maxsize=32)
def _lines_of(path: Path, sha256: str) -> tuple[str, ...] | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != sha256:
        return None  # other lines than those the edition was written from
    return tuple(content.decode("utf-8").split("\n"))
