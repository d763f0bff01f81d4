"""What carriers said of texts in the end."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.campaigns.models import Arrival, Dispatch
from jangteo.domains.campaigns.ports import Report
from jangteo.domains.campaigns.prices import size_of
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_arrivals(*, market: Market, actor: Actor, reports: Sequence[Report]) -> int:
    """Write down each the first time it is told; where a text replaced an Alimtalk, what it cost more. How many new."""
    by_key = {report.key: report for report in reports}
    open_ones = list(Dispatch.objects.select_for_update(of=("self",)).filter(key__in=by_key, arrival=None))
    terms = terms_of(market)
    rows = []
    for dispatch in open_ones:
        report = by_key[dispatch.key]
        text = terms.per_100(size_of("sms", dispatch.text)) if report.replaced else 0
        rows.append(
            Arrival(
                market=market,
                dispatch=dispatch,
                arrived=report.arrived,
                replaced=report.replaced,
                code=report.code[:20],
                cost_per_100=max(0, text - dispatch.cost_per_100),
                at=clock.now(),
            )
        )
    Arrival.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
