"""Rows of a crawl on their way into the catalogue: what is written, what waits, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quintet.jobs.crawl.publish import check
from quintet.ports import CreditedArtist, FoundTrack
from quintet.ports.crawl import FoundRow

TRACK = FoundTrack(
    track_id="a" * 22, track_name="A song", artists=(CreditedArtist("x" * 22, "Somebody"),), album_id=None,
    album_name=None, release_date="2026-11", duration_ms=200_000, explicit=False, popularity=None, isrc=None,
    image_url=None,
)  # fmt: skip
FEATURES = {
    "danceability": 0.123456789012345, "energy": 0.5, "key": 4.0, "loudness": -7.5, "mode": 1.0,
    "speechiness": 0.1, "acousticness": 0.2, "instrumentalness": 0.0, "liveness": 0.1, "valence": 0.4,
    "tempo": 120.0,
}  # fmt: skip


def test_a_track_with_features_is_written_with_their_source_and_to_the_last_digit() -> None:
    batch = check([FoundRow(TRACK, True, FEATURES, "reccobeats")])
    assert batch.tracks["track_id"].tolist() == [TRACK.track_id]
    assert batch.tracks["artist_ids"].tolist() == [["x" * 22]]
    assert batch.features["source"].tolist() == ["reccobeats"]
    assert batch.features["danceability"].tolist() == [FEATURES["danceability"]]
    assert batch.rejected == {}


def test_a_track_without_features_waits_for_them() -> None:
    batch = check([FoundRow(TRACK, True, None, None)])
    assert (len(batch.tracks), len(batch.features)) == (1, 0)


def test_a_track_of_the_catalogue_is_given_features_and_nothing_else() -> None:
    batch = check([FoundRow(TRACK, False, FEATURES, "reccobeats")])
    assert (len(batch.tracks), len(batch.features)) == (0, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (FoundRow(replace(TRACK, duration_ms=3), True, None, None), "shorter than 15 s"),
        (FoundRow(TRACK, True, {**FEATURES, "tempo": 0.0}, "reccobeats"), "tempo is 0: no beat was found"),
        (FoundRow(TRACK, True, {"energy": 0.5}, "reccobeats"), "incomplete audio features"),
        (FoundRow(replace(TRACK, track_id="short"), True, None, None), "malformed track id"),
        (FoundRow(replace(TRACK, artists=()), True, None, None), "no artist"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(row: FoundRow, reason: str) -> None:
    batch = check([row, FoundRow(TRACK, True, None, None)])
    assert batch.rejected == {reason: 1}
    assert len(batch.tracks) == 1
