from django.db import migrations

from jangteo.kernel.append_only import append_only

# A message that was sent can never be changed, but for one thing: after six months (which are never shorter than 180
# days) whose it was may be taken out, with the text, in which their own address stands.
DETACH_ONLY = """
CREATE FUNCTION campaigns_detach_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.at < now() - interval '180 days'
    AND NEW.user_id IS NULL AND NEW.recipient_id IS NULL AND NEW.text = ''
    AND to_jsonb(NEW) - '{user_id,recipient_id,text}'::text[] = to_jsonb(OLD) - '{user_id,recipient_id,text}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def guarded_by(function: str) -> str:
    return (
        "CREATE OR REPLACE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON campaigns_dispatch"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_past_campaigns"), ("kernel", "0002_guards")]

    operations = [
        append_only("campaigns_pastcampaign"),
        migrations.RunSQL(DETACH_ONLY, "DROP FUNCTION campaigns_detach_only()"),
        migrations.RunSQL(guarded_by("campaigns_detach_only"), guarded_by("refuse_change")),
    ]
