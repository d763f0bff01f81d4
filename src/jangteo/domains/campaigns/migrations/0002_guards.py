from django.db import migrations

from jangteo.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("kernel", "0002_guards")]

    operations = [append_only("campaigns_consent", "campaigns_dispatch", "campaigns_arrival")]
