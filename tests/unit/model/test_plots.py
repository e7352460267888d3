"""Plots are drawn for ordinary, odd and tiny catalogues; what is in them is counted, not looked at."""

from __future__ import annotations

from io import BytesIO

import pytest
from tests.fakes.track_store import invented_tracks

from quintet.data.dataset import build_dataset
from quintet.model import plots
from quintet.model.features import fit
from quintet.model.map_layout import lay_out


@pytest.mark.parametrize("count", [1, 2, 60])
def test_a_catalogue_of_any_size_can_be_drawn(count: int) -> None:
    dataset = build_dataset(invented_tracks(count))
    for figure in (
        plots.feature_distributions(dataset.tracks),
        plots.feature_correlations(dataset.tracks),
        plots.catalogue_map(lay_out(fit(dataset)), dataset.tracks),
    ):
        picture = BytesIO()
        figure.savefig(picture, format="png", dpi=20)
        assert picture.getvalue().startswith(b"\x89PNG")


def test_the_map_shows_every_track_once_and_names_the_main_genres() -> None:
    dataset = build_dataset(invented_tracks(60))
    (axes,) = plots.catalogue_map(lay_out(fit(dataset)), dataset.tracks).axes
    assert sum(len(points.get_offsets()) for points in axes.collections) == 60
    legend = axes.get_legend()
    assert legend is not None
    names = {text.get_text().rpartition(" (")[0] for text in legend.get_texts()}
    assert {"dance pop", "folk", "jazz", "other"} <= names


def test_a_feature_no_track_has_leaves_an_empty_histogram() -> None:
    tracks = build_dataset(invented_tracks(30)).tracks.assign(liveness=float("nan"))
    figure = plots.feature_distributions(tracks)
    heights = {axes.get_title(): axes.patches[0].get_data().values.sum() for axes in figure.axes}  # type: ignore[attr-defined]
    assert heights["liveness"] == 0
    assert heights["energy"] == 30
