from django.db import migrations

from jangteo.kernel.append_only import append_only

# A row may change in the columns that the trigger names, and in no other; it is never removed.
KEEP_FACTS = """
CREATE FUNCTION keep_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - TG_ARGV) <> (to_jsonb(OLD) - TG_ARGV) THEN
    RAISE EXCEPTION '% keeps its facts: % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
MAY_CHANGE = {
    "settlement_settlementrun": ("state", "reviewed_by", "changed_at"),
    "settlement_payoutaccount": ("confirmed_by", "confirmed_at", "retired_at"),
    "settlement_break": ("owner", "owned_at", "state", "note", "solved_by", "solved_at"),
}


def keep_facts(table: str, *may_change: str) -> migrations.RunSQL:
    columns = ", ".join(f"'{column}'" for column in may_change)
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER keep_facts BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION keep_facts({columns})",
            f"CREATE TRIGGER keep_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ],
        [f"DROP TRIGGER {name} ON {table}" for name in ("keep_facts", "keep_table")],
    )


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial"), ("kernel", "0002_guards")]

    operations = [
        append_only(
            "settlement_settlementline",
            "settlement_approval",
            "settlement_payoutfile",
            "settlement_lineoutcome",
            "settlement_dayclose",
            "settlement_importedfile",
            "settlement_gatewaysettled",
        ),
        migrations.RunSQL(KEEP_FACTS, "DROP FUNCTION keep_facts()"),
        *(keep_facts(table, *columns) for table, columns in MAY_CHANGE.items()),
    ]
