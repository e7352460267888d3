"""The morning crawl: `chart`, `discovery`, `genres`, `audio_features` and `publish`, one Airflow task each.

`morning` is what they share: the day, its call budget, which sources are switched off. Every task may be
killed and run again at any point; it goes on from what the store holds.
"""
