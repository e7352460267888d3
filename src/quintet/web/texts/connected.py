"""Sentences about a listener's own Spotify, in English and Korean."""

from __future__ import annotations

from dataclasses import dataclass

from quintet.web.state import Language


@dataclass(frozen=True)
class ConnectedTexts:
    """One language; `{…}` is filled in where the sentence is used."""

    connect: str
    connect_lead: str
    elsewhere: str
    title: str
    lead: str
    recent: str
    top: str
    nothing: str
    pick: str
    disconnect: str
    save: str
    saved: str
    playlist_name: str
    playlist_about: str
    declined: str
    ended: str
    refused: str
    away: str
    unknown: str


EN = ConnectedTexts(
    connect="Connect Spotify",
    connect_lead="Start from what you just played. The connection ends when you close this page.",
    elsewhere="To connect Spotify, open this page at {address}",
    title="From your Spotify",
    lead="Start from one of these sets, or pick single songs.",
    recent="What you just played",
    top="What you played most lately",
    nothing="Spotify has no songs of yours here yet.",
    pick="Pick a song",
    disconnect="Disconnect Spotify",
    save="Save as a Spotify playlist",
    saved="Saved. Open the playlist in Spotify:",
    playlist_name="Quintet: like {title}",
    playlist_about="Five songs in, a ranked list out.",
    declined="Spotify was not connected, because you did not agree.",
    ended="The connection to Spotify has ended. Please connect again.",
    refused="Spotify refuses this account here. Whoever runs this page has to put it on the app's list.",
    away="Spotify is not answering right now. Please try again in a while.",
    unknown="None of these songs is in the catalogue, and Spotify could not be asked about them.",
)

KO = ConnectedTexts(
    connect="Spotify 연결",
    connect_lead="방금 들은 노래로 시작해 보세요. 이 페이지를 닫으면 연결도 끊겨요.",
    elsewhere="Spotify를 연결하려면 이 주소로 페이지를 열어 주세요: {address}",
    title="내 Spotify에서",
    lead="묶음으로 시작하거나 한 곡씩 골라 보세요.",
    recent="방금 들은 노래",
    top="요즘 가장 많이 들은 노래",
    nothing="아직 Spotify에서 가져올 노래가 없어요.",
    pick="노래 고르기",
    disconnect="Spotify 연결 끊기",
    save="Spotify 플레이리스트로 저장",
    saved="저장했어요. Spotify에서 열기:",
    playlist_name="Quintet: {title} 같은 노래",
    playlist_about="다섯 곡으로 시작하는 추천.",
    declined="동의하지 않아서 Spotify를 연결하지 않았어요.",
    ended="Spotify 연결이 끊겼어요. 다시 연결해 주세요.",
    refused="이 계정은 여기서 쓸 수 없다고 Spotify가 답했어요. 운영자가 앱 사용자 목록에 추가해야 해요.",
    away="지금은 Spotify가 응답하지 않아요. 잠시 후 다시 시도해 주세요.",
    unknown="카탈로그에 없는 노래뿐이고, Spotify에도 물어볼 수 없었어요.",
)

CONNECTED_TEXTS: dict[Language, ConnectedTexts] = {"en": EN, "ko": KO}
