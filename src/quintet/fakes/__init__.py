"""Stand-ins for Spotify, ReccoBeats and Deezer over HTTP: for tests, and for a crawl without an account.

`world` invents the music, `bodies` gives it Spotify's JSON shapes, `regime` says what each kind of Spotify
app may do, `faults` breaks things on demand, `server` joins the routes of the others.
Nothing else of Quintet is imported here, and nothing of Quintet imports this.
"""
