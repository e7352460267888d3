"""What holds for every catalogue and everything a listener may ask of a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.model.conftest import dataset, track

from quintet.data.schema import FEATURE_NAMES
from quintet.model import features
from quintet.model.recommendation import Recommendation
from quintet.model.recommender import Recommender
from quintet.model.wishes import UNCAPPED, Filters, Wishes

GENRES = ["pop", "dance pop", "rock", "indie rock", "k-pop", "jazz"]
NAMES = ["Mira Vale", "Béa Noël", "한소리", "K-Volt", "Дельта", "Tomas Reed", "Dona Luz"]
TITLES = ["Quiet Lake", "비 오는 날", "Étoile d'été", "夜のうた", "月光", "Ночь", "99"]
DATES = [None, "1969", "1984-05", "2003-01-02", "2020-11-30"]


@cache
def catalogue(count: int, seed: int) -> Recommender:
    """One in which much is unknown, artists are many and few, and songs have versions and releases."""
    random = np.random.default_rng(seed)
    return Recommender(features.fit(dataset([_row(number, random) for number in range(count)])))


def _row(number: int, random: np.random.Generator) -> dict[str, Any]:
    artist = int(len(NAMES) * random.random() ** 2)
    drawn = 0.7 * np.random.default_rng(artist).random(12) + 0.3 * random.random(12)  # artists have a sound
    sound = dict(zip(FEATURE_NAMES, drawn.tolist(), strict=True))
    sound |= {"tempo": 60 + 100 * sound["tempo"], "loudness": -30 * sound["loudness"], "mode": 1.0}
    song = number // 2 if number % 4 < 2 else 1000 + number  # every other pair is one song
    return track(
        f"t{number:03d}",
        f"{TITLES[random.integers(len(TITLES))]} {number}",
        NAMES[artist],
        [GENRES[min(artist + i, 5)] for i in random.integers(0, 3, random.integers(0, 3))],
        sound,
        artists=[NAMES[artist], *[NAMES[artist - 1]] * int(random.integers(2))],
        album_name=f"Album {random.integers(20)}" if number % 9 else None,
        release_date=DATES[random.integers(len(DATES))],
        popularity=None if random.random() < 0.2 else int(random.integers(101)),
        explicit=[True, False, None][random.integers(3)],
        duration_ms=None if random.random() < 0.2 else int(random.integers(60_000, 400_000)),
        song=song,
        recording=2 * song + number % 2 * int(random.integers(2)),
    )


ids = st.lists(st.integers(0, 160).map("t{:03d}".format), max_size=8).map(tuple)
some_genres = st.lists(st.sampled_from([*GENRES, "POP", "nobody's"]), max_size=3).map(tuple)
filters = st.builds(
    Filters,
    year_min=st.none() | st.integers(1960, 1990),
    year_max=st.none() | st.integers(1990, 2021),
    genres=some_genres,
    exclude_genres=some_genres,
    explicit=st.none() | st.booleans(),
    duration_ms_min=st.none() | st.integers(0, 200_000),
    duration_ms_max=st.none() | st.integers(200_000, 400_000),
    scripts=st.lists(st.sampled_from(["latin", "hangul", "japanese", "cyrillic"]), max_size=2).map(tuple),
)
wishes = st.builds(
    Wishes,
    diversity=st.sampled_from([0.0, 0.0, 0.2, 1.0]),
    popularity=st.sampled_from([0.0, 0.0, -1.0, 0.4]),
    max_per_artist=st.none() | st.integers(1, 4),
    max_per_album=st.none() | st.integers(1, 4),
    exclude_ids=ids,
    disliked_ids=ids,
    blocked_artists=st.lists(st.sampled_from(["BEA NOEL", "k-volt", "дельта", "Nobody"]), max_size=2).map(
        tuple
    ),
    filters=st.just(Filters()) | filters,
    variety=st.sampled_from([0.0, 0.0, 0.5]),
    variety_seed=st.integers(0, 5),
)
Request = tuple[Recommender, list[str], int, Wishes]


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A catalogue, seeds of it, a list length, and wishes."""
    recommender = catalogue(draw(st.sampled_from([3, 20, 60, 150])), draw(st.integers(0, 3)))
    known = st.integers(0, len(recommender.tracks) - 1).map(recommender.tracks.track_id.__getitem__)
    seeds = draw(st.lists(known, min_size=1, max_size=6))
    return recommender, seeds, draw(st.integers(1, 30)), draw(wishes)


many = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(requests())
def test_whatever_is_asked_a_list_keeps_its_promises(request: Request) -> None:
    recommender, seeds, k, wish = request
    found = recommender.recommend(seeds, k, wish)
    tracks, rows = recommender.tracks, [item.row for item in found.items]
    barred = [*tracks.rows(seeds), *_known(recommender, wish.exclude_ids + wish.disliked_ids)]
    songs = [int(tracks.song[row]) for row in rows]
    assert len(set(songs)) == len(songs)
    assert not set(songs) & {int(tracks.song[row]) for row in barred}
    for item in found.items:
        assert sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score, abs=1e-5)
        assert found.tastes[item.taste].seeds
    assert all(earlier.score >= later.score for earlier, later in pairwise(found.items))
    assert [item.rank for item in found.items] == list(range(1, len(rows) + 1))
    assert sorted(seed for taste in found.tastes for seed in taste.seeds) == sorted(set(seeds))
    assert sum(taste.share for taste in found.tastes) == pytest.approx(1)


