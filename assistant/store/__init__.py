"""Feedback, reviews and the audit log in SQL; nothing heavy before a store is opened."""

from typing import TYPE_CHECKING

from ingest.errors import SipError

if TYPE_CHECKING:
    from assistant.store.open import Store


class StoreError(SipError):
    """The database cannot be reached, read or written."""


def open_store(address: str) -> "Store":
    """The store at an address: sqlite:///FILE or postgresql+psycopg://…; an empty one is set up.

    Raises InputError where the address names neither, StoreError where the database cannot be
    reached or was made by another version of the program.
    """
    from assistant.store.open import opened

    return opened(address)
