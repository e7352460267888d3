"""Cover pictures: the album's own, or one drawn from the track's id. No HTTP: the browser fetches them."""

from __future__ import annotations

import hashlib
from urllib.parse import quote, urlsplit

from quintet.web.tracks import Track

# Ground and shape, well together and on both themes.
_PALETTES = (
    ("#1d3557", "#a8dadc"),
    ("#3d2c8d", "#f0a6ca"),
    ("#0b525b", "#f4a259"),
    ("#7f1d4e", "#ffb4a2"),
    ("#14532d", "#d9ed92"),
    ("#5f0f40", "#fb8b24"),
    ("#22223b", "#d8b4a0"),
    ("#8a3b12", "#ffd166"),
    ("#0f4c81", "#ffd6a5"),
    ("#2b2d42", "#ef8354"),
)


def cover_src(track: Track) -> str:
    """Where the browser finds the cover: an https address, or a drawn picture as a data URI."""
    return https_or_none(track.image_url) or drawn_cover(track.track_id)


def drawn_cover(track_id: str) -> str:
    """Draw a cover: the same id gives the same picture, as an SVG data URI."""
    seed = hashlib.sha256(track_id.encode()).digest()
    deep, light = _PALETTES[seed[0] % len(_PALETTES)]
    shapes = (_discs, _bars, _arcs, _waves)[seed[1] % 4](seed[2:], light)
    return "data:image/svg+xml," + quote(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">'
        f'<rect width="60" height="60" fill="{deep}"/>{shapes}</svg>',
        safe=" =/:()",
    )


def https_or_none(address: str | None) -> str | None:
    """Take an https address only: no other scheme ever reaches a link or a picture."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme == "https" and parts.netloc else None


def _discs(seed: bytes, light: str) -> str:
    return "".join(
        f'<circle cx="{12 + seed[i] % 36}" cy="{12 + seed[i + 1] % 36}" r="{9 + seed[i + 2] % 14}" '
        f'fill="{light}" fill-opacity="{0.3 + i / 12:.2f}"/>'
        for i in (0, 3, 6)
    )


def _bars(seed: bytes, light: str) -> str:
    heights = [14 + seed[i] % 34 for i in range(5)]
    return "".join(
        f'<rect x="{9 + 9 * i}" y="{30 - height / 2}" width="5" height="{height}" rx="2.5" fill="{light}"/>'
        for i, height in enumerate(heights)
    )


def _arcs(seed: bytes, light: str) -> str:
    x, y = seed[0] % 60, 44 + seed[1] % 20
    return "".join(
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{light}" stroke-width="3" '
        f'stroke-opacity="{1 - radius / 64:.2f}"/>'
        for radius in range(8, 56, 9)
    )


def _waves(seed: bytes, light: str) -> str:
    swing, shift = 4 + seed[0] % 9, seed[1] % 32
    wave = f"q 16 {-swing} 32 0 t 32 0 t 32 0"
    return "".join(
        f'<path d="M{-2 - shift} {y} {wave}" fill="none" stroke="{light}" stroke-width="{width}"/>'
        for y, width in ((14, 2), (26, 4), (38, 2), (50, 5))
    )
