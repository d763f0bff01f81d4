"""A book with something of everything in it, and hands that change it behind the program's back."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.finish_refund import finish_refund
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Refund
from jangteo.domains.payments.ports import Cancel, GatewayState, Snapshot
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.invariants import all_breaches
from tests.world import GUEST, World, order


def by_hand(*changes: str) -> None:
    """As somebody with all rights could do it: past every trigger of ours."""
    with connection.cursor() as cursor:
        # What is checked at commit is checked now, and then no more.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        guarded = [str(table) for (table,) in cursor.fetchall()]
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for change in changes:
            cursor.execute(change)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def one_more_refund(won: int) -> str:
    """A change by hand: so much is on its way back beside the one refund there is, and nobody decided it."""
    return (
        "INSERT INTO payments_refund (key, amount_won, tax_free_won, reason, state, gateway_key,"  # noqa: S608  # a number
        " market_id, payment_id, created_at, changed_at) SELECT key || ':more', "
        f"{won}, 0, 'more', 'queued', '', market_id, payment_id, created_at, changed_at FROM payments_refund"
    )


def broken() -> dict[str, list[str]]:
    """Which invariants do not hold, and of what."""
    found: dict[str, list[str]] = {}
    for name, breach in all_breaches():
        found.setdefault(name, []).append(breach.subject)
    return {name: sorted(subjects) for name, subjects in found.items()}


def post(world: World, *entries: NewEntry) -> None:
    """Entries that nothing but the book itself has checked."""
    with in_market(world.market.pk), transaction.atomic():
        for entry in entries:
            post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry)


def points_half_spent(world: World) -> None:
    """900 won of points; 300 were held, and 200 of them spent."""
    post(world, NewEntry("load", "load_points", "test", {"bank:main": 900, "points:7": -900}))
    with in_market(world.market.pk), transaction.atomic():
        until = clock.now() + timedelta(minutes=10)
        hold_funds(market_id=world.market.pk, hold=NewHold("hold", "test", "points:7", 300, until))
        entry = NewEntry("spend", "use_points", "test", {"points:7": 200, "discount:test": -200})
        end_hold(key="hold", actor=SYSTEM, entry=entry)


def told(placed: PlacedOrder, *cancels: Cancel) -> Snapshot:
    """What the gateway says of a payment that was taken."""
    balance = placed.pay_won - sum(cancel.amount_won for cancel in cancels)
    state = GatewayState.DONE if not cancels else GatewayState.PART_CANCELLED if balance else GatewayState.CANCELLED
    return Snapshot(f"pk-{placed.ref}", placed.ref, state, placed.pay_won, balance, "카드", None, "", cancels)


def paid(world: World) -> PlacedOrder:
    """Two mackerels and two blocks of tofu, paid by card: 16,000 and 4,000 won."""
    placed = order(world, (world.mackerel, 2), (world.tofu, 2), tender="card")
    note_authorisation(
        market=world.market,
        actor=GUEST,
        order_ref=placed.ref,
        payment_key=f"pk-{placed.ref}",
        amount_won=placed.pay_won,
    )
    settle_payment(market=world.market, actor=SYSTEM, snapshot=told(placed))
    return placed


def over(world: World) -> PlacedOrder:
    """The same, the mackerels refused and given back, the tofu handed over."""
    placed = paid(world)
    with in_market(world.market.pk):
        fish, tofu = StallPart.objects.filter(order_id=placed.order_id).order_by("pk")
        refuse_part(market=world.market, actor=SYSTEM, part_id=fish.pk, reason=StallPart.RefuseReason.SOLD_OUT)
        settle_payment(market=world.market, actor=SYSTEM, snapshot=told(placed, Cancel("back", 16_000, 16_000)))
        with transaction.atomic():
            finish_refund(refund_id=Refund.objects.get().pk, state=Refund.State.DONE, note="", actor=SYSTEM)
        for deed in (accept_part, ready_part, hand_over_part):
            deed(market=world.market, actor=SYSTEM, part_id=tofu.pk)
    return placed
