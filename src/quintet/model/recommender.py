"""The recommender that serves: seeds in, a ranked and explained list out; numpy and scipy only."""
