"""The routes of the taste map; what it shows is `quintet.model.taste_map`'s."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from quintet.api import schemas
from quintet.api.dependencies import CurrentModel, json_only
from quintet.api.openapi import problems

router = APIRouter(prefix="/map", tags=["songs"])


@router.get("", summary="The catalogue as a map", responses=problems(503))
def taste_map(model: CurrentModel) -> schemas.MapAnswer:
    """Return a sample of the catalogue in two dimensions, alike songs beside each other, and its regions."""
    found = model.taste_map
    return schemas.MapAnswer(
        model_version=model.version.version,
        points=[schemas.MapPoint(**point) for point in found.points],
        regions=[schemas.MapRegion(**region) for region in found.regions],
    )


@router.post(
    "/places",
    summary="Where songs stand on the map",
    dependencies=[Depends(json_only)],
    responses=problems(408, 413, 415, 422, 503),
)
def places(wish: schemas.PlacesRequest, model: CurrentModel) -> schemas.PlacesAnswer:
    """Return the places of songs, in the order asked; songs the catalogue lacks are left out."""
    found = model.taste_map.places_of(wish.track_ids)
    return schemas.PlacesAnswer(
        model_version=model.version.version, places=[schemas.MapPlace(**place) for place in found]
    )
