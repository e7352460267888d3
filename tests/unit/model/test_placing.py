"""Songs from outside in a model's space: a track told as a guest is treated as the track itself."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from tests.unit.model.conftest import CALM, LOUD

from quintet.errors import ModelError
from quintet.model.guests import GuestSong
from quintet.model.placing import Placing
from quintet.model.recommender import Recommendation, Recommender
from quintet.model.search import SearchIndex
from quintet.model.seeds import STRANGER, Seeds
from quintet.model.versions import find_versions


def as_guest(recommender: Recommender, track_id: str, **other: Any) -> GuestSong:
    """Tell a track of the catalogue as a source outside would."""
    tracks = recommender.tracks
    row = tracks.row(track_id)
    said, features = tracks.track(row), tracks.audio_features(row)
    known = {name: value for name, value in features.items() if value is not None}
    names = {field.name for field in dataclasses.fields(GuestSong)} & said.keys()
    facts = {name: tuple(said[name]) if isinstance(said[name], list) else said[name] for name in names}
    return GuestSong(**(facts | {"features": known} | other))


def recommend(recommender: Recommender, *songs: GuestSong, seeds: tuple[str, ...] = ()) -> Recommendation:
    placing = Placing(recommender.model)
    return recommender.recommend(seeds, 8, guests=[placing.place(song) for song in songs])


@pytest.mark.parametrize("track_id", ["a1", "a5", "b1", "b4", "c1", "c2"])
def test_a_track_told_as_a_guest_scores_the_catalogue_as_the_track_does(
    recommender: Recommender, track_id: str
) -> None:
    guest = Placing(recommender.model).place(as_guest(recommender, track_id))
    as_told, _ = recommender.content(Seeds(np.zeros(0, dtype=np.intp), (guest,)))
    itself, _ = recommender.content(Seeds(np.array([recommender.tracks.row(track_id)])))
    assert as_told == pytest.approx(itself, abs=1e-5)


def test_rows_and_guests_together_score_as_rows_do(recommender: Recommender) -> None:
    placing, tracks = Placing(recommender.model), recommender.tracks
    guests = tuple(placing.place(as_guest(recommender, track_id)) for track_id in ("a3", "b1"))
    mixed = Seeds(np.array(tracks.rows(["a1", "c2"])), guests)
    rows = np.array(tracks.rows(["a1", "c2", "a3", "b1"]))
    assert recommender.content(mixed)[0] == pytest.approx(recommender.content(Seeds(rows))[0], abs=1e-5)
    assert recommender._nearness.among(mixed) == pytest.approx(recommender.cosines(rows, rows), abs=1e-5)


def test_a_stranger_can_be_a_seed_and_is_named_as_the_closest(recommender: Recommender) -> None:
    facts = {"album_name": "Trees", "release_date": "2001", "popularity": 40}
    stranger = GuestSong(
        "new", "Deep Wood", ("Unheard Of",), 200_000, genres=("folk",), features=CALM, **facts
    )
    found = recommend(recommender, stranger)
    assert {item.track_id for item in found.items[:4]} >= {"a3", "a4"}
    assert {item.reasons.closest_seed for item in found.items} == {"new"}
    assert "Deep Wood" in found.items[0].reasons.text["en"]
    assert found.warnings == ()
    assert found.tastes[0].seeds == ("new",)
    for item in found.items:
        assert sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score, abs=1e-5)


def test_strangers_and_tracks_are_parted_into_tastes_together(recommender: Recommender) -> None:
    loud = GuestSong("new", "Loud", ("Unheard Of",), 200_000, genres=("dance pop",), features=LOUD)
    tastes = recommend(recommender, loud, seeds=("a1",)).tastes
    assert {taste.seeds for taste in tastes} == {("a1",), ("new",)}
    assert ("dance pop",) in {taste.genres for taste in tastes}


def test_without_audio_features_genres_stand_for_a_song_and_a_warning_says_so(
    recommender: Recommender,
) -> None:
    song = GuestSong("new", "Deep Wood", ("Unheard Of",), 200_000, genres=("folk",))
    found = recommend(recommender, song)
    assert {item.track_id for item in found.items[:4]} == {"a1", "a2", "a3", "a4"}
    assert any("no source has audio features of Deep Wood" in warning for warning in found.warnings)
    assert not any("no seed has audio" in warning for warning in found.warnings)  # told once


def test_of_a_song_nobody_knows_anything_of_a_list_is_made_all_the_same(recommender: Recommender) -> None:
    found = recommend(recommender, GuestSong("new", "?", ("Unheard Of",), 200_000))
    assert len(found.items) == 8
    assert any("nor genres" in warning for warning in found.warnings)


def test_a_song_without_genres_has_those_of_its_artist(recommender: Recommender) -> None:
    song = GuestSong("new", "Another", ("  MIRA   vale",), 200_000)
    assert Placing(recommender.model).place(song).genre_names == ("folk", "indie folk")


def test_every_artist_and_album_of_the_catalogue_is_found_by_name(recommender: Recommender) -> None:
    placing, model = Placing(recommender.model), recommender.model
    for row in range(len(recommender.tracks)):
        guest = placing.place(as_guest(recommender, recommender.tracks.track_id[row]))
        assert guest.artist == model.artists.of_row[row]
        assert guest.album.tolist() == model.albums.vectors.dense(model.albums.of_row[[row]])[0].tolist()
    for name in ("Aaa", "Nobody", "zzz", "한소", "\U0010ffff"):
        assert placing.place(GuestSong("new", "x", (name,), 1)).artist == STRANGER


def test_no_version_of_a_guest_is_recommended(recommender: Recommender, search: SearchIndex) -> None:
    song = GuestSong("new", "Neon Pulse (Acoustic)", ("K-Volt",), 150_000, features=LOUD)
    versions = find_versions(song.track_name, "K-Volt", 150_000, search, recommender.tracks)
    guest = Placing(recommender.model).place(song, versions.rows)
    assert {recommender.tracks.track_id[row] for row in versions.rows} == {"b1", "b2"}
    assert not versions.has_recording
    listed = {item.track_id for item in recommender.recommend([], 13, guests=[guest]).items}
    assert not listed & {"b1", "b2"}


@pytest.mark.parametrize(
    ("title", "artist", "duration_ms", "is_there"),
    [
        ("Neon Pulse - Remastered 2020", "k-volt", 201_000, True),
        ("Neon Pulse", "K-Volt", 260_000, False),
        ("Neon Pulse", "Somebody Else", 200_000, False),
        ("Neon", "K-Volt", 200_000, False),
    ],
)
def test_a_recording_is_known_by_title_artist_and_length(
    recommender: Recommender,
    search: SearchIndex,
    title: str,
    artist: str,
    duration_ms: int,
    is_there: bool,
) -> None:
    found = find_versions(title, artist, duration_ms, search, recommender.tracks)
    assert found.has_recording == is_there


def test_neither_order_nor_repeats_of_guests_matter(recommender: Recommender) -> None:
    songs = [
        GuestSong(f"n{i}", f"Song {i}", ("Unheard Of",), 200_000, genres=(genre,), release_date="2026-11-20")
        for i, genre in enumerate(("folk", "pop", "k-pop"))
    ]
    assert recommend(recommender, *songs) == recommend(recommender, *reversed(songs), songs[0])


def test_a_list_needs_a_seed_or_a_guest(recommender: Recommender) -> None:
    with pytest.raises(ModelError, match="at least one seed"):
        recommender.recommend([], 5)
