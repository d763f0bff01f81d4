from django.db import migrations

from jangteo.kernel.append_only import append_only

# A record that the law wants kept cannot be changed, and not be deleted before its time; later a job deletes it.
KEEP_FOR = """
CREATE FUNCTION keep_for() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR OLD.at > now() - TG_ARGV[0]::interval THEN
    RAISE EXCEPTION '% is kept for %: % refused', TG_TABLE_NAME, TG_ARGV[0], TG_OP
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$
"""
KEPT = {"regulars_look": "1 year", "regulars_signin": "3 months"}


def keep_for(table: str, interval: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION keep_for('{interval}')",
            f"CREATE TRIGGER keep_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ],
        [f"DROP TRIGGER {name} ON {table}" for name in ("keep_rows", "keep_table")],
    )


class Migration(migrations.Migration):
    dependencies = [("regulars", "0002_my_data"), ("kernel", "0002_guards")]

    operations = [
        append_only("regulars_forgottenhere", "regulars_lookreview"),
        migrations.RunSQL(KEEP_FOR, "DROP FUNCTION keep_for()"),
        *(keep_for(table, interval) for table, interval in KEPT.items()),
    ]
