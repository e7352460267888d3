"""Sets of five songs to start from, found in whatever catalogue the API serves. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass

from quintet.web.api_client import ApiClient
from quintet.web.state import SLOTS, TRACK_ID, Language
from quintet.web.tracks import Track

# Words that titles of any catalogue hold; each leads to songs of its own taste.
_WORDS = (
    *("love", "night", "dance", "summer", "rain", "home", "heart"),
    *(
        "fire",
        "blue",
        "gold",
        "dream",
        "river",
        "city",
        "light",
        "moon",
        "time",
        "road",
        "sun",
        "winter",
        "girl",
    ),
)
_KOREAN_WORDS = ("사랑", "밤", "여름", "비", "꿈", "바다", "봄", "별", "달", "하루", "길", "너")
WORDS: dict[Language, tuple[str, ...]] = {"en": (*_WORDS, *_KOREAN_WORDS), "ko": (*_KOREAN_WORDS, *_WORDS)}
SETS = 4
WORDS_TO_TRY = 24  # a catalogue may hold no song in the listener's language, and is searched for others then
SONGS_TO_LOOK_AT = 10
SONGS_TO_GROW_FROM = 30


@dataclass(frozen=True)
class Starter:
    """Five songs that go together.

    Parameters
    ----------
    genre : str or None
        What they have in common, where the catalogue knows.
    tracks : tuple of Track
        `SLOTS` of them; the others were found from the first.
    """

    genre: str | None
    tracks: tuple[Track, ...]


def find_starters(client: ApiClient, language: Language, turn: int = 0) -> tuple[Starter, ...]:
    """Find up to `SETS` sets, no two of one genre or by one artist, the listener's language first.

    Every `turn` begins with other words, so that it gives other sets.

    Raises
    ------
    ApiDownError, NoModelYetError
    """
    found: list[Starter] = []
    first_word = turn * SETS % len(WORDS[language])
    words = WORDS[language][first_word:] + WORDS[language][:first_word]
    for word in words[:WORDS_TO_TRY]:
        if len(found) < SETS and (first := _first_of_a_new_kind(client, word, found)):
            found.extend(_around(client, first))
    return tuple(found)


def _first_of_a_new_kind(client: ApiClient, word: str, found: list[Starter]) -> Track | None:
    """Find the best match for `word` that is neither a genre nor an artist we already have."""
    genres = {starter.genre for starter in found if starter.genre}
    artists = {artist for starter in found for artist in starter.tracks[0].artists}
    for track in client.search(word, SONGS_TO_LOOK_AT, live=False).items:
        is_new = genres.isdisjoint(track.genres[:1]) and artists.isdisjoint(track.artists)
        if is_new and TRACK_ID.fullmatch(track.track_id):
            return track
    return None


def _around(client: ApiClient, first: Track) -> tuple[Starter, ...]:
    """Grow the set around `first`, one song an artist; nothing where the model finds too little."""
    tracks = [first]
    for track in client.recommend((first.track_id,), SONGS_TO_GROW_FROM).items:
        artists = {artist for chosen in tracks for artist in chosen.artists}
        if artists.isdisjoint(track.artists) and TRACK_ID.fullmatch(track.track_id):
            tracks.append(track)
    if len(tracks) < SLOTS:
        return ()
    return (Starter(first.genres[0] if first.genres else None, tuple(tracks[:SLOTS])),)
