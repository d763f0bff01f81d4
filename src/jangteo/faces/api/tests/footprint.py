"""Everything the database holds, as one value: equal before and after means that nothing at all was changed."""

from __future__ import annotations

from django.db import connection

# Counting how often somebody was wrong is what a refusal does change.
NOT_BUSINESS = frozenset({"kernel_ratewindow", "django_migrations", "django_content_type"})


def footprint() -> dict[str, str]:
    """A digest of the rows of every table, by table."""
    tables = sorted(set(connection.introspection.table_names()) - NOT_BUSINESS)
    each = (
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {table} t"  # noqa: S608  # names from the catalogue
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())
