import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

# Orders were paid under a row, so it stays as it is. Only its end may come, and come earlier; that it does not come
# before today is the action's to know, because a day can be replayed.
KEEP_POLICY = """
CREATE FUNCTION keep_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'ends' = to_jsonb(NEW) - 'ends' AND NEW.ends IS NOT NULL
    AND (OLD.ends IS NULL OR NEW.ends <= OLD.ends) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% keeps its rows: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_opened_windows"), ("payments", "0003_tenders")]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="PolicyRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=40)),
                ("area", models.CharField(blank=True, default="", max_length=60)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("discount_bp", models.PositiveIntegerField(default=0)),
                ("cashback", models.BooleanField(default=False)),
                ("monthly_cap_won", models.PositiveBigIntegerField(null=True)),
                ("payment_cap_won", models.PositiveBigIntegerField(null=True)),
                ("min_won", models.PositiveBigIntegerField(default=1)),
                ("excludes", models.JSONField(null=True)),
                ("refused_kinds", models.JSONField(default=list)),
                ("refused_goods", models.JSONField(default=list)),
                ("cashback_cap_won", models.PositiveBigIntegerField(null=True)),
                ("cashback_days", models.PositiveIntegerField(default=90)),
                ("program", models.CharField(blank=True, default="", max_length=40)),
                ("source", models.CharField(max_length=120)),
                ("law", models.CharField(blank=True, default="", max_length=120)),
                ("created_at", models.DateTimeField()),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="markets.market"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.policyrow",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "area", "starts"],
            },
        ),
        migrations.CreateModel(
            name="CashbackGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order_ref", models.CharField(max_length=64, unique=True)),
                ("customer_id", models.BigIntegerField()),
                ("scheme", models.CharField(max_length=40)),
                ("on_won", models.PositiveBigIntegerField()),
                ("granted_won", models.PositiveBigIntegerField()),
                ("taken_back_won", models.PositiveBigIntegerField(default=0)),
                ("from_promo_won", models.PositiveBigIntegerField(default=0)),
                ("expired_won", models.PositiveBigIntegerField(default=0)),
                ("given_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="markets.market"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.policyrow"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="policyrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True),
                    (
                        "ends__gte",
                        models.ExpressionWrapper(
                            django.db.models.expressions.CombinedExpression(models.F("starts"), "+", models.Value(-1)),
                            output_field=models.DateField(),
                        ),
                    ),
                    _connector="OR",
                ),
                name="policy_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("discount_bp__lte", 10000)), name="policy_saves_at_most_all"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyrow",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("market", "="),
                    ("scheme", "="),
                    ("area", "="),
                    (
                        models.Func(
                            "starts",
                            models.ExpressionWrapper(
                                django.db.models.expressions.CombinedExpression(models.F("ends"), "+", models.Value(1)),
                                output_field=models.DateField(),
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="one_policy_per_place_and_day",
            ),
        ),
        migrations.AddIndex(
            model_name="cashbackgrant",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["expires_at"], name="open_grant_expiry"),
        ),
        migrations.AddIndex(
            model_name="cashbackgrant",
            index=models.Index(fields=["customer_id", "scheme"], name="grant_of_customer"),
        ),
        migrations.AddConstraint(
            model_name="cashbackgrant",
            constraint=models.CheckConstraint(condition=models.Q(("granted_won__gt", 0)), name="grant_is_something"),
        ),
        migrations.AddConstraint(
            model_name="cashbackgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_won__lte", models.F("granted_won")),
                    ("from_promo_won__lte", models.F("taken_back_won")),
                    (
                        "granted_won__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("from_promo_won"), "+", models.F("expired_won")
                        ),
                    ),
                ),
                name="grant_not_taken_back_twice",
            ),
        ),
        migrations.RunSQL(KEEP_POLICY, "DROP FUNCTION keep_policy()"),
        migrations.RunSQL(
            "CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON payments_policyrow"
            " FOR EACH ROW EXECUTE FUNCTION keep_policy()",
            "DROP TRIGGER keep_rows ON payments_policyrow",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER keep_table BEFORE TRUNCATE ON payments_policyrow"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            "DROP TRIGGER keep_table ON payments_policyrow",
        ),
    ]
