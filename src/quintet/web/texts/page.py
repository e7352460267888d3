"""The page's own sentences: frame, search, slots, list. Data of the API is not translated here."""

from __future__ import annotations

from dataclasses import dataclass

from quintet.web.state import Language
from quintet.web.texts import cards, paste, tools, warnings
from quintet.web.texts.cards import CardTexts
from quintet.web.texts.tools import ToolTexts


@dataclass(frozen=True)
class Texts:
    """The page in one language; `{…}` is filled in where the sentence is used."""

    language: Language
    other_language: str  # the switch says where it leads, in that language
    title: str
    headline: str
    lead: str
    invented: str
    invented_tag: str
    search_label: str
    search_hint: str
    search_full: str
    search_found: str
    search_none: str
    search_down: str
    search_chosen: str
    search_outside: str
    search_open: str
    search_reading: str
    slots_label: str
    slot_empty: str
    remove: str
    move_left: str
    move_right: str
    clear: str
    removed_tracks: str
    starters_title: str
    starters_lead: str
    starters_others: str
    starter_like: str
    starter_artists: str
    results_title: str
    results_enough: str
    results_more: str
    results_none: str
    match: str
    why: str
    legend: dict[str, str]
    features: dict[str, str]
    bonds: dict[str, str]  # what else two songs may have in common
    other_part: str
    down_title: str
    down_text: str
    broken_title: str
    broken_text: str
    training_title: str
    training_text: str
    refused_title: str
    refused_text: str
    footer_model: str
    footer_trained: str
    footer_songs: str
    ago: tuple[str, str, str, str]  # just now, minutes, hours, days
    warnings: dict[str, str]  # the API's warnings, as patterns, and what the visitor reads
    warned_of: dict[str, str]  # what warnings name
    paste: dict[str, str]
    cards: CardTexts
    tools: ToolTexts


EN = Texts(
    language="en",
    other_language="한국어",
    title="Quintet · five songs in, a list out",
    headline="Five songs in, a list out.",
    lead="Pick up to five songs you love. Quintet ranks what to hear next, and says why.",
    invented="This is the demo catalogue: its songs and artists are invented, so there is nothing to play.",
    invented_tag="invented",
    search_label="Find a song",
    search_hint="Title, artist, or a link from Spotify",
    search_full="Five chosen. Remove one to swap.",
    search_found="{count} songs found",
    search_none="No song found. Try fewer words, or only the artist.",
    search_down="The search is not answering. Trying again …",
    search_chosen="chosen",
    search_outside="not in the catalogue",
    search_open="Open a playlist file (Exportify CSV), or paste links into the box",
    search_reading="Reading the playlist …",
    slots_label="Your five songs",
    slot_empty="Song {number}",
    remove="Remove {title}",
    move_left="Move {title} to the left",
    move_right="Move {title} to the right",
    clear="Start over",
    removed_tracks="Removed, because the current model does not know it: {titles}.",
    starters_title="Nothing in mind?",
    starters_lead="Start from one of these, and change it as you like.",
    starters_others="Surprise me",
    starter_like="Like “{title}”",
    starter_artists="{artists} and more",
    results_title="What to hear next",
    results_enough="Ranked by how well each song goes with your five.",
    results_more="From {count} of five songs. Each song you add sharpens the list.",
    results_none="The model found nothing that goes with these songs. Try other ones.",
    match="match",
    why="How the match adds up",
    legend={"genre": "genres", "feature": "sound", "artist": "artist", "other": "other"},
    features={
        "danceability": "danceability",
        "energy": "energy",
        "key": "key",
        "loudness": "loudness",
        "mode": "major or minor",
        "speechiness": "spoken words",
        "acousticness": "acoustic sound",
        "instrumentalness": "instrumental",
        "liveness": "live sound",
        "valence": "mood",
        "tempo": "tempo",
        "time_signature": "time signature",
        "duration": "length",
    },
    bonds={
        "artist": "same artist",
        "album": "album title",
        "scene": "kindred scene",
        "time": "release date",
        "popularity": "popularity",
    },
    other_part="everything else",
    down_title="Quintet is not answering right now",
    down_text="Your songs are safe in this page's address. The page tries again every few seconds.",
    broken_title="Something went wrong here",
    broken_text="Your songs are safe in this page's address, and the page tries again by itself.",
    training_title="The first model is being trained",
    training_text="This takes a minute or two. The page goes on by itself as soon as the model is ready.",
    refused_title="This list could not be made",
    refused_text="Try removing a song or choosing another one.",
    footer_model="Model {version}",
    footer_trained="trained {ago}",
    footer_songs="{count} songs in the catalogue",
    ago=("just now", "{n} min ago", "{n} h ago", "{n} days ago"),
    warnings=warnings.EN,
    warned_of=warnings.NAMES_EN,
    paste=paste.EN,
    cards=cards.EN,
    tools=tools.EN,
)

