"""Settings: defaults here, overridden by SIP_… in the environment, read nowhere else."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.bundled import BUNDLED
from ingest.errors import InputError


class Settings(BaseSettings):
    """What can be set from outside; each is documented in the README."""

    model_config = SettingsConfigDict(env_prefix="SIP_", extra="ignore")

    index: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("sip-assistenten") / "index",
        description="Mappen där indexet ligger.",
    )
    embedding_model: str = Field(
        default=BUNDLED,
        description="Inbäddningsmodell: 'medföljande' eller en sentence-transformers-modell.",
    )
    originals: Path | None = Field(
        default=None, description="Mappen med riktlinjernas originaltexter, om de finns till hands."
    )
    database: str = Field(
        default_factory=lambda: (
            f"sqlite:///{platformdirs.user_data_path('sip-assistenten') / 'omdomen.db'}"
        ),
        description="Adressen till databasen för omdömen: sqlite:///… eller postgresql+psycopg://…",
    )
    keep_days: int = Field(
        default=365, ge=1, description="Antal dagar som omdömen sparas innan de gallras."
    )
    drafts: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("sip-assistenten") / "utkast",
        description="Mappen för utkast till golden-fall från granskningen.",
    )
    sign_in: Literal["av", "lokal", "oidc"] = Field(
        default="av", description="Inloggning: av (bara den egna datorn), lokal eller oidc."
    )
    secret: SecretStr | None = Field(
        default=None, description="Hemlighet för sessioner, minst 32 tecken. Krävs vid inloggning."
    )
    oidc_issuer: str | None = Field(default=None, description="Adressen till identitetstjänsten.")
    oidc_client: str | None = Field(default=None, description="Assistentens id i tjänsten.")
    oidc_secret: SecretStr | None = Field(default=None, description="Hemligheten till tjänsten.")
    oidc_role_claim: str = Field(
        default="roles", description="Uppgiften i identitetstjänstens svar som ger rollen."
    )
    host: str = Field(default="127.0.0.1", description="Adressen som sidan lyssnar på.")
    port: int = Field(default=7860, description="Porten som sidan lyssnar på.")
    mcp: Literal["av", "på"] = Field(
        default="av", description="Om sidan svarar MCP-klienter på /mcp: av eller på."
    )
    model: str | None = Field(
        default=None, description="Språkmodell som LEVERANTÖR:NAMN, till exempel ollama:gemma3."
    )
    model_address: str | None = Field(
        default=None, description="Adressen till språkmodellens server; annars leverantörens egen."
    )
    model_key: SecretStr | None = Field(
        default=None, description="Nyckeln till servern, om leverantören inte har en egen variabel."
    )
    model_allowed: str = Field(
        default="",
        description="Andra datorer än den egna som frågor får skickas till: deras namn, med komma.",
    )
    model_tasks: str = Field(
        default="ordalydelse",
        description="Vad modellen får göra: ordalydelse, forstaelse, sokning, verktyg; med komma.",
    )
    model_seconds: float = Field(
        default=8.0, gt=0, le=120, description="Sekunder som ett svar får vänta på språkmodellen."
    )
    model_budget: int = Field(
        default=200_000, ge=0, description="Token för var och en och dag; 0 är ingen gräns."
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process; InputError, without their values, where one cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(f"SIP_{str(e['loc'][0]).upper()}" for e in error.errors())
        raise InputError(
            f"{' och '.join(names)} har ett värde som inte går att använda. Rätta det, eller ta "
            "bort det så att det vanliga värdet gäller."
        ) from None
