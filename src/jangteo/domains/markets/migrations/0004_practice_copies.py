"""Copies to practise in are known by the market that they were made of, and by ids below zero."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0003_wallet_mode"),
    ]

    operations = [
        migrations.RemoveField(model_name="market", name="is_practice"),
        migrations.AddField(
            model_name="market",
            name="practice_of",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="markets.market"
            ),
        ),
        migrations.AddConstraint(
            model_name="market",
            constraint=models.CheckConstraint(
                condition=models.Q(id__gt=0, practice_of__isnull=True) | models.Q(id__lt=0, practice_of__isnull=False),
                name="practice_lies_below_zero",
            ),
        ),
    ]
