"""`quintet train` and `quintet models …`: arguments in, reports out.

The work is wired in `batch_training` and `batch`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quintet.batch import model_registry
from quintet.tables import print_table

if TYPE_CHECKING:
    from quintet.data.trial import Side, Trial
    from quintet.jobs.train import TrainReport
    from quintet.ports import ModelVersion

models = typer.Typer(help="List model versions; promote one, or roll back.", invoke_without_command=True)


def train(
    genre_weight: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Share of the genres in a score; default: QUINTET_GENRE_WEIGHT."),
    ] = None,
    metric: Annotated[
        Literal["CosineSimilarity", "EuclideanDistance"] | None,
        typer.Option(help="How the served model compares; both are evaluated."),
    ] = None,
    k: Annotated[
        list[int] | None,
        typer.Option(min=1, max=200, help="A list length to evaluate; may be repeated. Default: 3, 5 and 7."),
    ] = None,
    test_tracks: Annotated[int | None, typer.Option(min=1, help="How many tracks to evaluate with.")] = None,
    recipe: Annotated[
        Literal["content", "plain"] | None,
        typer.Option(help="content: all a track says about itself; plain: genres and sound, 1:1."),
    ] = None,
    lists: Annotated[int | None, typer.Option(min=1, help="How many playlists to hold out.")] = None,
    rerank: Annotated[bool, typer.Option(help="Learn from playlists too, where that surely helps.")] = True,
    promote: Annotated[bool, typer.Option(help="Serve the new version if the gate lets it.")] = True,
    force: Annotated[bool, typer.Option("--force", help="Serve it even if the gate refuses it.")] = False,
    if_no_champion: Annotated[
        bool, typer.Option("--if-no-champion", help="Do nothing where a version is served already.")
    ] = False,
) -> None:
    """Train on the whole catalogue, evaluate, log to MLflow, register, and promote."""
    if if_no_champion and (champion := model_registry().champion()) is not None:
        typer.echo(f"Version {champion.version} is champion already.")
        return
    from quintet.batch_training import run_training

    report = run_training(
        genre_weight=genre_weight,
        metric=metric,
        ks=tuple(k) if k else None,
        test_tracks=test_tracks,
        recipe=recipe,
        lists=lists,
        rerank=rerank,
        promote=promote,
        force=force,
    )
    _print_report(report)


def evaluate(
    recipe: Annotated[
        Literal["content", "plain"], typer.Option(help="Which model to fit; see `quintet train`.")
    ] = "content",
    lists: Annotated[int | None, typer.Option(min=1, help="At most so many lists; default: all.")] = None,
    most_by_artist: Annotated[
        int | None, typer.Option(min=1, help="At most so many tracks of one artist in a list.")
    ] = None,
    draw: Annotated[int, typer.Option(min=0, help="Another number draws other seeds.")] = 0,
    rerank: Annotated[
        bool, typer.Option(help="Learn from playlists too, each from those of other folds.")
    ] = True,
) -> None:
    """Compare the model with the baselines on held-out playlists; print the tables as Markdown."""
    from quintet.batch_training import run_evaluation

    typer.echo(run_evaluation(recipe, lists, most_by_artist, draw, rerank).as_markdown())


@models.callback()
def list_models(context: typer.Context) -> None:
    """List model versions, newest first."""
    if context.invoked_subcommand is None:
        _print_versions(model_registry().versions())


@models.command("promote")
def promote_model(version: Annotated[str, typer.Argument(help="Its number, see `quintet models`.")]) -> None:
    """Serve a version; the one served now becomes `previous`."""
    from quintet.jobs.promote import promote

    typer.echo(f"Version {promote(model_registry(), version).version} is champion.")


@models.command("rollback")
def rollback_model() -> None:
    """Serve the previous version again."""
    from quintet.jobs.promote import rollback

    typer.echo(f"Version {rollback(model_registry()).version} is champion again.")


@models.command("challenge")
def challenge_model(
    version: Annotated[str, typer.Argument(help="Its number, or `off` to serve the champion alone.")],
) -> None:
    """Put a version on trial beside the champion, or end the trial."""
    from quintet.jobs.promote import challenge, end_trial

    if version == "off":
        end_trial(model_registry())
        typer.echo("The champion is served alone.")
    else:
        challenge(model_registry(), version)
        typer.echo(f"Version {version} is challenger: see `quintet models compare`.")


@models.command("compare")
def compare_models() -> None:
    """Print how listeners took champion and challenger, and whether there is a winner yet."""
    from quintet.batch_feedback import compare_online

    _print_trial(compare_online())


def _print_trial(trial: Trial) -> None:
    for measure in trial.measures:
        rows = [
            (f"champion, version {trial.champion}", _told(measure.champion)),
            (f"challenger, version {trial.challenger}", _told(measure.challenger)),
        ]
        if measure.difference is not None:
            rows.append(
                ("difference", f"{measure.difference:+.4g} [{measure.low:+.4g}, {measure.high:+.4g}]")
            )
        print_table(measure.name, rows)
    typer.echo(trial.verdict)


def _told(side: Side) -> str:
    if side.mean is None:
        return "nothing yet"
    return f"{side.mean:.4g} [{side.low:.4g}, {side.high:.4g}] of {side.count}, {side.listeners} listeners"


def _print_report(report: TrainReport) -> None:
    verdict = "champion" if report.promoted else "registered, not promoted"
    print_table(
        f"Model version {report.version}: {verdict}",
        [
            ("tracks", report.tracks),
            ("fingerprint", report.fingerprint[:12]),
            ("MLflow run", report.run_id),
            ("gate", report.verdict),
            *_numbers(report.metrics),
            *((step, f"{seconds:.1f} s") for step, seconds in report.seconds.items()),
        ],
    )


def _print_versions(versions: Sequence[ModelVersion]) -> None:
    if not versions:
        typer.echo("No model yet: run `quintet train`.")
    for version in versions:
        made = version.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        aliases = f" ({', '.join(version.aliases)})" if version.aliases else ""
        print_table(f"Version {version.version}{aliases}, {made}", _numbers(version.metrics))


def _numbers(metrics: Mapping[str, float]) -> list[tuple[str, str]]:
    return [(name, f"{value:.4g}") for name, value in metrics.items()]
