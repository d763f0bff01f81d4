from django.db import migrations

from jangteo.kernel.append_only import append_only

# A counted receipt is freed once, when its payout is undone; nothing else of it ever changes.
FREED_ONCE = """
CREATE FUNCTION rebate_receipt_freed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.freed_at IS NULL AND NEW.freed_at IS NOT NULL
     AND to_jsonb(NEW) - 'freed_at' = to_jsonb(OLD) - 'freed_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a counted receipt stays: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("rebates", "0001_initial"), ("kernel", "0002_guards")]

    operations = [
        append_only("rebates_payout", "rebates_payoutshare", "rebates_papermove", "rebates_handover"),
        migrations.RunSQL(FREED_ONCE, "DROP FUNCTION rebate_receipt_freed_once()"),
        migrations.RunSQL(
            "CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON rebates_countedreceipt"
            " FOR EACH ROW EXECUTE FUNCTION rebate_receipt_freed_once()",
            "DROP TRIGGER keep_rows ON rebates_countedreceipt",
        ),
    ]
