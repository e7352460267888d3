"""The containers as a whole: they serve, survive, keep what they know, and are closed. Run by `make smoke`.

The order matters: what only looks comes first, then what stops, kills and starts again.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import expect
from tests.compose.containers import Containers, await_true, docker
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import TYPED, pick
from tests.stack_clients import Airflow, Listener

from quintet.web.texts import EN

pytestmark = pytest.mark.timeout(1200)

API_ADDS_LESS_THAN_MB = 250
RUN_TIMEOUT_S = 600
IMAGES = ("quintet-api", "quintet-ui", "quintet-mlflow", "quintet-airflow")


def _get(containers: Containers, setting: str, path: str) -> Any:
    answer = requests.get(containers.url(setting) + path, timeout=10)
    assert answer.ok, answer.text
    return answer.json()


def _seeds(containers: Containers) -> list[str]:
    found = _get(containers, "API_PORT", "/search?q=love&limit=5")["items"]
    return [track["track_id"] for track in found]


def _answers(containers: Containers, seeds: list[str]) -> dict[str, Any]:
    answer = requests.post(
        containers.url("API_PORT") + "/recommend_ranked", json={"seeds": seeds, "k": 10}, timeout=10
    )
    assert answer.ok, answer.text
    return {name: told for name, told in answer.json().items() if name != "request_id"}


def _recommend(containers: Containers, seeds: list[str]) -> list[str]:
    return [item["track_id"] for item in _answers(containers, seeds)["items"]]


def _served(containers: Containers) -> str:
    return str(_get(containers, "API_PORT", "/model")["version"])


def _known(containers: Containers) -> dict[str, Any]:
    """Return what must survive: tracks, ratings, trainings, the model served, Airflow's runs."""
    airflow = Airflow(containers)
    count = "SELECT count(*) FROM tracks"
    return {
        "tracks": containers.inside(
            "postgres", "psql", "-U", "postgres", "-d", "quintet", "-t", "-c", count
        ).strip(),
        "versions": _get(containers, "MLFLOW_PORT", "/api/2.0/mlflow/model-versions/search"),
        "served": _served(containers),
        "ratings": _get(containers, "API_PORT", "/ratings/summary"),
        "chart": _get(containers, "API_PORT", "/hottest"),
        "runs": sorted(run["dag_run_id"] for run in airflow.get("/dags/~/dagRuns")["dag_runs"]),
    }


def test_search_finds_and_five_songs_give_ten(containers: Containers) -> None:
    seeds = _seeds(containers)
    items = _recommend(containers, seeds)
    assert len(set(items)) == 10
    assert set(items).isdisjoint(seeds)


def test_a_rating_of_a_list_is_kept(containers: Containers) -> None:
    api, seeds = containers.url("API_PORT"), _seeds(containers)
    listed = requests.post(f"{api}/recommend_ranked", json={"seeds": seeds, "k": 3}, timeout=10).json()
    rating = {"request_id": listed["request_id"], "track_id": listed["items"][0]["track_id"], "rating": 4}

    def kept() -> bool:  # lists are written down a moment after they were served
        return requests.post(f"{api}/ratings", json=rating, timeout=10).status_code == 201

    await_true(kept, 15, "the rating is not taken")
    (version,) = _get(containers, "API_PORT", "/ratings/summary")["versions"]
    assert (version["ratings"], version["mean"]) == (1, 4.0)


def test_search_finds_songs_only_spotify_has(containers: Containers) -> None:
    def is_found() -> bool:  # who is slow to answer is left out of a search
        found = _get(containers, "API_PORT", "/search?q=Снег&limit=5")["items"]
        return not all(track["is_in_catalogue"] for track in found)

    await_true(is_found, 30, "no song of Spotify is found")


def test_a_browser_picks_five_songs_and_reads_ten(containers: Containers, open_page: OpenPage) -> None:
    page = open_page(containers.url("UI_PORT"))
    titles = [pick(page, typed) for typed in TYPED]
    expect(page.get_by_text(EN.results_enough)).to_be_visible()
    expect(page.locator(".q-row:not(.q-ghost)")).to_have_count(10)
    assert page.locator(".filled b").all_inner_texts() == titles


