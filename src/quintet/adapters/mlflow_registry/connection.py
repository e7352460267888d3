"""A connection to MLflow: short timeouts, few retries, and its errors in our own words. No runs, no versions.

Importing this imports no MLflow: that takes seconds and would start its telemetry.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quintet.errors import RegistryError

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT_NAME = "quintet"
MODEL_NAME = "quintet"

_MAX_RETRIES = 2
_LONGEST_CAUSE = 300


class Connection:
    """One MLflow server and how patient we are with it; nothing is asked of it by making one.

    Parameters
    ----------
    uri : str
        Address of the tracking server, `http://host:port`.
    timeout_s : float
        Seconds one request may take, rounded up to whole ones.
    """

    def __init__(self, uri: str, timeout_s: float) -> None:
        self.uri = uri
        self._environment = {
            "MLFLOW_HTTP_REQUEST_TIMEOUT": str(ceil(timeout_s)),
            "MLFLOW_HTTP_REQUEST_MAX_RETRIES": str(_MAX_RETRIES),
            "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "1",
            "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "MLFLOW_LOGGING_LEVEL": "ERROR",
            "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
            "MLFLOW_UV_AUTO_DETECT": "false",  # else the caller's own uv.lock is copied into the model
        }
        self.client = self._connect()

    def _connect(self) -> MlflowClient:
        os.environ.update(self._environment)  # before the import, which is when telemetry would start
        from mlflow import MlflowClient

        return MlflowClient(tracking_uri=self.uri, registry_uri=self.uri)

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Turn whatever MLflow raises inside into a RegistryError that says what was being done.

        Timeouts are set anew each time: MLflow takes them from the environment of the process only.

        Parameters
        ----------
        what : str
            What is being done, such as "registering the model".

        Raises
        ------
        RegistryError
            MLflow did not answer, refused, or broke off.
        """
        from mlflow.exceptions import MlflowException
        from requests import RequestException

        os.environ.update(self._environment)
        try:
            yield
        except (MlflowException, RequestException) as error:
            raise RegistryError(self._told(error, what)) from error
        except OSError as error:
            raise RegistryError(f"a file could not be read or written while {what}: {error}") from error

    def _told(self, error: Exception, what: str) -> str:
        if is_unanswered(error):
            return (
                f"MLflow does not answer at {without_credentials(self.uri)} while {what}: "
                "start it with `make up`, or set MLFLOW_TRACKING_URI"
            )
        return f"MLflow failed while {what}: {str(error).strip().splitlines()[0][:_LONGEST_CAUSE]}"


def is_missing(error: Exception) -> bool:
    """Tell whether MLflow's error says that the model or the alias is not there."""
    return getattr(error, "error_code", "") == "RESOURCE_DOES_NOT_EXIST" or (
        getattr(error, "error_code", "") == "INVALID_PARAMETER_VALUE" and "alias" in str(error)
    )


def is_unanswered(error: Exception) -> bool:
    """Tell whether an error means that no answer came at all, rather than a bad one."""
    from requests import ConnectionError as NoConnection
    from requests import Timeout
    from requests.exceptions import RetryError

    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, NoConnection | Timeout | RetryError):
            return True
        chain = chain.__cause__ or chain.__context__
    return "failed with exception" in str(error)


def without_credentials(uri: str) -> str:
    """Return an address without the user name and password it may hold."""
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
