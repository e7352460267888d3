"""All settings there are, and handing them on to processes in other folders."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import SecretStr

from quintet.settings.api import ApiSettings, FeedbackSettings
from quintet.settings.catalogue import CatalogueSettings, TrainingSettings
from quintet.settings.containers import ContainerSettings
from quintet.settings.crawl import CrawlSettings
from quintet.settings.home import HomeSettings
from quintet.settings.music import LiveSettings, MusicSettings, StandInSettings
from quintet.settings.page import PageSettings
from quintet.settings.reading import EnvironmentSettings
from quintet.settings.stores import DatabaseSettings, RegistrySettings

PROCESS_SETTINGS: tuple[type[EnvironmentSettings], ...] = (
    HomeSettings,
    CatalogueSettings,
    DatabaseSettings,
    RegistrySettings,
    ApiSettings,
    FeedbackSettings,
    PageSettings,
    MusicSettings,
    LiveSettings,
    CrawlSettings,
    StandInSettings,
    TrainingSettings,
)
ALL_SETTINGS: tuple[type[EnvironmentSettings], ...] = (*PROCESS_SETTINGS, ContainerSettings)


def process_environment() -> dict[str, str]:
    """Return what a process in another folder needs to see the same: our environment and every set setting.

    Paths are made absolute; what was left to its default is left out. Our own addresses need no proxy.
    """
    chosen = {}
    for settings in (kind() for kind in PROCESS_SETTINGS):
        for name, field in type(settings).model_fields.items():
            if name in settings.model_fields_set and field.alias is not None:
                chosen[field.alias] = _as_text(getattr(settings, name))
    direct = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1,localhost")))
    return {**os.environ, **chosen, "NO_PROXY": direct, "no_proxy": direct}


def _as_text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value.resolve() if isinstance(value, Path) else value)
