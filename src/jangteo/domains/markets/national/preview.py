"""What an import would do, without doing it."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.markets.national.known import as_known, listed_markets
from jangteo.domains.markets.national.plan import Decision, make_plan
from jangteo.domains.markets.national.report import Report
from jangteo.domains.markets.national.rows import MarketFile


def preview_markets(file: MarketFile, decisions: Sequence[Decision] = ()) -> Report:
    """The report that `import_markets` would return at this moment. One query, no write, no lock."""
    return make_plan(file, [as_known(market) for market in listed_markets()], decisions).report
