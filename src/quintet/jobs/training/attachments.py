"""What a training attaches to its run: profile, tables, plots and the model card, as files in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quintet.data import profile
from quintet.data.dataset import Dataset
from quintet.model import plots
from quintet.model.evaluation.table import Comparison
from quintet.model.fitted import FittedModel

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def attach_catalogue(dataset: Dataset, fitted: FittedModel, folder: Path) -> None:
    """Write the data profile and the pictures of the catalogue."""
    found = profile.profile(dataset)
    (folder / "plots").mkdir(parents=True)
    (folder / "data_profile.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    (folder / "data_profile.md").write_text(profile.as_markdown(found), "utf-8")
    _draw(
        folder,
        {
            "feature_distributions": plots.feature_distributions(dataset.tracks),
            "feature_correlations": plots.feature_correlations(dataset.tracks),
            "catalogue_map": plots.catalogue_map(fitted.places, dataset.tracks),
        },
    )


def attach_quality(found: Comparison, importance: Mapping[str, float], folder: Path) -> None:
    """Write the tables of held-out lists and their pictures; `importance` is by feature of the re-ranker."""
    (folder / "quality.md").write_text(found.as_markdown(), "utf-8")
    figures = {"quality": plots.quality(found), "slices": plots.slices(found)}
    if importance:
        figures["feature_importance"] = plots.feature_importance(importance)
    _draw(folder, figures)


def _draw(folder: Path, figures: Mapping[str, Figure]) -> None:
    for name, figure in figures.items():
        figure.savefig(folder / "plots" / f"{name}.png", dpi=90)
