from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("markets", "0002_tax_status")]

    operations = [
        migrations.AddField(model_name="market", name="wallet_mode", field=models.BooleanField(default=False)),
    ]
