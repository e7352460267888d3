"""How a song sounds: twelve audio features from a genre's profile, an artist's leaning and chance.

Features move together as they do in music: intensity raises energy and loudness and lowers acousticness, a
good mood raises valence and danceability. Who made the song and what it is called is decided in `songs`.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.tables import Genre

KEY_WEIGHTS = dict(enumerate((12, 10, 11, 4, 8, 9, 7, 12, 8, 11, 7, 9)))
TEMPO_LIMITS_BPM = (48.0, 214.0)
LOUDNESS_LIMITS_DB = (-42.0, -1.2)

Sound = dict[str, float]
"""Audio feature name to value, `duration_ms` among them."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far from its genre something leans, in standard deviations: louder, happier, more of a dance."""

    intensity: float = 0.0
    mood: float = 0.0
    dance: float = 0.0

    @classmethod
    def throw(cls, dice: Dice, spread: float) -> Leaning:
        """Return a leaning by chance."""
        return cls(*(spread * dice.normal() for _ in range(3)))

    def __add__(self, other: Leaning) -> Leaning:
        """Lean both ways at once."""
        return Leaning(self.intensity + other.intensity, self.mood + other.mood, self.dance + other.dance)


def tilt(share: float, push: float) -> float:
    """Move a share towards 1 (positive push) or 0 by its odds, never reaching either.

    The odds are multiplied by (1 + push) squared, or divided where push is negative: a logistic shift made of
    plain arithmetic.
    """
    share = min(max(share, 0.001), 0.996)
    factor = (1 + abs(push)) * (1 + abs(push))
    odds = share / (1 - share) * (factor if push >= 0 else 1 / factor)
    return odds / (1 + odds)


def make_sound(genre: Genre, leaning: Leaning, year: int, dice: Dice) -> Sound:
    """Return the audio features and the duration of a new song."""
    typical = genre.sound
    in_minor = dice.chance(tilt(typical["minor_share"], -0.4 * leaning.mood))
    return {
        "danceability": tilt(
            typical["danceability"], 0.3 * leaning.dance + 0.07 * leaning.mood + 0.1 * dice.normal()
        ),
        "energy": tilt(typical["energy"], 0.42 * leaning.intensity + 0.08 * dice.normal()),
        "key": dice.weighted(KEY_WEIGHTS),
        "loudness": _loudness_db(typical["loudness_db"], leaning.intensity, year, dice),
        "mode": 0 if in_minor else 1,
        "speechiness": tilt(typical["speechiness"], 0.28 * dice.normal()),
        "acousticness": tilt(typical["acousticness"], -0.45 * leaning.intensity + 0.7 * dice.normal()),
        "instrumentalness": _instrumentalness(typical["instrumental_share"], dice),
        "liveness": tilt(typical["liveness"], 2.2 if dice.chance(0.05) else 0.3 * dice.normal()),
        "valence": tilt(typical["valence"], 0.55 * leaning.mood + 0.08 * leaning.dance),
        "tempo": _clip(
            typical["tempo_bpm"] * (1 + typical["tempo_spread"] * 0.8 * dice.normal()), TEMPO_LIMITS_BPM
        ),
        "time_signature": _time_signature(typical["acousticness"], dice),
        "duration_ms": round(1000 * typical["duration_s"] * (1 + 0.13 * _clip(dice.normal(), (-2.5, 3.5)))),
    }


def _clip(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


def _loudness_db(typical_db: float, intensity: float, year: int, dice: Dice) -> float:
    """Return the loudness: records grew louder, about a decibel and a half from 1990 to 2010."""
    war_db = _clip((year - 2000) / 10, (-1.0, 1.0)) * 0.75
    swing_db = -typical_db * 0.16
    return _clip(typical_db + war_db + swing_db * intensity + 0.5 * dice.normal(), LOUDNESS_LIMITS_DB)


def _instrumentalness(instrumental_share: float, dice: Dice) -> float:
    """Return a value that is high for a track without a voice, and nearly or exactly 0 for a sung one."""
    if dice.chance(instrumental_share):
        return tilt(0.86, 0.5 * dice.normal())
    trace = dice.share()
    return 0.0 if dice.chance(0.4) else 0.06 * trace * trace * trace * trace * trace


def _time_signature(acousticness: float, dice: Dice) -> int:
    """Return 4 beats mostly; a waltz is likelier where the music is acoustic."""
    return dice.weighted({4: 0.93 - 0.13 * acousticness, 3: 0.05 + 0.11 * acousticness, 5: 0.015, 1: 0.005})


def live(sound: Sound, dice: Dice) -> Sound:
    """Return how a song sounds on a stage."""
    return sound | {
        "liveness": tilt(0.78, 0.6 * dice.normal()),
        "energy": tilt(sound["energy"], 0.15),
        "danceability": tilt(sound["danceability"], -0.2),
        "tempo": _clip(sound["tempo"] * (1.01 + 0.015 * dice.normal()), TEMPO_LIMITS_BPM),
        "duration_ms": round(sound["duration_ms"] * (1.08 + 0.1 * dice.share())),
    }


def acoustic(sound: Sound, dice: Dice) -> Sound:
    """Return how a song sounds unplugged."""
    return sound | {
        "acousticness": tilt(0.84, 0.5 * dice.normal()),
        "energy": tilt(sound["energy"], -0.9),
        "loudness": _clip(sound["loudness"] - 3.5 + 0.6 * dice.normal(), LOUDNESS_LIMITS_DB),
        "danceability": tilt(sound["danceability"], -0.15),
        "duration_ms": round(sound["duration_ms"] * (0.95 + 0.1 * dice.share())),
    }


def remix(sound: Sound, dice: Dice) -> Sound:
    """Return how a song sounds in the hands of a DJ."""
    return sound | {
        "danceability": tilt(sound["danceability"], 0.35),
        "energy": tilt(sound["energy"], 0.4),
        "acousticness": tilt(sound["acousticness"], -1.2),
        "tempo": 120.0 + 8 * dice.share(),
        "time_signature": 4,
        "duration_ms": round(sound["duration_ms"] * (1.1 + 0.4 * dice.share())),
    }


def instrumental(sound: Sound, dice: Dice) -> Sound:
    """Return how a song sounds without its voice."""
    return sound | {
        "instrumentalness": tilt(0.88, 0.4 * dice.normal()),
        "speechiness": tilt(sound["speechiness"], -0.3),
    }


def remaster(sound: Sound, dice: Dice) -> Sound:
    """Return how an old tape sounds after a new transfer: a little louder, else the same."""
    return sound | {
        "loudness": _clip(sound["loudness"] + 1.0 + 0.6 * dice.share(), LOUDNESS_LIMITS_DB),
        "duration_ms": sound["duration_ms"] + dice.whole(-700, 700),
    }
