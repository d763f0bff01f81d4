from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.adapters.portone.receipts import PortOneReceipts
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.tests.practice import account_of
from jangteo.domains.counter import issuers
from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.ask_cash_receipt import WantedReceipt, ask_cash_receipt
from jangteo.domains.counter.actions.end_cash_receipt import Told, end_cash_receipt
from jangteo.domains.counter.actions.forget_digits import forget_digits
from jangteo.domains.counter.actions.renew_cash_receipt import renew_cash_receipt
from jangteo.domains.counter.actions.undo_sale_refund import undo_sale_refund
from jangteo.domains.counter.effects import ReceiptEffects, renew_receipts
from jangteo.domains.counter.errors import AlreadyAsked, BadIdentifier, NoCashReceipts, NothingToReceipt
from jangteo.domains.counter.issuers import Issuing
from jangteo.domains.counter.models import CashReceipt, CounterSale
from jangteo.domains.counter.queries import cash_basis
from jangteo.domains.counter.tests.sales import begun, card_paid, given_back
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Unknown
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World, make_world, order

pytestmark = pytest.mark.usefixtures("_card")
PHONE = "010-0000-2000"


@pytest.fixture
def simulator() -> Iterator[PortOneSimulator]:
    with PortOneSimulator(seed=1, clock=lambda: NOON) as running:
        yield running


@pytest.fixture
def effects(simulator: PortOneSimulator) -> Iterator[ReceiptEffects]:
    opened = PortOneReceipts(base_url=simulator.url, account=account_of(simulator), timeout_s=2)
    issuing = Issuing(opened, unasked_from_won=100_000)
    issuers.use(issuing)
    yield ReceiptEffects(issuing)
    issuers.use(None)
    opened.close()


def cash(world: World, won: int = 30_000, *, stall: Stall | None = None) -> CounterSale:
    sale = begun(world, "cash", won, stall=stall)
    return answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)


def asked(world: World, about: str, digits: str = PHONE, use: str = "personal", kind: str = "phone") -> CashReceipt:
    return ask_cash_receipt(market=world.market, actor=GUEST, wanted=WantedReceipt(about, use, kind, digits))


def delivered(effects: ReceiptEffects) -> None:
    """What the worker does, but for the transaction that these tests stand in."""
    handlers = {"receipt.issue": effects.issue, "receipt.cancel": effects.cancel}
    for row in OutboxRow.objects.filter(topic__in=handlers, status="queued").order_by("pk"):
        with in_market(row.market_id):
            if not isinstance(handlers[row.topic](row), Unknown):
                OutboxRow.objects.filter(pk=row.pk).update(status="finished")


def stored(world: World, receipt: CashReceipt) -> CashReceipt:
    with in_market(world.market.pk):
        return CashReceipt.objects.get(pk=receipt.pk)


def handed_over(world: World, taken: TenderKind | None) -> PlacedOrder:
    placed = order(world, (world.mackerel, 1), (world.tofu, 1))
    with in_market(world.market.pk):
        parts = list(StallPart.objects.filter(order_id=placed.order_id))
    for part in parts:
        for step in (accept_part, ready_part):
            step(market=world.market, actor=SYSTEM, part_id=part.pk)
        hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk, taken=taken)
    return placed


def give_back_tofu(world: World, placed: PlacedOrder) -> None:
    """Two thousand won of a closed order."""
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id, name="손두부")
    wanted = WantedRefund({line.pk: 2_000})
    refund_lines(market=world.market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key=f"back-{line.pk}")


def test_a_receipt_is_asked_for_and_issued(world: World, effects: ReceiptEffects) -> None:
    sale = cash(world, stall=world.tofu_stall)

    receipt = asked(world, sale.ref)
    delivered(effects)

    issued = stored(world, receipt)
    assert (receipt.amount_won, receipt.tax_free_won, receipt.vat_won) == (30_000, 0, 2_727)
    assert (issued.state, issued.issue_number, issued.shown) == ("issued", "000000001", "2000")
    assert issued.url.startswith("http://127.0.0.1")
    assert "01000002000" not in repr(WantedReceipt(sale.ref, "personal", "phone", PHONE))


def test_exempt_goods_bear_no_vat(world: World, effects: ReceiptEffects) -> None:
    receipt = asked(world, cash(world).ref)

    assert (receipt.amount_won, receipt.tax_free_won, receipt.vat_won) == (30_000, 30_000, 0)


