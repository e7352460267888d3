"""What shops show: albums, singles, deluxe and remastered editions, live and other versions, one row each.

A song is one recording; here it is released, some of them several times, under ids of its own each time.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator import sound
from generator.dice import Dice
from generator.songs import LAST_YEAR, Artist, Song, make_song
from generator.sound import Leaning, Sound
from generator.tables import language

ID_ALPHABET = string.digits + string.ascii_letters
ID_PREFIX = "demo"
ID_LENGTH = 22
DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
VERSIONS: dict[str, tuple[float, Callable[[Sound, Dice], Sound]]] = {
    "live": (0.055, sound.live),
    "acoustic": (0.055, sound.acoustic),
    "remix": (0.065, sound.remix),
    "instrumental": (0.025, sound.instrumental),
}


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """One row of the catalogue, and what playlists need to know of it.

    Parameters
    ----------
    track_id : str
        22 characters, the first four "demo".
    name, album_name, release_date : str
        As a shop would show them.
    song : Song
        The recording.
    popularity : int
        From 0 to 100.
    original : bool
        False for another release or version of something already released.
    """

    track_id: str
    name: str
    album_name: str
    release_date: str
    song: Song
    popularity: int
    original: bool

    @property
    def artist(self) -> Artist:
        """The first credited artist."""
        return self.song.credits[0]


@dataclass(frozen=True, slots=True)
class Album:
    """An album before it is released."""

    artist: Artist
    name: str
    date: str
    songs: tuple[Song, ...]


def release_all(artists: list[Artist]) -> list[Release]:
    """Return every release of every artist, ordered by track id."""
    circles: dict[str, list[Artist]] = {}
    for artist in artists:
        circles.setdefault(artist.home.family, []).append(artist)
    releases: list[Release] = []
    for artist in artists:
        guests = [other for other in circles[artist.home.family] if other is not artist]
        for album in make_albums(artist, guests):
            releases += release_album(album)
    return sorted(releases, key=lambda release: release.track_id)


def make_albums(artist: Artist, guests: list[Artist]) -> Iterator[Album]:
    """Yield an artist's albums: more of them the better known the artist is."""
    dice = Dice("albums", artist.name)
    year = artist.first_year
    titles: set[str] = set()
    for number in range(1 + dice.chance(0.1) + dice.chance(artist.fame)):
        style = Leaning.throw(dice, 0.3)
        songs = []
        for position in range(dice.whole(2, 5)):
            song = make_song(artist, year, style, guests, number, position)
            if song.title not in titles:
                titles.add(song.title)
                songs.append(song)
        name = language(artist.language).phrase(dice, "albums", artist.home.family)
        yield Album(artist, name, _date(year, dice), tuple(songs))
        year = min(year + dice.whole(1, 5), LAST_YEAR)


def _date(year: int, dice: Dice) -> str:
    """Return a release date; the older, the more often only its year or month is known."""
    month = dice.whole(1, 12)
    day = dice.whole(1, DAYS_IN_MONTH[month - 1])
    old = year < 1990
    forms = {
        f"{year}-{month:02}-{day:02}": 0.35 if old else 0.94,
        f"{year}-{month:02}": 0.05 if old else 0.02,
        f"{year}": 0.6 if old else 0.04,
    }
    return dice.weighted(forms)


def release_album(album: Album) -> Iterator[Release]:
    """Yield an album's tracks, and what else was made of them over the years."""
    dice = Dice("releases", album.artist.name, album.name)
    for song in album.songs:
        yield _release(song, _full_title(song), album.name, album.date)
        if dice.chance(0.12):
            yield _release(song, _full_title(song), song.title, _date(song.year, dice), worth=0.8)
        yield from _versions(song, album, dice)
    if dice.chance(0.05):
        yield from _deluxe(album, dice)
    if album.songs[0].year < 1998 and dice.chance(0.25):
        yield from _remastered(album, dice)


def _full_title(song: Song) -> str:
    guests = " & ".join(guest.name for guest in song.credits[1:])
    return f"{song.title} (feat. {guests})" if guests else song.title


def _versions(song: Song, album: Album, dice: Dice) -> Iterator[Release]:
    for version, (probability, change) in VERSIONS.items():
        if dice.chance(probability) and _suits(version, song):
            label = _version_label(version, album.artist, dice)
            changed = replace(song, sound=change(song.sound, dice))
            date = _date(min(song.year + dice.whole(0, 3), LAST_YEAR), dice)
            album_name = f"{song.title} ({label})" if version == "remix" else f"{album.name} ({label})"
            yield _release(changed, f"{_full_title(song)} - {label}", album_name, date, worth=0.55)


def _suits(version: str, song: Song) -> bool:
    """Tell whether anybody would make this version: nobody unplugs techno or remixes a nocturne."""
    typical = song.credits[0].home.sound
    sung = typical["instrumental_share"] < 0.3
    suits = {
        "live": True,
        "acoustic": sung and 0.02 <= typical["acousticness"] < 0.7,
        "remix": typical["danceability"] >= 0.5 and typical["acousticness"] < 0.5,
        "instrumental": sung,
    }
    return suits[version]


def _version_label(version: str, artist: Artist, dice: Dice) -> str:
    if version == "live":
        return language(artist.language).phrase(dice, "venues")
    if version == "remix":
        return f"{language('en').phrase(dice, 'remixers')} Remix"
    return {"acoustic": "Acoustic", "instrumental": "Instrumental"}[version]


def _deluxe(album: Album, dice: Dice) -> Iterator[Release]:
    """Yield the same recordings again, a year or two later."""
    date = _date(min(album.songs[0].year + dice.whole(0, 2), LAST_YEAR), dice)
    for song in album.songs:
        yield _release(song, _full_title(song), f"{album.name} (Deluxe Edition)", date, worth=0.7)


def _remastered(album: Album, dice: Dice) -> Iterator[Release]:
    """Yield the same recordings from a new transfer of the tape."""
    year = dice.whole(2004, 2022)
    for song in album.songs:
        clean = replace(song, sound=sound.remaster(song.sound, dice))
        title = f"{_full_title(song)} - Remastered {year}"
        yield _release(clean, title, f"{album.name} (Remastered)", _date(year, dice), worth=0.9)


def _release(song: Song, name: str, album_name: str, date: str, worth: float = 1.0) -> Release:
    track_id = make_id(song.credits[0].name, album_name, name, date)
    return Release(track_id, name, album_name, date, song, _popularity(song, worth), worth == 1.0)


def _popularity(song: Song, worth: float) -> int:
    """Return 0 to 100: a few great hits, and a long tail that hardly anybody plays."""
    if song.appeal < 0.05:
        return 0
    recent = max(0.0, 1 - (LAST_YEAR - song.year) / 12)
    score = 12 * song.appeal + song.credits[0].fame * (38 + 38 * song.appeal) + 12 * recent * song.appeal
    return min(100, round(worth * score))


def make_id(*name: str) -> str:
    """Return an id in the form of Spotify's, but visibly invented, from what it names."""
    number = int.from_bytes(hashlib.sha256("\n".join(name).encode()).digest(), "big")
    digits = []
    for _ in range(ID_LENGTH - len(ID_PREFIX)):
        number, digit = divmod(number, len(ID_ALPHABET))
        digits.append(ID_ALPHABET[digit])
    return ID_PREFIX + "".join(digits)
