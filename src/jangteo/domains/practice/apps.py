from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "jangteo.domains.practice"
    label = "practice"
