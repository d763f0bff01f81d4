from __future__ import annotations

from django.urls import path

from jangteo.faces.office.views import keys, log, market, new_stall, stalls, streets, todo

app_name = "office"
urlpatterns = [
    path("", todo.todo, name="todo"),
    path("shortfalls/<int:shortfall_id>/", todo.shortfall, name="shortfall"),
    path("market/", market.market, name="market"),
    path("streets/new/", streets.new_street, name="new_street"),
    path("streets/<int:street_id>/", streets.street, name="street"),
    path("log/", log.log, name="log"),
    path("stalls/", stalls.stalls, name="stalls"),
    path("stalls/new/", new_stall.new_stall, name="new_stall"),
    path("stalls/<int:stall_id>/", stalls.stall, name="stall"),
    path("stalls/<int:stall_id>/facts/", stalls.facts, name="stall_facts"),
    path("stalls/<int:stall_id>/link/", stalls.link, name="link"),
    path("stalls/<int:stall_id>/key/", keys.make, name="make_key"),
    path("keys/<int:token_id>/revoke/", keys.revoke, name="revoke_key"),
    path("devices/<int:device_id>/revoke/", stalls.revoke, name="revoke"),
]
