"""Why a track is in a list: the parts of its score, the seed it is closest to, and a sentence made of them.

The parts come from `terms`; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from quintet.model.terms import ARTIST, FAME, FEATURE, GENRE, OTHER, SCENE, TIME, Contribution

MAX_TRAITS = 3
MAX_SHARED_GENRES = 2
MAX_CONTRIBUTIONS = 8  # the telling ones; the others are one sum
TRAIT_SHARE = 0.1  # of what sound adds: a feature that carries less is not worth a word
NEAR_YEARS, NEAR_POINTS = 2, 8  # "from the same time", "about as well known"

# English word; Korean word before another ("slow and ..."), Korean word before a noun ("slow ... song").
# That a track is not live, not spoken and not instrumental is true of most and said of none;
# `audio` says from which value on a track is any of these.
_TRAITS: Mapping[tuple[str, int], tuple[str, str, str]] = {
    ("danceability", 1): ("danceable", "춤추기 좋고", "춤추기 좋은"),
    ("danceability", -1): ("loose in rhythm", "리듬이 자유롭고", "리듬이 자유로운"),
    ("energy", 1): ("energetic", "힘차고", "힘찬"),
    ("energy", -1): ("calm", "차분하고", "차분한"),
    ("loudness", 1): ("loud", "소리가 크고", "소리가 큰"),
    ("loudness", -1): ("quiet", "조용하고", "조용한"),
    ("speechiness", 1): ("wordy", "말이 많고", "말이 많은"),
    ("acousticness", 1): ("acoustic", "어쿠스틱하고", "어쿠스틱한"),
    ("acousticness", -1): ("electric", "전자음이 짙고", "전자음이 짙은"),
    ("instrumentalness", 1): ("instrumental", "연주가 중심이고", "연주가 중심인"),
    ("liveness", 1): ("live in feel", "현장감이 있고", "현장감이 있는"),
    ("valence", 1): ("cheerful", "밝고", "밝은"),
    ("valence", -1): ("sombre", "어둡고", "어두운"),
    ("tempo", 1): ("fast", "빠르고", "빠른"),
    ("tempo", -1): ("slow", "느리고", "느린"),
    ("mode", 1): ("in a major key", "장조이고", "장조인"),
    ("mode", -1): ("in a minor key", "단조이고", "단조인"),
}


# What else two tracks may have in common: English, and Korean after the comma.
_BONDS: Mapping[str, tuple[str, str]] = {
    ARTIST: ("by the same artist", "같은 아티스트"),
    TIME: ("from the same time", "비슷한 시기"),
    FAME: ("about as well known", "비슷한 인기"),
    SCENE: ("of a kindred scene", "결이 비슷한 음악"),
}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a track is in a list.

    Parameters
    ----------
    closest_seed : str
        The track id of the seed nearest to the track.
    contributions : tuple of Contribution
        They add up to the score; largest first, after the `MAX_CONTRIBUTIONS` that tell most one "rest", and
        then what the listener's dials took.
    text : mapping of str to str
        The sentence, by language: "en" and "ko".
    """

    closest_seed: str
    contributions: tuple[Contribution, ...]
    text: Mapping[str, str]


class Traits(NamedTuple):
    """What a sentence may say of a track, seed or listed.

    Parameters
    ----------
    track_id : str
        Its id.
    genres : tuple of str
        Its whole genres.
    artist : int
        Number of its first artist; 0 if not known.
    year, popularity : int or None
        None if not known.
    name : str
        A seed's title.
    directions : mapping of str to int
        By audio feature of a seed: 1 clearly above the catalogue's middle, -1 below, 0 neither. Those of a
        listed track stand in its contributions.
    genre_terms : container of str
        A seed's genres and their words.
    """

    track_id: str
    genres: tuple[str, ...] = ()
    artist: int = 0
    year: int | None = None
    popularity: int | None = None
    name: str = ""
    directions: Mapping[str, int] = MappingProxyType({})
    genre_terms: Container[str] = ()


