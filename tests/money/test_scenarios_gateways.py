"""What goes wrong between a customer, a gateway and us, by the numbers of the list of nasty scenarios."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from jangteo.adapters.portone.simulator import Order as PortOneOrder
from jangteo.adapters.portone.simulator.book import Refusal
from jangteo.adapters.toss.simulator import Order as TossOrder
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.ports import CannotAsk
from jangteo.domains.stock.models import StockItem
from jangteo.faces.api import limits
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import InboxRow
from jangteo.project.invariants import INVARIANTS
from tests.books import wrong_in_the_books
from tests.breaking import broken
from tests.money.windows import Street, street
from tests.world import GUEST, World

WAITS = ("awaiting_payment", "waiting_deposit")
PAID = ("placed", "captured")
ACCOUNT = {"back-bank": "020", "back-number": "1002-123-456789", "back-holder": "김하나"}


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with street(world) as built:
        yield built
    assert [breach for one in INVARIANTS for breach in one.breaches()] == []
    assert wrong_in_the_books(quiet=False) == []


def by_card(here: Street) -> PlacedOrder:
    """10,000 won, 8,000 of them tax-free, over two stalls."""
    return here.order((here.world.mackerel, 1), (here.world.tofu, 1))


def by_account(here: Street) -> tuple[PlacedOrder, str]:
    """The same into a virtual account, which waits for the deposit."""
    placed = here.order((here.world.mackerel, 1), (here.world.tofu, 1), way="virtual_account")
    key = here.window(placed)
    assert here.come_back(placed, key) == 302
    here.work()
    assert here.states(placed) == WAITS
    here.hooks(2)
    here.work()
    return placed, key


def deposited(here: Street) -> tuple[PlacedOrder, str]:
    placed, key = by_account(here)
    here.toss.deposit(key)
    assert here.hooks(2) == [200, 200]
    here.work()
    assert here.states(placed) == PAID
    return placed, key


def mackerel(here: Street) -> tuple[int, int]:
    with here.now():
        item = StockItem.objects.get(good=here.world.mackerel)
    return item.on_hand, item.held


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


def test_s08_a_deposit_that_is_taken_back_stops_the_stalls_until_it_comes_again(here: Street) -> None:
    placed, key = deposited(here)
    assert here.parts(placed) == ["new", "new"]
    assert mackerel(here) == (4, 0)

    here.toss.undo_deposit(key)
    assert here.hooks(2) == [200, 200]
    here.work()
    assert here.states(placed) == WAITS
    assert here.parts(placed) == ["awaiting_payment"] * 2
    assert mackerel(here) == (5, 1)
    assert here.book() == {}

    here.pass_by(minutes=1)
    here.toss.deposit(key)
    assert here.hooks(2) == [200, 200]
    here.work()

    assert here.states(placed) == PAID
    assert here.parts(placed) == ["new", "new"]
    assert mackerel(here) == (4, 0)
    assert here.entries() == ["capture", "correction", "capture"]
    assert here.book() == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}


def test_s08_goods_that_are_out_are_not_called_back(here: Street) -> None:
    placed, key = deposited(here)
    with here.now():
        part = StallPart.objects.filter(order_id=placed.order_id).earliest("pk")
    for move in (accept_part, ready_part, hand_over_part):
        with here.now():
            move(market=here.world.market, actor=SYSTEM, part_id=part.pk)

    here.toss.undo_deposit(key)
    here.hooks(2)
    here.work()

    assert here.states(placed) == ("placed", "waiting_deposit")
    assert here.parts(placed) == ["handed_over", "new"]
    here.toss.deposit(key)
    here.hooks(2)
    here.work()
    assert here.states(placed) == PAID
    assert here.payment(placed).captured_won == 10_000
    assert here.refunds(placed) == []


def test_s08_a_deposit_that_comes_again_pays_for_goods_that_were_all_handed_over(here: Street) -> None:
    placed, key = deposited(here)
    with here.now():
        parts = list(StallPart.objects.filter(order_id=placed.order_id).order_by("pk"))
    for part in parts:
        for move in (accept_part, ready_part, hand_over_part):
            with here.now():
                move(market=here.world.market, actor=SYSTEM, part_id=part.pk)
    here.toss.undo_deposit(key)
    here.hooks(2)
    here.work()
    owed = {f"stall:{part.stall_id}:payable": won for part, won in zip(parts, (-8_000, -2_000), strict=True)}
    assert here.states(placed) == ("closed", "waiting_deposit")
    assert here.book() == {f"order:{placed.ref}": 10_000, **owed}
    assert broken() == {}

    here.pass_by(minutes=1)
    here.toss.deposit(key)
    here.hooks(2)
    here.work()

    assert here.states(placed) == ("closed", "captured")
    assert here.refunds(placed) == []
    assert here.book() == {"clear:toss": 10_000, **owed}
    assert broken() == {}


def test_s09_a_deposit_after_the_order_was_cancelled_goes_back_to_the_customers_account(here: Street) -> None:
    placed, key = by_account(here)
    with here.now():
        cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)
    here.toss.deposit(key)
    here.hooks(2)
    here.work()
    assert here.order_of(placed).state == "cancelled"
    assert here.book() == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}
    assert here.refunds(placed) == [(10_000, 8_000, "queued")]

    with here.now():
        told = here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    assert told.status_code == 302
    here.work()

    assert here.refunds(placed) == [(10_000, 8_000, "done")]
    assert here.states(placed) == ("cancelled", "refunded")
    assert here.book() == {}


def test_s09_a_deposit_after_its_time_does_not_bring_the_order_back(here: Street) -> None:
    placed, key = by_account(here)
    here.pass_by(hours=25)
    here.sweep()
    assert here.states(placed) == ("expired", "expired")
    assert mackerel(here) == (5, 0)

    here.toss.deposit(key, late=True)
    here.letters.received.get(timeout=20)
    here.letters.received.get(timeout=20)
    here.pass_by(hours=1)
    here.sweep()
    here.work()

    assert here.states(placed) == ("expired", "captured")
    assert here.refunds(placed) == [(10_000, 8_000, "queued")]
    with here.now():
        here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    here.work()
    assert here.refunds(placed) == [(10_000, 8_000, "done")]
    assert here.book() == {}


def test_s09_the_account_of_a_cancelled_order_is_closed(here: Street) -> None:
    placed, key = by_account(here)
    with here.now():
        cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)

    here.sweep()

    seen = here.gateways["toss"].read(payment_key=key)
    assert seen is not None
    assert seen.state == "cancelled"
    assert here.states(placed) == ("cancelled", "expired")


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
