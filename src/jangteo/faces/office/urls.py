from __future__ import annotations

from django.urls import path

from jangteo.faces.office.views import log, stalls, todo

app_name = "office"
urlpatterns = [
    path("", todo.todo, name="todo"),
    path("shortfalls/<int:shortfall_id>/", todo.shortfall, name="shortfall"),
    path("log/", log.log, name="log"),
    path("stalls/", stalls.stalls, name="stalls"),
    path("stalls/<int:stall_id>/", stalls.stall, name="stall"),
    path("stalls/<int:stall_id>/link/", stalls.link, name="link"),
    path("devices/<int:device_id>/revoke/", stalls.revoke, name="revoke"),
]
