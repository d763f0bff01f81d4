from __future__ import annotations

from django.urls import path

from jangteo.faces._parts import help_calls

app_name = "helping"
urlpatterns = [
    path("<slug:slug>/", help_calls.call, name="call"),
    path("<slug:slug>/<str:token>/", help_calls.called, name="called"),
]
