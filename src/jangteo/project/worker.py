"""The one worker process: effects from the outbox as they come, periodic jobs as they fall due."""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

import django
import psycopg
import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
django.setup()

from jangteo.kernel.outbox.deliver import deliver_due  # noqa: E402  # models need the set-up above
from jangteo.kernel.periodic import run_due  # noqa: E402
from jangteo.project import wiring  # noqa: E402
from jangteo.project.database import connect_params  # noqa: E402

log = structlog.get_logger(__name__)
IDLE_SECONDS = 1.0
JOBS_EVERY_SECONDS = 5.0
BATCH = 20


class Worker:
    """Runs until told to stop; an effect that is under way is finished first."""

    def __init__(self) -> None:
        self.stopping = False
        self.handlers = wiring.handlers()
        self.jobs = wiring.jobs()

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        """Work while there is work, then sleep until PostgreSQL says there is more."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("worker_started", topics=sorted(self.handlers), debug=settings.DEBUG)
        while not self.stopping:
            try:
                with psycopg.connect(**connect_params(), autocommit=True) as listener:
                    listener.execute("LISTEN outbox")
                    self._work_and_wait(listener)
            except (psycopg.Error, Error) as lost:
                log.warning("worker_database_lost", reason=type(lost).__name__)
                close_old_connections()
                time.sleep(IDLE_SECONDS)

    def _work_and_wait(self, listener: psycopg.Connection[tuple[object, ...]]) -> None:
        next_jobs = 0.0
        while not self.stopping:
            if time.monotonic() >= next_jobs:
                run_due(self.jobs)
                next_jobs = time.monotonic() + JOBS_EVERY_SECONDS
            while not self.stopping and deliver_due(self.handlers, BATCH) == BATCH:
                pass
            for _ in listener.notifies(timeout=IDLE_SECONDS, stop_after=1):
                pass


def main() -> None:
    """Entry point of `python -m jangteo.project.worker`."""
    try:
        Worker().run()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
