import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("created", "Created"),
    ("requested", "Requested"),
    ("unknown", "Unknown"),
    ("waiting_deposit", "Waiting Deposit"),
    ("captured", "Captured"),
    ("part_refunded", "Part Refunded"),
    ("refunded", "Refunded"),
    ("failed", "Failed"),
    ("expired", "Expired"),
    ("mismatch", "Mismatch"),
]


def text(longest: int) -> models.CharField:
    return models.CharField(blank=True, default="", max_length=longest)


def own_id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def market() -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="markets.market")


class Migration(migrations.Migration):
    dependencies = [("markets", "0001_initial"), ("payments", "0002_guards")]

    operations = [
        migrations.AddField(
            "payment",
            "pay_by",
            models.CharField(choices=[("card", "card"), ("account", "account")], default="card", max_length=8),
        ),
        migrations.AlterField("payment", "state", models.CharField(choices=STATES, default="created", max_length=16)),
        migrations.AlterField("paymentmove", "was", models.CharField(max_length=16)),
        migrations.AlterField("paymentmove", "became", models.CharField(max_length=16)),
        migrations.AddField("payment", "attempt", text(200)),
        migrations.AddField("payment", "captures", models.PositiveSmallIntegerField(default=0)),
        # What was taken before anybody counted was taken once.
        migrations.RunSQL("UPDATE payments_payment SET captures = 1 WHERE captured_won > 0", migrations.RunSQL.noop),
        migrations.AddField("payment", "account_bank", text(3)),
        migrations.AddField("payment", "account_number", text(40)),
        migrations.AddField("payment", "account_holder", text(200)),
        migrations.AddField("payment", "read_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="OpenedWindow",
            fields=[
                ("id", own_id()),
                ("gateway", models.CharField(max_length=16)),
                ("tid", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=32, unique=True)),
                ("token", text(100)),
                ("opened_at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(null=True)),
                ("market", market()),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="windows", to="payments.payment"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("gateway", "tid"), name="one_window_per_tid")],
            },
        ),
        migrations.CreateModel(
            name="RefundAccount",
            fields=[
                ("id", own_id()),
                ("bank", models.CharField(max_length=3)),
                ("number", models.CharField(max_length=20)),
                ("holder", models.CharField(max_length=60)),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                ("given_at", models.DateTimeField()),
                ("market", market()),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_account",
                        to="payments.payment",
                    ),
                ),
            ],
        ),
        # What was taken before anybody counted was taken once.
        migrations.RunSQL("UPDATE payments_payment SET captures = 1 WHERE captured_won > 0", migrations.RunSQL.noop),
    ]
