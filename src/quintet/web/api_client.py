"""The page's only way to the API: HTTP in, typed answers or the page's own errors out. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

import requests
from pydantic import BaseModel, ValidationError
from requests.adapters import HTTPAdapter

from quintet.settings import PageSettings
from quintet.web.catalogue_map import Places, TasteMap
from quintet.web.errors import ApiDownError, NoModelYetError, PageError, RefusedError, UnknownTracksError
from quintet.web.hottest import Hottest
from quintet.web.overview import Overview
from quintet.web.tracks import ModelInfo, RatingAnswer, Recommendation, SearchAnswer, Track

# Nobody who listens at all takes longer than this to accept a connection from next door.
CONNECT_TIMEOUT_S = 1.0
# Streamlit gives every visitor a thread; each keeps its connection alive up to this many.
POOL_SIZE = 32
MAX_PLACES = 500  # the API takes no more ids at once

AnswerT = TypeVar("AnswerT", bound=BaseModel)


class ApiClient:
    """Asks the API and understands its answers.

    One client serves all visitors: its connections are kept alive and shared between threads.

    Parameters
    ----------
    settings : PageSettings
        Where the API is, and how many seconds to wait for an answer.
    """

    def __init__(self, settings: PageSettings) -> None:
        self._url = settings.api_url.rstrip("/")
        self._timeouts_s = (min(CONNECT_TIMEOUT_S, settings.timeout_s), settings.timeout_s)
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=POOL_SIZE))

    def model(self) -> ModelInfo:
        """Tell which model answers.

        Raises
        ------
        ApiDownError, NoModelYetError
        """
        return self._ask(ModelInfo, "GET", "/model")

    def search(self, query: str, limit: int, *, live: bool = True) -> SearchAnswer:
        """Find songs matching `query` (1 to 200 characters), best first, at most `limit` (1 to 50).

        Where `live` is false, nobody but the catalogue is asked.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
        """
        return self._ask(
            SearchAnswer, "GET", "/search", params={"q": query, "limit": limit, "live": str(live).lower()}
        )

    def track(self, track_id: str) -> Track:
        """Look up one song.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
        UnknownTracksError
            No such song.
        """
        return self._ask(Track, "GET", f"/tracks/{quote(track_id, safe='')}", asked_for=(track_id,))

    def overview(self) -> Overview:
        """Get what an operator looks at first.

        Raises
        ------
        ApiDownError, NoModelYetError
        """
        return self._ask(Overview, "GET", "/overview")

    def hottest(self, limit: int) -> Hottest:
        """Get the day's chart, at most `limit` (1 to 50) places of it.

        Raises
        ------
        ApiDownError, NoModelYetError
        """
        return self._ask(Hottest, "GET", "/hottest", params={"limit": limit})

    def taste_map(self) -> TasteMap:
        """Get the catalogue in two dimensions.

        Raises
        ------
        ApiDownError, NoModelYetError
        """
        return self._ask(TasteMap, "GET", "/map")

    def places(self, track_ids: tuple[str, ...]) -> Places:
        """Get where songs (1 to 500 track ids) stand on the map; those it does not have are left out.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
        """
        return self._ask(Places, "POST", "/map/places", json={"track_ids": list(track_ids)})

    def recommend(
        self, seeds: tuple[str, ...], k: int, wishes: Mapping[str, Any] | None = None, listener: str = ""
    ) -> Recommendation:
        """Rank the `k` songs (1 to 200) that go best with `seeds` (1 to 20 track ids).

        `wishes` are further fields of the request; `listener` is what this page calls the one who asks.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
        UnknownTracksError
            Names the seeds the served model does not have.
        """
        body = {"seeds": list(seeds), "k": k, **(wishes or {})}
        return self._ask(
            Recommendation, "POST", "/recommend_ranked", json=body, asked_for=seeds, headers=_names(listener)
        )

    def known(self, track_ids: tuple[str, ...]) -> frozenset[str]:
        """Tell which of these songs are in the catalogue.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
        """
        known: set[str] = set()
        for start in range(0, len(track_ids), MAX_PLACES):
            places = self.places(track_ids[start : start + MAX_PLACES]).places
            known.update(place.track_id for place in places)
        return frozenset(known)

    def rate(self, rating: Mapping[str, Any], listener: str = "") -> None:
        """Send what `listener` thinks of a song of a list: the fields of `POST /ratings`.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
            The rating is not kept.
        """
        self._ask(RatingAnswer, "POST", "/ratings", json=dict(rating), headers=_names(listener))

    def withdraw(self, request_id: str, track_id: str, listener: str = "") -> None:
        """Take a rating back.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError
            It stays.
        """
        path = "/".join(("/ratings", quote(request_id, safe=""), quote(track_id, safe="")))
        self._send("DELETE", path, (), headers=_names(listener))

    def _ask(
        self, answer: type[AnswerT], method: str, path: str, asked_for: tuple[str, ...] = (), **content: Any
    ) -> AnswerT:
        response = self._send(method, path, asked_for, **content)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise ApiDownError(f"{method} {path} answered something else than {answer.__name__}") from error

    def _send(self, method: str, path: str, asked_for: tuple[str, ...], **content: Any) -> requests.Response:
        try:
            response = self._session.request(method, self._url + path, timeout=self._timeouts_s, **content)
        except requests.RequestException as error:
            raise ApiDownError(f"{method} {path}: {type(error).__name__}") from error
        if not response.ok:
            raise _error_of(response, asked_for)
        return response


def _names(listener: str) -> dict[str, str]:
    """Name the one who asks: the API sees all listeners at the page's one address."""
    return {"X-Quintet-Listener": listener} if listener else {}


def _error_of(response: requests.Response, asked_for: tuple[str, ...]) -> PageError:
    """Translate an answer that is not a 2xx."""
    status = response.status_code
    said = f"{response.request.method} {response.request.path_url} answered {status}"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return NoModelYetError(said)
    if status == HTTPStatus.NOT_FOUND and (unknown := _unknown_tracks(response, asked_for)):
        return UnknownTracksError(unknown)
    # A 404 that names no track is not ours: another service listens where the API should.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.NOT_FOUND:
        return ApiDownError(said)
    return RefusedError(said)


def _unknown_tracks(response: requests.Response, asked_for: tuple[str, ...]) -> tuple[str, ...]:
    """Find the tracks asked for that a 404 names."""
    try:
        problem = response.json()
    except requests.JSONDecodeError:
        return ()
    if not isinstance(problem, dict):
        return ()
    named = problem.get("unknown_track_ids") or ()
    return tuple(track_id for track_id in asked_for if track_id in named)
