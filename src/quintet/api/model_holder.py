"""The model being served, and its hot swap: look at the alias, fetch beside, try, swap one reference.

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
from quintet.ports import ModelRegistry, ModelVersion

MAX_WAIT_S = 600.0
logger = logging.getLogger("quintet.api.models")


@dataclass(slots=True)
class _Refusal:
    """A version that would not serve, and when to try it again."""

    identity: tuple[str, str]
    attempts: int
    again_at: float


class ModelHolder:
    """Holds one model and replaces it when the alias `champion` moves.

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
        self._refusal: _Refusal | None = None
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
        """Look at the alias once, and swap when it has moved; whatever fails, the old model stays."""
        try:
            registry = self._connect()
            champion = registry.champion()
        except RegistryError as error:
            self._note_outage(str(error))
            return
        self.registry_answers, self._outage_logged = True, False
        if champion is not None and self._is_news(champion):
            self._try(champion, registry)

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

    def _is_news(self, champion: ModelVersion) -> bool:
        identity = _identity(champion)
        if self._model is not None and _identity(self._model.version) == identity:
            return False
        refusal = self._refusal
        return refusal is None or refusal.identity != identity or self._clock() >= refusal.again_at

    def _try(self, champion: ModelVersion, registry: ModelRegistry) -> None:
        started = self._clock()
        try:
            model = ServedModel.open(self._files.fetch(champion, registry), champion)
        except Exception as error:  # noqa: BLE001 - a model may fail in any way; none may reach a listener
            self._refuse(champion, error)
            return
        before, self._model, self._refusal = self._model, model, None
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

    def _refuse(self, champion: ModelVersion, error: Exception) -> None:
        identity = _identity(champion)
        before = self._refusal
        attempts = before.attempts + 1 if before and before.identity == identity else 1
        wait_s = min(self._poll_interval_s * 2**attempts, MAX_WAIT_S)
        self._refusal = _Refusal(identity, attempts, self._clock() + wait_s)
        self.failed_swaps += 1
        line = {"version": champion.version, "reason": str(error), "attempts": attempts, "again_in_s": wait_s}
        logger.error("model refused", extra={"data": line}, exc_info=error)

    def _note_outage(self, reason: str) -> None:
        self.registry_answers = False
        if not self._outage_logged:  # once an outage, not once a look
            self._outage_logged = True
            logger.warning("registry does not answer", extra={"data": {"reason": reason}})


def _identity(version: ModelVersion) -> tuple[str, str]:
    return version.version, version.run_id
