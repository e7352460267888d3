"""The manifests for Kubernetes: valid against its schemas, replicated, probed, limited and closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
KUSTOMIZATION: dict[str, Any] = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
VALUES: dict[str, Any] = yaml.safe_load((FOLDER / "airflow-values.yaml").read_text(encoding="utf-8"))
VERSIONS = ("1.30", "1.33")


def _documents() -> list[dict[str, Any]]:
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in KUSTOMIZATION["resources"]]
    return [document for text in texts for document in yaml.safe_load_all(text)]


DOCUMENTS = _documents()
WORKLOADS = [document for document in DOCUMENTS if document["kind"] in ("Deployment", "Job")]


def _name(document: dict[str, Any]) -> str:
    return f"{document['kind']}-{document['metadata']['name']}"


def _of_kind(kind: str) -> dict[str, dict[str, Any]]:
    return {document["metadata"]["name"]: document for document in DOCUMENTS if document["kind"] == kind}


def test_every_manifest_is_part_of_the_whole() -> None:
    beside = {"kustomization.yaml", "airflow-values.yaml"}
    assert {path.name for path in FOLDER.glob("*.yaml")} - beside == set(KUSTOMIZATION["resources"])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_a_manifest_is_valid(document: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


@pytest.mark.parametrize("document", WORKLOADS, ids=_name)
def test_a_pod_is_closed_and_limited(document: dict[str, Any]) -> None:
    pod = document["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    for container in pod["containers"]:
        security = container["securityContext"]
        assert security["readOnlyRootFilesystem"] is True
        assert security["allowPrivilegeEscalation"] is False
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
        assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("name", _of_kind("Deployment"))
def test_a_deployment_is_probed_and_reached_through_a_service(name: str) -> None:
    pod = _of_kind("Deployment")[name]["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()
    service = _of_kind("Service")[name]["spec"]
    assert service["selector"].items() <= pod["metadata"]["labels"].items()
    assert service["ports"][0]["targetPort"] in {port["name"] for port in container["ports"]}


@pytest.mark.parametrize("name", ["api", "ui"])
def test_what_listeners_meet_is_replicated_and_survives_a_node(name: str) -> None:
    scaler = _of_kind("HorizontalPodAutoscaler")[name]["spec"]
    assert scaler["minReplicas"] >= 2
    assert scaler["scaleTargetRef"]["name"] == name
    assert _of_kind("PodDisruptionBudget")[name]["spec"]["minAvailable"] == 1
    # The autoscaler sets it: a number here would undo its work at every release.
    assert "replicas" not in _of_kind("Deployment")[name]["spec"]


def test_every_image_is_given_a_release() -> None:
    named = {
        container["image"]
        for document in WORKLOADS
        for container in document["spec"]["template"]["spec"]["containers"]
    }
    assert named == {image["name"] for image in KUSTOMIZATION["images"]}


def test_settings_are_in_the_config_map_and_secrets_nowhere() -> None:
    known = _of_kind("ConfigMap")["quintet-settings"]["data"].keys()
    assert "Secret" not in {document["kind"] for document in DOCUMENTS}
    for document in WORKLOADS:
        for container in document["spec"]["template"]["spec"]["containers"]:
            sources = [variable["valueFrom"] for variable in container["env"]]
            asked = {source["configMapKeyRef"]["key"] for source in sources if "configMapKeyRef" in source}
            assert asked <= known


def _task_pod() -> dict[str, Any]:
    """Return a pod made of what the chart's values hand on as it is."""
    secrets = [
        {
            "name": secret["envName"],
            "valueFrom": {"secretKeyRef": {"name": secret["secretName"], "key": secret["secretKey"]}},
        }
        for secret in VALUES["secret"]
    ]
    image = VALUES["images"]["airflow"]
    container = {
        "name": "base",
        "image": f"{image['repository']}:{image['tag']}",
        "env": [*VALUES["env"], *secrets],
        "resources": VALUES["workers"]["kubernetes"]["resources"],
        "securityContext": VALUES["securityContexts"]["containers"],
    }
    spec = {"securityContext": VALUES["securityContexts"]["pod"], "containers": [container]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "task"}, "spec": spec}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_airflows_chart_is_given_makes_a_valid_pod_that_the_namespace_takes(version: str) -> None:
    kubernetes_validate.validate(_task_pod(), version, strict=True)
    (namespace,) = _of_kind("Namespace").values()
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert _task_pod()["spec"]["securityContext"]["runAsNonRoot"] is True
    assert _task_pod()["spec"]["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}


def test_airflows_chart_runs_the_release_that_is_locked_with_settings_it_knows() -> None:
    root = FOLDER.parents[1]
    locked = (root / "requirements_airflow_kubernetes.txt").read_text(encoding="utf-8")
    assert f"\napache-airflow=={VALUES['airflowVersion']} " in locked
    assert "\napache-airflow-providers-cncf-kubernetes==" in locked
    compose = (root / "docker-compose.yml").read_text(encoding="utf-8")
    for name, value in VALUES["config"]["core"].items():
        if name not in ("dags_folder", "auth_manager"):  # the image's own, and Airflow's default
            assert f"AIRFLOW__CORE__{name.upper()}: " in compose, name
            assert str(value) in compose, name


def test_the_api_finds_the_database_and_every_replica_knows_a_listener_again() -> None:
    (container,) = _of_kind("Deployment")["api"]["spec"]["template"]["spec"]["containers"]
    asked = {variable["name"]: variable["valueFrom"] for variable in container["env"]}
    secrets = {"DATABASE_URL": "API_DATABASE_URL", "QUINTET_RATER_SALT": "QUINTET_RATER_SALT"}
    for name, key in secrets.items():
        assert asked[name] == {"secretKeyRef": {"name": "quintet-secrets", "key": key}}
    assert asked["SPOTIPY_CLIENT_SECRET"]["secretKeyRef"]["optional"] is True
    (page,) = _of_kind("Deployment")["ui"]["spec"]["template"]["spec"]["containers"]
    assert {variable["name"] for variable in page["env"]} == {"QUINTET_API_URL"}


def test_every_secret_that_is_asked_for_is_told_of() -> None:
    told = (FOLDER / "settings.yaml").read_text(encoding="utf-8")
    asked = {
        variable["valueFrom"]["secretKeyRef"]["key"]
        for document in WORKLOADS
        for container in document["spec"]["template"]["spec"]["containers"]
        for variable in container["env"]
        if "secretKeyRef" in variable["valueFrom"]
    }
    assert {name for name in asked if name not in told} == set()
