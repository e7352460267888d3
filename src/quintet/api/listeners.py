"""Who is asking, without knowing who it is: keys made of an address and what a page calls its listener.

Nothing of these is stored but a salted hash; how often somebody may rate is in `rate_limit`.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass

from starlette.requests import Request

LISTENER_HEADER = "x-quintet-listener"
FORWARDED_HEADER = "x-forwarded-for"
MAX_KEY_LENGTH = 128


@dataclass(frozen=True, slots=True)
class Listener:
    """One listener, as far as can be told.

    Parameters
    ----------
    address : str
        The network address a request came from, a /64 for IPv6: never stored, never logged.
    key : str
        What the page calls its listener by; empty where it says nothing.
    rater : str
        A salted hash of both, which is what is stored.
    """

    address: str
    key: str
    rater: str


class Listeners:
    """Tells listeners apart.

    Parameters
    ----------
    salt : bytes or None
        Makes the stored hashes; None: drawn anew, so that no two starts share a listener.
    trusted_proxies : int
        How many proxies of ours stand before the API: the address is that many entries from the end of
        `X-Forwarded-For`. 0: that header is not believed.
    """

    def __init__(self, salt: bytes | None = None, trusted_proxies: int = 0) -> None:
        self._salt = salt or secrets.token_bytes(32)
        self._trusted_proxies = trusted_proxies

    def of(self, request: Request) -> Listener:
        """Return who is asking."""
        address = _network(self._address(request))
        key = request.headers.get(LISTENER_HEADER, "")[:MAX_KEY_LENGTH]
        words = f"{address}\n{key}".encode("utf-8", "replace")
        return Listener(address, key, hmac.new(self._salt, words, hashlib.sha256).hexdigest()[:32])

    def _address(self, request: Request) -> str:
        peer = request.client.host if request.client else ""
        if not self._trusted_proxies:
            return peer
        passed = ",".join(request.headers.getlist(FORWARDED_HEADER))
        hops = [hop.strip() for hop in passed.split(",") if hop.strip()]
        return hops[-self._trusted_proxies] if len(hops) >= self._trusted_proxies else peer


def _network(address: str) -> str:
    """Return an address; of IPv6 the network one subscriber has, within which addresses cost nothing."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:MAX_KEY_LENGTH]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
