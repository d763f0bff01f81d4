from __future__ import annotations

from django.urls import path

from jangteo.faces.helper.views import guides, queue, stalls

app_name = "helper"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("calls/<int:call_id>/take/", queue.take, name="take"),
    path("calls/<int:call_id>/leave/", queue.leave, name="leave"),
    path("calls/<int:call_id>/done/", queue.done, name="done"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<slug:name>/", guides.guide, name="guide"),
    path("stalls/", stalls.stalls, name="stalls"),
    path("stalls/<int:stall_id>/", stalls.stall, name="stall"),
    path("stalls/<int:stall_id>/visit/", stalls.visit, name="visit"),
    path("stalls/<int:stall_id>/set-up/", stalls.set_up, name="set_up"),
    path("stalls/<int:stall_id>/act/", stalls.act, name="act"),
]
