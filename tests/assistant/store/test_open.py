import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from assistant.store import StoreError, open_store
from assistant.store.models import Base, Kept
from assistant.store.open import configuration, migrate
from ingest.errors import InputError
from tests.assistant.store.conftest import keep, some_feedback


def test_an_empty_database_is_set_up_as_the_tables_say(store):
    with store.engine.connect() as connection:
        command.check(configuration(connection))  # raises where they differ
        tables = set(inspect(connection).get_table_names())
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_what_was_kept_is_there_after_the_store_is_opened_again(address):
    first = open_store(address)
    number = keep(first)
    first.close()
    again = open_store(address)
    with again.read() as session:
        kept = session.get(Kept, number)
        assert kept is not None
        assert tuple(kept.turns) == some_feedback().turns
        assert kept.received_at.tzinfo is not None
    again.close()


def test_a_database_of_another_version_is_not_opened_but_migrated(address):
    opened = open_store(address)
    with opened.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "audit":
                connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("DROP TABLE audit"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION audit_unchanged"))
    opened.close()
    with pytest.raises(StoreError, match="sip store migrate"):
        open_store(address)
    assert migrate(address) == migrate(address)
    again = open_store(address)
    assert keep(again) == 1
    again.close()


def test_a_database_of_a_newer_version_is_left_alone(address):
    opened = open_store(address)
    with opened.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(StoreError, match="nyare version"):
        migrate(address)


def test_sqlite_keeps_a_journal_and_foreign_keys_and_lets_only_the_owner_read(light, tmp_path):
    with light.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete")
        }
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
    }
    assert stat.S_IMODE((tmp_path / "omdomen.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "address",
    ["", "omdomen.db", "mysql://sip:hemligt@plats/db", "sqlite://", "postgresql://sip:hemligt@x/y"],
)
def test_an_address_of_another_kind_is_refused_without_its_password(address):
    with pytest.raises(InputError, match="SIP_DATABASE") as refused:
        open_store(address)
    assert "hemligt" not in str(refused.value)


def test_a_file_that_is_no_database_is_told_in_swedish(tmp_path: Path):
    path = tmp_path / "omdomen.db"
    path.write_bytes(b"ingen databas " * 100)
    with pytest.raises(StoreError, match="ingen databas"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == b"ingen databas " * 100


def test_a_server_that_is_not_there_is_told_in_swedish(tmp_path: Path):
    with pytest.raises(StoreError, match="är igång"):
        open_store(f"postgresql+psycopg://sip:hemligt@/sip?host={tmp_path}")


def test_several_processes_that_open_an_empty_database_at_once_all_can(address):
    script = "import sys; from assistant.store import open_store; open_store(sys.argv[1]).close()"
    started = [
        subprocess.Popen([sys.executable, "-c", script, address], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    told = [process.communicate()[1].decode() for process in started]
    assert told == ["", "", ""]
    assert [process.returncode for process in started] == [0, 0, 0]


def test_neither_sqlalchemy_nor_alembic_is_imported_before_a_store_is_opened():
    script = "import sys, assistant.feedback, assistant.store_cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"sqlalchemy", "alembic", "fastapi"} & set(done.stdout.split())
