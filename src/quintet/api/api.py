"""The routes: what is asked, handed to the model, and shaped into the answer.

No model is loaded here (`model_holder`), no error worded (`error_responses`), no setting read.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Path, Query, Request, Response

from quintet.api import error_responses, feedback_routes, map_routes, schemas
from quintet.api.dependencies import CurrentFeedback, CurrentModel, JsonOnly, Live, Measured, ModelsOnline
from quintet.api.draft import Caps
from quintet.api.feedback import Feedback
from quintet.api.live import mixing
from quintet.api.live.songs import LiveSongs
from quintet.api.middleware import RequestContext
from quintet.api.model_holder import ModelHolder
from quintet.api.observability import Measurements, note
from quintet.api.online import TrialOptions
from quintet.api.openapi import describe, problems, serve_docs
from quintet.api.served_model import MODEL_NAME
from quintet.ports import CHAMPION

router = APIRouter()
ROUTERS = (router, feedback_routes.router, map_routes.router)


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
        total, rows = mixing.search(model, live if query.live else None, query.q, query.limit, query.offset)
    note(request, items=len(rows), total=total)
    return schemas.SearchAnswer(query=query.q, total=total, items=[schemas.FoundTrack(**row) for row in rows])


@router.post(
    "/recommend_ranked",
    tags=["songs"],
    summary="Recommend songs that go with the seeds",
    dependencies=[JsonOnly],
    responses=problems(404, 408, 413, 415, 422, 503),
)
def recommend_ranked(
    wish: schemas.RecommendRequest,
    models: ModelsOnline,
    live: Live,
    measured: Measured,
    feedback: CurrentFeedback,
    request: Request,
) -> schemas.RecommendAnswer:
    """Rank the catalogue by likeness to the seeds; no seed comes back, nor another release of one.

    Where the installation has a Spotify app, any song of Spotify may be a seed: its genres and audio features
    are looked up. `warnings` tell what was not found; an id that nobody knows, or that could not be looked up
    in time, is a 404 that says so.
    """
    seeds = tuple(dict.fromkeys(wish.seeds))
    note(request, seeds=len(wish.seeds), k=wish.k)
    wishes, caps = wish.wishes(), Caps(wish.max_per_artist, wish.max_per_album)
    known, guests = mixing.part_seeds(models.champion, live, seeds)
    listener, request_id = feedback.listeners.of(request), request.state.request_id
    with measured.model_task("recommend"):
        answered = models.answer(
            listener.key, seeds, wish.k, caps, lambda model, k: model.recommend(known, k, wishes, guests)
        )
    found, model = answered.found, answered.model
    note(request, items=len(found.items), model_version=answered.model_version)
    feedback.served(listener, request_id, seeds, wish.k, found.items, answered.online)
    repeated = len(wish.seeds) - len(seeds)
    warnings = [f"{repeated} repeated seed(s) counted once"] if repeated else []
    return schemas.RecommendAnswer(
        request_id=request_id,
        model_version=answered.model_version,
        items=[schemas.RankedTrack(**row) for row in found.items],
        tastes=[schemas.Taste.model_validate(taste) for taste in found.tastes],
        list_metrics=schemas.ListMetrics.model_validate(found.list_metrics),
        audio_profile=schemas.AudioProfile(
            seeds=model.audio_profile(known, guests),
            items=model.audio_profile([row["track_id"] for row in found.items]),
        ),
        warnings=warnings + found.warnings,
    )


@router.get(
    "/tracks/{track_id}",
    tags=["songs"],
    summary="One song with its audio features",
    responses=problems(404, 422, 503),
)
def track(
    track_id: Annotated[str, Path(min_length=1, max_length=64, examples=["2nLtzopw4rPReszdYBJU6h"])],
    model: CurrentModel,
    live: Live,
) -> schemas.TrackDetail:
    """Return a song with its audio features; with a Spotify app, songs outside the catalogue too."""
    row = mixing.track(model, live, track_id)
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


def _lifespan(holder: ModelHolder, feedback: Feedback) -> Lifespan:
    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[None]:
        await to_thread.run_sync(holder.open_last_good)
        holder.start()
        feedback.start()
        yield
        await to_thread.run_sync(feedback.stop)
        await to_thread.run_sync(holder.stop)

    return run


def create_api(
    holder: ModelHolder,
    retry_after_s: float,
    body_timeout_s: float = 10.0,
    feedback: Feedback | None = None,
    live: LiveSongs | None = None,
    trial: TrialOptions | None = None,
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
    feedback : Feedback or None
        Takes what listeners did; None: there is no database.
    live : LiveSongs or None
        Who asks for songs outside the catalogue; None: nobody is asked.
    trial : TrialOptions or None
        How a challenger takes part, while there is one; None: as by default.
    """
    feedback = feedback or Feedback()
    app = FastAPI(
        title="Quintet",
        version=version("quintet"),
        summary="Five songs in, a ranked list out.",
        lifespan=_lifespan(holder, feedback),
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redirect_slashes=False,
    )
    measurements = Measurements(holder, feedback.recorder)
    app.state.holder, app.state.measurements, app.state.retry_after_s = holder, measurements, retry_after_s
    app.state.feedback, app.state.live, app.state.trial = feedback, live, trial
    for each in ROUTERS:
        app.include_router(each)
    error_responses.install(app)
    app.add_middleware(RequestContext, measurements=measurements, body_timeout_s=body_timeout_s)
    describe(app)
    serve_docs(app)
    return app
