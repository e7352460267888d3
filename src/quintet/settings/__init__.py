"""Settings: one small typed class per concern, read from the environment and `.env` and nowhere else.

`.env.template` documents every one; a test fails when it does not. Making one reads; importing does not.
"""

from __future__ import annotations

from quintet.settings.api import ApiSettings, FeedbackSettings
from quintet.settings.catalogue import CatalogueSettings, TrainingSettings
from quintet.settings.containers import ContainerSettings
from quintet.settings.crawl import CrawlSettings, expand_queries
from quintet.settings.handing_on import ALL_SETTINGS, PROCESS_SETTINGS, process_environment
from quintet.settings.home import HomeSettings
from quintet.settings.music import LiveSettings, MusicSettings, StandInSettings
from quintet.settings.page import PageSettings
from quintet.settings.reading import EnvironmentSettings
from quintet.settings.stores import DatabaseSettings, RegistrySettings

__all__ = [
    "ALL_SETTINGS",
    "PROCESS_SETTINGS",
    "ApiSettings",
    "CatalogueSettings",
    "ContainerSettings",
    "CrawlSettings",
    "DatabaseSettings",
    "EnvironmentSettings",
    "FeedbackSettings",
    "HomeSettings",
    "LiveSettings",
    "MusicSettings",
    "PageSettings",
    "RegistrySettings",
    "StandInSettings",
    "TrainingSettings",
    "expand_queries",
    "process_environment",
]