def test_no_process_is_root_or_has_a_capability_or_can_write_to_its_image(containers: Containers) -> None:
    for service in containers.running():
        status = containers.inside(service, "sh", "-c", "cat /proc/[0-9]*/status")
        rows = [line.split() for line in status.splitlines() if line.startswith(("Uid:", "CapEff:"))]
        assert all("0" not in numbers for name, *numbers in rows if name == "Uid:"), service
        assert all(int(numbers[0], 16) == 0 for name, *numbers in rows if name == "CapEff:"), service
        refused = containers.inside(service, "sh", "-c", "touch /usr/here 2>&1 || true")
        assert "Read-only file system" in refused, service


def test_the_page_cannot_reach_postgresql(containers: Containers) -> None:
    attempt = (
        "import socket\n"
        "for name in ('postgres', {address!r}):\n"
        "    try:\n"
        "        socket.create_connection((name, 5432), 3).close()\n"
        "        print('reached', name)\n"
        "    except OSError:\n"
        "        print('refused')\n"
    )
    name = containers.running()["postgres"]
    address = docker(
        "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name
    ).strip()
    code = attempt.format(address=address)
    assert containers.inside("ui", "python", "-c", code).split() == ["refused", "refused"]
    reached = containers.inside("airflow-api", "python", "-c", code).split()
    assert reached == ["reached", "postgres", "reached", address]


def test_only_the_four_services_are_published_and_here_only(containers: Containers) -> None:
    published = {
        (container["Service"], port["URL"])
        for container in containers.containers()
        for port in container["Publishers"] or ()
        if port["PublishedPort"]
    }
    services = ("api", "ui", "mlflow", "airflow-api")
    assert published == {(service, "127.0.0.1") for service in services}


def test_no_container_writes_more_than_thirty_megabytes_of_logs(containers: Containers) -> None:
    for name in containers.running().values():
        log = json.loads(docker("inspect", "-f", "{{json .HostConfig.LogConfig}}", name))
        assert log == {"Type": "json-file", "Config": {"max-size": "10m", "max-file": "3"}}, name


def test_airflow_asks_for_its_password(containers: Containers) -> None:
    url = containers.url("AIRFLOW_PORT")
    assert requests.get(f"{url}/api/v2/dags", timeout=10).status_code == 401
    for password in ("admin", "airflow", ""):
        login = requests.post(
            f"{url}/auth/token", json={"username": "admin", "password": password}, timeout=10
        )
        assert login.status_code in (400, 401)
    assert Airflow(containers).get("/importErrors")["import_errors"] == []


def test_images_are_as_small_as_promised(containers: Containers) -> None:
    def size_mb(image: str) -> float:
        return int(docker("image", "inspect", "-f", "{{.Size}}", image)) / 1e6

    base = size_mb("python:3.12-slim-bookworm")
    added = {name: size_mb(f"{name}:dev") - base for name in IMAGES}
    sizes = ", ".join(f"{name} {mb:.0f} MB" for name, mb in added.items())
    print("\nadded to the base image:", sizes)  # noqa: T201
    assert added["quintet-api"] < API_ADDS_LESS_THAN_MB


def test_a_crawl_of_the_stand_ins_ends_in_a_new_champion_served(containers: Containers) -> None:
    old = _served(containers)
    _run_dag(containers, "crawl_spotify", {"date": "2026-11-20", "queries": ["genre:folk"], "budget": 90})
    await_true(lambda: _served(containers) != old, RUN_TIMEOUT_S, "the crawl led to no new version")
    runs = Airflow(containers).get("/dags/retrain_model/dagRuns?order_by=-run_after&limit=1")["dag_runs"]
    assert runs[0]["run_type"] == "asset_triggered"


def test_the_api_answers_while_mlflow_and_postgresql_are_away_even_after_a_restart(
    containers: Containers,
) -> None:
    seeds, version = _seeds(containers), _served(containers)
    before = _recommend(containers, seeds)
    containers.compose("stop", "mlflow", "postgres")
    try:
        assert _recommend(containers, seeds) == before
        containers.compose("restart", "api")
        await_true(lambda: _served(containers) == version, 60, "the API does not answer by itself")
        assert _recommend(containers, seeds) == before
    finally:
        containers.compose("start", "postgres", "mlflow")
    health = containers.url("MLFLOW_PORT") + "/health"
    await_true(lambda: requests.get(health, timeout=5).ok, 120, "MLflow does not come back")


