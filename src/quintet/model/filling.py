"""The longest list two caps allow, where taking the best tracks first leaves places empty.

A song may be on several albums: listed from a full one, it takes a place that only another song could have.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix
from scipy.sparse.csgraph import maximum_flow

from quintet.model.ranking import Rules
from quintet.model.terms import Groups, Rows

Places = NDArray[np.intp]
Room = NDArray[np.int32]
UNLIMITED = 2**30


def longest(rules: Rules) -> Rows:
    """Return as many rows as can stand in one list, whatever their scores.

    Maximum flow: from a source through artists, songs and albums to a sink, one unit a track.

    Parameters
    ----------
    rules : Rules
        With two caps, the first of which says one thing of all versions of a song.
    """
    rows = _allowed(rules)
    if not len(rows):
        return rows
    artist_cap, album_cap = rules.caps
    artist, artist_room = _room(artist_cap.groups[rows], artist_cap.most)
    album, album_room = _room(album_cap.groups[rows], album_cap.most)
    song = np.unique(rules.tracks.song[rows], return_inverse=True)[1]
    # Nodes: the source is 0, then artists, songs, albums, and the sink.
    artist = artist + 1
    song = song + 1 + len(artist_room)
    album = album + 1 + int(song.max())
    links = [np.stack(ends, axis=1) for ends in ((artist, song), (song, album))]
    graph = _graph(links, artist_room, album_room, int(album.max()) + 1)
    flow = maximum_flow(csr_array(graph), 0, graph.shape[0] - 1).flow
    taken = np.flatnonzero(np.asarray(flow[song, album]).ravel() > 0)
    return rows[taken[np.unique(song[taken], return_index=True)[1]]]  # releases on one album: one of them


def _graph(links: Sequence[Places], artist_room: Room, album_room: Room, sink: int) -> csr_matrix[np.int32]:
    """Return what can flow from each node to each other, int32, shape (nodes, nodes)."""
    pairs = np.unique(np.concatenate(links), axis=0)
    artists, albums = 1 + np.arange(len(artist_room)), sink - len(album_room) + np.arange(len(album_room))
    begins = np.concatenate([np.zeros_like(artists), pairs[:, 0], albums])
    ends = np.concatenate([artists, pairs[:, 1], np.full_like(albums, sink)])
    room = np.concatenate([artist_room, np.ones(len(pairs), np.int32), album_room])
    return csr_matrix((room, (begins, ends)), shape=(sink + 1, sink + 1), dtype=np.int32)


def _allowed(rules: Rules) -> Rows:
    songs = rules.tracks.song
    mask = ~np.isin(songs, songs[rules.barred])
    return np.flatnonzero(mask if rules.mask is None else mask & rules.mask)


def _room(groups: Groups, most: int) -> tuple[Places, Room]:
    """Return each row's group, numbered from 0, and how many tracks each group has room for."""
    present, place = np.unique(groups, return_inverse=True)
    return place, np.where(present == 0, UNLIMITED, most).astype(np.int32)
