"""Settings: defaults here, overridden by SIP_… in the environment, read nowhere else."""

from functools import lru_cache
from pathlib import Path

import platformdirs
from pydantic import Field
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
    host: str = Field(default="127.0.0.1", description="Adressen som sidan lyssnar på.")
    port: int = Field(default=7860, description="Porten som sidan lyssnar på.")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
