"""Files of tracks, artists' genres and playlists: read in any known layout, written in the canonical one.

`layouts` say which column is what, `cells` split one cell into a list, `csv_rows` streams a file,
`track_file` puts these together as a RowSource, `side_files` reads genres and playlists, `rejects` keeps
refused rows, `canonical` writes, `download` fetches the public file, `choice` says what to load. What makes a
row good is said in `data.validation`.
"""
