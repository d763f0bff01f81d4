from django.apps import AppConfig


class RegularsConfig(AppConfig):
    name = "jangteo.domains.regulars"
    label = "regulars"
    default_auto_field = "django.db.models.BigAutoField"
