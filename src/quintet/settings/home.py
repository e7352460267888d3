"""Where the embedded run lives: its state folder, its ports, the folder of PostgreSQL's socket."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from pydantic import Field

from quintet.settings.reading import EnvironmentSettings


class HomeSettings(EnvironmentSettings):
    """Where the embedded run keeps its state, and the ports it listens on."""

    home: Path = Field(Path(".quintet"), alias="QUINTET_HOME", description="state folder of the embedded run")
    api_port: int = Field(8000, alias="API_PORT", ge=1, le=65535, description="port of the API")
    ui_port: int = Field(8501, alias="UI_PORT", ge=1, le=65535, description="port of the page")
    mlflow_port: int = Field(5000, alias="MLFLOW_PORT", ge=1, le=65535, description="port of MLflow")
    airflow_port: int = Field(8080, alias="AIRFLOW_PORT", ge=1, le=65535, description="port of Airflow")

    @property
    def socket_dir(self) -> Path:
        """The folder of the embedded PostgreSQL's socket: `run/` in the state folder, if that will do.

        A socket's path holds 103 bytes on macOS and 107 on Linux, and the folder stands in connection URLs:
        a long or unusual path gives way to a short one made from the state folder's own.
        """
        folder = self.home.resolve() / "run"
        if re.fullmatch(r"[A-Za-z0-9/._-]+", str(folder)) and len(str(folder / ".s.PGSQL.5432")) <= 103:
            return folder
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        # The same from every shell, whatever TMPDIR says; on start it is made private, or refused.
        return Path(os.sep, "tmp", f"quintet-{os.getuid()}-{digest}")
