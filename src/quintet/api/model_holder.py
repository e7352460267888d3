"""The models being served, and their hot swap: look at the aliases, fetch beside, try, swap one reference.

A request takes the reference once and keeps it, so a swap never fails it; the old model goes when its last
request lets go. Files are kept by `model_files`, and HTTP is spoken elsewhere.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from quintet.api.model_files import ModelFiles
from quintet.api.served_model import ServedModel
from quintet.errors import NoModelError, RegistryError
from quintet.ports import CHALLENGER, CHAMPION, ModelRegistry, ModelVersion

MAX_WAIT_S = 600.0
logger = logging.getLogger("quintet.api.models")


@dataclass(slots=True)
class _Refusal:
    """A version that would not serve, and when to try it again."""

    identity: tuple[str, str]
    attempts: int
    again_at: float


class ModelHolder:
    """Holds the model behind the alias `champion`, and beside it the one behind `challenger`, if any.

    Parameters
    ----------
    connect : callable
        Returns the registry to ask which version is champion; called while watching, never at the start,
        since a registry's client may take seconds to import.
    files : ModelFiles
        The local copies.
    poll_interval_s : float
        Seconds between two looks.
    clock : callable
        Monotonic seconds.
    """

    def __init__(
        self,
        connect: Callable[[], ModelRegistry],
        files: ModelFiles,
        poll_interval_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.swaps = 0
        self.failed_swaps = 0
        self.registry_answers = False
        self._connect, self._files = connect, files
        self._poll_interval_s, self._clock = poll_interval_s, clock
        self._model: ServedModel | None = None
        self._challenger: ServedModel | None = None
        self._refusals: dict[str, _Refusal] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._outage_logged = False

    def peek(self) -> ServedModel | None:
        """Return the model being served, or None."""
        return self._model

    def current(self) -> ServedModel:
        """Return the model being served; raise NoModelError where there is none."""
        if self._model is None:
            raise NoModelError("no model is loaded yet: train one with `quintet train`")
        return self._model

    def challenger(self) -> ServedModel | None:
        """Return the model on trial beside the champion, or None."""
        return self._challenger

    def open_last_good(self) -> None:
        """Serve the best local copy, if any: the start needs no MLflow."""
        for version in self._files.last_good():
            try:
                self._model = ServedModel.open(self._files.artifact(version), version)
            except Exception:
                logger.exception("local copy refused", extra={"data": {"version": version.version}})
                continue
            logger.info("local copy opened", extra={"data": {"version": version.version}})
            return

    def refresh(self) -> None:
        """Look at the aliases once, and swap what has moved; whatever fails, the old model stays."""
        try:
            registry = self._connect()
            champion, challenger = registry.champion(), registry.aliased(CHALLENGER)
        except RegistryError as error:
            self._note_outage(str(error))
            return
        self.registry_answers, self._outage_logged = True, False
        if champion is not None and self._is_news(champion, self._model, CHAMPION):
            self._swap(champion, registry)
        self._follow(challenger, registry)

    def start(self) -> None:
        """Begin looking, in a thread of its own: nothing of it ever blocks the event loop."""
        # A daemon, so that a registry that hangs cannot hold up the end of the process.
        self._thread = threading.Thread(target=self._watch, name="model-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=1.0)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                self.refresh()
            except Exception:
                logger.exception("looking for a model failed")
            self._stopping.wait(self._poll_interval_s)

    def _is_news(self, version: ModelVersion, held: ServedModel | None, alias: str) -> bool:
        identity = _identity(version)
        if held is not None and _identity(held.version) == identity:
            return False
        refusal = self._refusals.get(alias)
        return refusal is None or refusal.identity != identity or self._clock() >= refusal.again_at

    def _swap(self, champion: ModelVersion, registry: ModelRegistry) -> None:
        started = self._clock()
        model = self._opened(champion, registry, CHAMPION)
        if model is None:
            return
        before, self._model = self._model, model
        self.swaps += 1
        self._files.remember(champion)
        self._files.prune()
        line = {
            "version": champion.version,
            "previous": before.version.version if before else None,
            "tracks": model.catalogue_size,
            "duration_ms": round((self._clock() - started) * 1000),
        }
        logger.info("model swapped", extra={"data": line})

    def _follow(self, challenger: ModelVersion | None, registry: ModelRegistry) -> None:
        """Hold the challenger as long as it is one; a champion needs no trial against itself."""
        champion = self._model
        if challenger is None or champion is None or _identity(challenger) == _identity(champion.version):
            if self._challenger is not None:
                logger.info("challenger gone", extra={"data": {"version": self._challenger.version.version}})
            self._challenger = None
        elif self._is_news(challenger, self._challenger, CHALLENGER):
            self._challenger = None  # its trial is over, whether the new one opens or not
            self._challenger = self._opened(challenger, registry, CHALLENGER)
            if self._challenger is not None:
                logger.info("challenger opened", extra={"data": {"version": challenger.version}})

    def _opened(self, version: ModelVersion, registry: ModelRegistry, alias: str) -> ServedModel | None:
        try:
            model = ServedModel.open(self._files.fetch(version, registry), version)
        except Exception as error:  # noqa: BLE001 - a model may fail in any way; none may reach a listener
            self._refuse(version, error, alias)
            return None
        self._refusals.pop(alias, None)
        return model

    def _refuse(self, version: ModelVersion, error: Exception, alias: str) -> None:
        identity = _identity(version)
        before = self._refusals.get(alias)
        attempts = before.attempts + 1 if before and before.identity == identity else 1
        wait_s = min(self._poll_interval_s * 2**attempts, MAX_WAIT_S)
        self._refusals[alias] = _Refusal(identity, attempts, self._clock() + wait_s)
        self.failed_swaps += 1
        line = {"version": version.version, "reason": str(error), "attempts": attempts, "again_in_s": wait_s}
        logger.error("model refused", extra={"data": line}, exc_info=error)

    def _note_outage(self, reason: str) -> None:
        self.registry_answers = False
        if not self._outage_logged:  # once an outage, not once a look
            self._outage_logged = True
            logger.warning("registry does not answer", extra={"data": {"reason": reason}})


def _identity(version: ModelVersion) -> tuple[str, str]:
    return version.version, version.run_id
