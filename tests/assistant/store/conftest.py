"""Both kinds of store for real: SQLite in a folder, PostgreSQL in a server of the test's own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from assistant.feedback import Feedback
from assistant.store import open_store
from assistant.store.feedback import receive
from assistant.store.open import Store
from assistant.store.review import Actor

NOW = datetime(2026, 3, 13, 12, 10, tzinfo=UTC)
DAY = date(2026, 3, 13)
ANNA = Actor("s-anna", "Anna Granskare")
BO = Actor("s-bo", "Bo Granskare")
REASON = "Användaren har bett om hjälp."
_numbers = count(1)


def some_feedback(**changes: object) -> Feedback:
    fields: dict[str, object] = {
        "turns": ("Vem kallar till SIP?",),
        "region": "norrbotten",
        "as_of": DAY,
        "answer": "Det står så här:\n\nKommunen kallar. [1]\n\nRegionen också. [1][2]",
        "status": "answer",
        "provisions": ("norrbotten-ett", "norrbotten-tva"),
        "verdict": "fel källa",
        "comment": "Det står på ett annat ställe.",
    }
    return Feedback(**(fields | changes))  # type: ignore[arg-type]


def keep(store: Store, now: datetime = NOW, keep_days: int = 30, **changes: object) -> int:
    received = receive(
        store,
        some_feedback(**changes),
        subject="anvandare",
        fingerprint="f" * 64,
        now=now,
        keep_days=keep_days,
    )
    assert received.number is not None, received.told
    return received.number


def _program(name: str) -> str:
    places = [os.environ.get("PATH", ""), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"PostgreSQL's {name} is not at hand; install Debian's package postgresql")
    return found


def _unprivileged() -> dict[str, object]:
    """Whom PostgreSQL runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL refuses to run as root and there is no other user to run it as")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of the socket of a server that listens nowhere else."""
    initdb, server, control = _program("initdb"), _program("postgres"), _program("pg_ctl")
    who = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="sip-pg-") as made:
        folder = Path(made)
        if "user" in who:
            os.chown(folder, who["user"], who["group"])  # type: ignore[arg-type]
        data = folder / "data"
        subprocess.run(
            [initdb, "-D", data, "-U", "sip", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            **who,  # type: ignore[arg-type]
        )
        options = f"-k {folder} -c listen_addresses="
        start = [control, "-D", data, "-p", server, "-o", options, "-l", folder / "log"]
        subprocess.run([*start, "-w", "start"], check=True, cwd=folder, **who)  # type: ignore[call-overload]
        try:
            yield folder
        finally:
            stop = [control, "-D", data, "-m", "immediate", "-w", "stop"]
            subprocess.run(stop, check=True, capture_output=True, cwd=folder, **who)  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mapp' / 'omdomen.db'}"
    import psycopg

    folder = request.getfixturevalue("postgres")
    name = f"sip{next(_numbers)}"
    with psycopg.connect(f"host={folder} user=sip dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://sip@/{name}?host={folder}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def light(tmp_path: Path) -> Iterator[Store]:
    """SQLite alone, for what has nothing to do with the database."""
    opened = open_store(f"sqlite:///{tmp_path / 'omdomen.db'}")
    yield opened
    opened.close()