@many
@given(requests())
def test_filters_are_never_violated_and_caps_never_exceeded(request: Request) -> None:
    recommender, seeds, k, wish = request
    listed = [recommender.tracks.track(item.row) for item in recommender.recommend(seeds, k, wish).items]
    assert all(_passes(one, wish) for one in listed)
    artists, albums = (
        Counter(one["artists"][0] for one in listed),
        Counter(one["album_name"] for one in listed),
    )
    del albums[None]
    assert max(artists.values(), default=0) <= (wish.max_per_artist or k)
    assert max(albums.values(), default=0) <= (wish.max_per_album or k)


@many
@given(requests())
def test_a_list_is_full_whenever_enough_tracks_qualify_and_says_so_when_not(request: Request) -> None:
    recommender, seeds, k, wish = request
    wish = replace(wish, max_per_artist=None, max_per_album=None)
    tracks, found = recommender.tracks, recommender.recommend(seeds, k, wish)
    barred = {*tracks.rows(seeds), *_known(recommender, wish.exclude_ids + wish.disliked_ids)}
    passing = [row for row in range(len(tracks)) if _passes(tracks.track(row), wish)]
    songs = {int(tracks.song[row]) for row in passing} - {int(tracks.song[row]) for row in barred}
    assert len(found.items) == min(k, len(songs))
    assert any(f"of {k} asked for" in warning for warning in found.warnings) == (len(songs) < k)


@many
@given(requests())
def test_the_same_request_gets_the_same_list(request: Request) -> None:
    recommender, seeds, k, wish = request
    assert recommender.recommend(seeds, k, wish) == recommender.recommend(
        [*reversed(seeds), seeds[0]], k, wish
    )


def _known(recommender: Recommender, track_ids: tuple[str, ...]) -> list[int]:
    rows = (recommender.tracks.row(track_id) for track_id in track_ids)
    return [row for row in rows if row is not None]


def _passes(one: dict[str, Any], wish: Wishes) -> bool:
    asked, genres = wish.filters, set(one["genres"])
    year, duration = int((one["release_date"] or "-1")[:4]), one["duration_ms"]
    blocked = {"BEA NOEL": "Béa Noël", "k-volt": "K-Volt", "дельта": "Дельта", "Nobody": "Nobody"}
    tests = [
        not {blocked[name] for name in wish.blocked_artists} & set(one["artists"]),
        asked.year_min is None or year >= asked.year_min,
        asked.year_max is None or 0 <= year <= asked.year_max,
        not asked.genres or bool({name.casefold() for name in asked.genres} & genres),
        not {name.casefold() for name in asked.exclude_genres} & genres,
        asked.explicit is None or one["explicit"] is asked.explicit,
        asked.duration_ms_min is None or (duration is not None and duration >= asked.duration_ms_min),
        asked.duration_ms_max is None or (duration is not None and duration <= asked.duration_ms_max),
        not asked.scripts or bool(set(asked.scripts) & _scripts(one["track_name"] + "".join(one["artists"]))),
    ]
    return all(tests)


def _scripts(text: str) -> set[str]:
    """Tell the scripts of this file's titles by the ranges their letters lie in."""
    ranges = {"hangul": "가힣", "japanese": "ぁヿ", "han": "一鿿", "cyrillic": "Ѐӿ"}
    found = {name for name, (low, high) in ranges.items() if any(low <= letter <= high for letter in text)}
    return found - ({"han"} if "japanese" in found else set()) or {"latin"}


SEEDS = ["t003", "t011", "t020", "t042", "t077"]


def lists(recommender: Recommender, **wish: Any) -> Recommendation:
    return recommender.recommend(SEEDS, 10, replace(UNCAPPED, **wish))


def test_another_variety_seed_gives_another_list_and_no_variety_the_plain_one() -> None:
    recommender = catalogue(150, 0)
    rows = [
        [item.row for item in lists(recommender, variety=0.5, variety_seed=seed).items] for seed in range(6)
    ]
    assert len({tuple(row) for row in rows}) == 6
    assert lists(recommender, variety_seed=3) == lists(recommender)


def test_a_list_grows_more_diverse_with_the_dial() -> None:
    steps = [lists(catalogue(150, 1), diversity=d).metrics for d in (0, 0.1, 0.3, 0.6, 1)]
    found = [step.intra_list_diversity for step in steps]
    assert found[-1] > found[0] + 0.1
    assert all(later >= earlier - 0.005 for earlier, later in pairwise(found))


def test_the_popularity_dial_moves_mean_popularity_one_way() -> None:
    found = [
        lists(catalogue(150, 2), popularity=p).metrics.mean_popularity
        for p in (-1, -0.5, -0.1, 0, 0.1, 0.5, 1)
    ]
    assert all(earlier <= later + 1e-9 for earlier, later in pairwise(found))
    assert found[0] + 20 < found[3] < found[-1] - 20


def test_what_is_like_a_disliked_track_sinks() -> None:
    recommender = catalogue(150, 3)
    plain = lists(recommender)
    artist = recommender.model.artists.of_row
    disliked = [row for row in range(150) if artist[row] == artist[plain.items[0].row]][-3:]
    rest = lists(recommender, disliked_ids=tuple(recommender.tracks.track_id[row] for row in disliked))
    before, after = (
        sum(artist[item.row] == artist[disliked[0]] for item in found.items) for found in (plain, rest)
    )
    assert after < before
    assert not set(disliked) & {item.row for item in rest.items}


def test_a_dial_is_a_contribution_under_its_own_name() -> None:
    found = lists(catalogue(150, 0), diversity=1.0, popularity=-1.0, variety=1.0, disliked_ids=("t100",))
    names = {part.name for item in found.items for part in item.reasons.contributions if part.kind == "other"}
    assert {"diversity", "popularity dial", "variety", "disliked"} <= names


def test_a_seed_that_is_disliked_as_well_stays_a_seed() -> None:
    assert lists(catalogue(150, 0), disliked_ids=tuple(SEEDS)) == lists(catalogue(150, 0))