def explain(
    seed: Traits, track: Traits, contributions: Sequence[Contribution], taken: Sequence[Contribution] = ()
) -> Reasons:
    """Put a track's reasons together; the sentence says only what is true of the track and the seed alike.

    Parameters
    ----------
    seed, track : Traits
        The nearest seed, and the track.
    contributions : sequence of Contribution
        The parts of the track's score, in any order.
    taken : sequence of Contribution
        What dials took from it: never summed up, so that a listener sees what a dial did.
    """
    parts = sorted(contributions, key=attrgetter("value"), reverse=True)
    speaking: dict[str, list[Contribution]] = {}  # those that lift the track, by kind, most telling first
    for part in parts:
        if part.value <= 0:
            break
        speaking.setdefault(part.kind, []).append(part)
    traits, shared = (
        _traits(speaking.get(FEATURE, ()), seed),
        _shared_genres(speaking.get(GENRE, ()), seed, track),
    )
    bonds = _bonds(speaking, seed, track, said=bool(traits) + bool(shared))
    english, korean = _english(seed.name, traits, shared, bonds), _korean(seed.name, traits, shared, bonds)
    return Reasons(seed.track_id, (*_telling(parts), *taken), {"en": english, "ko": korean})


def _telling(parts: Sequence[Contribution]) -> tuple[Contribution, ...]:
    """Return the parts that move the score most, largest first, and the others as one."""
    if len(parts) <= MAX_CONTRIBUTIONS:
        return tuple(parts)
    first, last = 0, len(parts)  # in order of value, the largest in size stand at the two ends
    while first + len(parts) - last < MAX_CONTRIBUTIONS:
        if parts[first].value >= -parts[last - 1].value:
            first += 1
        else:
            last -= 1
    rest = Contribution(OTHER, "rest", sum([part.value for part in parts[first:last]]))
    return (*parts[:first], *parts[last:], rest)


def _traits(features: Sequence[Contribution], seed: Traits) -> list[tuple[str, str, str]]:
    """Return the words of the features that carry the likeness of sound, most telling first."""
    if not features:
        return []
    least = TRAIT_SHARE * sum([part.value for part in features])
    telling = [(part.name, part.direction) for part in features if part.direction and part.value >= least]
    alike = [trait for trait in telling if seed.directions.get(trait[0]) == trait[1]]
    return [_TRAITS[trait] for trait in alike if trait in _TRAITS][:MAX_TRAITS]


def _shared_genres(parts: Sequence[Contribution], seed: Traits, track: Traits) -> list[str]:
    """Return the genres both have, whole names first; a word already inside a named genre is not repeated."""
    terms = [part.name for part in parts if part.name in seed.genre_terms]
    named: list[str] = []
    said: set[str] = set()
    for term in sorted(terms, key=track.genres.__contains__, reverse=True):
        if term not in said:
            named.append(term)
            said.update(term.split())
    return named[:MAX_SHARED_GENRES]


def _bonds(kinds: Mapping[str, object], seed: Traits, track: Traits, said: int) -> list[tuple[str, str]]:
    """Return what else ties the two: the artist always, the others only while little has been said."""
    true = [kind for kind in kinds if kind in _BONDS and _holds(kind, seed, track)]
    if ARTIST in true:
        return [_BONDS[ARTIST]]
    if not said and SCENE in kinds and not true:
        true = [SCENE]
    return [_BONDS[kind] for kind in true[: max(0, 2 - said)]]


def _holds(kind: str, seed: Traits, track: Traits) -> bool:
    if kind == ARTIST:
        return seed.artist == track.artist != 0
    if kind == TIME:
        return _within(seed.year, track.year, NEAR_YEARS)
    return kind == FAME and _within(seed.popularity, track.popularity, NEAR_POINTS)


def _within(one: int | None, other: int | None, distance: int) -> bool:
    return one is not None and other is not None and abs(one - other) <= distance


def _english(
    seed: str,
    traits: Sequence[tuple[str, str, str]],
    genres: Sequence[str],
    bonds: Sequence[tuple[str, str]],
) -> str:
    said = [", ".join(english for english, _, _ in traits)] if traits else []
    if genres:
        said.append(f"shares {' and '.join(genres)}")
    said += [english for english, _ in bonds]
    return f"Like *{seed}*: {'; '.join(said) or 'close in overall sound'}"


def _korean(
    seed: str,
    traits: Sequence[tuple[str, str, str]],
    genres: Sequence[str],
    bonds: Sequence[tuple[str, str]],
) -> str:
    words = [before for _, before, _ in traits[:-1]] + [last for _, _, last in traits[-1:]]
    unsaid = "잘 어울리는" if bonds else "전체적인 소리가 비슷한"
    said = " ".join(words) or ("장르가 통하는" if genres else unsaid)
    tail = f", 같은 장르: {', '.join(genres)}" if genres else ""
    return f"*{seed}*처럼 {said} 곡{tail}{''.join(f', {korean}' for _, korean in bonds)}"
