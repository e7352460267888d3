"""What a title says: the song's own name, and which version of it this is. Tracks and durations are not known here.

Spotify writes versions after " - " or in brackets: "Song - Remastered 2011", "Song (feat. X) [Live]". Each such
part either says nothing of the sound (a remaster, a guest, a deluxe album) or names a version (live, remix, sped
up), or belongs to the name ("(I Can't Get No) Satisfaction").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quintet.data.names import fold_accents


class Title(NamedTuple):
    """A title taken apart, folded for comparing.

    Parameters
    ----------
    song : str
        The song's own name.
    version : str
        The words that make this version another recording; "" for the studio one.
    """

    song: str
    version: str


_PART = re.compile(r"[(\[（【〔]([^()\[\]（）【】〔〕]*)[)\]）】〕]")
_DASH = re.compile(r"\s+[-–—~]\s+")
_GUEST = re.compile(r"\s+(?:feat\.?|ft\.?|featuring)\s.*$")
_NOT_WORD = re.compile(r"[\W_]+")

# The sound is the same, or only its mastering, label or album is another.
_SAME_RECORDING = re.compile(
    r"""^(?:
      (?:feat|ft|featuring|with|prod|produced\sby)\b.*
    | .*\b(?:remaster|remastered|remasterizado|remasterisee|remastering)\b.*
    | (?:.*\b)?(?:deluxe|bonus|expanded|anniversary|special|collectors?|super\sdeluxe)\b.*\b(?:edition|track|version|cut)?
    | (?:the\s)?(?:original|album|single|lp|ep|studio|main|standard|full|cd|regular)\s(?:album\s|single\s)?(?:version|ver|mix|recording|edit)
    | (?:radio|single|album|short|clean|explicit|video|uk|us)\s(?:edit|version|ver|mix|cut)
    | radio | single | original | explicit | clean | edit | bonus | album\sversion
    | (?:mono|stereo)(?:\s(?:mix|version|single))?(?:\s\d{4})? | (?:\d{4}\s)?(?:mono|stereo)(?:\s(?:mix|version))?
    | (?:music\s)?from\s.* | (?:original\s)?(?:motion\spicture\s)?soundtrack.* | ost.* | theme\sfrom\s.*
    | \d{4}(?:\sversion|\sdigital)? | digital\smaster.*
    )$""",
    re.VERBOSE,
)

# Another performance or another sound.
_OTHER_RECORDING = re.compile(
    r"""\b(?:
      live | unplugged | acoustic | acustico | acustica | en\svivo | en\sdirecto | ao\svivo | remix | remixed | mix | remake
    | rework | reworked | bootleg | mashup | vip | dub | instrumental | karaoke | backing\strack | a\s?cappella | acapella
    | sped\sup | speed\sup | slowed | nightcore | reverb | daycore | demo | cover | covered | orchestral | symphonic
    | piano | guitar | strings? | stripped | session | sessions | rehearsal | outtake | alternate | alternative | alt
    | extended | edit | version | versione | versao | ver | reprise | rerecorded | re\srecorded | lofi | lo\sfi | 8d
    | korean | japanese | english | spanish | chinese | mandarin | french | german | italian | portuguese | kor | jpn | jp | eng
    | concert | bbc | kexp | spotify\ssingles?
    )\b | 라이브 | 어쿠스틱 | 리믹스 | 연주 | 반주 | 한국어 | 일본어 | 영어 | 버전 | 데모 | 한국어판
    | ライブ | アコースティック | リミックス | インスト | カラオケ | バージョン | ヴァージョン | 韓国語 | 日本語
    | 现场 | 現場 | 伴奏 | 版 | живое | ремикс | акустика""",
    re.VERBOSE,
)


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
        Folded: no case, no accents, no punctuation. `song` is never empty.
    """
    folded = fold_accents(title)
    versions: list[str] = []
    rest = _PART.sub(lambda found: _take_part(found.group(1), found.group(0), versions), folded)
    name, *tails = _DASH.split(_GUEST.sub("", rest))
    kept = [name]
    for tail in tails:
        kept.append(_take_part(tail, tail, versions))
    song = _words(" ".join(kept))
    if not song:  # nothing but brackets or punctuation: "!!!", "(Intro)"
        return Title(_words(folded) or folded, "")
    return Title(song, " ".join(sorted(versions)))


def _take_part(part: str, whole: str, versions: list[str]) -> str:
    """Return what a part adds to the song's name; note the version it names, if it does."""
    words = _words(part)
    if not words or _SAME_RECORDING.match(words):
        return " "
    if _OTHER_RECORDING.search(words):
        versions.append(words)
        return " "
    return whole


def _words(text: str) -> str:
    """Return the letters and digits of a text, with one space for all that stands between."""
    return _NOT_WORD.sub(" ", text.replace("'", "").replace("’", "")).strip()
