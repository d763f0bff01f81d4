from django.db import migrations

from jangteo.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_initial"), ("kernel", "0002_guards")]

    operations = [append_only("hub_keeprule", "hub_missing", "hub_outcome")]
