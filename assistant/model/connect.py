"""From a checked setup to a LangChain chat model that sends to its own address and no other."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.model.quiet import hush, hush_clients
from assistant.model.setup import Setup
from ingest.errors import InputError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_TOKENS = 600  # of a reply; an answer is a few sentences
CONTEXT = 4096  # tokens that request and reply share; what small local models are served with
_EXTRA = "sprakmodell"
_PACKAGES = {
    "openai": "langchain_openai",
    "azure_openai": "langchain_openai",
    "ollama": "langchain_ollama",
    "anthropic": "langchain_anthropic",
    "mistralai": "langchain_mistralai",
}
_IN_EXTRA = {"langchain_openai", "langchain_ollama"}


def connect(setup: Setup) -> "BaseChatModel":
    """The model. Nothing is sent yet, and its key comes from the environment.

    InputError where the provider's package is missing or a setting of its own is.
    """
    hush()
    package = _PACKAGES.get(setup.provider)
    if package is not None and find_spec(package) is None:
        name = f"'.[{_EXTRA}]'" if package in _IN_EXTRA else package.replace("_", "-")
        raise InputError(f"Paketet {package} saknas. Installera det: pip install {name}")
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(setup.whole_name, **_options(setup))
    except ImportError as error:
        raise InputError(
            f"Ett paket för {setup.provider} saknas: {error.name or 'okänt'}. Installera det."
        ) from None
    except Exception as error:  # its text may hold the key
        raise InputError(
            f"Språkmodellen {setup.whole_name} går inte att ställa in ({type(error).__name__}). "
            "Granska SIP_MODEL, SIP_MODEL_ADDRESS och nyckeln."
        ) from None
    hush_clients()
    return model


def with_schema(model: "BaseChatModel", schema: Mapping[str, Any]) -> Any:
    """The model held to the schema by its server, where that is known to heed one.

    Others would refuse the request or ignore the schema; what they write is read tolerantly.
    """
    kind = model._llm_type
    if kind == "chat-ollama":
        return model.bind(format=dict(schema))
    profile: Mapping[str, Any] = getattr(model, "profile", None) or {}
    if kind in {"openai-chat", "azure-openai-chat"} and profile.get("structured_output"):
        named = {"name": "svar", "schema": dict(schema), "strict": True}
        return model.bind(response_format={"type": "json_schema", "json_schema": named})
    return model


def _options(setup: Setup) -> dict[str, Any]:
    """What the provider's class is given. The address always: its default can be set by others."""
    shared: dict[str, Any] = {"temperature": 0}
    if setup.key is not None and setup.provider != "ollama":
        shared["api_key"] = setup.key
    if setup.provider == "ollama":
        headers = (
            {"headers": {"Authorization": f"Bearer {setup.key.get_secret_value()}"}}
            if setup.key
            else {}
        )
        return shared | {
            "base_url": setup.address,
            "num_ctx": CONTEXT,
            "num_predict": MOST_TOKENS,
            "client_kwargs": _network(setup) | headers,
        }
    shared |= {"timeout": setup.seconds, "max_retries": 0, "max_tokens": MOST_TOKENS}
    if setup.provider in {"openai", "azure_openai"}:
        import httpx2

        # Served by themselves, models seldom want a key; the client does.
        if setup.local and setup.provider == "openai":
            shared.setdefault("api_key", "ingen")
        where = "azure_endpoint" if setup.provider == "azure_openai" else "base_url"
        return shared | {
            where: setup.address,
            "http_client": httpx2.Client(**_network(setup)),
            "stream_usage": True,
        }
    return shared | ({"base_url": setup.address} if setup.address else {})


def _network(setup: Setup) -> dict[str, Any]:
    """No redirects, and to this machine no proxy: both would send the question elsewhere."""
    return {
        "timeout": setup.seconds,
        "follow_redirects": False,
        "trust_env": not setup.local,
    }
