"""Which model may be used, and where questions may go."""

import sys

import pytest
from pydantic import SecretStr

from assistant.model import connect as connecting
from assistant.model.connect import connect
from assistant.model.setup import Task, checked
from assistant.settings import Settings, settings
from ingest.errors import InputError


def setup(**chosen):
    return checked(Settings(**chosen))


def test_without_a_model_there_is_nothing_to_set_up():
    assert setup() is None
    assert setup(model="", model_tasks="vad som helst") is None


def test_a_local_model_needs_nothing_but_its_name():
    made = setup(model="ollama:gemma3:4b")
    assert (made.provider, made.name, made.local) == ("ollama", "gemma3:4b", True)
    assert made.address == "http://127.0.0.1:11434"
    assert made.tasks == {Task.WORDING}
    assert made.whole_name == "ollama:gemma3:4b"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000/v1", "http://localhost:1/v1", "http://[::1]:80", "http://127.9.9.9/"],
)
def test_this_machine_s_own_addresses_are_accepted(address):
    assert setup(model="openai:m", model_address=address).local


@pytest.mark.parametrize(
    "address",
    [
        "https://llm.region.se/v1",
        "http://10.0.0.4:8000",
        "http://127.0.0.1.evil.se/v1",
        "http://localhost.evil.se/",
        "https://0.0.0.0/",
        "http://[2001:db8::1]/v1",
    ],
)
def test_another_machine_is_refused_unless_it_is_allowed_by_name(address):
    with pytest.raises(InputError, match="SIP_MODEL_ALLOWED"):
        setup(model="openai:m", model_address=address)


def test_an_allowed_machine_is_accepted_and_not_taken_for_this_one():
    made = setup(
        model="openai:m",
        model_address="https://LLM.region.se/v1",
        model_allowed="annan.se, llm.region.se",
    )
    assert not made.local


def test_unencrypted_to_another_machine_must_be_allowed_as_such():
    chosen = {"model": "openai:m", "model_address": "http://10.0.0.4/v1"}
    with pytest.raises(InputError, match="okrypterade"):
        setup(**chosen, model_allowed="10.0.0.4")
    assert not setup(**chosen, model_allowed="http://10.0.0.4").local


def test_a_provider_s_own_address_is_another_machine_s():
    with pytest.raises(InputError, match=r"api\.openai\.com"):
        setup(model="openai:gpt-5-mini")
    assert not setup(model="openai:gpt-5-mini", model_allowed="api.openai.com").local


def test_a_provider_whose_address_we_cannot_set_must_be_allowed_by_its_own_name():
    chosen = {"model": "bedrock:x", "model_address": "http://127.0.0.1/v1"}
    with pytest.raises(InputError, match="bedrock"):
        setup(**chosen)
    assert not setup(**chosen, model_allowed="bedrock").local


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"model": "gemma3"}, "kolon"),
        ({"model": "openai:"}, "kolon"),
        ({"model": "azure_openai:m"}, "SIP_MODEL_ADDRESS"),
        ({"model": "openai:m", "model_address": "localhost:8000"}, "hel adress"),
        ({"model": "openai:m", "model_address": "file:///etc/passwd"}, "hel adress"),
        ({"model": "openai:m", "model_address": "http://127.0.0.1:99999/"}, "hel adress"),
        ({"model": "openai:m", "model_address": "http://n:k@127.0.0.1/"}, "lösenord"),
        ({"model": "openai:m", "model_address": "http://localhost@evil.se/"}, "lösenord"),
        ({"model": "ollama:m", "model_tasks": "ordalydelse, trolla"}, "trolla|Välj bland"),
        ({"model": "ollama:m", "model_tasks": " , "}, "tom"),
    ],
)
def test_a_bad_setting_is_one_swedish_sentence(chosen, said):
    with pytest.raises(InputError, match=said):
        setup(**chosen)


def test_tasks_are_switched_on_by_name():
    made = setup(model="ollama:m", model_tasks="forstaelse sokning,verktyg;ordalydelse")
    assert made.tasks == set(Task)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIP_MODEL_SECONDS", "snart"),
        ("SIP_MODEL_SECONDS", "0"),
        ("SIP_MODEL_SECONDS", "1e9"),
        ("SIP_MODEL_BUDGET", "-1"),
        ("SIP_PORT", "öppen"),
    ],
)
def test_a_value_of_the_wrong_kind_names_the_setting_and_not_the_value(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(InputError, match=name) as raised:
        settings()
    settings.cache_clear()
    assert value not in str(raised.value).replace(name, "")


def test_the_key_is_never_shown():
    made = setup(model="ollama:m", model_key=SecretStr("hemlig-nyckel"))
    assert "hemlig" not in repr(made)


def test_the_model_sends_to_its_own_address_whatever_the_environment_says(monkeypatch):
    for name in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "OLLAMA_HOST", "LANGSMITH_GATEWAY"):
        monkeypatch.setenv(name, "https://evil.se")
    monkeypatch.setenv("HTTP_PROXY", "http://evil.se:1")
    made = connect(setup(model="openai:m", model_address="http://127.0.0.1:8000/v1"))
    assert made.openai_api_base == "http://127.0.0.1:8000/v1"
    client = made.root_client._client
    assert not client.trust_env
    assert not client.follow_redirects
    other = connect(setup(model="ollama:m"))
    assert other.base_url == "http://127.0.0.1:11434"
    assert not other._client._client.trust_env
    assert not other._client._client.follow_redirects


def test_a_missing_package_is_said_with_what_to_install(monkeypatch):
    monkeypatch.setattr(connecting, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="sprakmodell"):
        connect(setup(model="ollama:m"))


def test_an_unknown_provider_is_one_sentence_without_the_key():
    chosen = {"model": "trollkarl:m", "model_allowed": "trollkarl", "model_key": "hemlig"}
    with pytest.raises(InputError, match="går inte att ställa in") as raised:
        connect(setup(**chosen))
    assert "hemlig" not in str(raised.value)


def test_a_schema_is_only_given_to_a_server_that_heeds_one():
    schema = {"type": "object"}
    ollama = connect(setup(model="ollama:m"))
    assert connecting.with_schema(ollama, schema).kwargs == {"format": schema}
    own = connect(setup(model="openai:m", model_address="http://127.0.0.1:8000/v1"))
    assert connecting.with_schema(own, schema) is own


def test_no_provider_is_imported_before_a_model_is_connected():
    import subprocess

    code = "import sys, assistant.model.opened, assistant.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"langchain_openai", "langchain_ollama", "openai", "ollama", "tiktoken"}
    assert "langchain.chat_models" not in loaded
