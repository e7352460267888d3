"""The stand-ins for ReccoBeats and Deezer answer as those services were seen to."""

from __future__ import annotations

from datetime import date

from quintet.fakes.reccobeats import knows
from quintet.fakes.world import World


def test_reccobeats_leaves_out_what_it_does_not_know(caller):
    tracks = caller.world.tracks[:40]
    answer = caller.http.get(
        "/reccobeats/v1/audio-features", params={"ids": ",".join(track.id for track in tracks)}
    )
    found = {row["href"].rsplit("/", 1)[-1]: row for row in answer.json()["content"]}
    assert set(found) == {track.id for track in tracks if knows(caller.world, track)}
    assert 0 < len(found) < 40
    assert all("time_signature" not in row for row in found.values())


def test_reccobeats_refuses_more_than_forty_ids(caller):
    answer = caller.http.get("/reccobeats/v1/audio-features", params={"ids": ",".join(["a" * 22] * 41)})
    assert (answer.status_code, answer.json()["status"]) == (400, 4004)


def test_deezers_chart_has_no_isrc_and_its_track_has(caller):
    rows = caller.http.get("/deezer/chart/0/tracks", params={"limit": 20}).json()["data"]
    assert [row["position"] for row in rows] == list(range(1, 21))
    assert "isrc" not in rows[0]
    assert caller.http.get(f"/deezer/track/{rows[0]['id']}").json()["isrc"] in caller.world.track_by_isrc


def test_deezer_says_its_errors_with_status_200(caller):
    missing = caller.http.get("/deezer/track/isrc:NOBODY")
    assert (missing.status_code, missing.json()["error"]["code"]) == (200, 800)
    caller.use("dev_2026", faults=[{"bucket": "deezer", "kind": "quota"}])
    assert caller.http.get("/deezer/chart/0/tracks").json()["error"]["code"] == 4


def test_the_same_seed_is_the_same_world_and_another_day_another_chart():
    one, again = World(300, date(2026, 11, 20)), World(300, date(2026, 11, 20))
    assert one.tracks == again.tracks
    assert one.chart(date(2026, 11, 20), 50) != one.chart(date(2026, 11, 21), 50)
    assert [track.id for track in World(300, date(2026, 11, 20), seed=6).tracks] != [
        track.id for track in one.tracks
    ]
