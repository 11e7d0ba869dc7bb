"""What can go wrong, said in Swedish to the person who has to mend it.

SipError
├── CorpusError      the edition's files are missing, unreadable or contradict themselves
├── IndexError_      the index is missing, stale, broken or being written
│   ├── IndexMissing
│   ├── IndexStale
│   ├── IndexBroken
│   └── IndexBusy
├── ModelError       the embedding model cannot be read
└── InputError       what the user gave cannot be used
"""


class SipError(Exception):
    """An expected failure; its text is Swedish, complete and shown to the user as it stands."""


class CorpusError(SipError):
    """A file of the edition is missing, unreadable or contradicts itself."""


class IndexError_(SipError):
    """The index cannot be used."""


class IndexMissing(IndexError_):
    """There is no index at this place."""


class IndexStale(IndexError_):
    """The index was built from another corpus or with another embedding model."""


class IndexBroken(IndexError_):
    """The index is there but cannot be read whole."""


class IndexBusy(IndexError_):
    """Another process is writing the index."""


class ModelError(SipError):
    """The embedding model cannot be read."""


class InputError(SipError):
    """A question, region, date or file given by the user cannot be used."""
