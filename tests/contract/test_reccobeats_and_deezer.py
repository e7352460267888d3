"""The adapters of ReccoBeats and Deezer against their stand-ins, over real HTTP."""

from __future__ import annotations

import pytest

from quintet.errors import QuotaExceededError, SourceError


def test_reccobeats_features_are_spotifys_own_values(outside):
    tracks = outside.world.tracks[:40]
    found = outside.reccobeats().audio_features([track.id for track in tracks])
    assert 0 < len(found) < 40
    for track_id, features in found.items():
        wanted = dict(outside.world.track_by_id[track_id].features)
        wanted.pop("time_signature")
        assert features == wanted


def test_deezers_chart_is_mapped_to_recordings(outside):
    chart = outside.deezer().chart(10)
    assert [entry.rank for entry in chart] == list(range(1, 11))
    assert all(entry.isrc in outside.world.track_by_isrc for entry in chart)


def test_deezers_quota_is_told_though_it_answers_200(outside):
    outside.control(faults=[{"bucket": "deezer", "kind": "quota", "times": 4}])
    with pytest.raises(QuotaExceededError):
        outside.deezer().chart(10)


def test_deezers_window_of_five_seconds_is_waited_through(outside):
    outside.control(faults=[{"bucket": "deezer", "kind": "quota"}])
    assert len(outside.deezer().chart(10)) == 10
    assert outside.waited_s == [5.0]


@pytest.mark.parametrize("kind", ["500", "html", "rate_limit_long", "quota", "expired_token"])
@pytest.mark.parametrize("name", ["reccobeats", "deezer"])
def test_no_lower_error_leaves_an_adapter(outside, name, kind):
    outside.control(faults=[{"bucket": name, "kind": kind, "times": 9}])
    ask = {
        "reccobeats": lambda: outside.reccobeats().audio_features(["a" * 22]),
        "deezer": lambda: outside.deezer().chart(3),
    }[name]
    with pytest.raises(SourceError):
        ask()
