"""The client against a stand-in over real HTTP: answers are typed, every lower error is translated."""

from __future__ import annotations

import time

import pytest
from tests.fakes.api import FakeApi

from quintet.settings import PageSettings
from quintet.web.api_client import ApiClient
from quintet.web.errors import ApiDownError, NoModelYetError, PageError, RefusedError, UnknownTracksError


def everything(client: ApiClient) -> list[PageError]:
    """What each question raises."""
    errors = []
    for ask in (client.model, lambda: client.search("love", 5), lambda: client.recommend(("id0001",), 3)):
        with pytest.raises(PageError) as raised:
            ask()
        errors.append(raised.value)
    return errors


def test_a_search_gives_tracks_best_first(client: ApiClient) -> None:
    found = client.search("사랑", 5)
    assert [track.track_name for track in found.items] == ["사랑의 밤"]
    assert found.total == 1


def test_a_recommendation_has_ranks_scores_and_reasons(client: ApiClient) -> None:
    items = client.recommend(("id0001", "id0002"), 10).items
    assert [item.rank for item in items] == list(range(1, 11))
    assert all(
        sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score) for item in items
    )
    assert all(set(item.reasons.text) == {"en", "ko"} for item in items)


def test_the_model_tells_version_age_and_size(client: ApiClient) -> None:
    model = client.model()
    assert (model.version, model.catalogue_size, model.is_invented) == ("7", 60, True)
    assert model.trained_at is not None
    assert model.trained_at.tzinfo is not None


def test_nobody_at_the_address_means_the_api_is_down(fake_api: FakeApi, client: ApiClient) -> None:
    client.model()
    fake_api.stop()
    assert {type(error) for error in everything(client)} == {ApiDownError}
    fake_api.start()
    assert client.model().version == "7"


def test_an_api_that_hangs_is_given_up_in_time(fake_api: FakeApi) -> None:
    fake_api.delay_s = 3.0
    started = time.monotonic()
    with pytest.raises(ApiDownError):
        ApiClient(PageSettings(api_url=fake_api.url, timeout_s=0.2)).model()
    assert time.monotonic() - started < 1.0


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"items": 5, "version": []}', b"\xff"])
def test_answers_that_are_not_ours_mean_the_api_is_down(
    fake_api: FakeApi, client: ApiClient, body: bytes
) -> None:
    fake_api.body = body
    assert {type(error) for error in everything(client)} == {ApiDownError}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, RefusedError),
        (404, ApiDownError),  # a 404 that names no track: another service listens here
        (422, RefusedError),
        (429, RefusedError),
        (500, ApiDownError),
        (502, ApiDownError),
        (503, NoModelYetError),
    ],
)
def test_every_status_is_translated(
    fake_api: FakeApi, client: ApiClient, status: int, error: type[PageError]
) -> None:
    fake_api.status = status
    assert {type(raised) for raised in everything(client)} == {error}


def test_a_seed_that_vanished_is_named(fake_api: FakeApi, client: ApiClient) -> None:
    del fake_api.tracks["id0002"], fake_api.tracks["id0004"]
    with pytest.raises(UnknownTracksError) as raised:
        client.recommend(("id0001", "id0002", "id0003", "id0004"), 10)
    assert raised.value.track_ids == ("id0002", "id0004")
    with pytest.raises(UnknownTracksError):
        client.track("id0002")


def test_an_id_cannot_leave_its_place_in_the_address(fake_api: FakeApi, client: ApiClient) -> None:
    with pytest.raises(UnknownTracksError):
        client.track("../model?x=1#y")
    assert fake_api.calls == ["GET /tracks/..%2Fmodel%3Fx%3D1%23y"]


def test_connections_are_kept_alive(fake_api: FakeApi, client: ApiClient) -> None:
    for _ in range(5):
        client.search("love", 5)
    assert len(fake_api.connections) == 1
