"""The routes of ratings, the day's chart and the operator's overview. The work is in `feedback`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from quintet.api import schemas
from quintet.api.dependencies import CurrentFeedback, CurrentModel, JsonOnly
from quintet.api.observability import note
from quintet.api.openapi import problems
from quintet.api.schemas import feedback as shapes
from quintet.api.served_model import ServedModel
from quintet.data.ratings import VersionRatings

POPULAR = "popular"
router = APIRouter()


@router.post(
    "/ratings",
    tags=["feedback"],
    summary="Rate a track of a list",
    status_code=201,
    dependencies=[JsonOnly],
    responses=problems(404, 408, 413, 415, 422, 429, 503),
)
def rate(said: shapes.RatingRequest, feedback: CurrentFeedback, request: Request) -> shapes.RatingAnswer:
    """Keep a rating; the same list and track again replaces it."""
    listener = feedback.listeners.of(request)
    feedback.rate(listener, said.request_id, said.track_id, said.rating, said.already_known, said.bad)
    note(request, rated=said.request_id)
    return shapes.RatingAnswer(**said.model_dump())


@router.delete(
    "/ratings/{request_id}/{track_id}",
    tags=["feedback"],
    summary="Take a rating back",
    status_code=204,
    responses=problems(422, 429, 503),
)
def withdraw(
    request_id: Annotated[
        str, Path(pattern=shapes.REQUEST_ID, examples=["0b6fd0a5-6d3c-4a43-9f0a-7d4a3d0c5a11"])
    ],
    track_id: Annotated[str, Path(min_length=1, max_length=64, examples=["2nLtzopw4rPReszdYBJU6h"])],
    feedback: CurrentFeedback,
    request: Request,
) -> None:
    """Forget a rating; where there is none, nothing happens."""
    feedback.withdraw(feedback.listeners.of(request), request_id, track_id.replace("\0", ""))
    note(request, withdrawn=request_id)


@router.get(
    "/ratings/summary", tags=["feedback"], summary="Ratings by model version", responses=problems(503)
)
def ratings_summary(feedback: CurrentFeedback) -> shapes.RatingsAnswer:
    """Return the mean of each version's ratings with a 95 % interval, and how many there are."""
    return _ratings(feedback.ratings())


@router.get("/hottest", tags=["songs"], summary="What is popular today", responses=problems(422, 503))
def hottest(
    query: Annotated[schemas.HottestQuery, Query()], model: CurrentModel, feedback: CurrentFeedback
) -> schemas.HottestAnswer:
    """Return the newest chart a crawl read; without one, the catalogue's most popular songs."""
    chart = feedback.chart()
    if chart is None:
        popular = [
            schemas.ChartTrack(**track, rank=rank, change=None, is_in_catalogue=True)
            for rank, track in enumerate(model.most_popular(query.limit), start=1)
        ]
        return schemas.HottestAnswer(date=None, source=POPULAR, items=popular)
    items = [
        schemas.ChartTrack(**place, is_in_catalogue=model.knows(place["track_id"]))
        for place in chart.places[: query.limit]
    ]
    return schemas.HottestAnswer(date=chart.date, source=chart.source, items=items)


@router.get("/overview", tags=["service"], summary="What an operator looks at first", responses=problems(503))
def overview(model: CurrentModel, feedback: CurrentFeedback, request: Request) -> shapes.OverviewAnswer:
    """Return the catalogue, the last crawl, ratings and links; as PostgreSQL last told of them."""
    installation, answers = feedback.installation()
    challenger: ServedModel | None = request.app.state.holder.challenger()
    trial = challenger and feedback.trial(model.version.version, challenger.version.version)
    return shapes.OverviewAnswer(
        catalogue=shapes.CatalogueFacts(tracks=model.catalogue_size, sources=dict(installation.sources)),
        last_crawl=installation.last_crawl and shapes.LastCrawl.model_validate(installation.last_crawl),
        ratings=_ratings(feedback.last_ratings()),
        comparison=trial and shapes.Comparison.model_validate(trial),
        links=feedback.links,
        database_answers=answers,
    )


def _ratings(versions: Sequence[VersionRatings]) -> shapes.RatingsAnswer:
    rated = [shapes.RatedVersion.model_validate(version) for version in versions]
    return shapes.RatingsAnswer(total=sum(version.ratings for version in rated), versions=rated)
