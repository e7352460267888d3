"""Spotify's Web API over spotipy: `client` asks and translates, `shapes` reads, `sources` keep the ports."""
