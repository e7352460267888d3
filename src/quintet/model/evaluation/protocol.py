"""Held-out lists: five seeds of a playlist go in, its other recordings are the truth. No ranking here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from quintet.data.schema import Columns

LEAST_RECORDINGS, SEEDS = 15, 5
SHARED, FOLDS = 0.3, 5
SEED = 20_200_121
PLAYLISTS, ARTISTS = "playlists", "artists"


@dataclass(frozen=True, slots=True)
class HeldOutList:
    """A playlist cut in two.

    Parameters
    ----------
    list_id, name : str
        Of the playlist.
    seeds : tuple of str
        Track ids, of distinct recordings.
    truth : frozenset of int
        The other recordings.
    group, fold : int
        Lists that share much are one group, and a group is in one fold.
    """

    list_id: str
    name: str
    seeds: tuple[str, ...]
    truth: frozenset[int]
    group: int = 0
    fold: int = 0


@dataclass(frozen=True, eq=False)
class Protocol:
    """Lists to be judged by, and the snapshot they belong to.

    Parameters
    ----------
    lists : sequence of HeldOutList
        In the order of their ids.
    recording_of : mapping of str to int
        Of every track of the snapshot, by id.
    source : str
        "playlists"; or "artists" where there are none: the tracks of one artist then stand for a list, and
        numbers say whether artists hang together, not whether listeners agree.
    """

    lists: Sequence[HeldOutList]
    recording_of: Mapping[str, int]
    source: str = PLAYLISTS

    def sample(self, count: int) -> Protocol:
        """Return the same protocol over `count` lists, evenly spaced; over all, if there are no more."""
        if count >= len(self.lists):
            return self
        places = np.linspace(0, len(self.lists) - 1, count).round().astype(int)
        return Protocol([self.lists[place] for place in places], self.recording_of, self.source)

    def of_fold(self, fold: int) -> Protocol:
        """Return the same protocol over the lists of one fold."""
        return Protocol([one for one in self.lists if one.fold == fold], self.recording_of, self.source)


def held_out(tracks: pd.DataFrame, playlists: pd.DataFrame, draw: int = 0) -> Protocol:
    """Make the protocol of a snapshot.

    Parameters
    ----------
    tracks : DataFrame
        `track_id`, `recording`, `artists`: a data set's tracks.
    playlists : DataFrame
        `playlist_id`, `playlist_name`, `track_id`; tracks that are not in `tracks` are passed over.
    draw : int
        Another number draws other seeds.

    Returns
    -------
    Protocol
        Of the playlists with at least `LEAST_RECORDINGS` recordings; of artists' tracks, at least as many of
        each, where there is no such playlist.
    """
    recording_of = dict(zip(tracks[Columns.TRACK_ID], tracks[Columns.RECORDING].astype(int), strict=True))
    entries = playlists[playlists[Columns.TRACK_ID].isin(recording_of.keys())]
    lists = _cut(entries, recording_of, draw)
    if lists:
        return Protocol(_grouped(lists, recording_of), recording_of)
    return Protocol(_cut(_by_artist(tracks), recording_of, draw), recording_of, ARTISTS)


def _by_artist(tracks: pd.DataFrame) -> pd.DataFrame:
    first = tracks[Columns.ARTISTS].str[0]
    columns = {Columns.PLAYLIST_ID: first, Columns.PLAYLIST_NAME: first}
    return tracks[[Columns.TRACK_ID]].assign(**columns).dropna()


def _cut(entries: pd.DataFrame, recording_of: Mapping[str, int], draw: int) -> list[HeldOutList]:
    """Draw the seeds of every list that is long enough; the draw depends on the list's place among them."""
    lists: list[HeldOutList] = []
    for list_id, found in entries.groupby(Columns.PLAYLIST_ID, sort=True):
        by_recording = {recording_of[track_id]: track_id for track_id in sorted(found[Columns.TRACK_ID])}
        if len(by_recording) < LEAST_RECORDINGS:
            continue
        recordings = np.array(sorted(by_recording))
        random = np.random.default_rng([SEED, draw, len(lists)])
        seeds = random.choice(recordings, SEEDS, replace=False).tolist()
        truth = frozenset(recordings.tolist()) - frozenset(seeds)
        ids = tuple(by_recording[seed] for seed in seeds)
        lists.append(HeldOutList(str(list_id), str(found[Columns.PLAYLIST_NAME].iloc[0]), ids, truth))
    return lists


def _grouped(lists: Sequence[HeldOutList], recording_of: Mapping[str, int]) -> list[HeldOutList]:
    """Return the lists with their groups and folds."""
    groups = _groups([one.truth | {recording_of[seed] for seed in one.seeds} for one in lists])
    folds = _folds(groups)
    return [
        HeldOutList(one.list_id, one.name, one.seeds, one.truth, int(group), int(folds[group]))
        for one, group in zip(lists, groups, strict=True)
    ]


def _groups(members: Sequence[frozenset[int]]) -> NDArray[np.int32]:
    """Return each list's group: chains of lists that share `SHARED` of the shorter one's recordings."""
    columns = np.concatenate([sorted(member) for member in members])
    sizes = np.array([len(member) for member in members])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    table = csr_matrix((np.ones(len(columns)), columns, starts))
    shared = (table @ table.T).tocoo()
    enough = shared.data >= SHARED * np.minimum(sizes[shared.row], sizes[shared.col])
    near = csr_matrix((shared.data[enough], (shared.row[enough], shared.col[enough])), shape=shared.shape)
    return np.asarray(connected_components(near, directed=False)[1], dtype=np.int32)


def _folds(groups: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return each group's fold: the largest first, each to the fold with the fewest lists."""
    sizes = np.bincount(groups)
    filled, folds = np.zeros(FOLDS, dtype=int), np.zeros(len(sizes), dtype=int)
    for group in np.argsort(-sizes, kind="stable"):
        folds[group] = filled.argmin()
        filled[folds[group]] += sizes[group]
    return folds
