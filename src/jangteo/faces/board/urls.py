from __future__ import annotations

from django.urls import path

from jangteo.domains.devices.models import ScreenKind
from jangteo.faces._parts.screens import screen_urls
from jangteo.faces.board.views import screen

app_name = "board"
urlpatterns = [
    path("", screen.home, name="home"),
    path("worker.js", screen.worker, name="worker"),
    path("preview/<int:screen_id>/", screen.preview, name="preview"),
    *screen_urls(ScreenKind.BOARD),
]
