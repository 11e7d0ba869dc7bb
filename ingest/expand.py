"""A provision that few questions lead to → a work sheet for a person → forms in the edition.

The sheet is a table with tabs, like the files of forms: id, way of asking, question, mark. Lines
that begin with # are for the reader. What a program drafted is marked and is never taken in.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import corpus
from ingest import swedish, ways
from ingest.document import Corpus, Provision
from ingest.edition import read_text
from ingest.errors import InputError
from ingest.forms import Form, near_duplicates, placed_forms, told

LEAST = 16  # forms for a provision
DRAFT = "utkast"
FREE = "fritt"  # the way of a row when none is missing
RUN = 9  # words in a row that may not stand as in an original
_APPROVED_BY = re.compile(r"#\s*Godkänd av:\s*(.*)", re.IGNORECASE)

# A provision and the ways in which nobody asks for it yet → questions, in the order of the ways.
Writer = Callable[[Provision, Sequence[str]], Iterable[str]]
Near = Callable[[Provision], Sequence[Provision]]
Runs = frozenset[tuple[str, ...]]


class Row(NamedTuple):
    """A question on a filled sheet, as the person left it."""

    line: int
    provision: str
    way: str
    text: str
    mark: str


class Filled(NamedTuple):
    """A filled sheet."""

    path: Path
    approver: str
    rows: tuple[Row, ...]


def provisions_of(edition: Corpus, name: str) -> list[Provision]:
    """The provisions of a document or of a region, by id; InputError where there are none."""
    found = [p for p in edition.provisions.values() if name in (p.document, p.region)]
    if not found:
        known = ", ".join(edition.documents)
        raise InputError(f"Dokumentet eller regionen {name} finns inte i utgåvan. Välj: {known}.")
    return found


def wanting(
    edition: Corpus, provisions: Iterable[Provision], least: int = LEAST
) -> list[Provision]:
    """Those of the provisions that have fewer than `least` forms."""
    forms = _forms(edition)
    return [provision for provision in provisions if len(forms[provision.id]) < least]


def sheet(
    edition: Corpus,
    provisions: Sequence[Provision],
    least: int = LEAST,
    writer: Writer | None = None,
    near: Near | None = None,
) -> str:
    """A work sheet with as many rows for each provision as it lacks forms.

    `writer` drafts questions, which fill rows marked as drafts; `near` gives the provisions that
    a provision is easily taken for, which the sheet then shows.
    """
    checks = ways.ways(edition)
    forms = _forms(edition)
    lines = [
        "# Arbetsblad: frågor som leder till en bestämmelse. Skriv så som personalen frågar.",
        "# Skriv en fråga sist på varje rad, efter tabben. Ta bort de rader som du inte fyller i.",
        f"# Står det {DRAFT} sist har ett program skrivit frågan: läs, rätta och ta bort ordet.",
        "# Skriv sedan ditt namn på nästa rad och läs in bladet med: sip expand --approve FIL",
        "# Godkänd av:",
    ]
    for provision in provisions:
        asked = forms[provision.id]
        lacking = ways.missing(checks, provision, asked)
        lines += ["#", f"# {provision.id}: {' › '.join(provision.locator.headings)}"]
        lines += [f"# Lydelse: {provision.text}"]
        lines += [
            f"# Förväxlas lätt med {other.id}: {other.text}"
            for other in (near(provision) if near else ())
        ]
        lines += [f"# Så frågas det redan ({len(asked)}):", *(f"#   {form}" for form in asked)]
        lines += [f"# Så frågar ingen än: {', '.join(lacking) or '–'}"]
        lines += _rows(provision, lacking, least - len(asked), writer)
    return "\n".join(lines) + "\n"


def read_sheet(path: Path) -> Filled:
    """The sheet that a person has filled in; InputError where it cannot be read as one."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"Filen {path} är inte UTF-8. Spara den som UTF-8.") from None
    except OSError as error:
        raise InputError(f"Filen {path} går inte att läsa: {error.strerror}.") from None
    approver = ""
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [_cell(cell) for cell in line.split("\t")]
        if not any(cells):
            continue
        if cells[0].startswith("#"):
            named = _APPROVED_BY.match(swedish.clean(" ".join(cells)))
            approver = named[1].strip() if named else approver
            continue
        while len(cells) > 4 and not cells[-1]:
            cells.pop()
        if len(cells) > 4:
            raise InputError(f"{path}:{number}: raden har för många tabbar.")
        rows.append(Row(number, *(cells + [""] * 3)[:4]))
    return Filled(path, approver, tuple(rows))


