from __future__ import annotations

from datetime import date, time

import pytest

from jangteo.domains.ledger.queries import balance_won, balances_won
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.models import GivebackLeg, Payment, Refund, Tender
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")

ONNURI = WantedMoney("onnuri_digital")
PAPER = WantedMoney("onnuri_paper", won=5_000)
LOCAL = WantedMoney("local_currency", won=3_000)


def capture(world: World, placed: PlacedOrder) -> Order:
    seen = Snapshot(
        f"pk-{placed.ref}", placed.ref, GatewayState.DONE, placed.pay_won, placed.pay_won, "카드", None, "", ()
    )
    return settle_payment(market=world.market, actor=SYSTEM, snapshot=seen)


def columns(placed: PlacedOrder, world: World) -> dict[str, tuple[int, str]]:
    with in_market(world.market.pk):
        rows = Tender.objects.filter(order_ref=placed.ref).order_by("pk")
        return {row.key: (row.won, row.state) for row in rows}


def left(placed: PlacedOrder, world: World) -> dict[str, int]:
    with in_market(world.market.pk):
        paid = paid_order(placed.ref)
        assert paid is not None
        return {key: paid.paid.left.tender_won(key) for key in paid.paid.left.tenders}


def hand_over(world: World, placed: PlacedOrder, stall_id: int, taken: TenderKind | None = None) -> None:
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id, stall_id=stall_id)
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    with in_market(world.market.pk):
        weighed = list(Line.objects.filter(part=part, price_grams__isnull=False))
    for line in weighed:
        weigh_line(market=world.market, actor=SYSTEM, line_id=line.pk, grams=380)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk, taken=taken)


def test_a_voucher_that_stands_alone_pays_its_stall_and_the_card_the_rest(world: World) -> None:
    takes_vouchers(world, world.fish)

    placed = order(world, (world.mackerel, 1), (world.tofu, 2), tender="card", moneys=(ONNURI,))

    fish = f"onnuri_digital:{world.fish.pk}"
    assert placed.pay_won == 4_000
    assert columns(placed, world) == {fish: (8_000, "promised"), "card": (4_000, "planned")}
    with in_market(world.market.pk):
        assert Payment.objects.get(order_ref=placed.ref).tax_free_won == 0
    capture(world, placed)
    assert left(placed, world) == {fish: 8_000, "card": 4_000}
    hand_over(world, placed, world.fish.pk)
    hand_over(world, placed, world.tofu_stall.pk)

    with in_market(world.market.pk):
        assert balances_won(f"stall:{world.fish.pk}:") == {
            f"stall:{world.fish.pk}:onnuri_digital": 8_000,
            f"stall:{world.fish.pk}:sales": -8_000,
        }
        assert balance_won(f"stall:{world.tofu_stall.pk}:payable") == -4_000
        assert balance_won(f"order:{placed.ref}") == 0
    assert columns(placed, world)[fish] == (8_000, "captured")


def test_a_policy_begins_at_midnight_though_the_market_still_trades_its_day(world: World) -> None:
    """Notices say a date of the calendar; the trading day of a night market ends at four."""
    midnight = clock.korean(date(2026, 12, 1), time(0, 30))
    takes_vouchers(world, world.fish, schemes={})
    terms = Policy(id="onnuri", scheme="onnuri", area="", starts=date(2026, 12, 1), discount_bp=1_000)
    add_policy(market=world.market, actor=SYSTEM, policy=terms, origin=Origin("test"))

    with clock.at(midnight):
        placed = order(world, (world.mackerel, 1), moneys=(ONNURI,))

    assert columns(placed, world) == {f"onnuri_digital:{world.fish.pk}": (8_000, "promised")}


def test_each_stall_takes_its_own_part_of_a_voucher(world: World) -> None:
    takes_vouchers(world, world.fish, world.greens)

    placed = order(world, (world.mackerel, 1), (world.cabbage, 1), tender="card", moneys=(LOCAL,))

    # 3,000 over 8,000 and 3,500.
    assert columns(placed, world) == {
        f"local_currency:{world.fish.pk}": (2_087, "promised"),
        f"local_currency:{world.greens.pk}": (913, "promised"),
        "card": (8_500, "planned"),
    }


def test_at_the_stall_it_is_known_from_the_beginning_what_each_brings(world: World) -> None:
    takes_vouchers(world, world.fish)

    placed = order(world, (world.mackerel, 1), (world.tofu, 1), moneys=(PAPER,))

    assert placed.pay_won == 0
    assert left(placed, world) == {
        f"onnuri_paper:{world.fish.pk}": 5_000,
        f"cash:{world.fish.pk}": 3_000,
        f"cash:{world.tofu_stall.pk}": 2_000,
    }
    hand_over(world, placed, world.fish.pk)
    with in_market(world.market.pk):
        assert balance_won(f"stall:{world.fish.pk}:onnuri_paper") == 5_000
        assert balance_won(f"stall:{world.fish.pk}:till") == 3_000


