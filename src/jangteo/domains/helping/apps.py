from django.apps import AppConfig


class HelpingConfig(AppConfig):
    name = "jangteo.domains.helping"
    label = "helping"
    default_auto_field = "django.db.models.BigAutoField"
