"""The API's warnings as patterns, and what the visitor reads instead."""

_SHORT = r"only (?P<found>\d+) of (?P<k>\d+) asked for"
_NO_MORE = rf"{_SHORT}: the catalogue has no more"
_COST = rf"{_SHORT}: [\d,]+ qualify, and (?P<wish>.+) costs most \((?P<more>[\d,]+) more without it\)"
_UNUSED = r"no seed has (?P<name>.+): (?P=name) did not count"
_LOOKED = "no source has audio features of (?P<title>.+)"
_GENRES_STAND = rf"{_LOOKED}: its genres stand for it"
_REST_STANDS = rf"{_LOOKED}, nor genres: its artist, its date and the like stand for it"
_REPEATED = r"(?P<n>\d+) repeated seed\(s\) counted once"

EN: dict[str, str] = {
    _NO_MORE: "Only {found} of {k} songs: the catalogue has no more.",
    _COST: "Only {found} of {k} songs fit. What leaves out most is “{wish}”: {more} more without it.",
    _UNUSED: "None of your songs has {name}, so that did not count.",
    _GENRES_STAND: "Nobody knows how “{title}” sounds. Its genres stand for it.",
    _REST_STANDS: "Nobody knows how “{title}” sounds, nor its genres. Its artist and its date stand for it.",
    _REPEATED: "{n} of your songs counted once.",
}

KO: dict[str, str] = {
    _NO_MORE: "카탈로그에 더 맞는 곡이 없어 {k}곡 중 {found}곡만 보여 드려요.",
    _COST: "조건에 맞는 곡이 {k}곡 중 {found}곡뿐이에요. “{wish}” 조건을 풀면 {more}곡이 더 있어요.",
    _UNUSED: "고른 곡에 {name} 정보가 없어 점수에 반영하지 않았어요.",
    _GENRES_STAND: "“{title}”의 소리 정보를 찾지 못해 장르로 대신했어요.",
    _REST_STANDS: "“{title}”의 소리와 장르 정보를 찾지 못해 아티스트와 발매 시기로 대신했어요.",
    _REPEATED: "겹친 곡 {n}개는 한 번만 셌어요.",
}

# The API's names of wishes and of what songs are compared by.
NAMES_EN: dict[str, str] = {
    "blocked_artists": "artists you do not want",
    "filters.year": "years",
    "filters.duration_ms": "length",
    "filters.explicit": "explicit lyrics",
    "filters.genres": "only these genres",
    "filters.exclude_genres": "without these genres",
    "filters.scripts": "writing",
    "max_per_artist": "songs by one artist",
    "max_per_album": "songs of one album",
    "exclude_ids and disliked_ids": "songs you took out",
    "genres": "genres",
    "audio": "audio features",
    "artist": "a known artist",
    "scene": "a scene",
    "album": "an album title",
    "year": "a year",
    "day": "a release date",
    "popularity": "popularity",
}

NAMES_KO: dict[str, str] = {
    "blocked_artists": "제외한 아티스트",
    "filters.year": "발매 연도",
    "filters.duration_ms": "길이",
    "filters.explicit": "19금 가사",
    "filters.genres": "이 장르만",
    "filters.exclude_genres": "이 장르 제외",
    "filters.scripts": "문자",
    "max_per_artist": "한 아티스트의 곡 수",
    "max_per_album": "한 앨범의 곡 수",
    "exclude_ids and disliked_ids": "뺀 곡",
    "genres": "장르",
    "audio": "오디오 특성",
    "artist": "아티스트",
    "scene": "음악적 결",
    "album": "앨범 제목",
    "year": "발매 연도",
    "day": "발매일",
    "popularity": "인기도",
}
