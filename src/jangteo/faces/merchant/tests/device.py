"""A phone with a till, played in Python."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.faces._parts.devices import STALL_COOKIE
from tests.outbox import Kept, Outbox


@dataclass(slots=True)
class Device(Outbox):
    """The outbox of one stall's till."""

    def enter(self, secret: str) -> None:
        """The cookie of a stall, its own or another."""
        self.client.cookies[STALL_COOKIE] = secret

    def sell(self, lines: list[dict[str, object]], way: str = "cash", **more: object) -> Kept:
        return self.add({"way": way, "lines": lines, **more})


def till_of(stall_id: int) -> Device:
    return Device(f"/stall/till/{stall_id}/sales/", "sale")


def line(good_id: int | None, price_won: int, quantity: int = 1) -> dict[str, object]:
    return {"good_id": good_id, "price_won": price_won, "quantity": quantity, "amount_won": price_won * quantity}


def weighed(good_id: int, price_won: int, price_grams: int, grams: int) -> dict[str, object]:
    won = price_won * grams // price_grams // 10 * 10
    facts = {"good_id": good_id, "price_won": price_won, "price_grams": price_grams}
    return {**facts, "grams": grams, "quantity": 1, "amount_won": won}
