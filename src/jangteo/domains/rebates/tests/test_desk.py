from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from jangteo.domains.ordering.errors import BadPhone
from jangteo.domains.rebates import errors
from jangteo.domains.rebates.actions.add_paper import add_paper
from jangteo.domains.rebates.actions.call_next import call_next
from jangteo.domains.rebates.actions.check_paper import check_paper
from jangteo.domains.rebates.actions.hand_over_drawer import hand_over_drawer
from jangteo.domains.rebates.actions.make_rebate import make_rebate
from jangteo.domains.rebates.actions.move_visit import move_visit
from jangteo.domains.rebates.actions.name_person import name_person
from jangteo.domains.rebates.actions.scan_receipt import scan_receipt
from jangteo.domains.rebates.actions.set_stopped import set_stopped
from jangteo.domains.rebates.actions.stock_paper import stock_paper
from jangteo.domains.rebates.actions.undo_payout import undo_payout
from jangteo.domains.rebates.jobs import wipe_due_persons
from jangteo.domains.rebates.models import (
    CountedReceipt,
    HandOver,
    PaperMove,
    Payout,
    RebateEvent,
    RebatePerson,
    RebatePot,
    RebateVisit,
    TableReceipt,
)
from jangteo.domains.rebates.queries import queue_of
from jangteo.domains.rebates.table import Table, table_of
from jangteo.domains.rebates.tests.desks import AGRI_POT, FISH_POT, bought, number, paid, paper, person, rebate, told
from jangteo.domains.rebates.told import NewPot, PaperReceipt
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

S = RebateVisit.State


def table(world: World, visit: RebateVisit) -> Table:
    with in_market(world.market.pk):
        event = RebateEvent.objects.get(pk=visit.event_id)
        return table_of(event, RebateVisit.objects.get(pk=visit.pk))


def moneys(world: World, event: RebateEvent) -> tuple[int, dict[str, int]]:
    """Vouchers left, and what each pot paid."""
    with in_market(world.market.pk):
        pots = dict(RebatePot.objects.filter(event=event).values_list("kind", "paid_won"))
        return RebateEvent.objects.get(pk=event.pk).vouchers_left, pots


def test_receipts_of_several_stalls_are_pooled_and_paid_by_kind(world: World) -> None:
    event = rebate(world)
    bought(world, (world.mackerel, 5), (world.cabbage, 4), (world.kimchi, 3))
    visit = person(world, event, "+82 10-0000-2000")

    lies = table(world, visit)
    assert {kind.pot.kind: (kind.due.sum_won, kind.due.back_won) for kind in lies.kinds} == {
        "agri": (14_000, 0),
        "fish": (40_000, 10_000),
    }
    assert [name for receipt in lies.receipts for name in receipt.left_out] == ["배추김치"]
    paper(world, visit, agri=20_000)
    assert [kind.due.next_missing_won for kind in table(world, visit).kinds] == [33_000, 27_000]

    payout = paid(world, visit, 2)
    assert payout.vouchers == 2
    assert moneys(world, event) == (298, {"agri": 10_000, "fish": 10_000})
    with in_market(world.market.pk):
        assert RebateVisit.objects.get(pk=visit.pk).state == S.DONE
        assert RebatePerson.objects.get().shown == "박** 2000"


def test_only_what_was_handed_over_counts(world: World) -> None:
    from_order = bought(world, (world.mackerel, 1))
    event = rebate(world)
    visit = number(world, event)
    scan_receipt(market=world.market, actor=SYSTEM, visit_id=visit.pk, code=f"https://x.kr/jangteo/order/{from_order}/")
    assert [receipt.fish_won for receipt in table(world, visit).receipts] == [8_000]
    with pytest.raises(errors.ReceiptElsewhere):
        scan_receipt(market=world.market, actor=SYSTEM, visit_id=visit.pk, code="A" * 22)


