"""Migrations of the store, run by `assistant.store.open`."""
