"""The bundled demo catalogue: made again byte for byte, believable, pleasant, and plainly invented."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from quintet.data.schema import AUDIO_FEATURES, CANONICAL_COLUMNS, MAX_DURATION_MS, MIN_DURATION_MS

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "dataset" / "demo"
REAL = ROOT.parent / "shared" / "data"
FEATURES = [feature.name for feature in AUDIO_FEATURES]


@pytest.fixture(scope="module")
def tracks() -> pd.DataFrame:
    frame = pd.read_csv(DEMO / "tracks.csv", keep_default_na=False, dtype={"release_date": str})
    return frame.assign(
        artist_list=frame["artists"].str.split(";"),
        genre_list=[genres.split(";") if genres else [] for genres in frame["genres"]],
    )


@pytest.fixture(scope="module")
def playlists() -> pd.DataFrame:
    return pd.read_csv(DEMO / "playlists.csv")


def _of_genre(tracks: pd.DataFrame, genre: str) -> pd.DataFrame:
    return tracks[[genre == genres[0] if genres else False for genres in tracks["genre_list"]]]


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", DEMO / "generate.py", tmp_path], check=True)
    for name in ("tracks.csv", "playlists.csv"):
        assert (tmp_path / name).read_bytes() == (DEMO / name).read_bytes(), (
            f"run `make demo`: {name} is stale"
        )


def test_it_has_the_canonical_columns(tracks: pd.DataFrame) -> None:
    assert tuple(tracks.columns[: len(CANONICAL_COLUMNS)]) == CANONICAL_COLUMNS


def test_it_has_about_five_thousand_tracks_with_ids_of_their_own(tracks: pd.DataFrame) -> None:
    assert 4500 <= len(tracks) <= 5500
    assert tracks["track_id"].is_unique
    assert tracks["track_id"].is_monotonic_increasing


def test_every_id_has_the_form_of_spotifys_and_says_that_it_is_invented(tracks: pd.DataFrame) -> None:
    assert tracks["track_id"].str.fullmatch(r"demo[0-9A-Za-z]{18}").all()


@pytest.mark.parametrize("feature", AUDIO_FEATURES, ids=lambda feature: feature.name)
def test_every_feature_lies_in_its_range(tracks: pd.DataFrame, feature) -> None:
    assert tracks[feature.name].between(feature.low, feature.high).all()
    assert tracks[feature.name].nunique() > 1


def test_durations_and_popularity_lie_in_their_ranges(tracks: pd.DataFrame) -> None:
    assert tracks["duration_ms"].between(MIN_DURATION_MS, MAX_DURATION_MS).all()
    assert tracks["popularity"].between(0, 100).all()


def test_popularity_has_a_long_tail(tracks: pd.DataFrame) -> None:
    low, middle, high = tracks["popularity"].quantile([0.25, 0.5, 0.95])
    assert high > 3 * middle > 3 * low


def test_there_are_forty_genres_with_enough_tracks(tracks: pd.DataFrame) -> None:
    counts = tracks["genre_list"].explode().value_counts()
    assert (counts >= 15).sum() >= 40


def test_about_one_track_in_seven_has_no_genre(tracks: pd.DataFrame) -> None:
    assert 0.10 <= (tracks["genres"] == "").mean() <= 0.20


def test_there_are_seven_hundred_artists(tracks: pd.DataFrame) -> None:
    assert tracks["artist_list"].explode().nunique() >= 700


def test_features_move_together_as_they_do_in_music(tracks: pd.DataFrame) -> None:
    together = tracks[FEATURES].corr()
    assert together.loc["energy", "loudness"] > 0.6
    assert together.loc["energy", "acousticness"] < -0.5
    assert together.loc["danceability", "valence"] > 0.3


@pytest.mark.parametrize("feature", ["instrumentalness", "speechiness", "liveness"])
def test_skewed_features_are_skewed(tracks: pd.DataFrame, feature: str) -> None:
    assert tracks[feature].skew() > 1


def test_genres_sound_like_themselves(tracks: pd.DataFrame) -> None:
    assert _of_genre(tracks, "drum and bass")["tempo"].median() > 165
    assert _of_genre(tracks, "ambient")["loudness"].median() < -15
    assert _of_genre(tracks, "techno")["instrumentalness"].median() > 0.6
    assert _of_genre(tracks, "hip hop")["speechiness"].median() > 0.15
    assert _of_genre(tracks, "piano")["acousticness"].median() > 0.9
    assert _of_genre(tracks, "cumbia")["valence"].median() > 0.7


def test_release_dates_come_in_all_three_precisions_and_are_real_dates(tracks: pd.DataFrame) -> None:
    assert set(tracks["release_date"].str.len()) == {4, 7, 10}
    assert pd.to_datetime(tracks["release_date"], format="ISO8601").notna().all()


def test_some_songs_are_explicit_and_most_are_not(tracks: pd.DataFrame) -> None:
    assert 0.03 < (tracks["explicit"].astype(str) == "True").mean() < 0.2


@pytest.mark.parametrize(
    ("script", "genre"),
    [
        ("HANGUL", "korean ballad"),
        ("HIRAGANA", "city pop"),
        ("CYRILLIC", "russian rock"),
        ("ACUTE", "chanson"),
        ("DIAERESIS", "techno"),
    ],
)
def test_titles_are_written_as_their_genre_would_write_them(
    tracks: pd.DataFrame, script: str, genre: str
) -> None:
    titles = "".join(_of_genre(tracks, genre)["track_name"])
    assert any(script in unicodedata.name(letter, "") for letter in titles)


@pytest.mark.parametrize(
    ("title", "artist"),
    [
        ("Ambermouth Terminal", "Upholstered Oscillator"),
        ("How to Find the Summer", "Minnow Thistlequist"),
        ("회전목마 모래성", "느린 수달"),
        ("夏休みの花火", "豆電球電話局"),
        ("Дождь на краю города", "Чердачный Тушканчик"),
        ("Début mai", "Les Escargots insomniaques"),
    ],
)
def test_the_songs_that_the_documents_search_for_are_there(
    tracks: pd.DataFrame, title: str, artist: str
) -> None:
    assert artist in set(tracks[tracks["track_name"] == title]["artists"])


def test_a_title_of_one_syllable_is_there(tracks: pd.DataFrame) -> None:
    assert (tracks["track_name"] == "비").any()


def test_titles_are_clean(tracks: pd.DataFrame) -> None:
    for column in ("track_name", "album_name", "artists"):
        assert not tracks[column].str.contains(r"[{}\t\n]|  |^\s|\s$").any()
        assert (tracks[column] != "").all()
        assert tracks[column].map(lambda text: text == unicodedata.normalize("NFC", text)).all()


def test_one_recording_is_released_several_times(tracks: pd.DataFrame) -> None:
    again = tracks.groupby(["track_name", "artists", "duration_ms", "energy"]).size()
    assert (again > 1).sum() > 100
    for edition in ("(Deluxe Edition)", "(Remastered)"):
        assert tracks["album_name"].str.endswith(edition).any()


@pytest.mark.parametrize("version", ["Live", "Acoustic", "Remix", "Instrumental", "Remastered"])
def test_songs_have_versions_beside_the_song_itself(tracks: pd.DataFrame, version: str) -> None:
    names = tracks["track_name"].str.extract(rf"^(.*) - [^-]*{version}")[0].dropna()
    assert len(names) > 20
    assert names.isin(tracks["track_name"]).mean() > 0.9


def test_a_live_version_sounds_live(tracks: pd.DataFrame) -> None:
    live = tracks["track_name"].str.contains(" - Live")
    assert tracks[live]["liveness"].median() > 0.6 > tracks[~live]["liveness"].quantile(0.9)


def test_guests_stand_in_the_title_and_among_the_artists(tracks: pd.DataFrame) -> None:
    guests = tracks["track_name"].str.extract(r"\(feat\. (.+?)\)(?: - |$)")[0]
    assert guests.notna().sum() > 200
    for guest, artists in zip(guests.dropna(), tracks["artist_list"][guests.notna()], strict=True):
        assert guest in artists[1:]


def test_an_artist_has_the_same_genres_on_every_track(tracks: pd.DataFrame) -> None:
    alone = tracks[tracks["artist_list"].str.len() == 1]
    assert (alone.groupby("artists")["genres"].nunique() == 1).all()
    assert tracks["genre_list"].map(lambda genres: len(set(genres)) == len(genres)).all()


def test_a_hundred_and_fifty_playlists_hold_known_tracks_once(
    tracks: pd.DataFrame, playlists: pd.DataFrame
) -> None:
    sizes = playlists.groupby("playlist_id").size()
    assert len(sizes) == 150
    assert sizes.between(15, 40).all()
    assert playlists["track_id"].isin(tracks["track_id"]).all()
    assert not playlists.duplicated(["playlist_id", "track_id"]).any()
    assert (playlists.groupby("playlist_id")["playlist_name"].nunique() == 1).all()


def test_playlists_have_a_taste_that_genres_and_sound_can_find(
    tracks: pd.DataFrame, playlists: pd.DataFrame
) -> None:
    by_playlist = playlists.merge(tracks, on="track_id").groupby("playlist_id")
    within = by_playlist[["energy", "valence", "acousticness"]].std().mean()
    assert (within < 0.9 * tracks[["energy", "valence", "acousticness"]].std()).all()
    shared = by_playlist["genre_list"].agg(_share_of_the_commonest)
    assert shared.median() > 0.4


def _share_of_the_commonest(lists: pd.Series) -> float:
    counts = lists.explode().value_counts()
    return float(counts.iloc[0] / len(lists))


def test_the_bundled_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in DEMO.glob("*.csv")) < 1_600_000


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data, to know real artists by name")
def test_no_artist_is_a_real_one(tracks: pd.DataFrame) -> None:
    columns = {"artist_genres.csv": "artists", "spotify_songs.csv": "track_artist"} | {
        "billboard_audio_features.csv": "performer"
    }
    real = {
        _bare(name)
        for file, column in columns.items()
        for name in pd.read_csv(REAL / file, usecols=[column], keep_default_na=False)[column]
    }
    assert {name for name in tracks["artist_list"].explode() if _bare(name) in real} == set()


def _bare(name: str) -> str:
    return re.sub(r"^the |\W", "", name.casefold())
