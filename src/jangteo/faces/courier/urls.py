from __future__ import annotations

from django.urls import path

from jangteo.faces.courier.views import app, rounds

app_name = "courier"
urlpatterns = [
    path("", rounds.today, name="today"),
    path("pay/", rounds.pay, name="pay"),
    path("stops/<int:stop_id>/", rounds.stop, name="stop"),
    path("stops/<int:stop_id>/press/", rounds.press, name="press"),
    path("told/", app.told, name="told"),
    path("pass/", app.way_in, name="pass"),
    path("offline/", app.offline, name="offline"),
    path("worker.js", app.worker, name="worker"),
]
