"""What goes wrong between a customer, a gateway and us, by the numbers of the list of nasty scenarios."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from jangteo.adapters.portone.simulator import Order as PortOneOrder
from jangteo.adapters.portone.simulator.book import Refusal
from jangteo.adapters.toss.simulator import Order as TossOrder
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.ports import CannotAsk, Snapshot
from jangteo.faces.api import limits
from jangteo.kernel.models import InboxRow
from tests.money.deposits import PAID, WAITS, by_account, mackerel
from tests.money.windows import Street


def by_card(here: Street) -> PlacedOrder:
    """10,000 won, 8,000 of them tax-free, over two stalls."""
    return here.order((here.world.mackerel, 1), (here.world.tofu, 1))


def page(here: Street, placed: PlacedOrder) -> str:
    with here.now():
        return here.browser.get(f"/jangteo/order/{placed.token}/").content.decode()


@pytest.mark.parametrize("fault", ["timeout_after_commit", "broken_after_commit", "server_error_after_commit"])
def test_s01_a_confirmation_without_an_answer_ends_in_one_capture(here: Street, fault: str) -> None:
    placed = by_card(here)
    here.toss.dial.next_up("confirm", fault)
    here.come_back(placed, here.window(placed))

    here.work()
    assert here.states(placed) == ("awaiting_payment", "unknown")
    assert "결제를 확인하고 있어요" in page(here, placed)
    here.pass_by(minutes=3)
    here.sweep()
    here.work()

    assert here.states(placed) == PAID
    assert here.book() == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}
    assert here.entries() == ["capture"]


@pytest.mark.parametrize("fault", ["timeout_after_commit", "server_error_after_commit"])
def test_s01_the_same_at_kakaopay_which_sends_no_webhooks(here: Street, fault: str) -> None:
    placed = here.order((here.world.mackerel, 1), (here.world.tofu, 1), way="kakaopay")
    here.kakao.dial.next_up("approve", fault)
    assert here.get(here.agree_at_kakao(here.open_kakao(placed))) == 302

    here.work()
    assert here.states(placed) == ("awaiting_payment", "unknown")
    here.pass_by(minutes=3)
    here.sweep()
    here.work()

    assert here.states(placed) == PAID
    assert here.book() == {"clear:kakaopay": 10_000, f"order:{placed.ref}": -10_000}
    assert here.entries() == ["capture"]


@pytest.mark.parametrize("hooks_first", [True, False])
def test_s03_webhook_and_browser_come_in_any_order_at_portone(here: Street, hooks_first: bool) -> None:
    here.offer("portone")
    placed = by_card(here)
    back = here.pay_at_portone(placed)

    for hooks in (hooks_first, not hooks_first):
        if hooks:
            assert here.hooks(2) == [200, 200]
        else:
            assert here.get(back) == 302
        here.work()

    assert here.states(placed) == PAID
    assert here.entries() == ["capture"]
    assert here.payment(placed).payment_key == placed.ref
    assert here.book() == {"clear:portone": 10_000, f"order:{placed.ref}": -10_000}


def test_s03_who_comes_back_weeks_after_the_end_is_not_charged_for_nothing(here: Street) -> None:
    """A window left open takes money at any time; nobody asks about an order that old, and no message got through."""
    here.offer("portone")
    placed = by_card(here)
    here.pass_by(minutes=11)
    here.sweep()
    here.pass_by(days=20)
    here.sweep()
    here.pay_at_portone_unasked(placed)
    here.sweep()
    assert here.states(placed) == ("expired", "expired")

    assert here.get(f"/jangteo/pay/{placed.token}/done/?paymentId={placed.ref}&txId=1") == 302
    here.sweep()

    assert here.states(placed) == PAID
    assert here.book() == {"clear:portone": 10_000, f"order:{placed.ref}": -10_000}


def test_s03_one_payment_that_cannot_be_booked_keeps_no_other_waiting(
    here: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.offer("portone")
    broken, other = by_card(here), by_card(here)
    for placed in (broken, other):
        here.pay_at_portone(placed)
    here.pass_by(minutes=11)
    read = here.gateways["portone"].read_order

    def read_or_fail(*, order_ref: str) -> Snapshot | None:
        if order_ref == broken.ref:
            raise RuntimeError(order_ref)
        return read(order_ref=order_ref)

    monkeypatch.setattr(here.gateways["portone"], "read_order", read_or_fail)
    with pytest.raises(RuntimeError, match=broken.ref):
        here.sweep()

    assert here.states(other) == PAID


@pytest.mark.parametrize("work_between", [True, False])
def test_s03_a_confirmed_payment_is_read_and_not_confirmed_again(here: Street, work_between: bool) -> None:
    placed = by_card(here)
    key = here.window(placed)
    here.come_back(placed, key)
    here.gateways["toss"].confirm(payment_key=key, order_ref=placed.ref, amount_won=10_000, key="another")
    here.hooks(1)
    if work_between:
        here.work()
    assert here.come_back(placed, key) == 302
    here.work()

    assert here.states(placed) == PAID
    assert here.entries() == ["capture"]


def test_s04_a_forged_message_books_nothing_and_twenty_a_second_do_not_reach_the_gateway(here: Street) -> None:
    placed = by_card(here)
    body = f'{{"eventType": "PAYMENT_STATUS_CHANGED", "data": {{"paymentKey": "pk", "orderId": "{placed.ref}"}}}}'
    with here.now():
        statuses = [
            here.browser.post(
                "/hooks/toss/",
                body,
                "application/json",
                headers={"tosspayments-webhook-transmission-id": f"forged-{number}"},
            ).status_code
            for number in range(20)
        ]
    here.work()

    most = limits.HINTS_OF_ORDER.most
    assert statuses == [200] * most + [429] * (20 - most)
    assert here.toss_calls == most
    assert here.states(placed) == ("awaiting_payment", "created")
    assert here.entries() == []


def test_s04_a_deposit_message_with_a_strange_secret_is_logged_as_forged(here: Street) -> None:
    placed, key = by_account(here)
    here.toss.dial.next_up("webhook", "lost", "forged")
    here.toss.deposit(key)
    genuine, forged = here.letters.received.get(timeout=20), here.letters.received.get(timeout=20)
    assert b"ps_forged" in forged.body

    with capture_logs() as logged:
        assert here.hook(forged) == 200
        here.work()
    assert [line["event"] for line in logged] == ["hook_forged"]
    assert here.states(placed) == WAITS

    assert here.hook(genuine) == 200
    here.work()
    assert here.states(placed) == PAID


def test_s05_a_portone_message_counts_once_and_only_as_it_was_signed(here: Street) -> None:
    here.offer("portone")
    placed = by_card(here)
    here.portone.dial.next_up("webhook", "lost", "stale")
    here.pay_at_portone(placed)
    stale = here.letters.received.get(timeout=20)
    assert (here.hook(stale), InboxRow.objects.count()) == (400, 0)

    here.gateways["portone"].cancel(payment_key=placed.ref, reason="x", amount_won=1, tax_free_won=0, key="one")
    sent = here.letters.received.get(timeout=20)
    assert sent.headers["webhook-id"]
    assert here.hook(sent, change=b" }") == 400
    assert [here.hook(sent) for _ in range(3)] == [200] * 3
    assert InboxRow.objects.count() == 1

    here.portone.dial.next_up("webhook", "forged")
    here.gateways["portone"].cancel(payment_key=placed.ref, reason="x", amount_won=1, tax_free_won=0, key="two")
    assert sorted(here.hooks(2)) == [200, 400]


def test_s06_a_tampered_amount_goes_back_whole_with_its_tax_free_part(here: Street) -> None:
    placed = by_card(here)
    cheap = TossOrder(placed.ref, "장보기", 300, 200, "http://testserver/ok", "http://testserver/no")
    key = here.toss.authorise(cheap)
    assert here.come_back(placed, key, amount="300") == 409
    assert here.states(placed) == ("awaiting_payment", "created")

    # Somebody confirms it at the gateway behind our back, and its webhook tells.
    here.gateways["toss"].confirm(payment_key=key, order_ref=placed.ref, amount_won=300, key="not-ours")
    here.hooks(1)
    here.work()

    assert here.refunds(placed) == [(300, 200, "done")]
    assert here.payment(placed).state == "refunded"
    assert here.parts(placed) == ["awaiting_payment"] * 2
    assert here.book() == {}
    with here.now():
        assert StallPart.objects.filter(state="new").count() == 0


def test_s06_portone_takes_no_other_amount_than_the_one_that_was_fixed(here: Street) -> None:
    here.offer("portone")
    placed = by_card(here)
    here.pay_page(placed)

    with pytest.raises(Refusal, match="INVALID_REQUEST"):
        here.portone.pay(PortOneOrder(placed.ref, "장보기", 300, 0, "http://testserver/ok"))


def test_s07_of_two_tabs_one_pays(here: Street) -> None:
    placed = by_card(here)
    first, second = here.window(placed), here.window(placed)

    assert [here.come_back(placed, first), here.come_back(placed, second)] == [302, 409]
    here.work()

    assert here.states(placed) == PAID
    assert mackerel(here) == (4, 0)
    assert here.book() == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}
    lost = here.gateways["toss"].read(payment_key=second)
    assert lost is not None
    assert lost.approved_at is None


def test_s07_of_two_kakaopay_tabs_one_pays(here: Street) -> None:
    placed = here.order((here.world.mackerel, 1), way="kakaopay")
    windows = [here.open_kakao(placed), here.open_kakao(placed)]
    backs = [here.agree_at_kakao(window) for window in windows]

    assert [here.get(back) for back in backs] == [302, 409]
    here.work()

    assert here.states(placed) == PAID
    assert mackerel(here) == (4, 0)
    assert here.book() == {"clear:kakaopay": 8_000, f"order:{placed.ref}": -8_000}


@pytest.mark.parametrize("fault", ["reorder", "duplicate", "late"])
def test_s10_cancellations_that_are_told_in_any_order_add_up(here: Street, fault: str) -> None:
    placed = by_card(here)
    key = here.window(placed)
    here.come_back(placed, key)
    here.work()
    here.hooks(1)
    here.toss.dial.late_ms = 50
    here.toss.dial.next_up("webhook", fault)
    cancel = here.gateways["toss"].cancel
    cancel(payment_key=key, reason="품절", amount_won=3_000, tax_free_won=3_000, key="a")
    cancel(payment_key=key, reason="품절", amount_won=2_000, tax_free_won=0, key="b")

    assert here.hooks(3 if fault == "duplicate" else 2) == [200] * (3 if fault == "duplicate" else 2)
    here.work()

    assert here.payment(placed).refunded_won == 5_000
    assert here.payment(placed).state == "part_refunded"
    assert sorted(here.entries()) == ["capture", "refund", "refund"]
    assert here.book() == {"clear:toss": 5_000, f"order:{placed.ref}": -5_000}


@pytest.mark.parametrize("gateway", ["toss", "portone", "kakaopay"])
def test_s23_no_gateway_is_asked_to_cancel_without_the_tax_free_part(here: Street, gateway: str) -> None:
    with pytest.raises(CannotAsk) as refused:
        here.gateways[gateway].cancel(payment_key="k", reason="품절", amount_won=1_000, tax_free_won=None, key="ref:1")

    assert refused.value.code == "TAX_FREE_NOT_SAID"
