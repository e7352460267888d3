"""What a crawl calls things, as patterns, and what the operator reads instead, in English and Korean.

Values of the groups of a pattern are looked up again, so that a reason inside a sentence is put in words too.
"""

from __future__ import annotations

from dataclasses import dataclass

from quintet.web.state import Language


@dataclass(frozen=True)
class CrawlTexts:
    """One language; the keys are regular expressions that match what the crawl says as a whole."""

    counts: dict[str, str]
    sources: dict[str, str]
    rejected: dict[str, str]
    tasks: dict[str, str]
    left: dict[str, str]


_FEATURES_OF, _GENRES_OF = "features: (?P<source>.+)", "genres: (?P<source>.+)"
_NO_FEATURES, _NO_GENRES = "features: none", "genres: none"

_LONG_NAME = r"a name longer than (?P<n>\d+) characters"
_SHORT, _LONG = r"shorter than (?P<n>\d+) s", r"longer than (?P<n>\d+) h"
_MISSING, _NO_NUMBER = r"(?P<name>\w+) is missing", r"(?P<name>\w+) is not a number"
_NOT_WHOLE = r"(?P<name>\w+) is not a whole number"
_OUTSIDE = r"(?P<name>\w+) outside (?P<low>\S+) to (?P<high>\S+)"

_UNNAMED = r"(?P<n>\d+) places of the chart are not named: (?P<why>.+)"
_NO_CHART = "no chart yet: (?P<why>.+)"
_QUESTIONS = r"(?P<n>\d+) questions go on tomorrow: (?P<why>.+)"
_ARTISTS = r"(?P<n>\d+) artists wait for their genres: (?P<why>.+)"
_TRACKS = r"(?P<n>\d+) tracks wait for (?P<source>.+)'s audio features: (?P<why>.+)"
_SHARE = r"this task's share of the day's call budget is used up \((?P<setting>\w+)\)"
_BUDGET = r"the day's call budget is used up \((?P<setting>\w+)\)"
_QUOTA = "(?P<source>.+)'s quota for the .+ call is used up"
_WAIT = "(?P<source>.+) asks us to (?:wait|slow down)"

_NAMES = {"spotify": "Spotify", "reccobeats": "ReccoBeats", "musicbrainz": "MusicBrainz", "deezer": "Deezer"}

EN = CrawlTexts(
    counts={
        "accepted": "rows accepted",
        "rejected": "rows refused",
        "added": "new songs",
        "changed": "songs changed",
        "chart": "places of the chart",
        "chart_known": "of them known",
        "features": "sounds learnt",
        "genres": "artists' genres learnt",
    },
    sources=_NAMES
    | {
        "file": "files",
        "demo": "demo catalogue",
        _NO_FEATURES: "no sound yet",
        _NO_GENRES: "no genres yet",
        _FEATURES_OF: "sound: {source}",
        _GENRES_OF: "genres: {source}",
    },
    rejected={
        "a local file: it has no Spotify id": "a local file: it has no Spotify id",
        "a podcast episode": "a podcast episode",
        "no audio features": "no audio features",
        "incomplete audio features": "incomplete audio features",
        "no track id": "no track id",
        "malformed track id": "malformed track id",
        "no title": "no title",
        "no artist": "no artist",
        _LONG_NAME: "a name longer than {n} characters",
        _MISSING: "{name} is missing",
        _SHORT: "shorter than {n} s",
        _LONG: "longer than {n} h",
        "tempo is 0: no beat was found": "no beat was found",
        _NOT_WHOLE: "{name} is not a whole number",
        _NO_NUMBER: "{name} is not a number",
        _OUTSIDE: "{name} outside {low} to {high}",
        "explicit is neither true nor false": "the mark for explicit lyrics is unclear",
        "release_date is not a date": "the release date is not a date",
        "malformed isrc": "malformed ISRC",
        "duration_ms": "length",
        "popularity": "popularity",
    },
    tasks={
        "chart": "chart",
        "discovery": "discovery",
        "genres": "genres",
        "audio features": "sounds",
        "publish": "publishing",
    },
    left=_NAMES
    | {
        _UNNAMED: "{n} places of the chart have no song yet ({why})",
        _NO_CHART: "no chart yet ({why})",
        _QUESTIONS: "{n} searches go on tomorrow ({why})",
        _ARTISTS: "{n} artists wait for their genres ({why})",
        _TRACKS: "{n} songs wait for their sound from {source} ({why})",
        _SHARE: "this task's share of the day's calls is used up, {setting}",
        _BUDGET: "the day's calls are used up, {setting}",
        _QUOTA: "{source}'s quota is used up",
        _WAIT: "{source} asks us to wait",
    },
)

KO = CrawlTexts(
    counts={
        "accepted": "받아들인 행",
        "rejected": "거부한 행",
        "added": "새로 더한 곡",
        "changed": "바뀐 곡",
        "chart": "차트 순위",
        "chart_known": "그중 아는 곡",
        "features": "새로 안 소리 특징",
        "genres": "새로 안 아티스트 장르",
    },
    sources=_NAMES
    | {
        "file": "파일",
        "demo": "데모 카탈로그",
        _NO_FEATURES: "소리 특징 없음",
        _NO_GENRES: "장르 없음",
        _FEATURES_OF: "소리: {source}",
        _GENRES_OF: "장르: {source}",
    },
    rejected={
        "a local file: it has no Spotify id": "로컬 파일이라 Spotify ID가 없음",
        "a podcast episode": "팟캐스트 에피소드",
        "no audio features": "소리 특징 없음",
        "incomplete audio features": "소리 특징이 모자람",
        "no track id": "곡 ID 없음",
        "malformed track id": "잘못된 곡 ID",
        "no title": "제목 없음",
        "no artist": "아티스트 없음",
        _LONG_NAME: "이름이 {n}자보다 긺",
        _MISSING: "{name}: 값 없음",
        _SHORT: "{n}초보다 짧음",
        _LONG: "{n}시간보다 긺",
        "tempo is 0: no beat was found": "박자를 찾지 못함",
        _NOT_WHOLE: "{name}: 정수가 아님",
        _NO_NUMBER: "{name}: 숫자가 아님",
        _OUTSIDE: "{name}: {low}~{high} 밖",
        "explicit is neither true nor false": "19금 표시가 불분명함",
        "release_date is not a date": "발매일이 날짜가 아님",
        "malformed isrc": "잘못된 ISRC",
        "duration_ms": "길이",
        "popularity": "인기",
    },
    tasks={
        "chart": "차트",
        "discovery": "발견",
        "genres": "장르",
        "audio features": "소리 특징",
        "publish": "발행",
    },
    left=_NAMES
    | {
        _UNNAMED: "차트에서 {n}자리의 곡을 아직 모름({why})",
        _NO_CHART: "아직 차트 없음({why})",
        _QUESTIONS: "검색 {n}개를 내일 이어서 함({why})",
        _ARTISTS: "아티스트 {n}명의 장르를 기다림({why})",
        _TRACKS: "{source}의 소리 특징을 기다리는 곡 {n}개({why})",
        _SHARE: "이 작업 몫의 하루 호출 수를 다 씀, {setting}",
        _BUDGET: "하루 호출 수를 다 씀, {setting}",
        _QUOTA: "{source} 할당량을 다 씀",
        _WAIT: "{source}: 기다려 달라고 함",
    },
)

CRAWL_TEXTS: dict[Language, CrawlTexts] = {"en": EN, "ko": KO}