def test_a_person_gets_no_more_than_the_cap_however_often_they_come(world: World) -> None:
    event = rebate(world)
    first = person(world, event)
    paper(world, first, fish=40_000)
    paid(world, first, 1)

    again = person(world, event, "01011112222", "다른 이름")
    paper(world, again, fish=70_000)
    (fish,) = (kind for kind in table(world, again).kinds if kind.pot.kind == "fish")
    assert (fish.had_won, fish.due.back_won, fish.due.capped) == (10_000, 10_000, True)
    paid(world, again, 1)

    third = person(world, event)
    paper(world, third, fish=70_000)
    with pytest.raises(errors.NothingDue):
        paid(world, third, 0)


def test_a_receipt_counts_once_even_for_somebody_else(world: World) -> None:
    event = rebate(world)
    mine = person(world, event)
    paper(world, mine, fish=40_000, approval="12345678")
    payout = paid(world, mine, 1)

    other = person(world, event, "010-3333-4444")
    with pytest.raises(errors.ReceiptUsed) as used:
        paper(world, other, fish=40_000, approval="1234 5678")
    assert set(used.value.facts) == {"day", "time"}
    undo_payout(market=world.market, actor=SYSTEM, payout_id=payout.pk)
    paper(world, other, fish=40_000, approval="12345678")
    assert paid(world, other, 1).vouchers == 1
    with pytest.raises(errors.ReceiptUsed):
        paid(world, mine, 1)


def test_the_database_itself_counts_a_receipt_once(world: World) -> None:
    event = rebate(world)
    visit = person(world, event)
    paper(world, visit, fish=40_000)
    paid(world, visit, 1)
    with in_market(world.market.pk):
        row = CountedReceipt.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError, match="receipt_counted_once"), transaction.atomic():
            row.save(force_insert=True)


def test_undoing_writes_a_counterpart_and_the_same_table_can_be_paid_again(world: World) -> None:
    event = rebate(world)
    visit = person(world, event)
    paper(world, visit, fish=67_000)
    payout = paid(world, visit, 2)
    undo_payout(market=world.market, actor=SYSTEM, payout_id=payout.pk)

    assert moneys(world, event) == (300, {"agri": 0, "fish": 0})
    with pytest.raises(errors.UndoneBefore):
        undo_payout(market=world.market, actor=SYSTEM, payout_id=payout.pk)
    assert paid(world, visit, 2).vouchers == 2
    with in_market(world.market.pk):
        assert list(PaperMove.objects.order_by("pk").values_list("why", "change", "left_after")) == [
            ("brought", 300, 300),
            ("paid", -2, 298),
            ("undone", 2, 300),
            ("paid", -2, 298),
        ]
        assert Payout.objects.aggregate(n=Sum("vouchers"))["n"] == 2


def test_the_same_key_pays_once_and_a_changed_table_is_not_paid_unseen(world: World) -> None:
    event = rebate(world)
    visit = person(world, event)
    paper(world, visit, fish=34_000)
    with pytest.raises(errors.SumChanged):
        paid(world, visit, 2)
    first = paid(world, visit, 1, "the-very-same")
    assert paid(world, visit, 1, "the-very-same").pk == first.pk
    with pytest.raises(errors.VisitOver):
        paid(world, visit, 1)
    assert moneys(world, event)[0] == 299


def test_the_last_paper_and_the_last_won_are_floors(world: World) -> None:
    little = NewPot("agri", 15_000, 20_000, ("vegetables",))
    event = rebate(world, told(pots=(little, FISH_POT), vouchers=1))
    visit = person(world, event)
    paper(world, visit, agri=70_000)
    with pytest.raises(errors.PotEmpty) as empty:
        paid(world, visit, 2)
    assert empty.value.facts == {"field": "agri", "left_won": 15_000}
    other = person(world, event, "010-3333-4444")
    paper(world, other, fish=70_000)
    with pytest.raises(errors.PaperShort) as short:
        paid(world, other, 2)
    assert short.value.facts == {"needed": 2, "left": 1}
    assert moneys(world, event) == (1, {"agri": 0, "fish": 0})


