"""Tries at a password, slowed for each name and each address: longer for each failure."""

import hashlib
import hmac
import ipaddress
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from assistant.web.vault import Vault

FORGOTTEN = 24 * 3600.0  # seconds without a failure


@dataclass(frozen=True)
class Pace:
    """So many failures cost nothing; the next costs `first` seconds, doubling up to `most`."""

    free: int
    first: float
    most: float

    def delay(self, failed: int) -> float:
        """Seconds to wait after so many failures."""
        if failed < self.free:
            return 0.0
        return min(self.most, self.first * 2.0 ** min(failed - self.free, 32))


NAME = Pace(free=5, first=5.0, most=900.0)
# A whole ward can sit behind one address: more free tries, a shorter longest wait.
ADDRESS = Pace(free=20, first=2.0, most=60.0)


class Throttle:
    """Kept in the vault, so it outlives a restart; only keyed hashes of names and addresses."""

    def __init__(self, vault: Vault, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        self._vault = vault
        self._secret = secret
        self._clock = clock

    def begin(self, name: str, address: str) -> int:
        """0 where a try may be made, which then counts as failed; otherwise seconds to wait.

        Counted before it is tried: tries sent at once are not worth more than one by one. A name
        that nobody has is slowed like any other, so the wait does not tell which names there are.
        """
        now = self._clock()
        with self._vault.change() as change:
            change.execute("DELETE FROM tries WHERE last < ?", (now - FORGOTTEN,))
            held = []
            for key, pace in self._keys(name, address):
                row: tuple[int, float] | None = change.execute(
                    "SELECT failed, until FROM tries WHERE key = ?", (key,)
                ).fetchone()
                failed, until = row or (0, 0.0)
                held.append((key, pace, failed, until))
            # A clock that was moved back must not lock anybody out for longer than the pace.
            wait = max(min(until - now, pace.most) for _, pace, _, until in held)
            if wait > 0:
                return ceil(wait)
            for key, pace, failed, _ in held:
                change.execute(
                    "INSERT OR REPLACE INTO tries VALUES (?, ?, ?, ?)",
                    (key, failed + 1, now + pace.delay(failed + 1), now),
                )
        return 0

    def succeeded(self, name: str, address: str) -> None:
        """The try was right: the name's failures are forgiven; of the address's only this one."""
        (of_name, _), (of_address, _) = self._keys(name, address)
        with self._vault.change() as change:
            change.execute("DELETE FROM tries WHERE key = ?", (of_name,))
            change.execute(
                "UPDATE tries SET failed = max(failed - 1, 0), until = 0 WHERE key = ?",
                (of_address,),
            )

    def _keys(self, name: str, address: str) -> list[tuple[str, Pace]]:
        folded = unicodedata.normalize("NFKC", name).strip().casefold()
        return [
            (self._key(f"namn:{folded}"), NAME),
            (self._key(f"adress:{network(address)}"), ADDRESS),
        ]

    def _key(self, what: str) -> str:
        # Keyed: people type their password into the wrong field.
        return hmac.new(self._secret, what.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """The address as one party has it: an IPv6 subscriber holds a whole /64."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