def test_asking_twice_is_asking_once(world: World, effects: ReceiptEffects) -> None:
    sale = cash(world)
    first = asked(world, sale.ref)

    assert asked(world, sale.ref, "01000002000").pk == first.pk
    with pytest.raises(AlreadyAsked):
        asked(world, sale.ref, "010-0000-3000")


@pytest.mark.parametrize(
    ("use", "kind", "digits"),
    [
        ("personal", "phone", "02-123-4567"),
        ("personal", "phone", ""),
        ("personal", "business", "1248100998"),
        ("corporate", "business", "124810099"),
        ("gift", "phone", PHONE),
        ("personal", "passport", PHONE),
    ],
)
def test_a_number_that_identifies_nobody_is_refused(
    world: World, effects: ReceiptEffects, use: str, kind: str, digits: str
) -> None:
    sale = cash(world)

    with pytest.raises(BadIdentifier):
        asked(world, sale.ref, digits, use, kind)


def test_only_cash_and_the_like_is_receipted(world: World, effects: ReceiptEffects) -> None:
    claimed, card = begun(world, "cash"), card_paid(world)

    for about in (claimed.ref, card.ref, "nothing", order(world, (world.tofu, 1)).ref):
        with pytest.raises(NothingToReceipt):
            asked(world, about)


@pytest.mark.parametrize(("taken", "won"), [(TenderKind.CASH, 10_000), (TenderKind.ONNURI_PAPER, 10_000)])
def test_an_order_is_receipted_when_it_is_handed_over(
    world: World, effects: ReceiptEffects, taken: TenderKind, won: int
) -> None:
    placed = handed_over(world, taken)

    receipt = asked(world, placed.ref)

    assert (receipt.amount_won, receipt.tax_free_won, receipt.vat_won) == (won, 8_000, 182)


@pytest.mark.parametrize("taken", [None, TenderKind.CARD, TenderKind.ONNURI_DIGITAL])
def test_other_money_at_the_stall_has_no_cash_receipt(
    world: World, effects: ReceiptEffects, taken: TenderKind | None
) -> None:
    placed = handed_over(world, taken)

    with in_market(world.market.pk):
        assert cash_basis(world.market, placed.ref) is None


def test_nobody_asks_where_nobody_issues(world: World) -> None:
    sale = cash(world)

    with pytest.raises(NoCashReceipts):
        asked(world, sale.ref)


def test_an_answer_that_was_lost_is_asked_for_again(
    world: World, simulator: PortOneSimulator, effects: ReceiptEffects
) -> None:
    receipt = asked(world, cash(world).ref)
    simulator.dial.next_up("issue_receipt", "broken_after_commit")

    delivered(effects)
    assert stored(world, receipt).state == "asked"
    with clock.at(NOON + timedelta(minutes=5)):
        delivered(effects)

    assert (stored(world, receipt).state, stored(world, receipt).issue_number) == ("issued", "000000001")


def test_money_that_goes_back_takes_its_receipt_with_it(world: World, effects: ReceiptEffects) -> None:
    sale = cash(world)
    receipt = asked(world, sale.ref)
    delivered(effects)

    given_back(world, sale)
    assert stored(world, receipt).state == "cancelling"
    delivered(effects)

    assert stored(world, receipt).state == "cancelled"
    with pytest.raises(NothingToReceipt):
        asked(world, sale.ref)


def test_a_part_that_goes_back_is_taken_off_the_receipt_and_comes_again_with_it(
    world: World, effects: ReceiptEffects
) -> None:
    sale = cash(world)
    asked(world, sale.ref)
    delivered(effects)

    row = given_back(world, sale, 2_000)
    delivered(effects)
    undo_sale_refund(market=world.market, actor=SYSTEM, refund_id=row.pk)
    whole = given_back(world, sale)
    undo_sale_refund(market=world.market, actor=SYSTEM, refund_id=whole.pk)
    delivered(effects)

    with in_market(world.market.pk):
        receipts = list(CashReceipt.objects.filter(about=sale.ref).order_by("pk"))
    assert [(one.state, one.amount_won) for one in receipts] == [
        ("cancelled", 30_000),
        ("cancelled", 28_000),
        ("cancelled", 30_000),
        ("issued", 30_000),
    ]


