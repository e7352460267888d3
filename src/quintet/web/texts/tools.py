"""Sentences about the list as a whole: dials and filters, what it is like, taking it along, steps back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ToolTexts:
    """The tools in one language; `words` go to the browser side as they are."""

    words: dict[str, str]
    dials: dict[str, tuple[str, ...]]  # label, then a word for each position
    choices: dict[str, tuple[str, ...]]  # label, then a word for each option
    years: dict[str, str]
    names: dict[str, tuple[str, str]]  # label, hint
    fact_artists: str
    fact_popularity: tuple[str, str, str, str]
    fact_diversity: tuple[str, str, str]
    tastes: str
    playlist: str
    said_tuned: str
    said_another: str
    undo: dict[str, str]


EN = ToolTexts(
    words={
        "tune": "Tune the list",
        "tune_n": "Tune the list, {n} set",
        "another": "Another list",
        "keep": "Keep it",
        "reset": "Back to the usual list",
        "longer": "Show more songs",
        "legend": "What the match is made of",
        "link": "This page's address: it brings this very list back",
        "copy": "Copy link",
        "copied": "Copied",
        "save": "Take the list along",
        "csv": "CSV, for spreadsheets",
        "m3u8": "M3U8, for players",
        "jspf": "JSPF, for ListenBrainz and others",
        "uris": "Spotify URIs, to paste into Spotify",
        "no_uris": "Invented songs are not on Spotify",
        "add": "Add",
        "remove": "Remove {name}",
    },
    dials={
        "popularity": (
            "Deep cuts or hits",
            "only deep cuts",
            "rather deep cuts",
            "as they come",
            "rather hits",
            "only hits",
        ),
        "diversity": (
            "Similar or surprising",
            "as they come",
            "a little varied",
            "varied",
            "very varied",
            "surprising",
        ),
    },
    choices={
        "per_artist": ("Songs by one artist", "one", "two at most", "any number"),
        "explicit": ("Explicit lyrics", "with and without", "without", "only with"),
        "length": ("Length", "any", "under 3 min", "3 to 5 min", "over 5 min"),
        "scripts": (
            "Title or artist written in",
            "Latin letters",
            "Korean",
            "Japanese",
            "Chinese",
            "Cyrillic",
        ),
    },
    years={"label": "Released", "from": "from year", "to": "to year"},
    names={
        "genres": ("Only these genres", "such as jazz"),
        "exclude_genres": ("Without these genres", "such as metal"),
        "blocked_artists": ("Without these artists", "name of an artist"),
    },
    fact_artists="{count} artists",
    fact_popularity=("hardly known songs", "less known songs", "known songs", "well-known songs"),
    fact_diversity=("much alike", "varied", "very varied"),
    tastes="{count} tastes found, the list is shared out between them: {names}",
    playlist="Quintet: after {titles}",
    said_tuned="The list is tuned.",
    said_another="Here is another list for your songs.",
    undo={
        "undo": "Undo",
        "left": "{n} more",
        "close": "Hide",
        "undone": "Taken back.",
        "said_added": "“{title}” added.",
        "said_removed": "“{title}” removed.",
        "said_cleared": "All songs removed.",
        "said_moved": "Songs in another order.",
        "said_started": "Five songs to start from.",
        "not_undone": "The rating could not be taken back just now.",
    },
)

KO = ToolTexts(
    words={
        "tune": "목록 조절",
        "tune_n": "목록 조절, {n}개 설정됨",
        "another": "다른 목록",
        "keep": "간직하기",
        "reset": "기본 목록으로",
        "longer": "더 보기",
        "legend": "일치를 이루는 것",
        "link": "이 주소로 언제든 같은 목록을 다시 볼 수 있어요",
        "copy": "링크 복사",
        "copied": "복사했어요",
        "save": "목록 가져가기",
        "csv": "CSV, 스프레드시트용",
        "m3u8": "M3U8, 음악 플레이어용",
        "jspf": "JSPF, ListenBrainz 등",
        "uris": "Spotify URI, Spotify에 붙여넣기",
        "no_uris": "지어낸 곡은 Spotify에 없어요",
        "add": "추가",
        "remove": "{name} 빼기",
    },
    dials={
        "popularity": (
            "숨은 곡 또는 히트곡",
            "숨은 곡만",
            "숨은 곡 위주",
            "그대로",
            "히트곡 위주",
            "히트곡만",
        ),
        "diversity": (
            "비슷하게 또는 뜻밖으로",
            "그대로",
            "조금 다양하게",
            "다양하게",
            "아주 다양하게",
            "뜻밖의 곡",
        ),
    },
    choices={
        "per_artist": ("한 아티스트의 곡", "한 곡", "최대 두 곡", "제한 없음"),
        "explicit": ("19금 가사", "상관없음", "제외", "19금만"),
        "length": ("길이", "상관없음", "3분 미만", "3~5분", "5분 이상"),
        "scripts": ("제목이나 아티스트의 문자", "로마자", "한글", "일본어", "한자", "키릴 문자"),
    },
    years={"label": "발매 연도", "from": "시작 연도", "to": "끝 연도"},
    names={
        "genres": ("이 장르만", "예: jazz"),
        "exclude_genres": ("이 장르 제외", "예: metal"),
        "blocked_artists": ("이 아티스트 제외", "아티스트 이름"),
    },
    fact_artists="아티스트 {count}명",
    fact_popularity=("거의 알려지지 않은 곡들", "덜 알려진 곡들", "알려진 곡들", "널리 알려진 곡들"),
    fact_diversity=("서로 비슷함", "다양함", "아주 다양함"),
    tastes="취향 {count}가지를 찾아 목록을 나눴어요: {names}",
    playlist="Quintet: {titles} 다음에",
    said_tuned="목록을 조절했어요.",
    said_another="같은 곡으로 다른 목록을 만들었어요.",
    undo={
        "undo": "되돌리기",
        "left": "{n}개 더",
        "close": "숨기기",
        "undone": "되돌렸어요.",
        "said_added": "“{title}”을(를) 넣었어요.",
        "said_removed": "“{title}”을(를) 뺐어요.",
        "said_cleared": "모든 곡을 뺐어요.",
        "said_moved": "곡 순서를 바꿨어요.",
        "said_started": "다섯 곡으로 시작해요.",
        "not_undone": "지금은 평가를 되돌리지 못했어요.",
    },
)
