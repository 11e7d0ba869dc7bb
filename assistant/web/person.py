"""Who somebody is to the assistant: a name to show, a stable pseudonym, a role."""

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    USER = 1
    SUPERUSER = 2
    ADMIN = 3

    @property
    def written(self) -> str:
        """As it stands in settings, commands and the identity provider's answer."""
        return self.name.lower()


@dataclass(frozen=True)
class User:
    """`subject` is what is stored and logged; `name` is only shown to the person."""

    name: str
    subject: str
    role: Role


LOCAL_USER = User("lokal användare", "lokal", Role.ADMIN)


def role_written(written: str) -> Role | None:
    """The role by its written name, None where there is no such role."""
    return next((role for role in Role if role.written == written.strip().casefold()), None)
