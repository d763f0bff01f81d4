"""The stall's app on a phone: what installs it, and what opens it without a network."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.offline import Kept, with_imports, worker_script
from jangteo.faces.merchant.pages import page

FILES = (
    *(f"css/{name}.css" for name in ("tokens", "base", "parts", "asks", "amount")),
    *(f"merchant/{name}.css" for name in ("merchant", "new_good", "photo", "counter", "till")),
    "favicon.svg",
    "icons.svg",
)
SCRIPTS = ("js/base.js", "merchant/stall.js", "merchant/till.js")
WAKING = "merchant/waking_worker.js"
LOOKS = {"display": "standalone", "background_color": "#f7f7f2", "theme_color": "#0b6b45"}
ICONS = (("merchant/icon-192.png", "192x192", "any"), ("merchant/icon-512.png", "512x512", "any maskable"))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Anybody may read how it works; the pages that it keeps are asked for with the phone's own cookie."""
    pages = [reverse(f"merchant:{name}") for name in ("today", "till", "offline")]
    words = {"ring": _("새 주문 {number}번"), "look": _("{stall} · 눌러서 보세요"), "icon": static(ICONS[0][0])}
    files, instead = (*FILES, *with_imports(*SCRIPTS)), reverse("merchant:offline")
    return worker_script(Kept("stall", pages, files, instead, more=(WAKING,), words=words))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app. The same for every stall: its own name stands on its pages."""
    home, name = reverse("merchant:today"), _("장터 가게")
    at = {"id": home, "start_url": home, "scope": home, "name": name, "short_name": name, "lang": "ko"}
    icons = [{"src": static(file), "sizes": size, "type": "image/png", "purpose": use} for file, size, use in ICONS]
    shortcuts = [{"name": _("현장 계산"), "url": reverse("merchant:till")}]
    shown = {**at, **LOOKS, "icons": icons, "shortcuts": shortcuts}
    return JsonResponse(shown, content_type="application/manifest+json")


@require_safe
@for_stall
def offline(request: HttpRequest, at: AtStall) -> HttpResponse:
    """In place of a page that was never opened on this phone."""
    return page(request, at, "offline")
