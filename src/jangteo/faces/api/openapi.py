"""The OpenAPI document: the framework's, completed with the errors and headers that all operations share."""

from __future__ import annotations

import json
from functools import cache
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from jangteo.faces.api.documented import Json, components
from jangteo.faces.api.v1 import api


def document() -> Json:
    """The whole document, made new."""
    schema = cast(Json, json.loads(json.dumps(api.get_openapi_schema(path_prefix=reverse("api:nothing")))))
    for name, added in components().items():
        cast(dict[str, Json], schema["components"]).setdefault(name, {}).update(cast(Json, added))
    return schema


@cache
def _text() -> bytes:
    return json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()


@require_GET
def openapi_json(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_text(), "application/json", headers={"Cache-Control": "public, max-age=300"})
