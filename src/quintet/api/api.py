"""The routes: what is asked, handed to the model, and shaped into the answer.

No model is loaded here (`model_holder`), no error worded (`error_responses`), no setting read.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Response

from quintet.api import error_responses, map_routes, schemas
from quintet.api.dependencies import CurrentModel, Live, Measured, json_only
from quintet.api.live import mixing
from quintet.api.live.songs import LiveSongs
from quintet.api.middleware import RequestContext
from quintet.api.model_holder import ModelHolder
from quintet.api.observability import Measurements, note
from quintet.api.openapi import describe, problems, serve_docs
from quintet.api.served_model import MODEL_NAME
from quintet.ports import CHAMPION
from quintet.ports.crawl import ChartBoard

router = APIRouter()


# Routes that compute are plain functions: they run in threads, where numpy and the search index let go of the
# interpreter, so that a long list or a large catalogue never holds up a health check.
@router.get(
    "/search", tags=["songs"], summary="Find songs by words of title and artist", responses=problems(422, 503)
)
def search(
    query: Annotated[schemas.SearchQuery, Query()],
    model: CurrentModel,
    live: Live,
    measured: Measured,
    request: Request,
) -> schemas.SearchAnswer:
    """Find songs: prefixes, several words, accents and case ignored, small typing errors forgiven.

    Where the installation has a Spotify app and its catalogue has few good matches, songs of Spotify that it
    lacks follow (`is_in_catalogue` false), if Spotify answers at once.
    """
    with measured.model_task("search"):
        total, rows = mixing.search(model, live, query.q, query.limit, query.offset)
    note(request, items=len(rows), total=total)
    return schemas.SearchAnswer(query=query.q, total=total, items=[schemas.FoundTrack(**row) for row in rows])


@router.post(
    "/recommend_ranked",
    tags=["songs"],
    summary="Recommend songs that go with the seeds",
    dependencies=[Depends(json_only)],
    responses=problems(404, 408, 413, 415, 422, 503),
)
def recommend_ranked(
    wish: schemas.RecommendRequest, model: CurrentModel, measured: Measured, request: Request
) -> schemas.RecommendAnswer:
    """Rank the catalogue by likeness to the seeds; no seed comes back, nor another release of one."""
    seeds = tuple(dict.fromkeys(wish.seeds))
    note(request, seeds=len(wish.seeds), k=wish.k, model_version=model.version.version)
    with measured.model_task("recommend"):
        rows, warnings = model.recommend(seeds, wish.k)
    note(request, items=len(rows))
    if len(seeds) < len(wish.seeds):
        warnings = [f"{len(wish.seeds) - len(seeds)} repeated seed(s) counted once", *warnings]
    return schemas.RecommendAnswer(
        request_id=request.state.request_id,
        model_version=model.version.version,
        items=[schemas.RankedTrack(**row) for row in rows],
        audio_profile=schemas.AudioProfile(
            seeds=model.audio_profile(seeds), items=model.audio_profile([row["track_id"] for row in rows])
        ),
        warnings=warnings,
    )


@router.get("/hottest", tags=["songs"], summary="What is popular today", responses=problems(422, 503))
def hottest(
    query: Annotated[schemas.HottestQuery, Query()], model: CurrentModel, request: Request
) -> schemas.HottestAnswer:
    """Return the newest chart the morning crawl read; empty where there is none."""
    chart = request.app.state.board.read() if request.app.state.board is not None else None
    if chart is None:
        return schemas.HottestAnswer(date=None, source=None, items=[])
    items = [
        schemas.ChartTrack(**place, is_in_catalogue=model.knows(place["track_id"]))
        for place in chart.places[: query.limit]
    ]
    return schemas.HottestAnswer(date=chart.date, source=chart.source, items=items)


@router.get(
    "/tracks/{track_id}",
    tags=["songs"],
    summary="One song with its audio features",
    responses=problems(404, 422, 503),
)
async def track(
    track_id: Annotated[str, Path(min_length=1, max_length=64, examples=["2nLtzopw4rPReszdYBJU6h"])],
    model: CurrentModel,
) -> schemas.TrackDetail:
    """Return a song of the catalogue with its audio features."""
    row = model.track(track_id)
    return schemas.TrackDetail(**row, audio_features=schemas.AudioFeatures(**row))


@router.get("/model", tags=["service"], summary="The model that answers", responses=problems(503))
async def model(model: CurrentModel) -> schemas.ModelAnswer:
    """Tell which model answers, how old it is, and how well it did when it was evaluated."""
    return schemas.ModelAnswer(
        name=MODEL_NAME,
        version=model.version.version,
        alias=CHAMPION,
        trained_at=model.trained_at,
        catalogue_size=model.catalogue_size,
        metrics=dict(model.metrics),
        fingerprint=model.fingerprint,
        is_invented=model.is_invented,
    )


@router.get("/health/live", tags=["service"], summary="Does the process answer?")
async def live() -> schemas.Health:
    """Answer, whatever the model does."""
    return schemas.Health(status="live")


@router.get("/health/ready", tags=["service"], summary="Does a model answer?", responses=problems(503))
async def ready(model: CurrentModel, request: Request) -> schemas.Health:
    """Answer 200 when a model that passed its smoke query is in place, else 503."""
    answers = request.app.state.holder.registry_answers
    return schemas.Health(status="ready", model_version=model.version.version, registry_answers=answers)


@router.get("/metrics", tags=["service"], summary="Prometheus metrics", response_class=Response)
async def metrics(measured: Measured) -> Response:
    """Return the metrics in Prometheus' text format."""
    return Response(measured.text(), media_type="text/plain; version=0.0.4")


Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def _lifespan(holder: ModelHolder) -> Lifespan:
    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[None]:
        await to_thread.run_sync(holder.open_last_good)
        holder.start()
        yield
        await to_thread.run_sync(holder.stop)

    return run


def create_api(
    holder: ModelHolder,
    retry_after_s: float,
    body_timeout_s: float = 10.0,
    board: ChartBoard | None = None,
    live: LiveSongs | None = None,
) -> FastAPI:
    """Return the application; it touches neither disk nor network until it starts.

    Parameters
    ----------
    holder : ModelHolder
        Opened and set watching when the application starts.
    retry_after_s : float
        What a caller is told to wait while there is no model.
    body_timeout_s : float
        What a caller may take between two parts of a body.
    board : ChartBoard or None
        Where the day's chart hangs.
    live : LiveSongs or None
        Who asks for songs outside the catalogue; None: nobody is asked.
    """
    app = FastAPI(
        title="Quintet",
        version=version("quintet"),
        summary="Five songs in, a ranked list out.",
        lifespan=_lifespan(holder),
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redirect_slashes=False,
    )
    measurements = Measurements(holder)
    app.state.holder, app.state.measurements, app.state.retry_after_s = holder, measurements, retry_after_s
    app.state.board, app.state.live = board, live
    app.include_router(router)
    app.include_router(map_routes.router)
    error_responses.install(app)
    app.add_middleware(RequestContext, measurements=measurements, body_timeout_s=body_timeout_s)
    describe(app)
    serve_docs(app)
    return app
