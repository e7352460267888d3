"""How good lists are: playlists held out, what is measured of them, what a model is compared with."""
