"""What a page that went wrong can still offer: the market that the address names, and somebody to call."""

from __future__ import annotations

import logging

from django.core.validators import slug_re
from django.db import DatabaseError
from django.http import HttpRequest

from jangteo.domains.markets.queries import open_market
from jangteo.faces._parts.devices import helplines

log = logging.getLogger(__name__)


def around(request: HttpRequest) -> dict[str, object]:
    """`market`, None where the address names none that is open, and `markets` to call. No database, no market."""
    slug = request.path.lstrip("/").partition("/")[0]
    try:
        market = open_market(slug) if slug_re.fullmatch(slug) else None
        return {"market": market, "markets": [market] if market and market.phone else helplines()}
    except DatabaseError as error:
        log.warning("nobody to call on the page that says what went wrong: %s", error)
        return {"market": None, "markets": []}
