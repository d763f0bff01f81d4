"""Signed messages about pay-outs, as the practice gateway sends them, and as somebody else would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.test import Client

from jangteo.adapters._simulator.server import Request
from jangteo.adapters.toss.tests.stage import Shop
from jangteo.domains.payments.payouts_port import PayeeKind, PayeeState
from jangteo.domains.settlement.tests.payout_desk import MONDAY, PayoutDesk, payout_desk
from jangteo.faces.api import limits
from jangteo.faces.api.edge import MOST_BYTES
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel.models import InboxRow, OutboxRow
from tests.breaking import broken
from tests.money.settling import SATURDAY
from tests.world import World

HOOK = "/hooks/toss/payouts/"
CLIENT = Client(enforce_csrf_checks=True)


@dataclass
class Street:
    """The gateway's side, and what it posts."""

    desk: PayoutDesk
    shop: Shop

    def message(self) -> Request:
        return self.shop.next()


@pytest.fixture
def street(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with Shop() as shop, payout_desk(world, webhook_url=shop.url) as desk, desk.on(SATURDAY):
        yield Street(desk, shop)
    assert broken() == {}


def post(message: Request, *, body: bytes | None = None, without: str = "", path: str = HOOK) -> int:
    headers = {
        name: told for name, told in message.headers.items() if name.startswith("tosspayments") and name != without
    }
    return CLIENT.post(path, message.body if body is None else body, "application/json", headers=headers).status_code


def hints() -> list[Mapping[str, str]]:
    return list(OutboxRow.objects.filter(topic="payout.hint").order_by("pk").values_list("payload", flat=True))


def paid(street: Street) -> Request:
    """A run whose only pay-out has ended, and the message that says so."""
    desk = street.desk
    desk.register(desk.world.fish)
    desk.sent(desk.sold({desk.world.fish.pk: 30_000}))
    desk.work()
    with desk.on(MONDAY):
        desk.bank()
    return street.message()


def test_a_payout_that_ended_is_read_and_booked_once(street: Street) -> None:
    message = paid(street)

    assert [post(message) for _ in range(3)] == [200, 200, 200]
    assert InboxRow.objects.get().source == "toss.payouts"
    street.desk.work()
    street.desk.work()

    assert len(hints()) == 1
    assert street.desk.states() == ["completed"]
    assert street.desk.payable(street.desk.world.fish) == 0


def test_a_message_that_comes_late_changes_nothing_again(street: Street) -> None:
    message, book = paid(street), street.desk.book
    with street.desk.on(MONDAY):
        street.desk.sweep()
        assert post(message) == 200
        street.desk.work()

    assert street.desk.states() == ["completed"]
    assert (street.desk.payable(street.desk.world.fish), book.won("clear:toss")) == (0, 0)


def test_what_a_message_claims_is_read_and_not_believed(street: Street) -> None:
    desk = street.desk
    payee = desk.register(desk.world.fish, PayeeKind.SOLE_TRADER)
    desk.simulator.payouts.check_seller(payee.key, "APPROVED")
    approved = street.message()
    desk.simulator.payouts.check_seller(payee.key, "KYC_REQUIRED")

    assert post(approved) == 200
    desk.work()

    assert desk.payee(desk.world.fish).state == PayeeState.HELD


def other_body(message: Request) -> int:
    return post(message, body=message.body.replace(b"COMPLETED", b"FAILED"))


def other_time(message: Request) -> int:
    headers = dict(message.headers) | {"tosspayments-webhook-transmission-time": "2026-11-24T00:00:00+09:00"}
    return post(Request(message.method, message.path, {}, headers, message.body, message.peer))


def no_signature(message: Request) -> int:
    return post(message, without="tosspayments-webhook-signature")


@pytest.mark.parametrize("forge", [other_body, other_time, no_signature])
def test_what_the_gateway_has_not_signed_is_refused(street: Street, forge: Callable[[Request], int]) -> None:
    message = paid(street)
    before = footprint()

    assert forge(message) == 401
    assert footprint() == before
    assert hints() == []


def test_a_gateway_that_is_forged_on_the_way_is_told_from_the_real_one(street: Street) -> None:
    street.desk.simulator.dial.next_up("webhook", "forged")
    first = paid(street)

    assert sorted([post(first), post(street.message())]) == [200, 401]


def test_a_message_about_nothing_of_ours_is_heard_and_not_kept(street: Street) -> None:
    desk = street.desk
    desk.register(desk.world.fish)
    other = desk.simulator.payouts.register("jt-of-another-shop", "PERSON", {}, ("088", "1"))
    desk.simulator.payouts.check_seller(other.id, "APPROVED")
    before = footprint()

    assert post(street.message()) == 200
    assert footprint() == before


def test_a_flood_about_one_payout_is_put_off(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HINTS_OF_PAYOUT", limits.Limit("few", 1, limits.HINTS_OF_PAYOUT.window))
    desk = street.desk
    payee = desk.register(desk.world.fish, PayeeKind.PERSON)
    statuses = []
    for state in ("APPROVED", "KYC_REQUIRED"):
        desk.simulator.payouts.check_seller(payee.key, state)
        statuses.append(post(street.message()))

    assert statuses == [200, 429]
    assert len(hints()) == 1


def test_only_posts_of_gateways_that_pay_out(street: Street) -> None:
    message = paid(street)

    assert CLIENT.get(HOOK).status_code == 405
    assert post(message, path="/hooks/kakaopay/payouts/") == 404
    assert post(message, body=b" " * (MOST_BYTES + 1)) == 413
