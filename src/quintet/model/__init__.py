"""The recommender: fitting, scoring, search, artifact and evaluation. Pure: numbers in, numbers out."""
