"""The frame that every page of the association's office stands in."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.faces._parts.devices import AtOffice
from jangteo.faces.office.done import DONE

FRAGMENTS = {"hands": "parts/hands"}


def page(request: HttpRequest, at: AtOffice, template: str, *, status: int = 200, **more: object) -> HttpResponse:
    """Render a page of the office, or the fragment of it that the live screen asks for."""
    part = FRAGMENTS.get(request.headers.get("X-Fragment", ""), template)
    done = DONE.get(request.GET.get("done", ""))
    return render(request, f"office/{part}.html", {"market": at.market, "done": done, **more}, status=status)


def show(request: HttpRequest, at: AtOffice, template: str, shown: Mapping[str, object]) -> HttpResponse:
    """The same for a page that shows many things."""
    done = DONE.get(request.GET.get("done", ""))
    return render(request, f"office/{template}.html", {"market": at.market, "done": done, **shown})
