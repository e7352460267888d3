"""The API's wiring: settings in, an application out; no I/O until it starts.

`uvicorn --factory quintet.main:create_app` serves it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from fastapi import FastAPI

from quintet.adapters.feedback import Database, PostgresChartBoard, PostgresFeedback, PostgresInstallation
from quintet.api.api import create_api
from quintet.api.feedback import Feedback, FeedbackOptions, Stores
from quintet.api.listeners import Listeners
from quintet.api.live.songs import LiveSongs, Patience
from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.api.observability import log_as_json
from quintet.api.online import TrialOptions
from quintet.model.artifact import verify
from quintet.ports import ModelRegistry
from quintet.settings import (
    ApiSettings,
    CrawlSettings,
    DatabaseSettings,
    FeedbackSettings,
    HomeSettings,
    LiveSettings,
    MusicSettings,
    RegistrySettings,
)

TRIAL_TIMEOUT_S = 60.0  # read in the background: nobody waits for it
Connect = Callable[[], ModelRegistry]


def create_app(settings: ApiSettings | None = None, connect: Connect | None = None) -> FastAPI:
    """Return the API.

    Parameters
    ----------
    settings : ApiSettings, optional
        Read from the environment where not given.
    connect : callable, optional
        Returns the model registry; MLflow's where not given. Called in the thread that watches it.
    """
    settings = settings or ApiSettings()
    log_as_json()
    files = ModelFiles(settings.models_dir, verify)
    holder = ModelHolder(connect or _mlflow(), files, settings.poll_interval_s)
    return create_api(
        holder,
        retry_after_s=settings.poll_interval_s,
        feedback=_feedback(),
        live=_live_songs(),
        trial=_trial(),
    )


def _live_songs() -> LiveSongs | None:
    """Return who asks Spotify and ReccoBeats for listeners; None without an app, or where switched off."""
    music, settings = MusicSettings(), LiveSettings()
    if music.app is None or not settings.is_on:
        return None
    # Only here: who has no app does not pay for the import.
    from quintet.adapters.reccobeats import ReccoBeats
    from quintet.adapters.spotify.client import SpotifyClient, connect
    from quintet.adapters.spotify.daily_budget import DailyCalls
    from quintet.adapters.spotify.sources import SMALL_PAGE, SpotifyFeatures, SpotifySource
    from quintet.json_http import JsonClient

    longest_s = settings.look_up_timeout_s
    spotify = connect(*music.app, music.spotify_api_url, music.spotify_accounts_url, longest_s, tries=1)
    client = SpotifyClient(spotify, DailyCalls(settings.call_budget), longest_wait_s=0)
    source = SpotifySource(client, CrawlSettings().market, {"search": SMALL_PAGE})
    reccobeats = JsonClient("ReccoBeats", music.reccobeats_api_url, timeout_s=longest_s, tries=1)
    features = (SpotifyFeatures(source), ReccoBeats(reccobeats))
    return LiveSongs(source, source, features, Patience(settings.timeout_s, settings.look_up_timeout_s))


def _trial() -> TrialOptions:
    settings = FeedbackSettings()
    return TrialOptions(settings.trial_mode, settings.trial_share)


def _feedback() -> Feedback:
    settings, home = FeedbackSettings(), HomeSettings()
    url, timeout_s = DatabaseSettings().address(home), settings.database_timeout_s
    asked = Database(url, timeout_s)
    stores = Stores(
        feedback=PostgresFeedback(asked),
        recording=PostgresFeedback(Database(url, timeout_s)),
        trial=PostgresFeedback(Database(url, TRIAL_TIMEOUT_S)),
        board=PostgresChartBoard(asked),
        installation=PostgresInstallation(asked),
    )
    salt = settings.rater_salt.get_secret_value().encode() if settings.rater_salt else None
    options = FeedbackOptions(
        listeners=Listeners(salt, settings.trusted_proxies),
        per_listener=settings.ratings_per_minute,
        per_address=settings.ratings_per_minute_and_address,
        links={
            "mlflow": settings.mlflow_link or f"http://127.0.0.1:{home.mlflow_port}",
            "airflow": settings.airflow_link or f"http://127.0.0.1:{home.airflow_port}",
        },
    )
    return Feedback(stores, options)


def _mlflow() -> Connect:
    settings, home = RegistrySettings(), HomeSettings()
    uri = settings.tracking_uri or f"http://127.0.0.1:{home.mlflow_port}"

    @cache
    def connect() -> ModelRegistry:
        # MLflow takes seconds to import: the last good model answers meanwhile.
        from quintet.adapters.mlflow_registry.registry import MlflowRegistry

        return MlflowRegistry(uri, settings.timeout_s)

    return connect
