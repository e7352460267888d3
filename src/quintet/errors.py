"""Every error Quintet raises on purpose, and nothing else.

::

    QuintetError                    one clear line: what is wrong, and what to do
    ├── SettingsError               a setting is missing or malformed
    ├── DataError                   the data itself is at fault
    │   ├── UnknownLayoutError      a file whose columns no layout knows
    │   ├── TooManyRejectedError    a batch refused before anything was written
    │   └── DumpError               a database dump that is damaged, or cannot be written or restored
    ├── ModelError                  the recommender
    │   ├── UnknownTrackError       a seed that is not in the catalogue
    │   ├── ArtifactError           a model folder that is damaged or of another format
    │   ├── TrainingError           a snapshot no model can be fitted to
    │   │   └── RerankerError       nothing can be learnt from playlists: too few, or no LightGBM
    │   └── NoModelError            no model is loaded (yet)
    ├── SourceError                 something outside Quintet answered badly
    │   ├── SourceUnavailableError  it did not answer; a later try may succeed
    │   ├── SourceRefusedError      it answered "not for you"; trying again will not help
    │   ├── NotFoundAtSourceError   it answered, and has no such thing
    │   └── QuotaExceededError      it answered "enough for now"; carries `retry_after_s`
    ├── FeedbackError               what a listener said of a list
    │   ├── NotServedError          a list nobody was served, or a track that is not in it
    │   └── TooManyRatingsError     one listener rates faster than people do; carries `retry_after_s`
    ├── StoreError                  PostgreSQL
    │   └── StoreUnavailableError   it did not answer in time; a later try may succeed
    ├── RegistryError               MLflow
    └── StackError                  a service of `quintet up` did not start or stop

An adapter raises these `from` the lower error it translates; no lower error leaves an adapter.
"""

from __future__ import annotations


class QuintetError(Exception):
    """The root of the tree: its text is one line a user can act on."""


class SettingsError(QuintetError):
    """A setting is missing or malformed."""


class DataError(QuintetError):
    """The data itself is at fault."""


class UnknownLayoutError(DataError):
    """A file whose columns no known layout has."""


class TooManyRejectedError(DataError):
    """A batch was refused, before anything was written, because too much of it is bad."""


class DumpError(DataError):
    """A dump of the database is damaged, of another format, or cannot be written or restored."""


class ModelError(QuintetError):
    """The recommender cannot do what was asked."""


class UnknownTrackError(ModelError):
    """Tracks that are not in the catalogue.

    Parameters
    ----------
    track_ids : tuple of str
        The ids nobody knows, in the order they were asked for.
    why : str or None
        Why they could not be looked up outside, where somebody outside may know them.
    """

    def __init__(self, track_ids: tuple[str, ...], why: str | None = None) -> None:
        super().__init__(f"not in the catalogue: {', '.join(track_ids)}" + (f" ({why})" if why else ""))
        self.track_ids = track_ids
        self.why = why


class ArtifactError(ModelError):
    """A model folder is damaged, incomplete or of another format."""


class TrainingError(ModelError):
    """No model can be fitted to this snapshot."""


class RerankerError(TrainingError):
    """Nothing can be learnt from playlists; a model without a re-ranker can."""


class NoModelError(ModelError):
    """No model is loaded (yet)."""


class SourceError(QuintetError):
    """Something outside Quintet answered badly."""


class SourceUnavailableError(SourceError):
    """A source did not answer; a later try may succeed."""


class SourceRefusedError(SourceError):
    """A source answered "not for you"; trying again will not help.

    Parameters
    ----------
    message : str
        What was refused, why, and what the operator can do.
    whole_source : bool
        True when every other call would be refused as well.
    """

    def __init__(self, message: str, *, whole_source: bool = False) -> None:
        super().__init__(message)
        self.whole_source = whole_source


class NotFoundAtSourceError(SourceError):
    """A source answered, and has no such thing."""


class QuotaExceededError(SourceError):
    """A source answered "enough for now".

    Parameters
    ----------
    message : str
        What was being asked for, and of whom.
    retry_after_s : float or None
        Seconds until the source will answer again, where it said so.
    """

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class FeedbackError(QuintetError):
    """What a listener said of a list cannot be taken."""


class NotServedError(FeedbackError):
    """A rating of a list nobody was served, or of a track that is not in it."""


class TooManyRatingsError(FeedbackError):
    """Ratings come faster than a person gives them.

    Parameters
    ----------
    retry_after_s : float
        Seconds until the next one is taken.
    """

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("too many ratings")
        self.retry_after_s = retry_after_s


class StoreError(QuintetError):
    """PostgreSQL did not do what was asked."""


class StoreUnavailableError(StoreError):
    """PostgreSQL did not answer in time; a later try may succeed."""


class RegistryError(QuintetError):
    """MLflow did not do what was asked."""


class StackError(QuintetError):
    """A service of `quintet up` did not start or stop."""
