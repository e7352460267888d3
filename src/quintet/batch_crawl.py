"""The batch side's wiring of the morning crawl: settings and sources in, tasks out.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from quintet.batch import database_url
from quintet.batch_feedback import chart_board, feedback_store, forget_old_lists
from quintet.errors import SettingsError
from quintet.settings import CatalogueSettings, CrawlSettings, MusicSettings, expand_queries

if TYPE_CHECKING:
    from quintet.adapters.spotify.client import SpotifyClient
    from quintet.adapters.spotify.sources import SpotifySource
    from quintet.jobs.crawl.morning import Morning, StoredBudget, TaskReport
    from quintet.ports import ChartSource, FeatureSource, Progress
    from quintet.ports.crawl import CrawlStore

log = logging.getLogger(__name__)

TASKS = ("chart", "discovery", "genres", "audio_features", "publish")
# Discovery leaves this share of the day's calls to the genres of what it finds.
KEPT_FOR_GENRES = 0.5
OWN_MUSIC = ("library:top", "library:saved")  # first: fifty tracks a call, and somebody likes them
NO_ACCOUNT = (
    "SPOTIPY_CLIENT_ID and SPOTIPY_CLIENT_SECRET are not set: without Spotify, the crawl reads Deezer's "
    "chart, and asks ReccoBeats for the audio features that tracks of the catalogue lack"
)


@dataclass(frozen=True)
class CrawlOptions:
    """What a crawl may be told; what is left out is the settings'.

    Parameters
    ----------
    day : date
        The crawl's.
    call_budget : int or None
        Calls of Spotify that day, those already made included.
    queries : sequence of str or None
        Searches, instead of the settings' searches and playlists.
    run_id : str
        Who crawls: the same for every try of the same run.
    """

    day: date
    call_budget: int | None = None
    queries: Sequence[str] | None = None
    run_id: str = field(default_factory=lambda: uuid4().hex)


def crawl_day(text: str | None = None, moment: str | None = None) -> date:
    """Return the day a crawl is for: the one given as YYYY-MM-DD, else a moment's in QUINTET_TIMEZONE.

    Parameters
    ----------
    text : str or None
        The day.
    moment : str or None
        ISO 8601 with an offset; None: now.
    """
    try:
        zone = ZoneInfo(CrawlSettings().timezone)
    except (ValueError, OSError) as error:
        raise SettingsError("QUINTET_TIMEZONE is no timezone, such as Asia/Seoul") from error
    try:
        if text:
            return date.fromisoformat(text)
        return (datetime.fromisoformat(moment).astimezone(zone) if moment else datetime.now(zone)).date()
    except ValueError as error:
        raise SettingsError(f"{text or moment} is no date: YYYY-MM-DD") from error


def run_crawl(options: CrawlOptions, progress: Progress) -> Iterator[TaskReport]:
    """Yield the report of each task of a crawl, one after the other."""
    crawl = Crawl(options, progress)
    for task in TASKS:
        yield crawl.run(task)


def run_task(task: str, options: CrawlOptions) -> dict[str, Any]:
    """Run one task, showing progress on stderr: what a task of the DAG runs."""
    from quintet.console import shown

    with shown() as progress:
        return Crawl(options, progress).run(task).as_dict()


class Crawl:
    """One day's crawl with the settings' sources; nothing is asked of anybody yet.

    Parameters
    ----------
    options : CrawlOptions
        Which day, and what it may do.
    progress : Progress
        Told how far it is.
    """

    def __init__(self, options: CrawlOptions, progress: Progress) -> None:
        self._options, self._progress = options, progress
        self._settings, self._music = CrawlSettings(), MusicSettings()
        self._budget = self._settings.call_budget if options.call_budget is None else options.call_budget

    def run(self, task: str) -> TaskReport:
        """Run one task, one of `TASKS`.

        Raises
        ------
        SourceUnavailableError
            A source did not answer; run it again later, it goes on where it stopped.
        QuintetError
            With one line saying what is wrong.
        """
        from quintet.jobs.crawl.morning import Morning

        self._store.begin(self._options.day, self._budget)
        morning = Morning(self._store, self._options.day, self._progress)
        report: TaskReport = getattr(self, f"_{task}")(morning)
        return report

    def _chart(self, morning: Morning) -> TaskReport:
        from quintet.jobs.crawl.chart import crawl_chart

        if self._music.app is None:
            log.warning(NO_ACCOUNT)
        spotify = self._spotify()
        return crawl_chart(morning, self._charts(spotify), spotify, self._settings.chart_size)

    def _discovery(self, morning: Morning) -> TaskReport:
        from quintet.jobs.crawl.discovery import crawl_discovery

        year = self._options.day.year
        chosen = self._options.queries
        questions = self._settings.questions(year) if chosen is None else expand_queries(chosen, year)
        if chosen is None and self._settings.refresh_token is not None:
            questions = [*OWN_MUSIC, *questions]
        kept = int(self._budget * KEPT_FOR_GENRES)
        return crawl_discovery(morning, self._spotify(kept), questions, self._settings.depth)

    def _genres(self, morning: Morning) -> TaskReport:
        from quintet.jobs.crawl.genres import crawl_genres

        return crawl_genres(morning, self._spotify())

    def _audio_features(self, morning: Morning) -> TaskReport:
        from quintet.jobs.crawl.audio_features import crawl_audio_features

        return crawl_audio_features(morning, self._feature_sources())

    def _publish(self, morning: Morning) -> TaskReport:
        from quintet.jobs.crawl.publish import publish_crawl

        forget_old_lists()
        limit = CatalogueSettings().max_rejected_share
        return publish_crawl(morning, self._options.run_id, limit, chart_board())

    # --- the sources, in the order they are tried -----------------------------------------------------------

    @cached_property
    def _store(self) -> CrawlStore:
        from quintet.adapters.postgres import PostgresCrawlStore

        return PostgresCrawlStore(database_url())

    def _spotify(self, kept_calls: int = 0) -> SpotifySource | None:
        music = self._music
        if music.app is None:
            return None
        from quintet.adapters.spotify.client import SpotifyClient, connect
        from quintet.adapters.spotify.sources import SpotifySource
        from quintet.jobs.crawl.morning import Learned, StoredBudget

        day = self._options.day
        connection = connect(*music.app, music.spotify_api_url, music.spotify_accounts_url)
        budget = StoredBudget(self._store, day, kept_calls)
        client, listener = SpotifyClient(connection, budget), self._listener(music.app, budget)
        return SpotifySource(client, self._settings.market, Learned(self._store, day), listener)

    def _listener(self, app: tuple[str, str], budget: StoredBudget) -> SpotifyClient | None:
        """Return how to ask for the operator, where their own account is connected."""
        from quintet.adapters.spotify.client import SpotifyClient
        from quintet.adapters.spotify.listener import connect_listener

        music, token = self._music, self._settings.refresh_token
        if token is None:
            return None
        connection = connect_listener(
            app, token.get_secret_value(), music.spotify_api_url, music.spotify_accounts_url
        )
        return SpotifyClient(connection, budget)

    def _charts(self, spotify: SpotifySource | None) -> list[ChartSource]:
        from quintet.adapters.deezer import DeezerChart
        from quintet.adapters.spotify.sources import SpotifyPlaylistChart
        from quintet.jobs.crawl.chosen import MostChosen
        from quintet.json_http import JsonClient

        charts: list[ChartSource] = [DeezerChart(JsonClient("Deezer", self._music.deezer_api_url))]
        if spotify is not None and self._settings.chart_playlist:
            charts.insert(0, SpotifyPlaylistChart(spotify, self._settings.chart_playlist))
        return [*charts, MostChosen(feedback_store(), self._options.day)]

    def _feature_sources(self) -> list[FeatureSource]:
        from quintet.adapters.reccobeats import ReccoBeats
        from quintet.adapters.spotify.sources import SpotifyFeatures
        from quintet.json_http import JsonClient

        spotify = self._spotify()
        own: list[FeatureSource] = [SpotifyFeatures(spotify)] if spotify is not None else []
        return [*own, ReccoBeats(JsonClient("ReccoBeats", self._music.reccobeats_api_url))]
