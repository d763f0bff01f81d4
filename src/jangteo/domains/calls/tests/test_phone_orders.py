from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.calls.actions.forget_old_calls import forget_old_calls
from jangteo.domains.calls.actions.place_phone_order import place_phone_order
from jangteo.domains.calls.actions.text_link import text_link
from jangteo.domains.calls.callers import caller_digest
from jangteo.domains.calls.effects import FamilyLinks
from jangteo.domains.calls.errors import ConsentMissing, NoLink, NoTexts, TakerMissing
from jangteo.domains.calls.models import Consent, PhoneOrder
from jangteo.domains.calls.personal import PART
from jangteo.domains.calls.queries import caller_of, takers_of
from jangteo.domains.calls.rules import MOST_OF_ONE, said_count, taken_often
from jangteo.domains.calls.tests.telephone import CALLER, CLERK, READ, phoned, told
from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.ordering.errors import BadPhone, BasketEmpty, NotEnough, StallClosed
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.people import senders
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from jangteo.kernel.idempotency import KeyReused
from jangteo.kernel.models import AuditRow, OutboxRow
from jangteo.kernel.outbox.deliver import Done, Rejected, Unknown
from jangteo.kernel.personal import Kept, Person
from jangteo.kernel.tenancy import in_market
from tests.world import World, order, wants

KEY = "call-0001"


