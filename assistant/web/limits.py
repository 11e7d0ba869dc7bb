"""How much one person, and all together, may ask for: a rate, and a number of workers."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import ceil
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
MINUTE = 60.0


class Busy(Exception):
    """More is already waiting than will be answered in time."""


class TookTooLong(Exception):
    """The work was given up."""


class Limiter:
    """At most so many in any minute for each key. Kept in memory: nothing of what was asked."""

    def __init__(
        self, a_minute: int, clock: Callable[[], float] = monotonic, keys: int = 10_000
    ) -> None:
        """`keys` is how many are remembered; past it the one that was silent longest is let go."""
        self._a_minute = a_minute
        self._clock = clock
        self._keys = keys
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, key: str) -> int:
        """0 where one more is allowed, which is then counted; otherwise seconds to wait."""
        now = self._clock()
        with self._lock:
            times = self._times.pop(key, deque())
            while times and times[0] <= now - MINUTE:
                times.popleft()
            self._times[key] = times  # last in the dict: heard from most recently
            if len(self._times) > self._keys:
                del self._times[next(iter(self._times))]
            if len(times) >= self._a_minute:
                return max(1, ceil(times[0] + MINUTE - now))
            times.append(now)
            return 0


class Workers:
    """A few threads for what takes time, a queue with an end, and a time after which we give up.

    A thread cannot be stopped: work that is given up keeps its thread until it is done, so the
    threads never grow in number.
    """

    def __init__(self, threads: int = 2, waiting: int = 64, seconds: float = 20.0) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="svar")
        self._most = threads + waiting
        self._seconds = seconds
        self._held = 0
        self._lock = threading.Lock()

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """What the work gives. Raises Busy, TookTooLong, or what the work raises."""
        with self._lock:
            if self._held >= self._most:
                raise Busy
            self._held += 1
        future = self._pool.submit(partial(work, *arguments))
        future.add_done_callback(self._release)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError:
            raise TookTooLong from None

    def close(self) -> None:
        """Take no more work; what has begun is finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _release(self, _: object) -> None:
        with self._lock:
            self._held -= 1
