from django.db import migrations

from jangteo.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial"), ("kernel", "0001_initial")]

    operations = [append_only("calls_consent")]
