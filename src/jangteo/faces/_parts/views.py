"""Switching the look, and the pages for when something went wrong."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jangteo.faces._parts.context import CONTRAST_COOKIE, MODE_COOKIE, YEAR_SECONDS
from jangteo.faces._parts.wrong import around

SWITCHES = {
    "mode": (MODE_COOKIE, frozenset({"easy", "normal"})),
    "contrast": (CONTRAST_COOKIE, frozenset({"high", "normal"})),
    "language": (settings.LANGUAGE_COOKIE_NAME, frozenset(code for code, _name in settings.LANGUAGES)),
}


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """The posted `next` if it stays on this host, else `otherwise`."""
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else otherwise


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep one switch (easy mode, contrast or language) for a year and go back to where it was pressed."""
    response = HttpResponseRedirect(safe_next(request))
    for field, (cookie, values) in SWITCHES.items():
        value = request.POST.get(field)
        if value in values:
            response.set_cookie(cookie, value, YEAR_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Under a stranger's host name nothing of ours is looked up.
    facts = {} if isinstance(exception, DisallowedHost) else around(request)
    return render(request, "400.html", facts, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", around(request), status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", around(request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", around(request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", around(request), status=500)