def test_when_nothing_is_left_the_queue_stops_by_itself(world: World) -> None:
    event = rebate(world, told(vouchers=1))
    visit = person(world, event)
    paper(world, visit, fish=34_000)
    paid(world, visit, 1)
    with pytest.raises(errors.AllGone):
        number(world, event)
    stock_paper(market=world.market, actor=SYSTEM, event_id=event.pk, change=10)
    assert number(world, event).number == 2
    set_stopped(market=world.market, actor=SYSTEM, event_id=event.pk, stopped=True)
    with pytest.raises(errors.DeskClosed):
        number(world, event)


def test_numbers_are_called_in_their_order_and_can_be_taken_back(world: World) -> None:
    event = rebate(world)
    first, second, third = (number(world, event) for _ in range(3))
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert call_next(market=world.market, actor=SYSTEM, event_id=event.pk).pk == first.pk
    move_visit(market=world.market, actor=SYSTEM, visit_id=first.pk, state=S.MISSED)
    move_visit(market=world.market, actor=SYSTEM, visit_id=third.pk, state=S.LEFT)
    assert call_next(market=world.market, actor=SYSTEM, event_id=event.pk).pk == second.pk
    with pytest.raises(errors.NobodyWaits):
        call_next(market=world.market, actor=SYSTEM, event_id=event.pk)
    with clock.at(clock.now() + timedelta(minutes=1)):
        move_visit(market=world.market, actor=SYSTEM, visit_id=first.pk, state=S.CALLED)
    with in_market(world.market.pk):
        queue = queue_of(event, first.day)
    assert [[row.number for row in rows] for rows in (queue.called, queue.waiting, queue.missed)] == [[1, 2], [], []]


def test_every_day_begins_with_number_one(world: World) -> None:
    event = rebate(world)
    assert [number(world, event).number for _ in range(2)] == [1, 2]
    with clock.at(clock.now() + timedelta(days=1)):
        assert number(world, event).number == 1


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"total_won": 0, "fish_won": 0}, errors.BadAmount),
        ({"total_won": 5_000_001}, errors.BadAmount),
        ({"total_won": 1_000, "fish_won": 1_001}, errors.BadAmount),
        ({"fish_won": 0}, errors.BadAmount),
        ({"stall_id": 0}, errors.ReceiptUnknown),
        ({"bought_at": timedelta(days=-1)}, errors.ReceiptTooOld),
        ({"bought_at": timedelta(days=2)}, errors.ReceiptTooOld),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(
    world: World, changes: dict[str, int | timedelta], refused: type[errors.RebatesRefused]
) -> None:
    event = rebate(world)
    visit = number(world, event)
    facts = {
        "stall_id": world.fish.pk,
        "bought_at": clock.now(),
        "total_won": 40_000,
        "agri_won": 0,
        "fish_won": 40_000,
    }
    for name, value in changes.items():
        facts[name] = clock.now() + value if isinstance(value, timedelta) else value
    with pytest.raises(refused):
        add_paper(
            market=world.market,
            actor=SYSTEM,
            visit_id=visit.pk,
            told=PaperReceipt(**facts),  # type: ignore[arg-type]  # the table above is of both kinds
            checked=True,
        )
    assert table(world, visit).receipts == []


def test_a_phone_of_another_country_is_refused(world: World) -> None:
    visit = number(world, rebate(world))
    for phone in ("+1 415 555 0100", "12", "", "전화"):
        with pytest.raises(BadPhone):
            name_person(market=world.market, actor=SYSTEM, visit_id=visit.pk, phone=phone)


