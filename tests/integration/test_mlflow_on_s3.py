"""MLflow keeping its artifacts in an S3-compatible store, by settings alone, as its container does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
import yaml
from moto.server import ThreadedMotoServer
from tests.running_stack import await_answer, free_port

ROOT = Path(__file__).parents[2]
BUCKET = "quintet-models"


@pytest.fixture
def settings() -> Iterator[dict[str, str]]:
    """What an operator sets, with a store behind it that speaks S3."""
    server = ThreadedMotoServer(port=free_port())
    server.start()
    _, port = server.get_host_and_port()
    yield {
        "MLFLOW_ARTIFACTS_DESTINATION": f"s3://{BUCKET}/artifacts",
        "MLFLOW_S3_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "a-key-id",
        "AWS_SECRET_ACCESS_KEY": "a-secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture
def store(settings: dict[str, str]) -> Any:
    store = boto3.client(
        "s3",
        endpoint_url=settings["MLFLOW_S3_ENDPOINT_URL"],
        aws_access_key_id=settings["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=settings["AWS_SECRET_ACCESS_KEY"],
        region_name="us-east-1",
    )
    store.create_bucket(Bucket=BUCKET)
    return store


@pytest.fixture
def mlflow(settings: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of MLflow, told about the store through its environment only, as its container is."""
    port = free_port()
    own = {"MLFLOW_BACKEND_STORE_URI": f"sqlite:///{tmp_path}/mlflow.db", "MLFLOW_DISABLE_TELEMETRY": "true"}
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW", "AWS"))}
    command = [
        sys.executable,
        "-m",
        "mlflow",
        *_container_command()[1:],
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (tmp_path / "log").open("w") as log:
        quiet = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
        server = subprocess.Popen(
            command, env=env | settings | own | quiet, cwd=tmp_path, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    try:
        await_answer(f"{url}/health", server, tmp_path / "log")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def _container_command() -> list[str]:
    """Return what the image runs, without its address: a later option wins."""
    command = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile.mlflow").read_text(), flags=re.MULTILINE)[-1]
    return list(yaml.safe_load(command))


def test_an_artifact_goes_to_the_bucket_and_comes_back_through_mlflow(mlflow: str, store: Any) -> None:
    address = f"{mlflow}/api/2.0/mlflow-artifacts/artifacts/1/run/artifacts/model/manifest.json"
    content = os.urandom(200_000)
    requests.put(address, data=content, timeout=30).raise_for_status()

    (kept,) = store.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert kept["Key"] == "artifacts/1/run/artifacts/model/manifest.json"
    assert store.get_object(Bucket=BUCKET, Key=kept["Key"])["Body"].read() == content
    assert requests.get(address, timeout=30).content == content


def test_the_container_is_given_every_setting_of_the_store(settings: dict[str, str]) -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert settings.keys() - compose["services"]["mlflow"]["environment"].keys() == set()