def test_killed_containers_come_back_and_nothing_is_lost(containers: Containers) -> None:
    await_true(lambda: _airflow_is_well(containers), 120, "Airflow does not find PostgreSQL again")
    before = _known(containers)
    killed = ("postgres", "mlflow", "api", "ui", "airflow-scheduler")
    counts = {service: containers.restarts(service) for service in killed}
    for service in killed:
        containers.inside(service, "sh", "-c", "kill -9 -1", check=False)
    await_true(
        lambda: all(containers.restarts(service) > counts[service] for service in killed),
        60,
        "not every container was started again",
    )
    containers.up()
    await_true(lambda: _airflow_is_well(containers), 120, "Airflow is not well")
    assert _known(containers) == before


def _airflow_is_well(containers: Containers) -> bool:
    health = _get(containers, "AIRFLOW_PORT", "/api/v2/monitor/health")
    return all(health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))


def test_down_and_up_keeps_everything(containers: Containers) -> None:
    before = _known(containers)
    found = _secrets_in(containers, {"logs": containers.compose("logs")})
    assert found == set()
    containers.compose("down", timeout_s=180)
    took_s = containers.up()
    print(f"\nstarted again in {took_s:.0f} s")  # noqa: T201
    assert _known(containers) == before


def test_an_empty_installation_becomes_the_dumped_one(containers: Containers, tmp_path: Path) -> None:
    seeds = _seeds(containers)
    before, answers = _known(containers), _answers(containers, seeds)
    containers.dump(tmp_path / "quintet.dump")
    containers.compose("down", "--volumes", timeout_s=180)
    containers.restore(tmp_path / "quintet.dump")
    took_s = containers.up()
    print(f"\nrestored and started in {took_s:.0f} s")  # noqa: T201
    assert _known(containers) | {"runs": None} == before | {"runs": None}
    assert _answers(containers, seeds) == answers


def test_a_retraining_from_airflow_is_served_and_no_request_fails(containers: Containers) -> None:
    old = _served(containers)
    listener = Listener(containers.url("API_PORT"))
    listener.start()
    try:
        _run_dag(containers, "retrain_model", {"test_tracks": 50, "ks": [3], "genre_weight": 0.4})
        await_true(lambda: _served(containers) != old, 60, "the API does not serve the new version")
        time.sleep(1)
    finally:
        listener.stop()
    assert {status for status, _ in listener.answers} == {200}
    assert {version for _, version in listener.answers} == {old, _served(containers)}


def _run_dag(containers: Containers, dag_id: str, conf: dict[str, Any]) -> None:
    airflow = Airflow(containers)
    await_true(
        lambda: dag_id in {dag["dag_id"] for dag in airflow.get("/dags")["dags"]}, 60, f"no DAG {dag_id}"
    )
    run_id = airflow.trigger(dag_id, conf)

    def state() -> str:
        return str(airflow.get(f"/dags/{dag_id}/dagRuns/{run_id}")["state"])

    await_true(lambda: state() in ("success", "failed"), RUN_TIMEOUT_S, f"{dag_id} does not end")
    assert state() == "success", containers.compose("logs", "--tail", "200", "airflow-scheduler")


def test_no_secret_is_in_an_image_or_a_log(containers: Containers) -> None:
    texts = {"logs": containers.compose("logs")}
    for image in (f"{name}:dev" for name in IMAGES):
        texts[image] = docker("history", "--no-trunc", image) + docker("image", "inspect", image)
    assert {"POSTGRES_PASSWORD", "SPOTIPY_CLIENT_SECRET", "QUINTET_RATER_SALT"} <= containers.secrets.keys()
    assert _secrets_in(containers, texts) == set()


def _secrets_in(containers: Containers, texts: dict[str, str]) -> set[tuple[str, str]]:
    return {
        (where, name)
        for where, text in texts.items()
        for name, value in containers.secrets.items()
        if value in text
    }
