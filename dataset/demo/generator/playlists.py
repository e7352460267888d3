"""Invented listeners' playlists: taste made of genres, mood, years and favourite artists, with some noise.

They exist so that a recommender's quality can be measured without a network. What is hidden from the
catalogue (the genre of an artist without genres) still guides taste, as it does with real listeners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.dice import Dice
from generator.releases import Release, make_id
from generator.tables import Genre, genres, split_list

PLAYLISTS = 150
LENGTHS = (15, 40)
PER_ARTIST = 3
NOISE = 0.05  # the share of a playlist that is simply something popular
MOODS: dict[str, tuple[float, float, str]] = {
    # mood: the energy and valence it asks for, and names it goes by
    "bright": (0.80, 0.78, "Windows Down, Dancing in Socks, Good News Only, First Warm Day, Kitchen Disco"),
    "fierce": (
        0.90,
        0.35,
        "Last Set of the Gym, Loud on Purpose, Stairs Two at a Time, Shout It Out, Night Run",
    ),
    "mellow": (0.35, 0.60, "Sunday Pancakes, Slow Coffee, Watering the Plants, Porch Light, Afternoon Nap"),
    "blue": (0.25, 0.22, "Rain on the Tram, Letters Not Sent, After the Party, Grey Sea, Winter Windowsill"),
    "any": (0.0, 0.0, "Favourites, On Repeat, Deep Cuts, For the Road, Starter Pack, Essentials"),
}


@dataclass(frozen=True, slots=True)
class Taste:
    """What one playlist is about.

    Parameters
    ----------
    weights : dict of str to float
        Home genre to how much of it is wanted.
    mood : str
        A key of `MOODS`.
    years : tuple of int
        The middle of the wanted years, and how many either side.
    hits : float
        From 0 (indifferent) to 1: how much popularity counts.
    """

    weights: dict[str, float]
    mood: str
    years: tuple[int, int]
    hits: float


def make_playlists(releases: Sequence[Release]) -> list[tuple[str, str, str]]:
    """Return `(playlist_id, playlist_name, track_id)` rows, playlist by playlist."""
    rows = []
    for number in range(PLAYLISTS):
        dice = Dice("playlist", number)
        home = dice.weighted({genre: genre.share for genre in genres().values()})
        taste = _make_taste(home, dice)
        playlist_id = make_id("playlist", str(number))
        name = _name(home, taste, dice)
        tracks = _pick_tracks(taste, releases, dice)
        rows += [(playlist_id, name, release.track_id) for release in tracks]
    return rows


def _make_taste(home: Genre, dice: Dice) -> Taste:
    """Return a taste around one genre: its neighbours count for less, and their neighbours for little."""
    openness = 0.15 + 0.45 * dice.share()
    weights = {home.name: 1.0}
    for near in home.neighbours:
        weights[near] = max(weights.get(near, 0.0), openness)
        for far in genres()[near].neighbours:
            weights.setdefault(far, openness * openness * 0.4)
    mood = dice.pick(list(MOODS)) if dice.chance(0.6) else "any"
    middle = home.since + int((2025 - home.since) * dice.share())
    spread = dice.whole(4, 10) if dice.chance(0.35) else 60
    return Taste(weights, mood, (middle, spread), dice.share())


def _name(home: Genre, taste: Taste, dice: Dice) -> str:
    text = dice.pick(split_list(MOODS[taste.mood][2]))
    decade = f" from the {taste.years[0] // 10 * 10}s" if taste.years[1] < 60 else ""
    return f"{text}: {home.name}{decade}"


def _pick_tracks(taste: Taste, releases: Sequence[Release], dice: Dice) -> list[Release]:
    """Return one playlist's tracks: no song twice, at most three by one artist."""
    wanted = {release: _liking(taste, release) for release in releases}
    wanted = {release: liking for release, liking in wanted.items() if liking > 0}
    popular = {release: float(release.popularity) for release in releases if release.popularity > 50}
    length = dice.whole(*LENGTHS)
    chosen: list[Release] = []
    while wanted and len(chosen) < length:
        release = dice.weighted(popular if dice.chance(NOISE) else wanted)
        if _fits(release, chosen):
            chosen.append(release)
        wanted.pop(release, None)
    return chosen


def _fits(release: Release, chosen: Sequence[Release]) -> bool:
    by_same = [other for other in chosen if other.artist is release.artist]
    return len(by_same) < PER_ARTIST and all(other.song.title != release.song.title for other in by_same)


def _liking(taste: Taste, release: Release) -> float:
    """Return how likely this taste is to choose a release, relative to others; 0 means never."""
    genre = taste.weights.get(release.artist.home.name, 0.0)
    if not genre or abs(release.song.year - taste.years[0]) > taste.years[1]:
        return 0.0
    known = 0.25 + taste.hits * release.popularity / 25
    return genre * _mood_fit(taste.mood, release) * known * (1.0 if release.original else 0.35)


def _mood_fit(mood: str, release: Release) -> float:
    """Return 1 where the mood is exactly met, falling with the squared distance (a Cauchy bell)."""
    if mood == "any":
        return 0.5
    energy, valence, _ = MOODS[mood]
    far = (release.song.sound["energy"] - energy) / 0.22, (release.song.sound["valence"] - valence) / 0.22
    closeness = 1 / (1 + far[0] * far[0] + far[1] * far[1])
    return closeness * closeness
