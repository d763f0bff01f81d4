from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "jangteo.domains.inquiries"
    label = "inquiries"
    default_auto_field = "django.db.models.BigAutoField"
