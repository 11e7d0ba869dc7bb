"""The edition's files → a `Corpus`. Markdown for people, attributes for machines.

A provision is a paragraph with an attribute line before it, or a table cell with the attributes
after it (the Markdown dialect of markdown-it's attrs plugins):

    {#norrbotten-exempel rader="10-12" fras="ord ur originalet"}
    En hel mening med våra egna ord.
"""

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

import corpus
from ingest.document import Corpus, Document, Lines, Locator, Provision
from ingest.errors import CorpusError

_ATTRIBUTES = {"id", "rader", "aven", "fras", "lucka"}
_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_LINES = re.compile(r"(\d+)(?:-(\d+))?")


def read_corpus(folder: Path = corpus.FOLDER) -> Corpus:
    """The edition in `folder`, whole.

    Raises CorpusError, in Swedish with file and line, where a file is missing or unreadable, an
    id stands twice, a locator lies outside the original or a question names no provision.
    """
    documents = {d.id: d for d in read_manifest(folder / "manifest.toml")}
    provisions: dict[str, Provision] = {}
    for document in documents.values():
        path = folder / "guidelines" / f"{document.id}.md"
        for provision in read_guideline(path, document):
            if provision.id in provisions:
                raise CorpusError(f"{path}: bestämmelsen {provision.id} finns två gånger.")
            provisions[provision.id] = provision
    forms: list[tuple[str, str]] = []
    for document in documents.values():
        forms.extend(read_forms(folder / "questions" / f"{document.id}.tsv", provisions))
    return Corpus(documents, provisions, tuple(forms), fingerprint(folder))


def fingerprint(folder: Path = corpus.FOLDER) -> str:
    """Sha256 over name and content of every file that the corpus is read from."""
    digest = hashlib.sha256()
    paths = [folder / "manifest.toml", folder / "terms.toml", folder / "laws.toml"]
    paths += sorted(folder.glob("guidelines/*.md")) + sorted(folder.glob("questions/*.tsv"))
    for path in paths:
        if path.exists():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_text(path: Path) -> str:
    """The UTF-8 text of a corpus file; CorpusError where it cannot be had."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise CorpusError(f"Filen {path} saknas. Återställ den eller ta bort dokumentet.") from None
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"Filen {path} är inte UTF-8 (byte {error.start}). Spara den som UTF-8."
        ) from None
    except OSError as error:
        raise CorpusError(f"Filen {path} går inte att läsa: {error.strerror}.") from None


def read_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file; CorpusError with line and reason where it is not TOML."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"Filen {path} är inte giltig TOML: {error}.") from None


def read_manifest(path: Path) -> Iterator[Document]:
    """The documents that `manifest.toml` lists, in its order."""
    for entry in read_toml(path).get("document", []):
        pages = tuple((int(first), int(page)) for first, page in entry.pop("pages", []))
        try:
            yield Document(**entry, pages=pages)
        except TypeError as error:
            raise CorpusError(f"{path}: dokumentet {entry.get('id', '?')}: {error}.") from None


def read_guideline(path: Path, document: Document) -> Iterator[Provision]:
    """The provisions of one guideline's edition, in its order."""
    headings: list[str] = []
    level = 0
    pending: Token | None = None
    for token in _parse(read_text(path)):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "paragraph_open":
            pending = token if token.attrs else None
        elif token.type == "inline" and level:
            # level 1 is the edition's own title
            headings = [*headings[: max(level - 2, 0)], token.content][: max(level - 1, 0)]
            level = 0
        elif token.type == "inline":
            where = f"{path}:{(token.map or [0])[0] + 1}"
            if pending is not None:
                yield _provision(pending.attrs, token.content, headings, document, where)
                pending = None
            for attrs, text in _spans(token):
                yield _provision(attrs, text, headings, document, where)


def read_forms(path: Path, known: dict[str, Provision]) -> Iterator[tuple[str, str]]:
    """The (provision id, question) pairs of one file; a comment line begins with #."""
    rows = csv.reader(read_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, 1):
        if not row or row[0].startswith("#"):
            continue
        if len(row) != 2 or not row[1].strip():
            raise CorpusError(f"{path}:{number}: raden ska ha id, tabb och en fråga.")
        if row[0] not in known:
            raise CorpusError(f"{path}:{number}: bestämmelsen {row[0]} finns inte.")
        yield row[0], row[1].strip()


def _parse(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable("table")
    return parser.use(attrs_plugin, spans=True).use(attrs_block_plugin).parse(text)


def _spans(token: Token) -> Iterator[tuple[dict[str, Any], str]]:
    attrs: dict[str, Any] | None = None
    text = ""
    for child in token.children or []:
        if child.type == "span_open":
            attrs, text = child.attrs, ""
        elif child.type == "span_close" and attrs is not None:
            yield attrs, text
            attrs = None
        elif attrs is not None:
            text += " " if child.type == "softbreak" else child.content


def _provision(
    attrs: dict[str, Any], text: str, headings: list[str], document: Document, where: str
) -> Provision:
    unknown = set(attrs) - _ATTRIBUTES
    if unknown or not {"id", "rader", "fras"} <= set(attrs):
        raise CorpusError(
            f"{where}: en bestämmelse ska ha #id, rader och fras (och får ha aven och lucka)."
        )
    if not _ID.fullmatch(attrs["id"]) or not attrs["id"].startswith(f"{document.region}-"):
        raise CorpusError(f"{where}: id:t {attrs['id']} ska börja med {document.region}-.")
    lines = _lines(attrs["rader"], document, where)
    also = tuple(_lines(part, document, where) for part in attrs.get("aven", "").split())
    return Provision(
        id=attrs["id"],
        region=document.region,
        document=document.id,
        text=" ".join(text.split()),
        locator=Locator(tuple(headings), lines, also, document.page_of(lines.first), attrs["fras"]),
        gap=attrs.get("lucka") == "ja",
    )


def _lines(written: str, document: Document, where: str) -> Lines:
    match = _LINES.fullmatch(written)
    if not match:
        raise CorpusError(f"{where}: raderna {written!r} ska skrivas som 12 eller 12-15.")
    lines = Lines(int(match[1]), int(match[2] or match[1]))
    if not 1 <= lines.first <= lines.last <= document.lines:
        raise CorpusError(
            f"{where}: raderna {written} ligger utanför originalet (1-{document.lines})."
        )
    return lines
