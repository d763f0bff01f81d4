"""How processes that speak to PostgreSQL without Django reach it."""

from __future__ import annotations

from typing import TypedDict

from django.conf import settings


class ConnectParams(TypedDict):
    dbname: str
    user: str
    password: str
    host: str
    port: str


def connect_params() -> ConnectParams:
    """psycopg connection parameters of Django's default database."""
    database = settings.DATABASES["default"]
    return {
        "dbname": str(database["NAME"]),
        "user": str(database.get("USER", "")),
        "password": str(database.get("PASSWORD", "")),
        "host": str(database.get("HOST", "")),
        "port": str(database.get("PORT", "")),
    }
