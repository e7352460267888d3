"""Artists and their songs, invented: names, genres, years, fame, titles, sound.

How they are released, and in which versions, is decided in `releases`.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator import sound
from generator.dice import Dice, total
from generator.sound import Leaning, Sound
from generator.tables import Genre, genres, language

LAST_YEAR = 2025
ARTISTS = 790
WITHOUT_GENRES = 0.18  # the share of artists nobody has put in a genre
FEATURED = 0.09  # the share of songs with a guest


@dataclass(frozen=True, slots=True, eq=False)
class Artist:
    """Somebody who does not exist.

    Parameters
    ----------
    name : str
        Unique in the catalogue.
    home : Genre
        The genre the artist really plays, which taste follows.
    genres : tuple of str
        The genres the catalogue admits to, `home` first; none for about one artist in six.
    language : str
        Language code of the titles.
    fame : float
        From 0 to 1, few being famous.
    first_year : int
        The year of the first album.
    leaning : Leaning
        How the artist leans from the genre.
    """

    name: str
    home: Genre
    genres: tuple[str, ...]
    language: str
    fame: float
    first_year: int
    leaning: Leaning


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    """One recording, before anybody released it.

    Parameters
    ----------
    title : str
        Without a version or a guest.
    credits : tuple of Artist
        The artist, then guests.
    year : int
        When it was recorded.
    sound : dict of str to float
        Audio features and duration.
    explicit : bool
        Whether its words are.
    appeal : float
        From 0 to 1: how far it got on its own.
    """

    title: str
    credits: tuple[Artist, ...]
    year: int
    sound: Sound
    explicit: bool
    appeal: float


def make_artists() -> list[Artist]:
    """Return every artist, genre by genre."""
    shares = total(genre.share for genre in genres().values())
    taken: set[str] = set()
    return [
        _make_artist(genre, number, taken)
        for genre in genres().values()
        for number in range(round(ARTISTS * genre.share / shares))
    ]


def _make_artist(genre: Genre, number: int, taken: set[str]) -> Artist:
    dice = Dice("artist", genre.name, number)
    code = dice.weighted(genre.languages)
    fame = dice.share()
    years = LAST_YEAR - 1 - genre.since
    return Artist(
        name=_new_name(genre, number, code, taken),
        home=genre,
        genres=() if dice.chance(WITHOUT_GENRES) else _genre_names(genre, dice),
        language=code,
        fame=fame * fame * fame,
        first_year=genre.since + int(years * dice.share()),
        leaning=Leaning.throw(dice, 0.5),
    )


def _new_name(genre: Genre, number: int, code: str, taken: set[str]) -> str:
    dice = Dice("artist name", genre.name, number)
    while True:
        name = language(code).phrase(dice, "artists", genre.name, genre.family)
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name


def _genre_names(home: Genre, dice: Dice) -> tuple[str, ...]:
    """Return the home genre and up to three others: neighbours, and now and then a neighbour's neighbour."""
    names = {home.name: None}
    for _ in range(dice.weighted({0: 0.24, 1: 0.38, 2: 0.27, 3: 0.11})):
        near = dice.pick(home.neighbours)
        names[near if dice.chance(0.8) else dice.pick(genres()[near].neighbours)] = None
    return tuple(names)


def make_song(artist: Artist, year: int, style: Leaning, guests: list[Artist], *place: str | int) -> Song:
    """Return a new song of `artist`, recorded in `year`; `place` names it, `style` is its album's leaning."""
    dice = Dice("song", artist.name, *place)
    guest = (dice.pick(guests),) if guests and dice.chance(FEATURED) else ()
    leaning = artist.leaning + style + Leaning.throw(dice, 0.7)
    return Song(
        title=make_title(artist, dice),
        credits=(artist, *guest),
        year=year,
        sound=sound.make_sound(artist.home, leaning, year, dice),
        explicit=dice.chance(artist.home.sound["explicit_share"]),
        appeal=dice.share(),
    )


def make_title(artist: Artist, dice: Dice) -> str:
    """Return a song title in the artist's language."""
    titles = language(artist.language)
    return titles.phrase(dice, "titles", artist.home.name, artist.home.family)
