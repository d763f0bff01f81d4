from __future__ import annotations

app_name = "helper"
urlpatterns: list[object] = []
