"""Telling listeners apart: whose word for an address is taken, and what is stored of it."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from quintet.api.listeners import Listener, Listeners


def asked(peer: str | None = "192.0.2.1", forwarded: str | None = None, key: str = "") -> Request:
    headers = [(b"x-quintet-listener", key.encode())] if key else []
    headers += [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    client = (peer, 1234) if peer else None
    return Request({"type": "http", "headers": headers, "client": client})


def listener(proxies: int = 0, salt: bytes = b"salt", **request: str | None) -> Listener:
    return Listeners(salt, proxies).of(asked(**request))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.66, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.66, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, " , ", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_added_is_believed(
    proxies: int, forwarded: str | None, address: str
) -> None:
    assert listener(proxies, forwarded=forwarded).address == address


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("nonsense", "nonsense"),
        (None, ""),
    ],
)
def test_an_ipv6_subscriber_is_one_address(peer: str | None, address: str) -> None:
    assert listener(peer=peer).address == address


def test_what_is_stored_depends_on_address_key_and_salt_and_shows_none_of_them() -> None:
    raters = {
        listener().rater,
        listener(key="ann").rater,
        listener(key="ann", peer="192.0.2.2").rater,
        listener(key="ann", salt=b"other").rater,
    }
    assert len(raters) == 4
    assert listener(key="ann").rater == listener(key="ann").rater
    assert all(len(rater) == 32 and not {*rater} - {*"0123456789abcdef"} for rater in raters)


def test_without_a_salt_no_two_starts_share_a_listener() -> None:
    assert Listeners().of(asked()).rater != Listeners().of(asked()).rater


def test_a_key_of_any_length_is_cut_short() -> None:
    assert len(listener(key="x" * 10_000).key) <= 128
