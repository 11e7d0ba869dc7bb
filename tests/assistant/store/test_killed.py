"""kill -9 in the midst of writing: what was acknowledged is there."""

import subprocess
import sys

import pytest
from sqlalchemy import select, text

from assistant.store import audit, open_store
from assistant.store.models import Cited, Kept
from tests.assistant.store.conftest import keep

ROUNDS = 40
# One process that has everything imported starts a writer a round and kills it somewhere within
# its writing. A number is acknowledged when `receive` has come back, as the page thanks then.
SCRIPT = """
import os, random, signal, sys, time
from assistant.store import open_store
from assistant.store import review
from tests.assistant.store.conftest import ANNA, NOW, keep

address, rounds = sys.argv[1], int(sys.argv[2])
chance = random.Random(6)
for round_ in range(rounds):
    read, write = os.pipe()
    writer = os.fork()
    if writer == 0:
        store = open_store(address)
        for n in range(100_000):
            number = keep(store, comment=f"runda {round_} nummer {n}")
            os.write(write, f"{number}\\n".encode())
            review.assign(store, number, ANNA, ANNA.subject, NOW)
    os.close(write)
    acknowledged = os.read(read, 65536)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    while more := os.read(read, 65536):
        acknowledged += more
    os.close(read)
    sys.stdout.write(acknowledged.decode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(address):
    store = open_store(address)
    keep(store)
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, address, str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
    )
    acknowledged = {int(number) for number in done.stdout.split()}
    assert len(acknowledged) >= ROUNDS
    store = open_store(address)
    with store.read() as session:
        assert acknowledged <= set(session.scalars(select(Kept.id)))
        # Whole or not at all: no feedback without its citations.
        cited = session.execute(select(Cited.feedback_id)).scalars()
        assert set(cited) == set(session.scalars(select(Kept.id)))
        if store.engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    checked = audit.check(store)
    assert checked.broken is None
    assert checked.entries > 0
    store.close()
