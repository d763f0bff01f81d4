"""Slips on paper, and the way from a paper's number back to its slip."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from jangteo.domains.counter.papers import press
from jangteo.domains.ordering.queries_find import parts_by_number
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.done import is_number
from jangteo.faces.merchant.pages import page
from jangteo.faces.merchant.paper_slip import PAPERS, paper_slip
from jangteo.faces.merchant.slips import slip, slips_over_today
from jangteo.kernel.qr import qr_svg


@require_safe
@for_stall
def paper(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """The slip as it comes out of the printer, to be printed by the browser or sent to a till printer as a file."""
    shown = slip(part_id)
    printed = paper_slip(request, at, shown)
    width = _width(request)
    return page(request, at, "paper", slip=shown, paper=printed, qr=qr_svg(printed.link), width=width, widths=PAPERS)


@require_safe
@for_stall
def paper_bytes(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """ESC/POS for a till printer of this width."""
    printed, width = paper_slip(request, at, slip(part_id)), _width(request)
    answer = HttpResponse(press().slip_bytes(printed, PAPERS[width]), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="slip-{printed.number}-{width}mm.bin"'
    return answer


@require_safe
@for_stall
def find(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The slip of a number as it stands on paper; several of one number are shown to choose from."""
    typed = request.GET.get("number", "").strip().removesuffix("번").strip()
    found = parts_by_number(at.stall.pk, int(typed)) if is_number(typed) else []
    if len(found) == 1:
        return redirect("merchant:order", found[0])
    shown = [slip(part_id) for part_id in found]
    over = slips_over_today(at.stall.pk)
    return page(request, at, "orders", typed=typed, found=shown, over=over, status=200 if found else 404)


def _width(request: HttpRequest) -> str:
    asked = request.GET.get("mm", "")
    return asked if asked in PAPERS else "58"
