"""What the stall is to get: when, how much, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.modes import Mode
from jangteo.domains.settlement.queries import open_money, outcome_of, statements_of
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.pages import page


@require_safe
@for_stall
def money(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What has come together since the last settlement, then every statement so far, newest first."""
    collected = open_money(at.market, at.stall.pk)
    slips = [(line, outcome_of(line)) for line in statements_of(at.stall.pk)]
    own = terms_of(at.market).mode == Mode.OWN_CONTRACT
    return page(
        request, at, "money", open=collected, now=collected.won_by_stall.get(at.stall.pk), statements=slips, own=own
    )
