"""A circuit breaker: a model that keeps failing is left alone for a while."""

import threading
from collections.abc import Callable
from time import monotonic

FAILURES = 3  # in a row
REST = 60.0  # seconds


class Breaker:
    """Closed at first. Opens after so many failures in a row; after the rest, one call is let
    through, and what becomes of it decides.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        rest: float = REST,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`rest` and the clock are in seconds."""
        self._most = failures
        self._rest = rest
        self._clock = clock
        self._failed = 0
        self._until = 0.0
        self._trying = False
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Whether a call may be made now. Each that is let through must be told of afterwards."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._trying or self._clock() < self._until:
                return False
            self._trying = True
            return True

    def told(self, *, well: bool | None) -> None:
        """How a call that was let through went; None where it was broken off and tells nothing."""
        with self._lock:
            self._trying = False
            if well is None:
                return
            self._failed = 0 if well else self._failed + 1
            if self._failed >= self._most:
                self._until = self._clock() + self._rest

    @property
    def open(self) -> bool:
        """Whether calls are held back at the moment."""
        with self._lock:
            return self._failed >= self._most and self._clock() < self._until
