"""The live process: only the event stream, no pages."""

from __future__ import annotations

import os

import django
import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
django.setup()

from jangteo.kernel.live.stream import LiveApp  # noqa: E402  # models need the set-up above
from jangteo.project.database import connect_params  # noqa: E402


async def _connect() -> psycopg.AsyncConnection[tuple[int, str, str, object]]:
    return await psycopg.AsyncConnection.connect(**connect_params(), autocommit=True)


application = LiveApp(_connect)
