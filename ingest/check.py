"""Does the edition still say where things stand in the originals?"""

import hashlib
import re
from pathlib import Path

from ingest.document import Corpus, Document, Provision


def against_originals(corpus: Corpus, folder: Path) -> list[str]:
    """What does not agree with the originals in `folder`, a Swedish sentence for each finding."""
    findings: list[str] = []
    for document in corpus.documents.values():
        path = folder / document.file
        try:
            content = path.read_bytes()
        except OSError as error:
            findings.append(f"{path}: originalet går inte att läsa ({error.strerror}).")
            continue
        if hashlib.sha256(content).hexdigest() != document.sha256:
            findings.append(f"{path}: originalet är en annan version än den som utgåvan återger.")
        lines = content.decode("utf-8", "replace").split("\n")
        findings.extend(
            finding
            for provision in corpus.provisions.values()
            if provision.document == document.id
            and (finding := _phrase(provision, document, lines)) is not None
        )
    return findings


def _phrase(provision: Provision, document: Document, lines: list[str]) -> str | None:
    first, last = provision.locator.lines
    if _joined(provision.locator.phrase) in _joined("\n".join(lines[first - 1 : last])):
        return None
    return (
        f"{document.file}:{first}-{last}: frasen ”{provision.locator.phrase}” "
        f"({provision.id}) står inte där."
    )


def _joined(text: str) -> str:
    """Without white space and hyphens: line ends of the originals break words at either."""
    return re.sub(r"[\s\-\u00ad]+", "", text).casefold()