def test_a_receipt_that_was_never_issued_is_just_dropped(world: World, effects: ReceiptEffects) -> None:
    sale = cash(world)
    receipt = asked(world, sale.ref)

    given_back(world, sale)
    delivered(effects)

    assert stored(world, receipt).state == "cancelled"
    assert effects.issuing is not None
    assert effects.issuing.issuer.read(payment_ref=receipt.ref) is None


def test_one_issued_while_it_was_taken_back_is_taken_back_again(world: World, effects: ReceiptEffects) -> None:
    sale = cash(world)
    receipt = asked(world, sale.ref)
    given_back(world, sale)
    delivered(effects)

    told = Told(CashReceipt.State.ISSUED, "000000009")
    end_cash_receipt(market=world.market, actor=SYSTEM, receipt_id=receipt.pk, told=told)

    assert stored(world, receipt).state == "cancelling"
    delivered(effects)
    assert stored(world, receipt).state == "cancelled"


def test_a_receipt_that_still_fits_is_left_alone(world: World, effects: ReceiptEffects) -> None:
    sale = cash(world)
    receipt = asked(world, sale.ref)

    assert renew_cash_receipt(market=world.market, actor=SYSTEM, about=sale.ref) is None
    assert stored(world, receipt).state == "asked"


def test_much_cash_is_receipted_unasked_after_a_day(world: World, effects: ReceiptEffects) -> None:
    much, wanted, little = cash(world, 100_000), cash(world, 150_000), cash(world, 99_999)
    asked(world, wanted.ref)

    effects.issue_unasked()
    with clock.at(NOON + timedelta(hours=25)):
        for _ in range(2):
            effects.issue_unasked()

    with in_market(world.market.pk):
        unasked = list(CashReceipt.objects.filter(unasked=True))
        assert CashReceipt.objects.filter(about=little.ref).count() == 0
    assert [(one.about, one.digits, one.amount_won) for one in unasked] == [(much.ref, "0100001234", 100_000)]


def test_much_cash_of_an_order_is_receipted_unasked_too(world: World, effects: ReceiptEffects) -> None:
    assert effects.issuing is not None
    placed, other = handed_over(world, TenderKind.CASH), handed_over(world, TenderKind.CARD)
    soon = replace(effects, issuing=replace(effects.issuing, unasked_from_won=10_000))

    with clock.at(NOON + timedelta(hours=25)):
        soon.issue_unasked()

    with in_market(world.market.pk):
        assert [(one.about, one.amount_won) for one in CashReceipt.objects.all()] == [(placed.ref, 10_000)]
        assert other.ref != placed.ref


def test_a_receipt_follows_what_goes_back(world: World, effects: ReceiptEffects) -> None:
    placed = handed_over(world, TenderKind.CASH)
    first = asked(world, placed.ref)
    delivered(effects)
    with clock.at(NOON + timedelta(minutes=10)):
        give_back_tofu(world, placed)
        for _ in range(2):
            renew_receipts()
        delivered(effects)

    with in_market(world.market.pk):
        receipts = list(CashReceipt.objects.filter(about=placed.ref).order_by("pk"))
    assert [(one.state, one.amount_won, one.vat_won) for one in receipts] == [
        ("cancelled", 10_000, 182),
        ("issued", 8_000, 0),
    ]
    assert receipts[0].pk == first.pk


def test_digits_of_settled_receipts_are_forgotten(world: World, effects: ReceiptEffects) -> None:
    receipt, late = asked(world, cash(world).ref), asked(world, cash(world).ref)
    delivered(effects)
    end_cash_receipt(
        market=world.market, actor=SYSTEM, receipt_id=late.pk, told=Told(CashReceipt.State.REJECTED, code="NO")
    )

    forget_digits(market=world.market, actor=SYSTEM, before=stored(world, receipt).asked_at)
    assert stored(world, receipt).digits == "01000002000"
    forget_digits(market=world.market, actor=SYSTEM, before=NOON + timedelta(days=1))

    assert (stored(world, receipt).digits, stored(world, receipt).shown) == ("", "2000")
    assert stored(world, late).digits == ""


def test_another_markets_sale_has_no_receipt_here(world: World, effects: ReceiptEffects) -> None:
    sale, elsewhere = cash(world), make_world("namdong", "2")

    with pytest.raises(NothingToReceipt):
        asked(elsewhere, sale.ref)
