"""Why a track is in a list: the parts of its score, the seed it is closest to, and a sentence made of them.

The parts come from `terms`; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quintet.model.terms import FEATURE, GENRE, Contribution

MAX_TRAITS = 3
MAX_SHARED_GENRES = 2
TRAIT_SHARE = 0.1  # of the score: a feature that carries less is not worth a word

# English word; Korean word before another ("slow and ..."), Korean word before a noun ("slow ... song").
# That a track is not live, not spoken and not instrumental is true of most and said of none.
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


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a track is in a list.

    Parameters
    ----------
    closest_seed : str
        The track id of the seed nearest to the track.
    contributions : tuple of Contribution
        They add up to the score; largest first.
    text : mapping of str to str
        The sentence, by language: "en" and "ko".
    """

    closest_seed: str
    contributions: tuple[Contribution, ...]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeedTraits:
    """What a sentence needs of the seed it names.

    Parameters
    ----------
    track_id, name : str
        Its id and title.
    directions : mapping of str to int
        By audio feature: 1 clearly above the catalogue's middle, -1 below, 0 neither.
    genre_terms : frozenset of str
        Its genres and their words.
    """

    track_id: str
    name: str
    directions: Mapping[str, int]
    genre_terms: frozenset[str]


def explain(seed: SeedTraits, contributions: Sequence[Contribution], genres: Sequence[str]) -> Reasons:
    """Put a track's reasons together; the sentence says only what is true of the track and the seed alike.

    Parameters
    ----------
    seed : SeedTraits
        The nearest seed.
    contributions : sequence of Contribution
        The parts of the track's score, in any order.
    genres : sequence of str
        The track's own genres: a whole genre is named before a mere word of one.
    """
    parts = tuple(sorted(contributions, key=lambda part: -part.value))
    traits, shared = _traits(parts, seed), _shared_genres(parts, seed, frozenset(genres))
    text = {"en": _english(seed.name, traits, shared), "ko": _korean(seed.name, traits, shared)}
    return Reasons(seed.track_id, parts, text)


def _traits(parts: Sequence[Contribution], seed: SeedTraits) -> list[tuple[str, str, str]]:
    """Return the words of the features that carry the score, most telling first."""
    least = TRAIT_SHARE * sum(part.value for part in parts if part.value > 0)
    telling = (part for part in parts if part.kind == FEATURE and part.direction and part.value >= least)
    alike = (part for part in telling if seed.directions.get(part.name) == part.direction)
    return [_TRAITS[part.name, part.direction] for part in alike if (part.name, part.direction) in _TRAITS][
        :MAX_TRAITS
    ]


def _shared_genres(parts: Sequence[Contribution], seed: SeedTraits, genres: frozenset[str]) -> list[str]:
    """Return the genres both have, whole names first; a word already inside a named genre is not repeated."""
    terms = [part.name for part in parts if part.kind == GENRE and part.name in seed.genre_terms]
    named: list[str] = []
    for term in sorted(terms, key=lambda term: term not in genres):
        if not any(term in name.split() for name in named):
            named.append(term)
    return named[:MAX_SHARED_GENRES]


def _english(seed: str, traits: Sequence[tuple[str, str, str]], genres: Sequence[str]) -> str:
    said = []
    if traits:
        said.append(", ".join(english for english, _, _ in traits))
    if genres:
        said.append(f"shares {' and '.join(genres)}")
    return f"Like *{seed}*: {'; '.join(said) or 'close in overall sound'}"


def _korean(seed: str, traits: Sequence[tuple[str, str, str]], genres: Sequence[str]) -> str:
    words = [before for _, before, _ in traits[:-1]] + [last for _, _, last in traits[-1:]]
    said = " ".join(words) or ("장르가 통하는" if genres else "전체적인 소리가 비슷한")
    tail = f", 같은 장르: {', '.join(genres)}" if genres else ""
    return f"*{seed}*처럼 {said} 곡{tail}"
