"""The child runs of a training: every metric with every list length, and the ways of ranking compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quintet.jobs.training.clock import Clock
from quintet.jobs.training.options import TrainOptions
from quintet.model.config import METRICS
from quintet.model.evaluation.lone_tracks import Evaluation, evaluate
from quintet.model.evaluation.measures import MEASURES, ratio
from quintet.model.evaluation.outcome import Outcome
from quintet.model.evaluation.table import Comparison
from quintet.model.fitted import FittedModel
from quintet.ports import TrainedRun


def configurations(fitted: FittedModel, options: TrainOptions, clock: Clock) -> list[TrainedRun]:
    """Return one run a metric and list length, judged on held-out tracks."""
    ks = sorted(set(options.ks))
    runs: list[TrainedRun] = []
    with clock.step("evaluating", len(METRICS)):
        for done, metric in enumerate(METRICS, start=1):
            found = evaluate(fitted, ks, [metric], queries=options.test_tracks)
            runs += [_configuration(one, options) for one in found]
            clock.progress("evaluating", done, len(METRICS))
    return runs


def _configuration(found: Evaluation, options: TrainOptions) -> TrainedRun:
    params: dict[str, str | int | float] = {
        "metric": found.metric,
        "k": found.k,
        "genre_weight": options.genre_weight,
        "test_tracks": options.test_tracks,
    }
    return TrainedRun(f"{found.metric}, k={found.k}", params, found.values)


def headline(children: Sequence[TrainedRun], options: TrainOptions) -> Mapping[str, float]:
    """Return the metrics of the configuration that is served, at the headline list length."""
    wanted = {"metric": options.metric, "k": options.headline_k}
    return next(child.metrics for child in children if wanted.items() <= child.params.items())


def ways_of_ranking(found: Comparison) -> list[TrainedRun]:
    """Return one run a way of ranking, judged on the same held-out lists, the best last."""
    return [_way(outcome, found) for outcome in found.outcomes]


def _way(outcome: Outcome, found: Comparison) -> TrainedRun:
    params: dict[str, str | int | float] = {
        "ranked_by": outcome.name,
        "lists": len(found.protocol.lists),
        "lists_from": found.protocol.source,
    }
    times = ratio(outcome.of("ndcg_at_10"), found.reference.of("ndcg_at_10"))
    intervals = {name: outcome.measure(name) for name in MEASURES}
    metrics = {name: interval.value for name, interval in intervals.items()}
    metrics |= {f"{name}_low": interval.low for name, interval in intervals.items()}
    metrics |= {f"{name}_high": interval.high for name, interval in intervals.items()}
    metrics |= {"times_plain_ndcg_at_10": times.value} if times.is_finite else {}
    metrics |= {"catalogue_coverage": outcome.coverage, "intra_list_diversity": found.diversity[outcome.name]}
    metrics |= {"novelty_bits": outcome.novelty, "mean_popularity": outcome.popularity}
    return TrainedRun(outcome.name, params, metrics | {"one_artists_share": outcome.concentration})
