from django.apps import AppConfig


class StampsConfig(AppConfig):
    name = "jangteo.domains.stamps"
    label = "stamps"
    default_auto_field = "django.db.models.BigAutoField"
