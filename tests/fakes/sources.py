"""The adapters of Spotify, ReccoBeats and Deezer, connected to their stand-ins; reading all pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.outside import Outside

from quintet.adapters.deezer import DeezerChart
from quintet.adapters.reccobeats import ReccoBeats
from quintet.adapters.spotify.client import CountedCalls, SpotifyClient, connect
from quintet.adapters.spotify.sources import SpotifySource
from quintet.json_http import JsonClient


@dataclass(frozen=True)
class Sources(Outside):
    """The world outside, running on a port, and what this test's waiting came to."""

    waited_s: list[float] = field(default_factory=list)
    learned: dict[str, int] = field(default_factory=dict)

    def spotify(self, calls: int = 500, secret: str = "a-secret") -> SpotifySource:
        connection = connect("an-id", secret, f"{self.url}/spotify", f"{self.url}/accounts")
        client = SpotifyClient(connection, CountedCalls(calls), self.waited_s.append)
        return SpotifySource(client, "KR", self.learned)

    def reccobeats(self) -> ReccoBeats:
        return ReccoBeats(JsonClient("ReccoBeats", f"{self.url}/reccobeats", self.waited_s.append))

    def deezer(self) -> DeezerChart:
        return DeezerChart(JsonClient("Deezer", f"{self.url}/deezer", self.waited_s.append))


def read_all(page_at: Callable[[int], object]) -> list[str]:
    found, offset = [], 0
    while offset is not None:
        page = page_at(offset)
        found += [track.track_id for track in page.tracks]
        offset = page.next_offset
    return found
