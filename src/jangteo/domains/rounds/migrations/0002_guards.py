from django.db import migrations

from jangteo.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial"), ("kernel", "0002_guards")]

    operations = [append_only("rounds_stopmove", "rounds_lack", "rounds_rate", "rounds_earning")]
