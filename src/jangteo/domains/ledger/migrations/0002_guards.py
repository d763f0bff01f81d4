from django.db import migrations

from jangteo.kernel.append_only import append_only

BALANCE = """
CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE total bigint;
BEGIN
  SELECT coalesce(sum(amount_won), 0) INTO total FROM ledger_entryline WHERE entry_id = NEW.entry_id;
  IF total <> 0 THEN
    RAISE EXCEPTION 'entry % is off by % won', NEW.entry_id, total USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("kernel", "0002_guards")]

    operations = [
        append_only("ledger_entry", "ledger_entryline"),
        migrations.RunSQL(BALANCE, "DROP FUNCTION entry_balances()"),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON ledger_entryline"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_balances()",
            "DROP TRIGGER entry_balances ON ledger_entryline",
        ),
    ]
