from django.apps import AppConfig


class WhatifConfig(AppConfig):
    name = "jangteo.domains.whatif"
    label = "whatif"
    default_auto_field = "django.db.models.BigAutoField"
