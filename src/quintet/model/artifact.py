"""The model as a folder of data files: written whole or not at all, checked, memory-mapped; no pickle.

What the files mean is in `tracks`, `genres`, `audio` and `search_index`; their checksums are `manifest`'s.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from quintet.errors import ArtifactError
from quintet.model.album_term import AlbumBlock
from quintet.model.artist_terms import ArtistBlock
from quintet.model.audio import AudioBlock, AudioScale
from quintet.model.columns import TextColumn
from quintet.model.config import ModelConfig
from quintet.model.fitted import FittedModel
from quintet.model.forest import Forest
from quintet.model.genres import GenreBlock
from quintet.model.manifest import FORMAT, Manifest, checksums, read_manifest, verify
from quintet.model.near_term import NumberBlock
from quintet.model.reranking import Reranker
from quintet.model.search_index import write_index
from quintet.model.sparse_rows import SparseRows
from quintet.model.tracks import TrackTable

__all__ = ["SEARCH_FOLDER", "load", "read_manifest", "verify", "write"]

SEARCH_FOLDER = "search"
MAP = "map_places"
RERANKER = "playlist_vectors"
_TREES = ("columns", "thresholds", "remaining", "parts")
_LIBRARIES = ("numpy", "scipy", "tantivy", "rapidfuzz", "quintet")


def write(fitted: FittedModel, folder: Path, metrics: Mapping[str, float] | None = None) -> Manifest:
    """Write a fitted model, its search index and its manifest as a folder.

    Written beside and renamed, so that `folder` is always whole: the old artifact or the new one.

    Parameters
    ----------
    fitted : FittedModel
        The model.
    folder : Path
        Where the artifact is to be; what was there is replaced.
    metrics : mapping of str to float, optional
        Kept in the manifest.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        beside.chmod(0o755)
        manifest = _write_into(beside, fitted, metrics or {})
        _swap(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def _write_into(folder: Path, fitted: FittedModel, metrics: Mapping[str, float]) -> Manifest:
    for name, array in _arrays(fitted).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    write_index(fitted.tracks, folder / SEARCH_FOLDER)
    manifest = Manifest(
        format=FORMAT,
        fingerprint=fitted.fingerprint,
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        tracks=len(fitted.tracks),
        parameters={"config": fitted.config.as_dict(), "audio_scale": asdict(fitted.audio.scale)},
        metrics={name: float(value) for name, value in metrics.items() if np.isfinite(value)},
        libraries={name: version(name) for name in _LIBRARIES},
        files=checksums(folder),
    )
    manifest.write(folder)
    return manifest


def _swap(beside: Path, folder: Path) -> None:
    """Put a finished folder in place of another, which is removed only then."""
    old = beside.with_name(beside.name + ".old")
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> FittedModel:
    """Read an artifact, its arrays memory-mapped.

    Checks format and shapes, not every byte: that is `verify`'s work, done once after a download.

    Raises
    ------
    ArtifactError
        If the folder is of another format, or a file is missing, malformed or of another length.
    """
    manifest = read_manifest(folder)
    try:
        model = _model(manifest, lambda name: _map(folder, name))
    except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
        raise ArtifactError(f"artifact {folder.name} cannot be read: {error}") from error
    blocks = (model.genres.set_of_row, model.audio.lengths, model.artists.of_row, model.albums.of_row)
    lengths = {len(model.tracks), len(model.years.of_row), *(len(block) for block in blocks)}
    lengths |= {len(model.places)} - {0}  # no map is fine, half a map is not
    lengths |= {len(model.reranker.vectors)} if model.reranker is not None else set()
    if lengths != {manifest.tracks}:
        raise ArtifactError(f"artifact {folder.name} has files of different lengths: {sorted(lengths)}")
    return model


def _map(folder: Path, name: str) -> NDArray[Any]:
    """Memory-map one array; an empty one, which cannot be mapped, is read."""
    path = folder / f"{name}.npy"
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:
        return np.asarray(np.load(path, allow_pickle=False))


def _arrays(fitted: FittedModel) -> dict[str, NDArray[Any]]:
    """Return every array of a model by file name."""
    arrays: dict[str, NDArray[Any]] = {
        "genre_idf": fitted.genres.idf,
        "genre_values": fitted.genres.vectors.matrix.data,
        "genre_columns": fitted.genres.vectors.matrix.indices.astype(np.int32),
        "genre_starts": fitted.genres.vectors.matrix.indptr.astype(np.int32),
        "audio_axes": fitted.audio.axes,
        "audio_vectors": fitted.audio.unit_vectors,
        "audio_lengths": fitted.audio.lengths,
        "artist_of_row": fitted.artists.of_row,
        "artist_scenes": fitted.artists.scenes,
        "album_of_row": fitted.albums.of_row,
        "album_values": fitted.albums.vectors.matrix.data,
        "album_columns": fitted.albums.vectors.matrix.indices.astype(np.int32),
        "album_starts": fitted.albums.vectors.matrix.indptr.astype(np.int32),
        "date_of_row": fitted.years.of_row,
        "date_years": fitted.years.values,
        "date_has_year": fitted.years.known,
        "date_days": fitted.days.values,
        "date_has_day": fitted.days.known,
        MAP: fitted.places,
        **_reranker_arrays(fitted.reranker),
        **_text_arrays("genre_terms", TextColumn.of(fitted.genres.terms)),
    }
    for field in fields(fitted.tracks):
        value = getattr(fitted.tracks, field.name)
        is_text = isinstance(value, TextColumn)
        arrays |= _text_arrays(field.name, value) if is_text else {f"track_{field.name}": value}
    return arrays


def _reranker_arrays(reranker: Reranker | None) -> dict[str, NDArray[Any]]:
    if reranker is None:
        return {}
    forest = {f"trees_{name}": getattr(reranker.forest, name) for name in _TREES}
    named = _text_arrays("tree_features", TextColumn.of(reranker.forest.features))
    return {RERANKER: reranker.vectors, **forest, **named}


def _text_arrays(name: str, column: TextColumn) -> dict[str, NDArray[Any]]:
    return {f"text_{name}": column.data, f"text_{name}_offsets": column.offsets}


def _model(manifest: Manifest, array: Any) -> FittedModel:
    """Put a model together from its arrays."""

    def text(name: str) -> TextColumn:
        return TextColumn(array(f"text_{name}"), array(f"text_{name}_offsets"))

    columns: dict[str, Any] = {
        field.name: text(field.name) if "TextColumn" in str(field.type) else array(f"track_{field.name}")
        for field in fields(TrackTable)
    }
    scale = manifest.parameters["audio_scale"]
    audio_scale = AudioScale(tuple(scale["centre"]), tuple(scale["unit"]), scale["length"])
    terms = tuple(text("genre_terms"))
    dates = array("date_of_row")  # one array for years and days, so that they are gathered once
    return FittedModel(
        config=ModelConfig(**manifest.parameters["config"]),
        tracks=TrackTable(**columns),
        genres=GenreBlock(
            terms, array("genre_idf"), _sparse(array, "genre", len(terms)), columns["genre_set"]
        ),
        audio=AudioBlock(
            audio_scale,
            array("audio_axes"),
            columns["features"],
            array("audio_vectors"),
            array("audio_lengths"),
        ),
        artists=ArtistBlock(array("artist_of_row"), array("artist_scenes")),
        albums=AlbumBlock(array("album_of_row"), _sparse(array, "album")),
        years=NumberBlock(array("date_years"), array("date_has_year"), dates),
        days=NumberBlock(array("date_days"), array("date_has_day"), dates),
        fingerprint=manifest.fingerprint,
        reranker=_reranker(array, text) if f"{RERANKER}.npy" in manifest.files else None,
        **({"places": array(MAP)} if f"{MAP}.npy" in manifest.files else {}),  # an older artifact has no map
    )


def _reranker(array: Any, text: Callable[[str], TextColumn]) -> Reranker:
    trees = {name: array(f"trees_{name}") for name in _TREES}
    return Reranker(Forest(tuple(text("tree_features")), **trees), array(RERANKER))


def _sparse(array: Any, name: str, width: int | None = None) -> SparseRows:
    """Put sparse rows together; its width is that of its last column where it is not told."""
    values, columns, starts = array(f"{name}_values"), array(f"{name}_columns"), array(f"{name}_starts")
    if width is None:
        width = int(columns.max()) + 1 if len(columns) else 0
    return SparseRows(csr_matrix((values, columns, starts), shape=(len(starts) - 1, width)))
