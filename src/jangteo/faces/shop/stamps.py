"""What a scanned code did, drawn."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps.actions.put_stamp import Stamped
from jangteo.faces._parts.stamp_cards import PaperCard, paper_card


def put_on_paper(market: Market, stamped: Stamped) -> list[PaperCard]:
    """The cards that were stamped, the new seals marked. No query where the programmes' stalls are loaded."""
    return [
        paper_card(
            put.programme,
            put.programme.stall.name if put.programme.stall else market.name,
            seed=put.card_id,
            live=put.live,
            just=put.count,
        )
        for put in stamped.puts
    ]
