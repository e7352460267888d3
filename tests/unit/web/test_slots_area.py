"""What becomes of the seeds when slots are emptied or change places."""

from __future__ import annotations

import pytest

from quintet.web.slots_area import kept_seeds

SEEDS = ("a", "b", "c")


@pytest.mark.parametrize(
    ("deed", "kept"),
    [
        ({"what": "remove", "id": "b"}, ("a", "c")),
        ({"what": "remove", "id": "gone"}, SEEDS),
        ({"what": "move", "id": "c", "to": 0}, ("c", "a", "b")),
        ({"what": "move", "id": "a", "to": 2}, ("b", "c", "a")),
        ({"what": "move", "id": "a", "to": 99}, ("b", "c", "a")),
        ({"what": "move", "id": "a", "to": -3}, SEEDS),
        ({"what": "move", "id": "gone", "to": 0}, SEEDS),
        ({"what": "move", "id": "a", "to": "2"}, SEEDS),
        ({"what": "clear"}, ()),
        ({"what": "?", "id": ["b"]}, SEEDS),
    ],
)
def test_a_deed_keeps_what_it_does_not_name(deed: dict[str, object], kept: tuple[str, ...]) -> None:
    assert kept_seeds(SEEDS, deed) == kept