def faults(
    filled: Filled,
    edition: Corpus,
    folder: Path = corpus.FOLDER,
    runs: Runs = frozenset(),
    forbidden: Callable[[str], str | None] = lambda text: None,
) -> list[str]:
    """Why the sheet cannot be taken in, a Swedish sentence with its line for each reason.

    `runs` are the originals' runs of words (see `runs_of`); `forbidden` says what else a question
    may not hold, None where it may stand.
    """
    found: list[str] = []
    if not filled.approver:
        found.append(f"{filled.path}: skriv ditt namn efter ”Godkänd av:”.")
    if not filled.rows:
        found.append(f"{filled.path}: bladet har inga frågor.")
    sound: list[Row] = []
    for row in filled.rows:
        reason = _fault(row, edition, runs) or forbidden(row.text)
        if reason is None:
            sound.append(row)
        else:
            found.append(f"{filled.path}:{row.line}: {reason}")
    new = [Form(row.provision, row.text, filled.path, row.line) for row in sound]
    regions = {edition.provisions[row.provision].region for row in sound}
    standing = [
        form
        for form in placed_forms(edition, folder)
        if edition.provisions[form.provision].region in regions
    ]
    pairs = near_duplicates(edition, [*standing, *new])
    return found + [
        told(pair) for pair in pairs if filled.path in (pair.first.path, pair.second.path)
    ]


def runs_of(folder: Path, edition: Corpus) -> Runs:
    """Every run of nine words in the originals that lie in the folder; none where none do."""
    found: set[tuple[str, ...]] = set()
    for document in edition.documents.values():
        path = folder / document.file
        if path.is_file():
            found.update(_runs(path.read_text("utf-8", "replace")))
    return frozenset(found)


def take_in(
    filled: Filled, edition: Corpus, day: date, folder: Path = corpus.FOLDER
) -> dict[Path, int]:
    """Append a sheet without faults to the files of forms; how many each file got.

    Every file is written beside the old one before any is replaced. Raises InputError where one
    cannot be written; then nothing is changed.
    """
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in filled.rows:
        by_document[edition.provisions[row.provision].document].append(row)
    drafts: dict[Path, Path] = {}
    counts: dict[Path, int] = {}
    try:
        for document, rows in by_document.items():
            path = folder / "questions" / f"{document}.tsv"
            draft = drafts[path] = path.with_name(path.name + ".draft")
            lines = [f"# Godkända av {filled.approver} {day.isoformat()}"]
            lines += [f"{row.provision}\t{row.text}" for row in rows]
            standing = read_text(path).rstrip("\n")
            draft.write_text("\n".join([standing, *lines]) + "\n", "utf-8")
            counts[path] = len(rows)
        for path, draft in drafts.items():
            os.replace(draft, path)
    except OSError as error:
        raise InputError(
            f"Det går inte att skriva i {folder / 'questions'}: {error.strerror}."
        ) from None
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return counts


def _forms(edition: Corpus) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {key: [] for key in edition.provisions}
    for key, form in edition.forms:
        forms[key].append(form)
    return forms


def _rows(
    provision: Provision, lacking: Sequence[str], wanted: int, writer: Writer | None
) -> Iterator[str]:
    drafts = [swedish.clean(text) for text in (writer(provision, lacking) if writer else ())]
    rows = zip_longest(lacking, (text for text in drafts if text))
    filled = [(way or FREE, text) for way, text in rows]
    filled += [(FREE, None)] * (wanted - len(filled))
    for way, text in islice(filled, max(wanted, 0)):
        yield f"{provision.id}\t{way}\t" + (f"{text}\t{DRAFT}" if text else "")


def _cell(cell: str) -> str:
    """The cell's text; spreadsheets put a cell that holds quotation marks between such marks."""
    text = swedish.clean(cell)
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1].replace('""', ""):
        text = text[1:-1].replace('""', '"')
    return text


def _fault(row: Row, edition: Corpus, runs: Runs) -> str | None:
    if row.provision not in edition.provisions:
        return f"bestämmelsen {row.provision} finns inte."
    if not row.text:
        return "frågan saknas. Skriv den efter andra tabben, eller ta bort raden."
    if row.mark == DRAFT:
        return f"frågan är ett utkast. Läs den, rätta den och ta bort ordet {DRAFT}."
    if row.mark:
        return f"ta bort ”{row.mark}” efter frågan."
    if not any(c.isalpha() for c in row.text):
        return "frågan har inga ord."
    copied = next((run for run in _runs(row.text) if run in runs), None)
    if copied is not None:
        return f"nio ord i följd står så i originalet: ”{' '.join(copied)}”. Skriv med egna ord."
    return None


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[0-9a-zåäöé§]+", text.lower())
    for start in range(len(words) - RUN + 1):
        yield tuple(words[start : start + RUN])
