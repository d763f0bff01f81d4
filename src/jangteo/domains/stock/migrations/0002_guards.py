from django.db import migrations

from jangteo.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial"), ("kernel", "0002_guards")]

    operations = [append_only("stock_stockmovement")]
