"""Sentences about what was pasted or opened."""

EN = {
    "found": "{known} of {total} songs found, {taken} taken.",
    "none": "None of these {total} songs is in the catalogue.",
    "no_nothing": "No songs in there. Paste links of Spotify songs, or a playlist as CSV (Exportify).",
    "no_other": "This link does not tell its songs. Export the playlist with Exportify and open its CSV.",
    "full": "Your five are full. Remove a song first.",
    "down": "The songs could not be looked up just now. Please try again.",
}

KO = {
    "found": "{total}곡 가운데 {known}곡을 찾아 {taken}곡을 넣었어요.",
    "none": "붙여 넣은 {total}곡 가운데 카탈로그에 있는 곡이 없어요.",
    "no_nothing": "노래를 찾지 못했어요. Spotify 노래 링크나 Exportify CSV를 붙여 넣어 보세요.",
    "no_other": "이 링크만으로는 곡을 알 수 없어요. Exportify로 내보낸 CSV를 붙여 넣거나 열어 보세요.",
    "full": "다섯 자리가 다 찼어요. 먼저 한 곡을 빼 주세요.",
    "down": "지금은 노래를 찾아볼 수 없어요. 잠시 후 다시 시도해 주세요.",
}
