"""SQL that makes PostgreSQL itself refuse to change what must stay. Used by migrations."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

REFUSE_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only(*tables: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on these tables, whoever asks."""
    make: list[str | tuple[str, None]] = [
        statement
        for table in tables
        for statement in (
            f"CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER keep_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        )
    ]
    drop: list[str | tuple[str, None]] = [
        f"DROP TRIGGER {name} ON {table}" for table in tables for name in ("keep_rows", "keep_table")
    ]
    return RunSQL(tuple(make), tuple(drop))
