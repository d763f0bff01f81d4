from __future__ import annotations

from django.urls import path

from jangteo.domains.devices.models import ScreenKind
from jangteo.faces._parts.screens import screen_urls
from jangteo.faces.kiosk.views import orders, screen

app_name = "kiosk"
urlpatterns = [
    path("", screen.home, name="home"),
    path("catalogue/", screen.catalogue, name="catalogue"),
    path("orders/", orders.orders, name="orders"),
    path("help/", screen.call_helper, name="help"),
    path("setting/", screen.setting, name="setting"),
    path("worker.js", screen.worker, name="worker"),
    *screen_urls(ScreenKind.KIOSK),
]
