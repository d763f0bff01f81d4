from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_photos")]

    operations = [
        migrations.AddField(
            model_name="good",
            name="price_life",
            field=models.CharField(
                choices=[("standing", "Standing"), ("today", "Today"), ("asked", "Asked")],
                default="standing",
                max_length=8,
            ),
        ),
        migrations.AddField(model_name="good", name="price_until", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="good",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("price_life", "today"), ("price_until__isnull", False)),
                    models.Q(models.Q(("price_life", "today"), _negated=True), ("price_until__isnull", True)),
                    _connector="OR",
                ),
                name="price_of_today_ends",
            ),
        ),
    ]
