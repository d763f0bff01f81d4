"""Whether anything at all was written to the database, for one small question however much it holds.

`footprint` reads every table. Here each table notes what happens to its rows, in the same transaction: what is taken
back leaves no note. Only for a database that is thrown away, since the notes are made by triggers.
"""

from __future__ import annotations

from django.db import connection

from jangteo.faces.api.tests.footprint import NOT_BUSINESS

_NOTES = """
CREATE TABLE test_written (id bigserial PRIMARY KEY, what text NOT NULL);
CREATE FUNCTION test_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO test_written (what) VALUES (TG_OP || ' ' || TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""
_OF_A_TABLE = """
CREATE TRIGGER zz_test_rows AFTER INSERT OR UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION test_note();
CREATE TRIGGER zz_test_all AFTER TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION test_note();
"""


class Written:
    """From now on every table takes note, but for those that `footprint` leaves out."""

    def __init__(self) -> None:
        tables = sorted(set(connection.introspection.table_names()) - NOT_BUSINESS)
        with connection.cursor() as cursor:
            cursor.execute(_NOTES + "".join(_OF_A_TABLE.format(table) for table in tables))

    def mark(self) -> int:
        """The number of the last note."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(id), 0) FROM test_written")
            return int(cursor.fetchall()[0][0])

    def since(self, mark: int) -> list[str]:
        """What was done to rows of which table after `mark`, each once: ["UPDATE ordering_order"]."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT what FROM test_written WHERE id > %s ORDER BY what", [mark])
            return [str(what) for (what,) in cursor]
