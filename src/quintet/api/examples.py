"""Examples shown in the OpenAPI document: one known song. The shapes are in `schemas`."""

from pydantic import JsonValue

TRACK: dict[str, JsonValue] = {
    "track_id": "2nLtzopw4rPReszdYBJU6h",
    "track_name": "Numb",
    "artists": ["Linkin Park"],
    "album_name": "Meteora",
    "release_date": "2003-03-24",
    "genres": ["alternative metal", "nu metal", "rap metal"],
    "popularity": 84,
    "duration_ms": 185586,
    "explicit": False,
    "image_url": "https://i.scdn.co/image/ab67616d0000b273b4ad7ebaf4575f120eb3f193",
    "spotify_url": "https://open.spotify.com/track/2nLtzopw4rPReszdYBJU6h",
    "is_invented": False,
}
REQUEST: dict[str, JsonValue] = {
    "seeds": ["2nLtzopw4rPReszdYBJU6h", "60a0Rd6pjrkxjPbaKzXjfq"],
    "k": 10,
    "diversity": 0.3,
    "popularity": -0.2,
    "max_per_artist": 1,
    "max_per_album": 1,
    "exclude_ids": ["3gVhsZtseYtY1fMuyYq06F"],
    "disliked_ids": ["5qxChyzKLEyoPJ5qGrdurN"],
    "blocked_artists": ["Nickelback"],
    "filters": {"year_min": 1995, "year_max": 2010, "exclude_genres": ["rap metal"], "scripts": ["latin"]},
    "variety": 0.2,
    "variety_seed": 7,
}
REASONS: dict[str, JsonValue] = {
    "closest_seed": "60a0Rd6pjrkxjPbaKzXjfq",
    "contributions": [
        {"kind": "genre", "name": "nu metal", "value": 0.31, "direction": 0},
        {"kind": "feature", "name": "energy", "value": 0.26, "direction": 1},
        {"kind": "time", "name": "year", "value": 0.2, "direction": 0},
        {"kind": "other", "name": "more genres", "value": 0.14, "direction": 0},
    ],
    "text": {
        "en": "Like *In the End*: energetic; shares nu metal",
        "ko": "*In the End*처럼 힘찬 곡, 같은 장르: nu metal",
    },
}
FEATURES: dict[str, JsonValue] = {
    "danceability": 0.496,
    "energy": 0.863,
    "key": 9,
    "loudness": -4.153,
    "mode": 1,
    "speechiness": 0.0381,
    "acousticness": 0.0046,
    "instrumentalness": 0.0,
    "liveness": 0.639,
    "valence": 0.243,
    "tempo": 110.018,
    "time_signature": 4,
}
