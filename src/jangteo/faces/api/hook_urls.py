"""Mounted at /hooks/."""

from __future__ import annotations

from django.urls import path

from jangteo.faces.api.views.hooks import hook

app_name = "hooks"
urlpatterns = [path("<slug:name>/", hook, name="hook")]
