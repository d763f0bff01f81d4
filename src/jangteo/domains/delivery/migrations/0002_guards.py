from django.db import migrations

from jangteo.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("kernel", "0002_guards")]

    operations = [append_only("delivery_feepolicy", "delivery_promise")]
