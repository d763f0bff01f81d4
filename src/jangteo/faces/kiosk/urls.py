from __future__ import annotations

app_name = "kiosk"
urlpatterns: list[object] = []