def test_what_a_customer_sent_counts_once_the_desk_has_seen_it(world: World) -> None:
    event = rebate(world)
    visit = person(world, event)
    sent = PaperReceipt(world.fish.pk, clock.now(), 40_000, 0, 0)
    receipt = add_paper(market=world.market, actor=SYSTEM, visit_id=visit.pk, told=sent, checked=False)
    assert (table(world, visit).vouchers, table(world, visit).unchecked) == (0, 1)
    with pytest.raises(errors.BadAmount):
        check_paper(market=world.market, actor=SYSTEM, receipt_id=receipt.pk, agri_won=1, fish_won=40_000)
    check_paper(market=world.market, actor=SYSTEM, receipt_id=receipt.pk, agri_won=0, fish_won=38_000)
    assert table(world, visit).vouchers == 1
    check_paper(market=world.market, actor=SYSTEM, receipt_id=receipt.pk, agri_won=0, fish_won=0)
    assert table(world, visit).receipts == []


def test_a_shift_counts_the_drawer_and_the_difference_is_kept(world: World) -> None:
    event = rebate(world)
    over = hand_over_drawer(
        market=world.market, actor=SYSTEM, event_id=event.pk, counted=297, gives="하나", takes="두리"
    )
    assert (over.expected, over.counted) == (300, 297)
    assert moneys(world, event)[0] == 297
    hand_over_drawer(market=world.market, actor=SYSTEM, event_id=event.pk, counted=297)
    with in_market(world.market.pk):
        assert PaperMove.objects.filter(why="counted").count() == 1
        assert HandOver.objects.count() == 2


@pytest.mark.parametrize("model", [Payout, PaperMove, HandOver, CountedReceipt])
def test_what_was_written_stays(world: World, model: type[Payout | PaperMove | HandOver | CountedReceipt]) -> None:
    event = rebate(world)
    visit = person(world, event)
    paper(world, visit, fish=40_000)
    paid(world, visit, 1)
    hand_over_drawer(market=world.market, actor=SYSTEM, event_id=event.pk, counted=299)
    with in_market(world.market.pk):
        for change in ("UPDATE {} SET market_id = market_id", "DELETE FROM {}"):
            with pytest.raises(IntegrityError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change.format(model._meta.db_table))


def test_after_the_retention_nobody_can_be_told_again(world: World) -> None:
    event = rebate(world)
    visit = person(world, event)
    paper(world, visit, fish=40_000)
    paid(world, visit, 1)
    with clock.at(clock.now() + timedelta(days=32)):
        wipe_due_persons()
        with in_market(world.market.pk):
            assert RebatePerson.objects.get().shown == "박** 2222"
    with clock.at(clock.now() + timedelta(days=34)):
        wipe_due_persons()
    with in_market(world.market.pk):
        gone = RebatePerson.objects.get()
        assert (gone.digest, gone.shown) == (f"wiped:{gone.pk}", "")
        assert not TableReceipt.objects.exists()
        assert Payout.objects.count() == 1


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"days": 0}, "ends_on"),
        ({"voucher_won": 3_000}, "tiers"),
        ({"pots": ()}, "pots"),
        ({"pots": (AGRI_POT, AGRI_POT)}, "pots"),
        ({"pots": (NewPot("agri", 0, 20_000, ("fruit",)),)}, "budget_won"),
        ({"pots": (NewPot("agri", 1, 15_000, ("fruit",)),)}, "cap_won"),
        ({"vouchers": -1}, "vouchers"),
    ],
)
def test_an_event_that_cannot_be_says_what_is_wrong(world: World, new: dict[str, object], field: str) -> None:
    with pytest.raises(errors.BadRebate) as no:
        make_rebate(market=world.market, actor=SYSTEM, new=told(**new))  # type: ignore[arg-type]  # of all kinds
    assert no.value.facts == {"field": field}


def test_two_events_at_once_are_refused(world: World) -> None:
    rebate(world)
    with pytest.raises(errors.EventClash):
        rebate(world)
