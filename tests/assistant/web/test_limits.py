"""Rates and workers, with a clock and threads that the test holds."""

import asyncio
import threading

import pytest

from assistant.web.limits import Busy, Limiter, TookTooLong, Workers


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_minute_later_one_may_write_again():
    clock = Clock()
    limiter = Limiter(2, clock)
    assert [limiter.wait("a"), limiter.wait("a"), limiter.wait("a")] == [0, 0, 60]
    clock.now += 59.5
    assert limiter.wait("a") == 1
    clock.now += 0.5
    assert limiter.wait("a") == 0


def test_each_has_a_quota_of_its_own():
    limiter = Limiter(1, Clock())
    assert [limiter.wait("a"), limiter.wait("b"), limiter.wait("a")] == [0, 0, 60]


def test_what_is_refused_is_not_counted():
    clock = Clock()
    limiter = Limiter(1, clock)
    limiter.wait("a")
    for _ in range(50):
        clock.now += 1
        limiter.wait("a")
    clock.now += 10
    assert limiter.wait("a") == 0


def test_the_one_silent_longest_is_forgotten_first():
    limiter = Limiter(1, Clock(), keys=2)
    for key in ["a", "b", "a", "c"]:
        limiter.wait(key)
    assert limiter.wait("a") == 60
    assert limiter.wait("b") == 0


def test_threads_share_one_quota():
    limiter = Limiter(100, Clock())
    waits = []
    threads = [
        threading.Thread(target=lambda: waits.extend(limiter.wait("a") for _ in range(50)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits.count(0) == 100


def test_the_queue_has_an_end_and_work_given_up_still_holds_its_place():
    released = threading.Event()

    async def scene():
        workers = Workers(threads=1, waiting=0, seconds=0.05)
        with pytest.raises(TookTooLong):
            await workers.run(released.wait, 30)
        with pytest.raises(Busy):
            await workers.run(lambda: 1)
        released.set()
        for _ in range(1000):
            try:
                return await workers.run(lambda: 1)
            except Busy:
                await asyncio.sleep(0.01)
        return None

    try:
        assert asyncio.run(scene()) == 1
    finally:
        released.set()


def test_what_the_work_raises_reaches_the_caller():
    async def scene():
        with pytest.raises(KeyError):
            await Workers().run({}.__getitem__, "x")

    asyncio.run(scene())
