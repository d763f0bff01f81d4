"""Every address of the program. Fixed words come first, so that no market can take one as its slug."""

from __future__ import annotations

from django.urls import include, path

handler400 = "jangteo.faces._parts.views.bad_request"
handler403 = "jangteo.faces._parts.views.forbidden"
handler404 = "jangteo.faces._parts.views.not_found"
handler500 = "jangteo.faces._parts.views.server_error"

urlpatterns = [
    path("", include("jangteo.faces._parts.urls")),
    path("api/v1/", include("jangteo.faces.api.urls")),
    path("hooks/", include("jangteo.faces.api.hook_urls")),
    path("k/", include("jangteo.faces.kiosk.urls")),
    path("b/", include("jangteo.faces.board.urls")),
    path("help/", include("jangteo.faces._parts.help_urls")),
    path("h/", include("jangteo.faces.helper.urls")),
    path("c/", include("jangteo.faces.courier.urls")),
    path("office/", include("jangteo.faces.office.urls")),
    path("", include("jangteo.faces.merchant.urls")),
    path("", include("jangteo.faces.shop.urls")),
]
