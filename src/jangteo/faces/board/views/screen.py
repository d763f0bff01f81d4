"""The board itself, how it looks before it is hung up, and what keeps it when the network is gone."""

from __future__ import annotations

from datetime import time

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jangteo.domains.devices.board import plan_from
from jangteo.domains.devices.models import Screen, ScreenKind
from jangteo.domains.devices.queries import screen_by_id
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.offline import with_imports
from jangteo.faces._parts.screens import AtScreen, for_screen
from jangteo.faces.board.pictures import picture
from jangteo.kernel import clock, ids

FILES, SCRIPT = ("css/tokens.css", "board/board.css", "favicon.svg"), "board/board.js"


@require_safe
@for_screen(ScreenKind.BOARD)
def home(request: HttpRequest, at: AtScreen) -> HttpResponse:
    """What this board shows now. The header tells the service worker that it is worth keeping."""
    plan = plan_from(at.screen.setting)
    now = clock.now().astimezone(clock.KST).time()
    facts = picture(at.market, plan, plan.part_at(now))
    response = render(request, "board/board.html", {**facts, "at": at})
    response["X-Board"] = "1"
    return response


@require_safe
@for_office
def preview(request: HttpRequest, at: AtOffice, screen_id: int) -> HttpResponse:
    """What a board shows at a time of day (`?at=09:30`), on the screen of whoever asks."""
    screen = screen_by_id(screen_id)
    if screen.kind != ScreenKind.BOARD:
        raise Screen.DoesNotExist
    plan = plan_from(screen.setting)
    facts = picture(at.market, plan, plan.part_at(_time(request.GET.get("at", ""))))
    return render(request, "board/board.html", {**facts, "preview": screen})


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It changes whenever a file of its shell does, and browsers then take the new one."""
    shell = [staticfiles_storage.url(name) for name in (*FILES, *with_imports(SCRIPT))]
    facts = {"shell": shell, "version": ids.token_digest(" ".join(shell))[:12]}
    return render(request, "board/worker.js", facts, content_type="text/javascript")


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return clock.now().astimezone(clock.KST).time()
