"""The page's client and the real API understand each other, answers and refusals alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.running_app import running

from quintet.api.api import create_api
from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.model.artifact import verify
from quintet.settings import PageSettings
from quintet.web.api_client import ApiClient
from quintet.web.errors import NoModelYetError, RefusedError, UnknownTracksError
from quintet.web.list_words import notes
from quintet.web.state import read_state
from quintet.web.texts import KO

SEEDS = ("t00000", "t00011", "t00022")


def serve(folder: Path, *artifacts: Path) -> Iterator[ApiClient]:
    registry = InMemoryRegistry(folder / "registry")
    for artifact in artifacts:
        register(registry, artifact)
    holder = ModelHolder(lambda: registry, ModelFiles(folder / "models", verify), 60.0)
    holder.refresh()
    with running(create_api(holder, 1.0)) as port:
        yield ApiClient(PageSettings(QUINTET_API_URL=f"http://127.0.0.1:{port}"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, make_artifact: Callable[..., Path]) -> Iterator[ApiClient]:
    yield from serve(tmp_path_factory.mktemp("page"), make_artifact(300, True))


def test_the_page_reads_the_model(page: ApiClient) -> None:
    model = page.model()
    assert (model.version, model.catalogue_size, model.is_invented) == ("1", 300, True)
    assert model.trained_at is not None


def test_the_page_finds_songs_and_reads_one(page: ApiClient) -> None:
    found = page.search("amber river", 5)
    assert found.total >= len(found.items) > 0
    assert page.track(found.items[0].track_id) == found.items[0]
    assert found.items[0].is_invented
    assert found.items[0].spotify_url is None


def test_the_page_reads_a_list_with_its_reasons(page: ApiClient) -> None:
    answer = page.recommend(SEEDS, 10)
    assert [item.rank for item in answer.items] == list(range(1, 11))
    for item in answer.items:
        assert sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score, abs=1e-3)
        assert item.reasons.closest_seed in SEEDS
        assert set(item.reasons.text) == {"en", "ko"}


def test_what_the_api_warns_of_is_told_in_korean(page: ApiClient) -> None:
    wishes = {"filters": {"genres": ["jazz"], "year_min": 2015}, "exclude_ids": ["t00002"]}
    answer = page.recommend(SEEDS, 200, wishes)
    assert answer.warnings
    assert all(re.search("[가-힣]", said) for said in notes(answer, {}, KO))


def test_the_page_writes_what_every_control_means_as_the_api_reads_it(page: ApiClient) -> None:
    params = {
        "popularity": "-1",
        "diversity": "0.5",
        "per_artist": "all",
        "year_max": "2010",
        "explicit": "no",
    }
    params |= {"length": "medium", "scripts": "latin|hangul", "genres": "jazz", "exclude_genres": "nu metal"}
    params |= {"blocked_artists": "Artist 5", "another": "3", "disliked": "t00007", "passed": "t00008"}
    state = read_state({"seeds": ",".join(SEEDS), **params}, None)
    answer = page.recommend(state.seeds, state.k, state.wishes())
    assert answer.items
    assert all(item.genres == ("jazz",) and not item.explicit for item in answer.items)
    assert answer.list_metrics.artists == len({item.artists[0] for item in answer.items})


def test_the_page_learns_which_seeds_are_unknown(page: ApiClient) -> None:
    with pytest.raises(UnknownTracksError) as caught:
        page.recommend((*SEEDS, "nobody"), 10)
    assert caught.value.track_ids == ("nobody",)


def test_the_page_learns_that_a_query_is_refused(page: ApiClient) -> None:
    with pytest.raises(RefusedError):
        page.search("\0", 5)


def test_the_page_learns_that_there_is_no_model_yet(tmp_path: Path) -> None:
    for client in serve(tmp_path):
        with pytest.raises(NoModelYetError):
            client.model()
