import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0003_wallet_mode"),
        ("settlement", "0003_gateway_payouts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="break",
            name="kind",
            field=models.CharField(
                choices=[
                    ("amount", "amount"),
                    ("no_items", "no_items"),
                    ("missing_here", "missing_here"),
                    ("missing_there", "missing_there"),
                    ("fee", "fee"),
                    ("late", "late"),
                    ("no_report", "no_report"),
                ],
                max_length=13,
            ),
        ),
        migrations.CreateModel(
            name="GatewayDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gateway", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("compared_at", models.DateTimeField(null=True)),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[("unanswered", "Unanswered"), ("refused", "Refused")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("asked_to", models.BigIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("tried_at", models.DateTimeField()),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="markets.market"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("market", "gateway", "day"), name="gateway_day_once")],
            },
        ),
    ]
