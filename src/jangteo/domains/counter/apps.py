from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "jangteo.domains.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"
