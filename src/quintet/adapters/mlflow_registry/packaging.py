"""An artifact folder wrapped as MLflow's generic model: code, data, signature, example. Asks no server.

Nothing is pickled: the model is `pyfunc_model.py` as a file, beside the artifact as it is. The pure part of
Quintet travels with it, so that `mlflow models serve` needs only the stated requirements.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import quintet

if TYPE_CHECKING:
    from mlflow.models import ModelSignature

_REQUIREMENTS = ("mlflow", "numpy", "pandas", "scipy", "tantivy", "rapidfuzz")
_CODE = ("__init__.py", "errors.py", "data", "model")
_PARAMETERS = {"k": 10, "max_per_artist": 2, "max_per_album": 2}
_OUTPUT_COLUMNS = {
    "request": "long",
    "rank": "long",
    "track_id": "string",
    "track_name": "string",
    "artists": "string",
    "score": "double",
    "reason": "string",
}


def save_package(artifact: Path, example: Sequence[str], folder: Path) -> None:
    """Write the MLflow model of an artifact; nothing is asked of any network.

    Parameters
    ----------
    artifact : Path
        The artifact's folder; it becomes `artifacts/model` in the package.
    example : sequence of str
        Track ids to keep as the example of an input.
    folder : Path
        Where to write; must not exist yet.
    """
    import mlflow.pyfunc

    with TemporaryDirectory() as temporary:
        staged = Path(temporary)
        shutil.copytree(artifact, staged / "model", copy_function=_link_or_copy)
        mlflow.pyfunc.save_model(
            path=str(folder),
            python_model=str(Path(__file__).with_name("pyfunc_model.py")),
            artifacts={"model": str(staged / "model")},
            code_paths=[str(_stage_code(staged))],
            signature=_signature(),
            input_example=({"seeds": list(example)}, _PARAMETERS),
            pip_requirements=[f"{name}=={version(name)}" for name in _REQUIREMENTS],
        )


def _stage_code(staged: Path) -> Path:
    """Copy what the model needs of Quintet: the errors and the pure core."""
    source = Path(quintet.__file__).parent
    target = staged / "quintet"
    target.mkdir()
    for name in _CODE:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source / name, target / name)
    return target


def _link_or_copy(source: str, target: str) -> None:
    """Hard-link where the file system allows it: a large artifact is not copied for nothing."""
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def _signature() -> ModelSignature:
    from mlflow.models import ModelSignature
    from mlflow.types.schema import Array, ColSpec, DataType, ParamSchema, ParamSpec, Schema

    return ModelSignature(
        inputs=Schema([ColSpec(Array(DataType.string), "seeds")]),
        outputs=Schema([ColSpec(kind, name) for name, kind in _OUTPUT_COLUMNS.items()]),
        params=ParamSchema([ParamSpec(name, DataType.long, value) for name, value in _PARAMETERS.items()]),
    )
