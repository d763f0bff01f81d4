"""The markets the table knows, as a plan sees them."""

from __future__ import annotations

from django.db.models import QuerySet

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.identity import Described, identity
from jangteo.domains.markets.national.plan import WRITTEN_FIELDS, KnownMarket


def listed_markets() -> QuerySet[Market]:
    """Every market that public data may tell of, in primary key order."""
    return Market.objects.order_by("pk")


def as_known(market: Market) -> KnownMarket:
    return KnownMarket(
        pk=market.pk,
        code=market.code,
        name=market.name,
        identity=identity(
            Described(
                name=market.name,
                address_road=market.address_road,
                address_lot=market.address_lot,
                latitude=market.latitude,
                longitude=market.longitude,
                official_code=market.official_code,
            )
        ),
        reference_date=market.reference_date,
        values={name: getattr(market, name) for name in WRITTEN_FIELDS},
        is_open=market.state == Market.State.OPEN,
    )
