"""Settings: defaults here, overridden by SIP_… in the environment, read nowhere else."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.bundled import BUNDLED


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


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
