"""The settings of the language model, checked: which it is, where it is, what it may do."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.settings import Settings
from ingest.errors import InputError


class Task(StrEnum):
    """What the model may be asked to do; each is switched on by its name."""

    WORDING = "ordalydelse"
    UNDERSTANDING = "forstaelse"
    SEARCH = "sokning"
    TOOLS = "verktyg"


# Providers whose address we can set and thereby know; of others nothing is known but their name.
_OWN_ADDRESS = {
    "openai": "https://api.openai.com/v1",
    "ollama": "http://127.0.0.1:11434",
    "azure_openai": None,
    "anthropic": "https://api.anthropic.com",
    "mistralai": "https://api.mistral.ai/v1",
}
_WRITTEN = re.compile(r"(?P<provider>[a-z][a-z0-9_]*):(?P<name>\S+)")


@dataclass(frozen=True, slots=True)
class Setup:
    """A model that may be used."""

    provider: str
    name: str
    address: str | None  # None: where the provider's own library sends it
    local: bool  # whether nothing leaves this machine
    tasks: frozenset[Task]
    seconds: float  # that an answer may wait, for everything it asks of the model
    budget: int  # tokens for each user and day; 0: no limit
    key: SecretStr | None = field(default=None, repr=False)

    @property
    def whole_name(self) -> str:
        """The model as it is written in the setting."""
        return f"{self.provider}:{self.name}"


def checked(settings: Settings) -> Setup | None:
    """The model that the settings name, None where they name none.

    InputError where a value cannot be used, or where questions would leave this machine for one
    that no administrator has allowed by name.
    """
    if not settings.model:
        return None
    written = _WRITTEN.fullmatch(settings.model.strip())
    if written is None:
        raise InputError(
            "SIP_MODEL ska vara leverantör och modell med kolon emellan, till exempel "
            "ollama:gemma3 eller openai:gpt-5-mini."
        )
    provider = written["provider"]
    address = settings.model_address or _OWN_ADDRESS.get(provider)
    if address is None and provider in _OWN_ADDRESS:
        raise InputError(f"Leverantören {provider} har ingen egen adress. Ange SIP_MODEL_ADDRESS.")
    return Setup(
        provider=provider,
        name=written["name"],
        address=address,
        local=_may_be_sent_to(provider, address, _allowed(settings.model_allowed)),
        tasks=tasks_of(settings),
        seconds=settings.model_seconds,
        budget=settings.model_budget,
        key=settings.model_key,
    )


def tasks_of(settings: Settings) -> frozenset[Task]:
    """What the settings let a model do; InputError where they name something else, or nothing."""
    written = settings.model_tasks
    known = ", ".join(Task)
    try:
        tasks = frozenset(Task(name) for name in re.split(r"[\s,;]+", written.strip()) if name)
    except ValueError:
        raise InputError(
            f"SIP_MODEL_TASKS innehåller en uppgift som inte finns. Välj bland: {known}."
        ) from None
    if not tasks:
        raise InputError(
            f"SIP_MODEL_TASKS är tom. Välj bland: {known}. Ska modellen inte användas: ta bort "
            "SIP_MODEL."
        )
    return tasks


def is_local(host: str) -> bool:
    """Whether the host is this machine itself.

    >>> is_local("localhost"), is_local("127.0.0.1"), is_local("::1"), is_local("10.0.0.4")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _may_be_sent_to(provider: str, address: str | None, allowed: frozenset[str]) -> bool:
    """Whether the address is this machine's; InputError where it is another's and not allowed."""
    if provider not in _OWN_ADDRESS:
        # Its library may not heed an address, so no address can be trusted to be this machine's.
        if provider not in allowed:
            raise InputError(
                f"Vart leverantören {provider} skickar frågor kan assistenten inte kontrollera. "
                f"Får de skickas dit: lägg till {provider} i SIP_MODEL_ALLOWED."
            )
        return False
    scheme, host = _host(address or "")
    if is_local(host):
        return True
    if f"http://{host}" in allowed or (scheme == "https" and host in allowed):
        return False
    if host in allowed:
        raise InputError(
            f"Frågor skulle skickas okrypterade till {host}. Ange en adress med https, eller skriv "
            f"http://{host} i SIP_MODEL_ALLOWED om det är meningen."
        )
    raise InputError(
        f"Frågor skulle skickas till {host}, som inte är den här datorn. Får de skickas dit: "
        f"lägg till {host} i SIP_MODEL_ALLOWED."
    )


def _host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port  # ValueError where it is no number
    except ValueError:
        host = ""
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise InputError(
            "SIP_MODEL_ADDRESS ska vara en hel adress, till exempel http://127.0.0.1:8000/v1."
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise InputError(
            "SIP_MODEL_ADDRESS får inte innehålla användarnamn, lösenord eller frågetecken. "
            "Nyckeln anges i SIP_MODEL_KEY eller i leverantörens egen variabel."
        )
    return parts.scheme, host.lower().rstrip(".")


def _allowed(written: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s,;]+", written.strip().lower())) - {""}
