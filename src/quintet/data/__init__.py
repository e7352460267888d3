"""What a track is, which rows are believed, and how a snapshot becomes a dataset: pure."""
