"""How often something may be tried: codes, links, webhooks that turn out to be noise."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from jangteo.kernel import clock
from jangteo.kernel.errors import Refused


class TooOften(Refused):
    """Facts: minutes."""

    code = "limits.too_often"


def check_rate(key: str, *, most: int, window: timedelta) -> None:
    """Count one try of `key` and raise TooOften beyond `most` in the window. One atomic statement."""
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_ratewindow AS w (key, window_ends_at, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (key) DO UPDATE SET"
            " count = CASE WHEN w.window_ends_at <= %s THEN 1 ELSE w.count + 1 END,"
            " window_ends_at = CASE WHEN w.window_ends_at <= %s THEN EXCLUDED.window_ends_at ELSE w.window_ends_at END"
            " RETURNING count",
            [key, moment + window, moment, moment],
        )
        count = int(cursor.fetchone()[0])
    if count > most:
        raise TooOften(minutes=max(1, int(window.total_seconds() // 60)))
