"""A connection to MLflow: short timeouts, few retries, and its errors in our own words. No runs, no versions.

Importing this imports no MLflow: that takes seconds and would start its telemetry.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quintet.errors import RegistryError

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT_NAME = "quintet"
MODEL_NAME = "quintet"

_MAX_RETRIES = 2
_FIRST_LINE_LENGTH = 300


def connect(uri: str, timeout_s: float) -> MlflowClient:
    """Return a client of one MLflow server; nothing is asked of it yet.

    MLflow reads these from the environment of the process at every request and takes no argument instead,
    so the last connection made decides for all of them.

    Parameters
    ----------
    uri : str
        Address of the tracking server, `http://host:port`.
    timeout_s : float
        Seconds one request may take, rounded up to whole ones.
    """
    os.environ.update(
        MLFLOW_HTTP_REQUEST_TIMEOUT=str(int(-(-timeout_s // 1))),
        MLFLOW_HTTP_REQUEST_MAX_RETRIES=str(_MAX_RETRIES),
        MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR="1",
        MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false",
        MLFLOW_DISABLE_TELEMETRY="true",  # read when MLflow is imported, next line but two
        MLFLOW_UV_AUTO_DETECT="false",  # else the caller's own uv.lock is copied into the model
    )
    from mlflow import MlflowClient

    return MlflowClient(tracking_uri=uri, registry_uri=uri)


@contextmanager
def translated(uri: str, doing: str) -> Iterator[None]:
    """Turn whatever MLflow raises inside into a RegistryError that says what was being done.

    Parameters
    ----------
    uri : str
        Address of the server, for the message; a user name and password in it are left out.
    doing : str
        What is being done, such as "registering the model".

    Raises
    ------
    RegistryError
        MLflow did not answer, refused, or broke off.
    """
    from mlflow.exceptions import MlflowException, RestException
    from requests import RequestException

    try:
        yield
    except RestException as error:
        raise RegistryError(f"MLflow refused {doing}: {_first_line(error)}") from error
    except (MlflowException, RequestException) as error:
        if is_unanswered(error):
            raise RegistryError(
                f"MLflow does not answer at {address(uri)} while {doing}: "
                "start it with `make up`, or set MLFLOW_TRACKING_URI"
            ) from error
        raise RegistryError(f"MLflow failed while {doing}: {_first_line(error)}") from error
    except OSError as error:
        raise RegistryError(f"a file could not be read or written while {doing}: {error}") from error


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


def address(uri: str) -> str:
    """Return an address without the user name and password it may hold."""
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:_FIRST_LINE_LENGTH]
