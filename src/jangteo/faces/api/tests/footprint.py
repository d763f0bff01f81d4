"""Everything the database holds, as one value: equal before and after means that nothing at all was written."""

from __future__ import annotations

from functools import cache

from django.db import connection

# Counting how often somebody was wrong is what a refusal does change.
NOT_BUSINESS = frozenset({"kernel_ratewindow", "django_migrations", "django_content_type"})


def footprint() -> dict[str, str]:
    """How many rows each table has and a digest of which versions they are.

    A row's version is where it lies (ctid) and who wrote it there (xmin). Whatever changes a row makes a new version,
    even when it writes the same values, so the contents need not be read.
    """
    with connection.cursor() as cursor:
        cursor.execute(_versions())
        return dict(cursor.fetchall())


@cache
def _versions() -> str:
    tables = sorted(set(connection.introspection.table_names()) - NOT_BUSINESS)
    return " UNION ALL ".join(
        f"SELECT '{table}', count(*) || ' ' || coalesce(bit_xor(hashtidextended(ctid, xmin::text::bigint)), 0)"  # noqa: S608  # names from the catalogue
        f" FROM {table}"
        for table in tables
    )
