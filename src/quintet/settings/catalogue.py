"""What the first start loads and trains; a crawl's settings are in `crawl`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from quintet.settings.reading import EnvironmentSettings


class CatalogueSettings(EnvironmentSettings):
    """What the first start loads."""

    catalogue: str = Field(
        "auto",
        alias="QUINTET_CATALOGUE",
        description="what the first start loads: demo, auto, or paths joined by commas",
    )
    artist_genres: Path | None = Field(
        None, alias="QUINTET_ARTIST_GENRES", description="CSV of artist name and genre list to join on load"
    )
    demo_dir: Path = Field(
        Path("dataset/demo"), alias="QUINTET_DEMO_DIR", description="folder of the bundled demo catalogue"
    )
    download_url: str = Field(
        "https://raw.githubusercontent.com/rfordatascience/tidytuesday/main/data/2020/2020-01-21/spotify_songs.csv",
        alias="QUINTET_DOWNLOAD_URL",
        description="where `auto` finds the public file; another address must hold the very same bytes",
    )
    max_rejected_share: float = Field(
        0.25,
        alias="QUINTET_MAX_REJECTED_SHARE",
        ge=0,
        le=1,
        description="a file with a larger share of rejected rows is refused whole",
    )


class TrainingSettings(EnvironmentSettings):
    """How a model is trained where the caller says nothing."""

    genre_weight: float = Field(
        0.5, alias="QUINTET_GENRE_WEIGHT", ge=0, le=1, description="share of the genre block in a score"
    )
