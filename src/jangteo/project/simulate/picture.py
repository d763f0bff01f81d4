"""A database remembers what it holds now and can go back to it, also past the guards that keep its rows.

For scratch databases only. A copy of a whole database takes longer than the run that wants it.
"""

from __future__ import annotations

from django.db import connection

# A copy of every row, and a function that undoes whatever happens after. Rows that nobody changed stay where they are.
# 8 is the bit of a trigger on DELETE: what it calls lets rows go for that moment.
_TAKE = """
DO $take$
DECLARE
  one record;
  filled boolean;
  deeds text := '';
BEGIN
  CREATE SCHEMA kept;
  CREATE TABLE kept.guard AS
    SELECT DISTINCT format('%I', p.proname) AS name, pg_get_functiondef(p.oid) AS whole FROM pg_trigger t
    JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgtype & 8 = 8;
  FOR one IN SELECT * FROM kept.guard ORDER BY name LOOP
    deeds := deeds || format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %L;', one.name,
      'BEGIN RETURN OLD; END');
  END LOOP;
  FOR one IN
    SELECT format('%I', c.relname) AS name, string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT starts_with(c.relname, 'django_')
    AND a.attgenerated = '' GROUP BY 1 ORDER BY 1
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one.name) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE kept.%1$s AS TABLE %1$s', one.name);
      deeds := deeds || format(
        'DELETE FROM %1$s live_row WHERE live_row::text NOT IN (SELECT kept_row::text FROM kept.%1$s kept_row);'
        'INSERT INTO %1$s (%2$s) SELECT %2$s FROM kept.%1$s kept_row'
        ' WHERE kept_row::text NOT IN (SELECT live_row::text FROM %1$s live_row);', one.name, one.columns);
    ELSE
      deeds := deeds || format('DELETE FROM %s;', one.name);
    END IF;
  END LOOP;
  FOR one IN SELECT * FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename LOOP
    deeds := deeds || format('PERFORM setval(%L, %s, %L);', format('public.%I', one.sequencename),
      coalesce(one.last_value, 1), one.last_value IS NOT NULL);
  END LOOP;
  FOR one IN SELECT * FROM kept.guard ORDER BY name LOOP
    deeds := deeds || one.whole || ';';
  END LOOP;
  EXECUTE format('CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS %L', 'BEGIN ' || deeds || 'END');
END $take$
"""


def take_picture() -> None:
    """From here on `kept.put_back()` makes rows and sequences what they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE)
