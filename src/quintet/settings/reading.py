"""How a setting is read: from the environment, then from `.env`. Which ones there are is not said here."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"


class EnvironmentSettings(BaseSettings):
    """Where every class of settings reads from: the environment first, then `.env`."""

    # A setting left empty counts as not set, so that a line of `.env` can be emptied.
    # A field's own name is for Python only: the prefix keeps `home` from being read from HOME.
    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_ignore_empty=True,
        env_prefix="QUINTET_FIELD_",
        extra="ignore",
        populate_by_name=True,
        frozen=True,
    )
