"""Mounted at /api/v1/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from jangteo.faces.api import problems, refusals
from jangteo.faces.api.edge import guarded
from jangteo.faces.api.openapi import openapi_json
from jangteo.faces.api.v1 import api

app_name = "api"


def nothing_here(request: HttpRequest) -> HttpResponse:
    return problems.answer(request, refusals.NothingHere())


urlpatterns = [
    path("", guarded(nothing_here), name="nothing"),
    path("openapi.json", guarded(openapi_json), name="openapi"),
    *(
        URLPattern(one.pattern, guarded(one.callback), one.default_args, one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    # Last: whatever else is asked for below this address is answered as a problem too.
    re_path("", guarded(nothing_here)),
]
