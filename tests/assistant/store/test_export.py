import csv
import io
import json

import pytest
from typer.testing import CliRunner

from assistant.store import audit, export, open_store, review
from assistant.store.export import COLUMNS, TEXTS
from ingest.errors import InputError
from tests.assistant.store.conftest import ANNA, NOW, REASON, keep


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_no_text_is_exported_without_a_reason(store):
    keep(store)
    text = export.as_csv(store, ANNA, NOW)
    ((row),) = rows(text)
    assert tuple(row) == COLUMNS
    assert "kallar" not in text
    assert row["bestämmelser"] == "norrbotten-ett norrbotten-tva"
    with pytest.raises(InputError, match="Skälet"):
        export.as_csv(store, ANNA, NOW, reason="")
    assert len(audit.entries(store)) == 1


def test_with_a_reason_the_texts_come_along_and_no_cell_is_a_formula(store):
    keep(store, comment="=HYPERLINK(1)", turns=("Vem; kallar?", '+1 "eller" hur?'))
    text = export.as_csv(store, ANNA, NOW, reason=REASON)
    ((row),) = rows(text)
    assert tuple(row) == COLUMNS + TEXTS
    assert row["kommentar"] == "'=HYPERLINK(1)"
    assert row["fråga"] == 'Vem; kallar?\n+1 "eller" hur?'
    assert json.loads(audit.entries(store)[0].detail) == {"skäl": REASON, "texter": True}


@pytest.fixture
def sip():
    from typer import Typer

    from assistant.store_cli import register

    app = Typer()
    register(app)
    app.command("annat")(lambda: None)

    def run(*words: str):
        return CliRunner().invoke(app, ["store", *words])

    return run


def test_the_command_line_migrates_exports_purges_and_checks(address, sip, tmp_path):
    assert "version 0001" in sip("migrate", "--database", address).stdout
    store = open_store(address)
    number = keep(store)  # long since expired
    out = tmp_path / "ut.csv"
    assert sip("export", str(out), "--database", address).exit_code == 0
    assert out.read_bytes().startswith("\ufeffnummer;".encode())
    assert "1 omdömen" in sip("purge", "--database", address).stdout
    with pytest.raises(InputError):
        review.read_case(store, number, ANNA, NOW)
    head = audit.check(store).head
    store.close()
    assert head in sip("check", "--database", address).stdout
    assert sip("check", "--database", address, "--head", head).exit_code == 0
    assert sip("check", "--database", address, "--head", "f" * 64).exit_code == 1


def test_a_wrong_address_is_told_in_one_sentence(sip):
    done = sip("purge", "--database", "mysql://x/y")
    assert done.exit_code == 2
    assert done.stderr.startswith("Fel: Adressen till databasen")
