from __future__ import annotations

from django.urls import path

from jangteo.faces._parts import photos, practice_views, views

urlpatterns = [
    path("look/", views.look, name="look"),
    path("stall/practice/", practice_views.stall_practice, name="stall_practice"),
    path("stall/practice/stop/", practice_views.stop, {"face": "stall"}, name="stall_practice_stop"),
    path("h/practice/", practice_views.helper_practice, name="helper_practice"),
    path("h/practice/stop/", practice_views.stop, {"face": "helper"}, name="helper_practice_stop"),
    path("office/practice/", practice_views.office_practice, name="office_practice"),
    path("office/practice/stop/", practice_views.stop, {"face": "office"}, name="office_practice_stop"),
    path("photos/<str:name>.webp", photos.photo, name="photo"),
]
