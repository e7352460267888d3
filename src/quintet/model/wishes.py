"""What a listener may ask of a list besides its seeds and its length: every control, with its default.

Values only. Who may be listed is decided in `eligible`, scores are moved in `dials`, a list is chosen in
`ranking`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Filters:
    """What every listed track must be; None and () ask for nothing.

    A track of which is not known what a filter asks does not pass it; `exclude_genres` lets it pass.

    Parameters
    ----------
    year_min, year_max : int or None
        Of release, both included.
    genres : tuple of str
        At least one of these whole genre names; case does not matter.
    exclude_genres : tuple of str
        None of these.
    explicit : bool or None
        False: only tracks known to be clean; True: only explicit ones.
    duration_ms_min, duration_ms_max : int or None
        Both included.
    scripts : tuple of str
        The title or an artist is written in at least one of these (`scripts.SCRIPTS`).
    """

    year_min: int | None = None
    year_max: int | None = None
    genres: tuple[str, ...] = ()
    exclude_genres: tuple[str, ...] = ()
    explicit: bool | None = None
    duration_ms_min: int | None = None
    duration_ms_max: int | None = None
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """The controls of one request. Names and ids the catalogue does not know are no error.

    Parameters
    ----------
    diversity : float
        0–1: how much a track loses for being like one already listed.
    popularity : float
        -1 (deep cuts) to 1 (hits).
    max_per_artist, max_per_album : int or None
        At most so many tracks of one first artist, of one album title; None: any number.
    exclude_ids : tuple of str
        Not to be listed, nor another version of the same song: already shown, for instance.
    disliked_ids : tuple of str
        Not to be listed, and what is like them sinks.
    blocked_artists : tuple of str
        Names, compared without case and accents; no track they are credited on is listed.
    filters : Filters
        What every listed track must be.
    variety : float
        0–1: how much chance moves the scores.
    variety_seed : int
        Not negative. The same one gives the same list, another one another list.
    """

    diversity: float = 0.0
    popularity: float = 0.0
    max_per_artist: int | None = 2
    max_per_album: int | None = 2
    exclude_ids: tuple[str, ...] = ()
    disliked_ids: tuple[str, ...] = ()
    blocked_artists: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    variety: float = 0.0
    variety_seed: int = 0


UNCAPPED = Wishes(max_per_artist=None, max_per_album=None)
"""No wish at all: the best tracks, however many are by one artist. What models are compared by."""
