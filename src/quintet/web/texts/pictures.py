"""Sentences of the radar, the taste map and the day's chart, in English and Korean."""

from __future__ import annotations

from dataclasses import dataclass

from quintet.web.state import Language


@dataclass(frozen=True)
class PictureTexts:
    """What stands in and beside the pictures; `{…}` is filled in where the sentence is used."""

    radar_title: str
    sides: dict[str, str]
    radar_hint: str
    radar_columns: tuple[str, str, str]
    radar_tooltip: tuple[str, str, str]
    stands_out: str
    in_the_middle: str
    more: str
    less: str
    both: str  # between two features
    list_same: str
    list_more: str
    list_less: str
    map_title: str
    map_lead: str
    map_explore: str
    map_regions: str
    map_nowhere: str
    map_columns: tuple[str, str, str]
    map_tooltip: tuple[str, str, str]
    map_hint: str
    walk_start: str
    walk_on: str
    walk_ways: tuple[str, ...]  # the directions of `catalogue_map.around`
    seed_mark: str
    result_mark: str
    no_region: str
    as_table: str
    add: str
    full: str
    chosen: str
    listen: str
    chart_title: str
    chart_of: str
    no_chart: str
    chart_add: str
    chart_added: str
    chart_full: str
    chart_unknown: str
    chart_missing: str
    trends: dict[str, str]


EN = PictureTexts(
    radar_title="How it sounds",
    sides={"seeds": "your songs", "items": "the list"},
    radar_hint="The farther out, the more of it than in other songs of the catalogue.",
    radar_columns=("Sound", "Your songs, percentile", "The list, percentile"),
    radar_tooltip=("Who", "Sound", "Percentile"),
    stands_out="Your songs stand out by {features}.",
    in_the_middle="Your songs sound like the middle of the catalogue.",
    more="{name} (more than {percent} % of the catalogue)",
    less="little {name} (less than {percent} % of the catalogue)",
    both=" and ",
    list_same="The list sounds just the same.",
    list_more="The list sounds alike, with more {name} ({points} points).",
    list_less="The list sounds alike, with less {name} ({points} points).",
    map_title="Where it is on the map",
    map_lead="Every dot is a song; alike songs are neighbours.",
    map_explore="The taste map",
    map_regions="Your songs are around {regions}.",
    map_nowhere="Your songs stand between the regions.",
    map_columns=("", "Song", "Region"),
    map_tooltip=("Song", "Artist", "Genre"),
    map_hint="Click a dot to listen to the song or to add it.",
    walk_start="Or walk from song to song. Start at one of these:",
    walk_on="Around “{title}”, one step each way:",
    walk_ways=("right", "up right", "up", "up left", "left", "down left", "down", "down right"),
    seed_mark="your song",
    result_mark="in the list, by rank",
    no_region="between the regions",
    as_table="Read it as a table",
    add="Add to my songs",
    full="Five chosen. Remove one to add this.",
    chosen="One of your songs",
    listen="Listen on Spotify",
    chart_title="Now hottest",
    chart_of="Chart of {date}",
    no_chart="There is no chart today. These are the most popular songs of the catalogue.",
    chart_add="Rank {rank}, {trend}: add {title} by {artists}",
    chart_added="Rank {rank}: {title} by {artists}, chosen",
    chart_full="Rank {rank}: {title} by {artists}. Five chosen: remove one to add this",
    chart_unknown="not in the catalogue",
    chart_missing="“{title}” is not in the catalogue yet, so it cannot lead to a list.",
    trends={"up": "up {n}", "down": "down {n}", "same": "unchanged", "new": "new", "none": "popular"},
)

KO = PictureTexts(
    radar_title="어떤 소리인지",
    sides={"seeds": "내가 고른 곡", "items": "추천 목록"},
    radar_hint="바깥쪽일수록 카탈로그의 다른 곡보다 강해요.",
    radar_columns=("소리", "고른 곡, 백분위", "추천 목록, 백분위"),
    radar_tooltip=("누구", "소리", "백분위"),
    stands_out="고른 곡에서 돋보이는 점: {features}.",
    in_the_middle="고른 곡은 카탈로그의 한가운데 같은 소리예요.",
    more="{name}(카탈로그의 {percent}%보다 높음)",
    less="낮은 {name}(카탈로그의 {percent}%보다 낮음)",
    both=", ",
    list_same="추천 목록도 똑같은 소리예요.",
    list_more="추천 목록은 비슷하면서 {name} 쪽이 더 강해요({points}점).",
    list_less="추천 목록은 비슷하면서 {name} 쪽이 더 약해요({points}점).",
    map_title="지도에서 어디인지",
    map_lead="점 하나가 노래 하나예요. 비슷한 노래는 이웃이에요.",
    map_explore="취향 지도",
    map_regions="고른 곡은 {regions} 근처에 있어요.",
    map_nowhere="고른 곡은 구역 사이에 있어요.",
    map_columns=(" ", "노래", "구역"),
    map_tooltip=("노래", "아티스트", "장르"),
    map_hint="점을 누르면 듣거나 고를 수 있어요.",
    walk_start="노래에서 노래로 걸어 볼 수도 있어요. 여기서 시작해 보세요:",
    walk_on="“{title}” 둘레, 한 방향으로 한 걸음씩:",
    walk_ways=("오른쪽", "오른쪽 위", "위", "왼쪽 위", "왼쪽", "왼쪽 아래", "아래", "오른쪽 아래"),
    seed_mark="고른 곡",
    result_mark="추천 목록(숫자는 순위)",
    no_region="구역 사이",
    as_table="표로 읽기",
    add="내 노래에 넣기",
    full="다섯 곡을 다 골랐어요. 넣으려면 한 곡을 빼세요.",
    chosen="이미 고른 곡",
    listen="Spotify에서 듣기",
    chart_title="지금 가장 뜨거운 곡",
    chart_of="{date} 차트",
    no_chart="오늘은 차트가 없어요. 대신 카탈로그에서 가장 인기 있는 곡이에요.",
    chart_add="{rank}위, {trend}: {artists}의 {title} 넣기",
    chart_added="{rank}위: {artists}의 {title}, 고른 곡",
    chart_full="{rank}위: {artists}의 {title}. 다섯 곡을 다 골랐어요. 넣으려면 한 곡을 빼세요",
    chart_unknown="카탈로그에 없음",
    chart_missing="“{title}”은(는) 아직 카탈로그에 없어서 추천의 바탕이 될 수 없어요.",
    trends={
        "up": "{n}계단 상승",
        "down": "{n}계단 하락",
        "same": "변동 없음",
        "new": "새로 진입",
        "none": "인기곡",
    },
)

PICTURE_TEXTS: dict[Language, PictureTexts] = {"en": EN, "ko": KO}
