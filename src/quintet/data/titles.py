"""What a title says: the song's own name, and which version of it this is. Tracks are not known here.

Spotify writes versions after " - " or in brackets: "Song - Remastered 2011", "Song (feat. X) [Live]". Each
such part says nothing of the sound (a remaster, a guest, a deluxe album), or names a version (live, remix,
sped up), or belongs to the name ("(I Can't Get No) Satisfaction").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from quintet.data.names import fold_accents


class Title(NamedTuple):
    """A title taken apart, folded for comparing.

    Parameters
    ----------
    song : str
        The song's own name; never empty.
    version : str
        The words that make this version another recording; "" for the studio one.
    """

    song: str
    version: str


_PART: Final = re.compile(r"[(\[（【〔]([^()\[\]（）【】〔〕]*)[)\]）】〕]")
_DASH: Final = re.compile(r"\s+[-–—~]\s+")
_GUEST: Final = re.compile(r"\s+(?:feat\.?|ft\.?|featuring)\s.*$")
_NOT_WORD: Final = re.compile(r"[\W_]+")

# The sound is the same; only its guests, mastering, label or album are named.
_RELEASE: Final = re.compile(
    "|".join(
        (
            r"(feat|ft|featuring|with|con|prod|produced by)\b.*",
            r".*\b(remaster|remastered|remastering|remasterizado|remasterise|digital master)\b.*",
            r".*\b(deluxe|bonus|expanded|anniversary|special|collectors?)\b( edition| track| version|$).*",
            r"(the )?(original|album|single|lp|ep|studio|main|standard|full|radio|short|clean|explicit|video)"
            r"( album| single| radio)? (version|ver|mix|recording|edit|cut|single)( edited| \d{4})?",
            r"(radio|single|original|explicit|clean|dirty|street|main|uncut|edit|edited|bonus)",
            r"(\d{4} )?(mono|stereo)( mix| version| single)?( \d{4})?",
            r"(music )?from .*|(original )?(motion picture )?soundtrack.*|ost\b.*|theme from .*",
            r"\d{4}( version| digital)?",
        )
    )
)

# Another performance or another sound.
_VERSION_WORDS: Final = (
    "live|unplugged|concert|performance|recorded|session|sessions|bbc|kexp|en vivo|en directo|ao vivo"
    "|spotify singles?|rehearsal"
    "|acoustic|acustico|acustica|stripped|piano|guitar|strings?|orchestral|symphonic|a ?cappella|acapella"
    "|remix|remixed|mix|mixed|rework|reworked|bootleg|mashup|vip|dub|edit|extended|lo ?fi|8d"
    "|instrumental|karaoke|backing track|sped up|speed up|slowed|nightcore|daycore|reverb"
    "|demo|outtake|alternate|alternative|alt|reprise|cover|covered|remake|re ?recorded"
    "|version|versione|versao|ver|korean|japanese|english|spanish|chinese|mandarin|french|german|italian"
    "|portuguese|kor|jpn|jp|eng"
)
_VERSION_SIGNS: Final = (
    "라이브|어쿠스틱|리믹스|연주|반주|한국어|일본어|영어|버전|데모"
    "|ライブ|アコースティック|リミックス|インスト|カラオケ|バージョン|ヴァージョン|韓国語|日本語"
    "|现场|現場|伴奏|版|живое|ремикс|акустика"
)
# "(I Can't Get No)", "- II. Andante for piano": names and movements, whatever words follow.
_NO_VERSION: Final = re.compile(r"(?:[ivx]{1,4}|no|op|act|part|pt)\b(?!.*\b(?:remix|mix|edit|version|ver)\b)")
_VERSION: Final = re.compile(rf"\b(?:{_VERSION_WORDS})\b|{_VERSION_SIGNS}")


@lru_cache(maxsize=65_536)
def parse_title(title: str) -> Title:
    """Take a title apart.

    Parameters
    ----------
    title : str
        As a source wrote it, any script.

    Returns
    -------
    Title
        Folded: no case, no accents, no punctuation.
    """
    folded = fold_accents(title)
    versions: list[str] = []
    bare = folded
    while (opened := _PART.sub(lambda part: _name_part(part.group(1), versions), bare)) != bare:
        bare = opened  # a bracket may hold others: the inner ones are opened first
    name, *tails = _DASH.split(_GUEST.sub("", bare))
    song = _words(" ".join([name, *(_name_part(tail, versions) for tail in tails)]))
    if not song:  # nothing but brackets or punctuation: "!!!", "(Intro)"
        return Title(_words(folded) or folded, "")
    return Title(song, " ".join(sorted(versions)))


def _name_part(part: str, versions: list[str]) -> str:
    """Return what a part adds to the song's name; note the version it names, if it does."""
    words = _words(part)
    if not words or _RELEASE.fullmatch(words):
        return " "
    if _VERSION.search(words) and not _NO_VERSION.match(words):
        versions.append(words)
        return " "
    return f" {part} "


def _words(text: str) -> str:
    """Return the letters and digits of a text, with one space for all that stands between."""
    return _NOT_WORD.sub(" ", text.replace("'", "").replace("’", "")).strip()