def test_the_customer_may_bring_other_money_than_was_said(world: World) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), moneys=(WantedMoney("onnuri_paper"),))

    hand_over(world, placed, world.fish.pk, taken=TenderKind.CASH)

    with in_market(world.market.pk):
        assert balances_won(f"stall:{world.fish.pk}:") == {
            f"stall:{world.fish.pk}:till": 8_000,
            f"stall:{world.fish.pk}:sales": -8_000,
        }


def test_what_the_scale_falls_short_goes_back_over_both_moneys(world: World) -> None:
    takes_vouchers(world, world.fish)
    # 10,000 expected, 11,500 at the most: 3,000 of the city's money and 8,500 by card.
    placed = order(world, (world.hairtail, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)

    hand_over(world, placed, world.fish.pk)

    # 380 g are 9,500: 2,000 go back, 522 of them are simply not collected.
    assert left(placed, world) == {f"local_currency:{world.fish.pk}": 2_478, "card": 7_022}
    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [1_478]
        assert {leg.won: leg.state for leg in GivebackLeg.objects.all()} == {522: "done", 1_478: "sent"}
        assert balance_won(f"stall:{world.fish.pk}:local_currency") == 2_478


def test_a_refused_stall_gives_back_nothing_that_was_only_promised(world: World) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), (world.tofu, 2), tender="card", moneys=(ONNURI,))
    capture(world, placed)
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id, stall=world.fish)

    refuse_part(market=world.market, actor=SYSTEM, part_id=part.pk, reason=StallPart.RefuseReason.SOLD_OUT)

    assert left(placed, world) == {f"onnuri_digital:{world.fish.pk}": 0, "card": 4_000}
    with in_market(world.market.pk):
        assert not Refund.objects.exists()
        assert GivebackLeg.objects.get().state == "done"


def test_a_cancelled_order_gives_the_card_back_once(world: World) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), (world.tofu, 2), tender="card", moneys=(ONNURI,))
    capture(world, placed)

    for _ in range(2):
        cancel_order(market=world.market, actor=SYSTEM, order_id=placed.order_id)

    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [4_000]
    assert set(left(placed, world).values()) == {0}


def test_a_part_refused_after_a_line_was_paid_back_takes_nothing_from_the_other_stalls(world: World) -> None:
    placed = order(world, (world.mackerel, 1), (world.hairtail, 1), (world.tofu, 1), tender="card")
    capture(world, placed)
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id, stall=world.fish)

    refuse_part(market=world.market, actor=SYSTEM, part_id=part.pk, reason=StallPart.RefuseReason.SOLD_OUT)

    assert left(placed, world) == {"card": 2_000}


@pytest.mark.parametrize("tender", ["card", "at_stall"])
@pytest.mark.parametrize(
    "moneys", [(WantedMoney("gold"),), (WantedMoney("card"),), (ONNURI, ONNURI), (WantedMoney("onnuri_paper", won=0),)]
)
def test_money_that_cannot_pay_an_order_changes_nothing(
    world: World, tender: str, moneys: tuple[WantedMoney, ...]
) -> None:
    takes_vouchers(world, world.fish)

    with pytest.raises(errors.BadMoney):
        order(world, (world.mackerel, 1), tender=tender, moneys=moneys)

    with in_market(world.market.pk):
        assert not Order.objects.exists()


def test_an_order_that_vouchers_pay_whole_is_not_paid_ahead(world: World) -> None:
    takes_vouchers(world, world.fish)

    with pytest.raises(errors.NothingAhead):
        order(world, (world.mackerel, 1), tender="card", moneys=(ONNURI,))


def test_a_stall_that_takes_no_vouchers_is_paid_by_card(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card", moneys=(ONNURI,))

    assert columns(placed, world) == {"card": (8_000, "planned")}


def test_too_little_for_a_card_is_taken_from_the_voucher(world: World) -> None:
    takes_vouchers(world, world.fish)

    placed = order(world, (world.mackerel, 1), tender="card", moneys=(WantedMoney("local_currency", won=7_950),))

    assert placed.pay_won == 100


def test_a_card_order_from_before_there_were_plans_is_given_back_all_the_same(world: World) -> None:
    placed = order(world, (world.mackerel, 1), (world.tofu, 1), tender="card")
    with in_market(world.market.pk):
        Tender.objects.all().delete()
    # As it was captured then, without a matrix.
    with in_market(world.market.pk):
        Payment.objects.update(captured_won=placed.pay_won, state="captured", payment_key="pk")
        Order.objects.update(state="placed")
        StallPart.objects.update(state="new")
        part = StallPart.objects.get(order_id=placed.order_id, stall=world.fish)

    refuse_part(market=world.market, actor=SYSTEM, part_id=part.pk, reason=StallPart.RefuseReason.SOLD_OUT)

    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [8_000]
    assert left(placed, world) == {"card": 2_000}


def test_two_stalls_that_are_paid_on_the_spot_do_not_disturb_each_other(world: World) -> None:
    placed = order(world, (world.tofu, 1), (world.hairtail, 1))

    hand_over(world, placed, world.tofu_stall.pk)
    hand_over(world, placed, world.fish.pk, taken=TenderKind.ONNURI_PAPER)

    assert left(placed, world) == {
        f"recorded_offline:{world.tofu_stall.pk}": 2_000,
        f"onnuri_paper:{world.fish.pk}": 9_500,
    }
