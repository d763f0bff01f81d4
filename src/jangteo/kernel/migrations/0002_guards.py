from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from jangteo.kernel.append_only import REFUSE_FUNCTION, append_only

TELL_LIVE = """
CREATE FUNCTION tell_live() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('live', NEW.id || '|' || NEW.channel || '|' || NEW.kind || '|' || NEW.payload);
  RETURN NULL;
END $$
"""
TELL_WORKER = """
CREATE FUNCTION tell_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY outbox;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    # The goods' search indexes need the extension.
    run_before = [("catalog", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(REFUSE_FUNCTION, "DROP FUNCTION refuse_change()"),
        append_only("kernel_auditrow"),
        migrations.RunSQL(TELL_LIVE, "DROP FUNCTION tell_live()"),
        migrations.RunSQL(
            "CREATE TRIGGER tell_live AFTER INSERT ON kernel_liveevent FOR EACH ROW EXECUTE FUNCTION tell_live()",
            "DROP TRIGGER tell_live ON kernel_liveevent",
        ),
        migrations.RunSQL(TELL_WORKER, "DROP FUNCTION tell_worker()"),
        migrations.RunSQL(
            "CREATE TRIGGER tell_worker AFTER INSERT ON kernel_outboxrow"
            " FOR EACH STATEMENT EXECUTE FUNCTION tell_worker()",
            "DROP TRIGGER tell_worker ON kernel_outboxrow",
        ),
    ]
