"""The batch side's wiring: settings in, jobs with their adapters out. Like `main`, it names adapters.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quintet.settings import DatabaseSettings, HomeSettings, RegistrySettings

if TYPE_CHECKING:
    from quintet.ports import ModelRegistry, RunTracker
    from quintet.stack.plan import Plan


def database_url(settings: DatabaseSettings | None = None, home: HomeSettings | None = None) -> str:
    """Return the SQLAlchemy URL of PostgreSQL: the one set, else the embedded one's socket."""
    return (settings or DatabaseSettings()).address(home)


def tracking_uri(settings: RegistrySettings | None = None, home: HomeSettings | None = None) -> str:
    """Return the address of MLflow: the one set, else the local one's."""
    settings = settings or RegistrySettings()
    return settings.tracking_uri or f"http://127.0.0.1:{(home or HomeSettings()).mlflow_port}"


def model_registry() -> ModelRegistry:
    """Return the registry of model versions, with short timeouts; nothing is asked of it yet."""
    from quintet.adapters.mlflow_registry.registry import MlflowRegistry

    settings = RegistrySettings()
    return MlflowRegistry(tracking_uri(settings), settings.timeout_s)


def run_tracker() -> RunTracker:
    """Return where trainings are recorded; nothing is asked of it yet."""
    from quintet.adapters.mlflow_registry.tracker import MlflowTracker

    return MlflowTracker(tracking_uri())


def embedded_stack() -> Plan:
    """Return what `quintet up` runs with these settings; nothing is started."""
    from quintet.settings import StandInSettings, process_environment
    from quintet.stack.plan import Places, make_plan

    home = HomeSettings()
    places = Places(
        database_url=database_url(home=home),
        tracking_uri=tracking_uri(home=home),
        own_database=DatabaseSettings().url is None,
        own_mlflow=RegistrySettings().tracking_uri is None,
    )
    stand_in = StandInSettings()
    return make_plan(home, places, process_environment(), stand_in if stand_in.is_on else None)
