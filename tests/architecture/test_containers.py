"""The containers' promises that can be read off the files: the rest is tried in `tests/compose`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from quintet.settings import (
    ApiSettings,
    CatalogueSettings,
    CrawlSettings,
    DatabaseSettings,
    FeedbackSettings,
    LiveSettings,
    MusicSettings,
    PageSettings,
    TrainingSettings,
)

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILES = sorted(ROOT.glob("Dockerfile.*[!e]"))
PUBLISHED = {"api", "ui", "mlflow", "airflow-api"}
OURS = {name: service for name, service in SERVICES.items() if name != "postgres"}


def _mebibytes(limit: str) -> int:
    return int(re.fullmatch(r"(?:\$\{\w+:-)?(\d+)m\}?", limit)[1])


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_an_image_is_built_in_stages_from_hashed_requirements_and_runs_as_nobody_special(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^FROM ", text, flags=re.MULTILINE)) > 1
    final = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER 10001:10001$", final, flags=re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert "org.opencontainers.image.revision" in final
    assert "pip install" not in final
    installs = re.findall(r"pip install [^\n]*-r ", text)
    assert installs
    assert all("--require-hashes" in line for line in installs)
    assert not text.startswith("# syntax=")


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_an_image_sees_only_what_its_ignore_file_lets_through(path: Path) -> None:
    lines = path.with_name(f"{path.name}.dockerignore").read_text(encoding="utf-8").splitlines()
    assert next(line for line in lines if not line.startswith("#")) == "*"


def test_only_four_ports_are_published_and_on_this_machine_unless_told_otherwise() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(published) == PUBLISHED
    for (port,) in published.values():
        assert port.startswith("${BIND_ADDRESS:-127.0.0.1}:")


def test_the_page_shares_no_network_with_postgresql() -> None:
    assert set(SERVICES["ui"]["networks"]).isdisjoint(SERVICES["postgres"]["networks"])
    assert COMPOSE["networks"]["data"] == {"internal": True}


def test_memory_limits_fit_eight_gigabytes_together() -> None:
    limits = {name: _mebibytes(service["mem_limit"]) for name, service in SERVICES.items()}
    care = limits.pop("care")  # asked for by hand, once the first start is over
    assert sum(limits.values()) < 8 * 1024
    assert care <= limits["first-model"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_can_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}
    assert service["restart"] == (
        "no" if name in ("migrate", "airflow-migrate", "first-model", "care") else "unless-stopped"
    )


def test_the_api_loads_no_part_of_scipy_that_its_image_leaves_out(make_artifact: Callable[..., Path]) -> None:
    (left_out,) = re.findall(
        r"for part in ([^;]+);", (ROOT / "Dockerfile.api").read_text().replace("\\\n", "")
    )
    code = (
        "import sys, datetime, pathlib, quintet.main\n"
        "from quintet.api.served_model import ServedModel\n"
        "from quintet.ports import ModelVersion\n"
        "version = ModelVersion('1', 'run', datetime.datetime.now(datetime.UTC))\n"
        "ServedModel.open(pathlib.Path(sys.argv[1]), version)\n"
        "print(*(name for name in sys.modules if name.startswith('scipy.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(make_artifact())], capture_output=True, text=True, check=True
    )
    assert "scipy.sparse" in done.stdout.split()
    assert {f"scipy.{part}" for part in left_out.split()} & set(done.stdout.split()) == set()


def test_every_secret_is_demanded_and_none_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    secrets = re.findall(r"# .*\(random\)\n# (\w+)=", (ROOT / ".env.template").read_text(encoding="utf-8"))
    assert len(secrets) == 10
    for name in secrets:
        assert re.search(rf"\$\{{{name}:\?[^}}]+\}}", text), name
        assert f"${{{name}:-" not in text


def test_no_key_of_the_compose_file_stands_twice() -> None:
    def keys(node: yaml.Node) -> Iterator[list[str]]:
        if isinstance(node, yaml.MappingNode):
            yield [key.value for key, _ in node.value if key.value != "<<"]
            for _, value in node.value:
                yield from keys(value)

    tree = yaml.compose((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert [found for found in keys(tree) if len(found) != len(set(found))] == []


def test_every_variable_of_the_compose_file_is_documented() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    template = (ROOT / ".env.template").read_text(encoding="utf-8")
    documented = set(re.findall(r"^# ([A-Z0-9_]+)=", template, flags=re.MULTILINE))
    assert set(re.findall(r"\$\{([A-Z0-9_]+)", text)) - documented == set()


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("api", ApiSettings),
        ("api", DatabaseSettings),
        ("api", FeedbackSettings),
        ("api", LiveSettings),
        ("api", MusicSettings),
        ("ui", PageSettings),
        ("first-model", CatalogueSettings),
        ("first-model", TrainingSettings),
        ("airflow-scheduler", CrawlSettings),
        ("airflow-scheduler", MusicSettings),
        ("care", DatabaseSettings),
        ("airflow-scheduler", TrainingSettings),
    ],
)
def test_a_container_is_given_every_setting_it_reads(name: str, settings: type) -> None:
    in_the_image = {"QUINTET_DEMO_DIR", "QUINTET_MODELS_DIR"}
    given = SERVICES[name]["environment"]
    merged = set(given) | {key for part in given.get("<<", []) for key in part}
    aliases = {field.alias for field in settings.model_fields.values()}
    assert aliases - in_the_image - merged == set()
