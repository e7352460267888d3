"""The adapter of Spotify against its stand-in, over real HTTP, in every regime. Listeners: another file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.sources import read_all

from quintet.adapters.spotify.sources import SpotifyPlaylistChart
from quintet.errors import QuotaExceededError, SourceRefusedError, SourceUnavailableError
from quintet.fakes.listeners import chart_playlist_id


@pytest.mark.parametrize("regime", ["extended", "dev_old", "dev_2026", "not_allowlisted"])
def test_a_search_reads_every_result_once_in_any_regime(outside, regime):
    outside.control(regime=regime)
    source = outside.spotify()
    found = read_all(lambda offset: source.search("genre:folk", offset))
    wanted = [track.id for track in outside.world.tracks if "folk" in track.artist.genres]
    assert found == wanted


def test_the_page_of_ten_is_learned_from_one_refusal(outside):
    source = outside.spotify()
    read_all(lambda offset: source.search("genre:folk", offset))
    assert outside.learned["search"] == 10
    asked = outside.control()["asked"]
    assert len([call for call in asked if "limit=50" in call]) == 1


@pytest.mark.parametrize(("regime", "batches"), [("extended", 1), ("dev_2026", 1)])
def test_genres_come_by_batch_where_allowed_and_one_by_one_where_not(outside, regime, batches):
    outside.control(regime=regime)
    artists = outside.world.artists[:30]
    source = outside.spotify()
    genres = {**source.artist_genres([artist.id for artist in artists[:15]])}
    genres |= source.artist_genres([artist.id for artist in artists[15:]])
    assert genres == {artist.id: artist.genres for artist in artists}
    calls = outside.control()["calls"]
    assert calls["artists"] == (2 if regime == "extended" else batches)
    assert calls.get("artist", 0) == (0 if regime == "extended" else 30)


def test_unknown_ids_are_left_out(outside):
    track = outside.world.tracks[0]
    assert set(outside.spotify().tracks([track.id, "0" * 22])) == {track.id}


def test_a_track_is_read_with_all_that_the_regime_says(outside):
    wanted = next(track for track in outside.world.tracks if track.isrc)
    plain = outside.spotify().tracks([wanted.id])[wanted.id]
    assert (plain.track_name, plain.isrc, plain.popularity) == (wanted.name, wanted.isrc, None)
    assert plain.artists[0].name == wanted.artist.name
    outside.control(regime="extended")
    assert outside.spotify().tracks([wanted.id])[wanted.id].popularity == wanted.popularity


def test_audio_features_are_asked_of_spotify_once_and_then_no_more(outside):
    source, track_id = outside.spotify(), outside.world.tracks[0].id
    for _ in range(3):
        with pytest.raises(SourceRefusedError):
            source.audio_features([track_id])
    assert outside.control()["calls"]["audio_features"] == 1


def test_an_extended_app_is_given_audio_features(outside):
    outside.control(regime="extended")
    track = outside.world.tracks[0]
    assert outside.spotify().audio_features([track.id])[track.id] == track.features


@pytest.mark.parametrize(("regime", "advice"), [("no_premium", "Premium")])
def test_an_app_without_premium_is_told_what_to_do(outside, regime, advice):
    outside.control(regime=regime)
    with pytest.raises(SourceRefusedError, match=advice) as refused:
        outside.spotify().search("a")
    assert refused.value.whole_source


def test_a_wrong_secret_names_the_setting(outside):
    with pytest.raises(SourceRefusedError, match="SPOTIPY_CLIENT_SECRET"):
        outside.spotify(secret="wrong").search("a")


def test_an_expired_token_is_renewed_once(outside):
    source = outside.spotify()
    source.search("genre:folk")
    outside.control(faults=[{"bucket": "search", "kind": "expired_token"}])
    assert source.search("genre:folk").tracks


def test_a_token_that_is_never_accepted_ends_in_a_refusal(outside):
    outside.control(faults=[{"bucket": "search", "kind": "expired_token", "times": 5}])
    with pytest.raises(SourceRefusedError, match="token"):
        outside.spotify().search("genre:folk")


def test_a_short_rate_limit_is_waited_through(outside):
    outside.control(faults=[{"bucket": "search", "kind": "rate_limit", "times": 2}])
    assert outside.spotify().search("genre:folk").tracks
    assert outside.waited_s == [1.0, 1.0]


@pytest.mark.parametrize(("kind", "wait_s"), [("quota", 86_236.0), ("rate_limit_long", 19_056.0)])
def test_a_long_wait_is_handed_up_and_never_slept(outside, kind, wait_s):
    outside.control(faults=[{"bucket": "search", "kind": kind}])
    with pytest.raises(QuotaExceededError) as stopped:
        outside.spotify().search("genre:folk")
    assert stopped.value.retry_after_s == wait_s
    assert outside.waited_s == []


@pytest.mark.parametrize("kind", ["html", "truncated", "error_text"])
def test_nonsense_from_spotify_is_an_outage_not_a_crash(outside, kind):
    outside.control(faults=[{"bucket": "search", "kind": kind}])
    with pytest.raises(SourceUnavailableError):
        outside.spotify().search("genre:folk")


def test_a_server_error_is_tried_again(outside):
    outside.control(faults=[{"bucket": "search", "kind": "503", "times": 2}])
    assert outside.spotify().search("genre:folk").tracks


def test_nobody_there_is_an_outage(outside):
    outside = replace(outside, url="http://127.0.0.1:9")
    with pytest.raises(SourceUnavailableError):
        outside.spotify().search("a")
    with pytest.raises(SourceUnavailableError):
        outside.reccobeats().audio_features(["a" * 22])


def test_the_call_budget_ends_a_run(outside):
    source = outside.spotify(calls=2)
    with pytest.raises(QuotaExceededError, match="budget"):
        read_all(lambda offset: source.search("genre:folk", offset))


def test_a_chart_is_read_from_a_playlist_the_app_may_read(outside):
    outside.control(regime="dev_old")
    chart = SpotifyPlaylistChart(outside.spotify(), chart_playlist_id()).chart(20)
    wanted = [track.id for track in outside.world.chart(outside.world.today, 50)[:20]]
    assert [entry.track_id for entry in chart] == wanted
    assert [entry.rank for entry in chart] == list(range(1, 21))


def test_somebody_elses_playlist_is_refused_to_a_new_app(outside):
    with pytest.raises(SourceRefusedError, match="February 2026"):
        SpotifyPlaylistChart(outside.spotify(), chart_playlist_id()).chart(20)


def test_a_batch_is_tried_with_one_artist_so_that_a_quota_loses_no_answer(outside):
    source = outside.spotify()
    assert source.batch_size == 1
    source.artist_genres([outside.world.artists[0].id])
    assert source.batch_size == 1
    outside.control(regime="extended")
    outside.learned.clear()
    source.artist_genres([outside.world.artists[0].id])
    assert source.batch_size == 50
