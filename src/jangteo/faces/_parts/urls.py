from __future__ import annotations

from django.urls import path

from jangteo.faces._parts import views

urlpatterns = [path("look/", views.look, name="look")]