class Phone:
    """A sender that keeps what it is given, or fails as it is told."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.fails = fails

    def send(self, *, to: str, text: str, key: str) -> None:
        if self.fails is not None:
            raise self.fails
        self.sent.append((to, text, key))


def kept_orders(world: World) -> list[PhoneOrder]:
    with in_market(world.market.pk):
        return list(PhoneOrder.objects.select_related("order").order_by("pk"))


def test_a_phone_order_is_an_order_like_any_other_and_keeps_the_yes(world: World) -> None:
    placed = phoned(world, (world.mackerel, 1))

    with in_market(world.market.pk):
        made = PhoneOrder.objects.select_related("order").get(order_id=placed.order_id)
        consent = Consent.objects.get(made=made)
        part = StallPart.objects.get(order_id=placed.order_id)
        audit = AuditRow.objects.get(code="order.by_phone")
    assert (made.order.state, made.order.name, made.order.phone, made.order.user_id) == (
        OrderState.PLACED,
        "김하나",
        CALLER,
        None,
    )
    assert (made.taken_by, made.actor_ref, made.caller) == (
        "김도우",
        "device:77",
        caller_digest(world.market.pk, CALLER),
    )
    assert (consent.said, consent.taken_by, consent.actor_ref) == (READ, "김도우", "device:77")
    assert part.state == PartState.NEW
    assert (audit.actor_ref, audit.facts) == ("device:77", {"number": placed.number, "taken_by": "김도우"})


def test_the_same_press_twice_is_one_order(world: World) -> None:
    wanted = told(wants((world.mackerel, 1)))
    first = place_phone_order(market=world.market, actor=CLERK, told=wanted, key=KEY)
    again = place_phone_order(market=world.market, actor=CLERK, told=wanted, key=KEY)

    assert again == first
    assert len(kept_orders(world)) == 1
    with pytest.raises(KeyReused):
        place_phone_order(market=world.market, actor=CLERK, told=told(wants((world.tofu, 1))), key=KEY)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"agreed": False}, ConsentMissing),
        ({"said": " "}, ConsentMissing),
        ({"taken_by": "  "}, TakerMissing),
        ({"taken_by": "김" * 21}, TakerMissing),
    ],
)
def test_without_a_yes_or_a_name_nothing_is_placed(
    world: World, change: dict[str, object], refused: type[Refused]
) -> None:
    wanted = replace(told(wants((world.mackerel, 1))), **change)  # type: ignore[arg-type]  # one field each

    with pytest.raises(refused):
        place_phone_order(market=world.market, actor=CLERK, told=wanted, key=KEY)

    with in_market(world.market.pk):
        assert not Order.objects.exists()


def closed(world: World) -> None:
    with in_market(world.market.pk):
        world.fish.door = "closed"
        world.fish.save(update_fields=["door"])


@pytest.mark.parametrize(
    ("phone", "quantity", "before", "refused"),
    [
        ("+1 212 555 0100", 1, None, BadPhone),
        ("12", 1, None, BadPhone),
        (CALLER, 6, None, NotEnough),
        (CALLER, 1, closed, StallClosed),
        (CALLER, 0, None, BasketEmpty),
    ],
)
def test_what_cannot_be_ordered_changes_nothing(
    world: World, phone: str, quantity: int, before: Callable[[World], None] | None, refused: type[Refused]
) -> None:
    lines = [(world.mackerel, quantity)] if quantity else []
    wanted = replace(wants(*lines), phone=phone)
    if before is not None:
        before(world)

    with pytest.raises(refused):
        place_phone_order(market=world.market, actor=CLERK, told=told(wanted), key=KEY)

    assert kept_orders(world) == []


def test_a_caller_is_known_by_earlier_calls_only(world: World) -> None:
    order(world, (world.tofu, 3))
    phoned(world, (world.mackerel, 1), (world.cabbage, 1))
    newest = phoned(world, (world.mackerel, 2), name="김하나네")
    phoned(world, (world.tofu, 1), phone="01000009999")

    with in_market(world.market.pk):
        caller, stranger = (caller_of(world.market.pk, number) for number in (CALLER, "01000007777"))
    assert (caller.name, len(caller.orders), caller.often) == ("김하나네", 2, (world.mackerel.pk,))
    assert caller.last is not None
    assert caller.last.order.pk == newest.order_id
    assert (stranger.name, stranger.orders, stranger.often, stranger.last) == ("", (), (), None)


def test_who_took_which_order_is_told_of_phone_orders_only(world: World) -> None:
    web, call = order(world, (world.tofu, 1)), phoned(world, (world.tofu, 1))

    with in_market(world.market.pk):
        assert takers_of([web.order_id, call.order_id]) == {call.order_id: "김도우"}
        assert takers_of([]) == {}


def test_the_database_refuses_to_change_what_was_agreed(world: World) -> None:
    phoned(world, (world.mackerel, 1))

    for deed in ("UPDATE calls_consent SET said = 'x'", "DELETE FROM calls_consent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)


def test_somebody_who_is_forgotten_is_a_stranger_when_they_call_again(world: World) -> None:
    placed = phoned(world, (world.mackerel, 1))
    person = Person(1, CALLER)
    with in_market(world.market.pk), transaction.atomic():
        (shown,) = PART.kept(person)
        gone = PART.forget(person=person)
        again = PART.forget(person=person)
        known = caller_of(world.market.pk, CALLER)

    with in_market(world.market.pk):
        ref = Order.objects.get(pk=placed.order_id).ref
    assert [(row["number"], row["wording"], row["taken_by"]) for row in shown.rows] == [(ref, READ, "김도우")]
    assert ([one.gone for one in gone], [one.gone for one in again]) == ([1], [0])
    assert known.orders == ()


def test_an_unproven_number_shows_nothing(world: World) -> None:
    phoned(world, (world.mackerel, 1))

    with in_market(world.market.pk):
        assert PART.kept(Person(1, "")) == [Kept("calls", ())]


def test_old_calls_are_forgotten_and_younger_ones_stay(world: World) -> None:
    phoned(world, (world.mackerel, 1))
    moment = clock.now()
    with clock.at(moment + timedelta(days=1)):
        phoned(world, (world.tofu, 1), phone="01000003000")

    before = moment + timedelta(hours=1)
    assert forget_old_calls(market=world.market, actor=SYSTEM, before=before) == 1
    assert forget_old_calls(market=world.market, actor=SYSTEM, before=before) == 0
    assert [bool(made.caller) for made in kept_orders(world)] == [False, True]


@pytest.fixture
def family(world: World, takes_card: None) -> int:
    """An order that waits for the family, by its id."""
    placed = phoned(world, (world.mackerel, 1), tender="card")
    make_pay_link(market=world.market, actor=CLERK, token=placed.token)
    return placed.order_id


def send(world: World) -> object:
    with in_market(world.market.pk):
        row = OutboxRow.objects.get(topic="call.link")
        return FamilyLinks(lambda link: f"{link.asker} {link.amount_won}").send(row)


def texted(world: World, phone: Phone, order_id: int) -> object:
    senders.use(phone)
    try:
        text_link(market=world.market, actor=CLERK, order_id=order_id, phone="010-1234-5678")
        text_link(market=world.market, actor=CLERK, order_id=order_id, phone="010-1234-5678")
        return send(world)
    finally:
        senders.use(None)


def test_the_family_gets_the_link_once_and_the_number_is_forgotten(world: World, family: int) -> None:
    phone = Phone()

    assert texted(world, phone, family) == Done()
    (made,) = kept_orders(world)
    assert [(to, text) for to, text, _key in phone.sent] == [("01012345678", "하나 8000")]
    assert (made.text, made.text_to) == (PhoneOrder.Text.SENT, "")
    senders.use(phone)
    assert send(world) == Done()
    senders.use(None)
    assert len(phone.sent) == 1


def test_a_refused_text_is_told_and_an_unclear_one_is_tried_again(world: World, family: int) -> None:
    assert isinstance(texted(world, Phone(TextUnknown("away")), family), Unknown)
    assert kept_orders(world)[0].text == PhoneOrder.Text.QUEUED

    senders.use(Phone(TextRejected("1062", "unregistered")))
    assert send(world) == Rejected("1062")
    senders.use(None)
    (made,) = kept_orders(world)
    assert (made.text, made.text_to) == (PhoneOrder.Text.REFUSED, "")


def test_no_text_without_a_mobile_number_a_link_or_a_sender(world: World, family: int) -> None:
    at_stall = phoned(world, (world.tofu, 1))

    for order_id, number, refused in (
        (family, "02-123-4567", BadPhone),
        (at_stall.order_id, "010-1234-5678", NoLink),
        (family, "010-1234-5678", NoTexts),
    ):
        with pytest.raises(refused):
            text_link(market=world.market, actor=CLERK, order_id=order_id, phone=number)
    with in_market(world.market.pk):
        assert not OutboxRow.objects.filter(topic="call.link").exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("고등어 2", ("고등어", 2)),
        ("ㄱㄷㅇ 12", ("ㄱㄷㅇ", 12)),
        ("두부", ("두부", 1)),
        ("고등어 0", ("고등어 0", 1)),
        ("고등어 100", ("고등어 100", 1)),
        (" 깐  마늘  3 ", ("깐 마늘", 3)),
        ("3", ("3", 1)),
    ],
)
def test_a_number_behind_the_word_is_how_many(typed: str, meant: tuple[str, int]) -> None:
    assert said_count(typed) == meant


@given(st.text(max_size=40))
def test_whatever_is_typed_comes_to_something_that_can_be_had(typed: str) -> None:
    assert 1 <= said_count(typed)[1] <= MOST_OF_ONE


@given(st.lists(st.lists(st.integers(1, 6), max_size=4), max_size=6), st.integers(1, 4))
def test_often_is_at_least_twice_and_most_frequent_first(orders: list[list[int]], most: int) -> None:
    often = taken_often(orders, most)
    counts = [sum(good in one for one in orders) for good in often]

    assert len(often) == len(set(often)) <= most
    assert all(count >= 2 for count in counts)
    assert counts == sorted(counts, reverse=True)
