"""Work that comes round: a table of (name, how often, what), shared by all workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import connection

from jangteo.kernel import clock

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is called outside any transaction and scope, at most once per `every` over all workers."""

    name: str
    every: timedelta
    run: Callable[[], None]


def run_due(jobs: Iterable[Job]) -> int:
    """Run the jobs whose time has come and that no other worker has taken. How many ran."""
    ran = 0
    for job in jobs:
        if not _take(job):
            continue
        ran += 1
        try:
            job.run()
        except Exception:
            # The next round tries again; one failing job must not stop the others.
            log.exception("job_failed", job=job.name)
    return ran


def _take(job: Job) -> bool:
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_periodicrun (name, began_at) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET began_at = EXCLUDED.began_at"
            " WHERE kernel_periodicrun.began_at <= %s RETURNING name",
            [job.name, moment, moment - job.every],
        )
        return cursor.fetchone() is not None