KO = Texts(
    language="ko",
    other_language="English",
    title="Quintet · 다섯 곡으로 시작하는 추천",
    headline="다섯 곡이면 충분해요.",
    lead="좋아하는 노래를 고르면, 다음에 들을 노래를 순위와 이유까지 알려 드려요.",
    invented="데모 카탈로그예요. 노래와 아티스트는 모두 지어낸 것이라 실제로 들을 수는 없어요.",
    invented_tag="지어낸 곡",
    search_label="노래 찾기",
    search_hint="제목, 아티스트, Spotify 링크",
    search_full="다 골랐어요. 바꾸려면 한 곡을 빼세요.",
    search_found="{count}곡을 찾았어요",
    search_none="찾는 노래가 없어요. 단어를 줄이거나 아티스트만 입력해 보세요.",
    search_down="검색이 응답하지 않아요. 다시 시도하는 중이에요 …",
    search_chosen="고른 곡",
    search_outside="카탈로그에 없음",
    search_open="재생목록 파일(Exportify CSV) 열기. 링크는 검색창에 붙여 넣으세요",
    search_reading="재생목록을 읽는 중 …",
    slots_label="내가 고른 다섯 곡",
    slot_empty="{number}번째 곡",
    remove="{title} 빼기",
    move_left="{title} 왼쪽으로 옮기기",
    move_right="{title} 오른쪽으로 옮기기",
    clear="처음부터",
    removed_tracks="지금 모델에 없는 곡이라 뺐어요: {titles}.",
    starters_title="떠오르는 노래가 없나요?",
    starters_lead="아래 묶음으로 시작해서 마음대로 바꿔 보세요.",
    starters_others="다른 묶음 보기",
    starter_like="“{title}”와 비슷한 곡",
    starter_artists="{artists} 등",
    results_title="다음에 들을 노래",
    results_enough="고른 다섯 곡과 잘 어울리는 순서예요.",
    results_more="다섯 곡 중 {count}곡을 바탕으로 골랐어요. 곡을 더할수록 더 잘 맞아요.",
    results_none="이 곡들과 어울리는 노래를 찾지 못했어요. 다른 곡으로 시도해 보세요.",
    match="일치",
    why="점수가 나온 과정",
    legend={"genre": "장르", "feature": "소리", "artist": "아티스트", "other": "기타"},
    features={
        "danceability": "춤추기 좋은 정도",
        "energy": "에너지",
        "key": "조성",
        "loudness": "음량",
        "mode": "장조·단조",
        "speechiness": "말소리",
        "acousticness": "어쿠스틱",
        "instrumentalness": "연주 비중",
        "liveness": "현장감",
        "valence": "분위기",
        "tempo": "빠르기",
        "time_signature": "박자",
        "duration": "길이",
    },
    bonds={
        "artist": "같은 아티스트",
        "album": "앨범 제목",
        "scene": "결이 비슷한 음악",
        "time": "발매 시기",
        "popularity": "인기",
    },
    other_part="나머지",
    down_title="지금은 Quintet이 응답하지 않아요",
    down_text="고른 곡은 주소에 그대로 남아 있어요. 몇 초마다 다시 시도할게요.",
    broken_title="문제가 생겼어요",
    broken_text="고른 곡은 주소에 그대로 있고, 페이지가 저절로 다시 시도할게요.",
    training_title="첫 모델을 학습하고 있어요",
    training_text="1~2분 정도 걸려요. 준비되면 저절로 넘어가요.",
    refused_title="목록을 만들지 못했어요",
    refused_text="한 곡을 빼거나 다른 곡을 골라 보세요.",
    footer_model="모델 {version}",
    footer_trained="{ago} 학습",
    footer_songs="카탈로그 {count}곡",
    ago=("방금", "{n}분 전", "{n}시간 전", "{n}일 전"),
    warnings=warnings.KO,
    warned_of=warnings.NAMES_KO,
    paste=paste.KO,
    cards=cards.KO,
    tools=tools.KO,
)

TEXTS: dict[Language, Texts] = {"en": EN, "ko": KO}
