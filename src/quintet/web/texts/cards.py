"""Sentences about one song of the list, and about what was done with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CardTexts:
    """The cards in one language; `words` go to the browser side as they are."""

    words: dict[str, str]
    others: dict[str, str]  # contributions of kind "other", by the API's names
    not_rated: str
    said_more: str
    said_swap: str
    said_less: str
    said_block: str
    said_stars: str
    said_known: str
    said_bad: str
    said_passed: str


EN = CardTexts(
    words={
        "play": "Play",
        "play_label": "Play {title}",
        "stop": "Close player",
        "player": "Spotify player: {title}",
        "invented": "invented",
        "invented_why": "An invented song: there is nothing to play.",
        "open": "Open in Spotify",
        "explicit": "explicit",
        "more": "More like this",
        "more_label": "More like {title}",
        "less": "Not this",
        "less_label": "Not {title}, nor its like",
        "further": "More about {title}",
        "known": "I know it already",
        "bad": "Bad recommendation",
        "block": "Never {artist}",
        "swap": "Your five are full. Which one makes room for “{title}”?",
        "swap_for": "Replace {old}",
        "cancel": "Cancel",
        "rate": "How good is {title}?",
        "star": "{n} of 5",
    },
    others={
        "diversity": "too like the others",
        "popularity dial": "hits or deep cuts",
        "disliked": "like what you did not want",
        "variety": "chance, for another list",
        "genres unknown": "genres unknown",
    },
    not_rated="Your rating could not be kept just now. Please try again later.",
    said_more="“{title}” is one of your songs now.",
    said_swap="“{title}” took the place of “{old}”.",
    said_less="Not “{title}”, and less like it.",
    said_block="Nothing by {artist} any more.",
    said_stars="Rated “{title}”: {stars} of 5.",
    said_known="“{title}” is known. Another song took its place.",
    said_bad="Thanks: “{title}” was a bad recommendation. Another song took its place.",
    said_passed="“{title}” made room for another song. The rating itself could not be kept.",
)

KO = CardTexts(
    words={
        "play": "듣기",
        "play_label": "{title} 듣기",
        "stop": "플레이어 닫기",
        "player": "Spotify 플레이어: {title}",
        "invented": "지어낸 곡",
        "invented_why": "지어낸 곡이라 들을 수 없어요.",
        "open": "Spotify에서 열기",
        "explicit": "19금",
        "more": "이런 곡 더",
        "more_label": "{title} 같은 곡 더 보기",
        "less": "이건 말고",
        "less_label": "{title} 및 비슷한 곡 빼기",
        "further": "{title} 더 보기",
        "known": "이미 아는 곡",
        "bad": "잘못된 추천",
        "block": "{artist} 제외",
        "swap": "다섯 자리가 다 찼어요. “{title}” 대신 어떤 곡을 뺄까요?",
        "swap_for": "{old} 대신 넣기",
        "cancel": "취소",
        "rate": "{title}, 얼마나 마음에 드나요?",
        "star": "5점 중 {n}점",
    },
    others={
        "diversity": "다른 곡과 너무 비슷함",
        "popularity dial": "히트곡·숨은 곡",
        "disliked": "원하지 않은 곡과 비슷함",
        "variety": "다른 목록을 위한 우연",
        "genres unknown": "장르 정보 없음",
    },
    not_rated="지금은 평가를 저장하지 못했어요. 잠시 후 다시 시도해 주세요.",
    said_more="“{title}”을(를) 내 곡에 넣었어요.",
    said_swap="“{old}” 자리에 “{title}”을(를) 넣었어요.",
    said_less="“{title}”은(는) 빼고, 비슷한 곡도 줄일게요.",
    said_block="이제 {artist}의 곡은 나오지 않아요.",
    said_stars="“{title}”에 5점 중 {stars}점을 줬어요.",
    said_known="이미 아는 “{title}” 대신 다른 곡을 넣었어요.",
    said_bad="알려 줘서 고마워요. 잘못된 추천 “{title}” 대신 다른 곡을 넣었어요.",
    said_passed="“{title}” 대신 다른 곡을 넣었어요. 평가는 저장하지 못했어요.",
)
