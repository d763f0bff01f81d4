"""A new order wakes the phones of its stall: order, outbox, worker, push service. Over real HTTP to a practice one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jangteo.adapters._wire import nothing
from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PracticePhone, PushSimulator
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.pass_on_part import pass_on_part
from jangteo.domains.ordering.actions.set_cover import set_cover
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.actions.undo_part import undo_part
from jangteo.domains.ordering.cover import Family, Plan
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.ring_effects import WORTH, RingEffects
from jangteo.domains.people import push_senders
from jangteo.domains.people.actions.forget_subscription import forget_subscription
from jangteo.domains.people.actions.keep_subscription import keep_subscription
from jangteo.domains.people.actions.revoke_device import revoke_device
from jangteo.domains.people.errors import NoSuchPushService
from jangteo.domains.people.models import Device, PushSubscription, Role
from jangteo.domains.people.push_port import PushTarget
from jangteo.domains.people.queries import device_by_secret
from jangteo.domains.practice.effects import kept_apart
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind, NeverForAnother
from jangteo.kernel.models import AuditRow, OutboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project import waking
from tests.security.making import paid
from tests.world import World, device_of, order

LATER = timedelta(minutes=1)


class Pockets:
    """A push service, the sender of this installation, and the worker's loop on a fast clock."""

    def __init__(self, service: PushSimulator, sender: WebPushSender) -> None:
        self.service, self.sender = service, sender
        self.handlers = kept_apart({"push.ring": RingEffects(sender).ring})

    def target(self) -> tuple[PracticePhone, PushTarget]:
        phone = self.service.subscribe(self.sender.public_key)
        return phone, PushTarget(phone.endpoint, phone.p256dh, phone.auth)

    def phone(self, world: World, role: Role = Role.OWNER, stall: Stall | None = None) -> tuple[PracticePhone, Device]:
        """A phone of 순자네 수산, or another stall, that has said yes."""
        device = device_by_secret(device_of(world, stall or world.fish, role))
        assert device is not None
        phone, target = self.target()
        keep(world, device, target)
        return phone, device

    def work(self, after: timedelta = timedelta()) -> int:
        with clock.at(clock.now() + after):
            return deliver_due(self.handlers)


def keep(world: World, device: Device, target: PushTarget, actor: Actor = SYSTEM) -> None:
    stall_id = device.stall_id
    assert stall_id is not None
    keep_subscription(market=world.market, actor=actor, stall_id=stall_id, device_id=device.pk, target=target)


@pytest.fixture
def pockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pockets]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with PushSimulator(seed=1) as service:
        own = Sender.of(new_key(), "mailto:market@example.com")
        sender = WebPushSender(sender=own, services=[service.url], timeout_s=2)
        push_senders.use(sender)
        yield Pockets(service, sender)
        push_senders.use(None)
        sender.close()


def part(world: World) -> StallPart:
    with in_market(world.market.pk):
        return StallPart.objects.get(stall=world.fish)


def texts(phone: PracticePhone) -> list[dict[str, object]]:
    return [json.loads(one.text) for one in phone.received]


def row() -> OutboxRow:
    return OutboxRow.objects.get(topic="push.ring")


def test_a_new_order_wakes_the_owners_phone_and_says_nothing_of_the_customer(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    family, _ = pockets.phone(world, Role.FAMILY)
    other, _ = pockets.phone(world, stall=world.stranger)

    placed = order(world, (world.mackerel, 1))
    assert phone.received == []
    assert pockets.work() == 1

    facts = {"part": part(world).pk, "number": placed.number, "stall": world.fish.name, "key": row().key}
    assert texts(phone) == [facts]
    assert 0 < phone.received[0].ttl_s <= WORTH.total_seconds()
    assert (family.received, other.received) == ([], [])


@pytest.mark.usefixtures("takes_card")
def test_an_order_that_is_paid_ahead_wakes_nobody_before_the_money_is_there(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)

    placed = order(world, (world.mackerel, 1), tender="card")
    assert not OutboxRow.objects.filter(topic="push.ring").exists()
    settle_payment(market=world.market, actor=SYSTEM, snapshot=paid(placed))
    pockets.work()

    assert [one["number"] for one in texts(phone)] == [placed.number]


def test_a_phone_shows_an_order_once_however_often_the_worker_comes(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    phone.asleep = True
    order(world, (world.mackerel, 1))

    for _ in range(3):
        pockets.work()
        OutboxRow.objects.update(status=OutboxRow.Status.QUEUED, run_at=clock.now())

    assert len(phone.received) == 1


def test_a_lost_answer_is_repeated_under_the_same_key(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    order(world, (world.mackerel, 1))
    pockets.service.dial.next_up("send", "too_many", "server_error")

    assert [pockets.work(), pockets.work(LATER), pockets.work(2 * LATER)] == [1, 1, 1]

    assert [one["key"] for one in texts(phone)] == [row().key]
    assert row().outcome == OutboxRow.Outcome.DONE
    assert len({one.topic for one in phone.received}) == 1


def test_a_final_no_is_written_down_and_the_phone_stays(world: World, pockets: Pockets) -> None:
    pockets.phone(world)
    order(world, (world.mackerel, 1))
    pockets.service.dial.next_up("send", "forbidden")

    pockets.work()

    assert (row().outcome, row().note) == (OutboxRow.Outcome.REJECTED, "HTTP 403")
    with in_market(world.market.pk):
        assert PushSubscription.objects.count() == 1


@pytest.mark.rule(27)
def test_a_phone_that_takes_nothing_any_more_is_forgotten(world: World, pockets: Pockets) -> None:
    phone, device = pockets.phone(world)
    phone.gone = True

    order(world, (world.mackerel, 1))
    pockets.work()
    order(world, (world.mackerel, 1))

    assert row().outcome == OutboxRow.Outcome.DONE
    with in_market(world.market.pk):
        assert not PushSubscription.objects.exists()
    assert AuditRow.objects.filter(code="push.off", subject=f"device:{device.pk}").count() == 1


def test_a_phone_that_said_yes_again_meanwhile_is_not_forgotten(world: World, pockets: Pockets) -> None:
    phone, device = pockets.phone(world)
    _, fresh = pockets.target()

    keep(world, device, fresh)
    forget_subscription(market=world.market, actor=SYSTEM, device_id=device.pk, endpoint=phone.endpoint)

    with in_market(world.market.pk):
        assert [one.endpoint for one in PushSubscription.objects.all()] == [fresh.endpoint]


def test_an_answered_order_wakes_nobody_nor_does_one_that_was_put_back(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    order(world, (world.mackerel, 1))
    accept_part(market=world.market, actor=SYSTEM, part_id=part(world).pk)
    undo_part(market=world.market, actor=SYSTEM, part_id=part(world).pk)

    assert pockets.work() == 1

    assert phone.received == []
    assert row().outcome == OutboxRow.Outcome.DONE


def test_an_old_order_wakes_nobody(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    order(world, (world.mackerel, 1))

    pockets.work(WORTH + LATER)

    assert phone.received == []


@pytest.mark.parametrize("first", [StallPart.Told.FAMILY, StallPart.Told.OFFICE])
def test_an_order_that_is_passed_on_wakes_the_family_once(
    world: World, pockets: Pockets, first: StallPart.Told
) -> None:
    owner, _ = pockets.phone(world)
    family, _ = pockets.phone(world, Role.FAMILY)
    placed = order(world, (world.mackerel, 1))
    pockets.work()

    for whom in (first, StallPart.Told.OFFICE):
        pass_on_part(market=world.market, actor=SYSTEM, part_id=part(world).pk, told=whom)
        pockets.work()

    assert [one["number"] for one in texts(family)] == [placed.number]
    assert len(owner.received) == 1


@pytest.mark.parametrize(("when", "at_first", "in_the_end"), [(Family.AT_ONCE, 1, 1), (Family.NEVER, 0, 0)])
def test_the_family_is_woken_as_the_stall_has_decided(
    world: World, pockets: Pockets, when: Family, at_first: int, in_the_end: int
) -> None:
    set_cover(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, plan=Plan(family=when))
    family, _ = pockets.phone(world, Role.FAMILY)

    order(world, (world.mackerel, 1))
    pockets.work()
    assert len(family.received) == at_first
    pass_on_part(market=world.market, actor=SYSTEM, part_id=part(world).pk, told=StallPart.Told.FAMILY)
    pockets.work()

    assert len(family.received) == in_the_end


def test_a_phone_that_was_shut_out_is_not_woken_even_by_what_was_queued(world: World, pockets: Pockets) -> None:
    phone, device = pockets.phone(world)
    order(world, (world.mackerel, 1))

    revoke_device(market=world.market, actor=SYSTEM, device_id=device.pk)
    pockets.work()

    assert phone.received == []
    with in_market(world.market.pk):
        assert not PushSubscription.objects.exists()
    _, target = pockets.target()
    with pytest.raises(Device.DoesNotExist):
        keep(world, device, target)


def test_saying_yes_twice_is_saying_it_once(world: World, pockets: Pockets) -> None:
    _, device = pockets.phone(world)
    _, target = pockets.target()

    for _ in range(2):
        keep(world, device, target)
        forget_subscription(market=world.market, actor=SYSTEM, device_id=device.pk, endpoint="https://elsewhere")

    with in_market(world.market.pk):
        assert [one.endpoint for one in PushSubscription.objects.all()] == [target.endpoint]
    assert AuditRow.objects.filter(code="push.on").count() == 2
    assert not AuditRow.objects.filter(code="push.off").exists()


def test_a_browser_belongs_to_the_stall_it_said_yes_at_last(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    _, device = pockets.phone(world, stall=world.stranger)
    target = PushTarget(phone.endpoint, phone.p256dh, phone.auth)

    keep(world, device, target)
    order(world, (world.mackerel, 1))
    pockets.work()

    assert phone.received == []


def test_nobody_says_yes_for_another_nor_from_nowhere_nor_without_a_sender(world: World, pockets: Pockets) -> None:
    _, device = pockets.phone(world)
    phone, target = pockets.target()
    helper = Actor(ActorKind.HELPER, "device:1", f"stall:{world.fish.pk}")

    with pytest.raises(NeverForAnother):
        keep(world, device, target, helper)
    with pytest.raises(NoSuchPushService):
        keep(world, device, PushTarget("https://example.com/x", phone.p256dh, phone.auth))
    push_senders.use(None)
    with pytest.raises(NoSuchPushService):
        keep(world, device, target)


def test_without_a_sender_nothing_is_queued_and_what_was_is_dropped(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    order(world, (world.mackerel, 1))
    push_senders.use(None)
    order(world, (world.mackerel, 1))

    deliver_due({"push.ring": RingEffects(None).ring})

    assert (row().outcome, phone.received) == (OutboxRow.Outcome.DONE, [])


@pytest.mark.parametrize(
    ("key", "contact"), [("short", "mailto:a@example.com"), (new_key(), "a@example.com")], ids=["key", "contact"]
)
def test_settings_that_do_not_fit_are_named(monkeypatch: pytest.MonkeyPatch, key: str, contact: str) -> None:
    monkeypatch.setenv("JANGTEO_PUSH_KEY", key)
    monkeypatch.setenv("JANGTEO_PUSH_CONTACT", contact)

    with pytest.raises(ValueError, match="JANGTEO_PUSH_KEY and JANGTEO_PUSH_CONTACT"):
        waking.sender.__wrapped__(nothing)


def test_with_its_settings_the_program_wakes_and_without_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JANGTEO_PUSH_KEY", raising=False)
    assert waking.sender.__wrapped__(nothing) is None
    key = new_key()
    monkeypatch.setenv("JANGTEO_PUSH_KEY", key)
    monkeypatch.setenv("JANGTEO_PUSH_CONTACT", "mailto:a@example.com")

    made = waking.sender.__wrapped__(nothing)

    assert made is not None
    assert made.public_key == Sender.of(key, "mailto:a@example.com").public
    assert not made.takes(PushTarget("http://127.0.0.1/x", "", ""))


def test_where_people_practise_a_row_is_only_kept(world: World, pockets: Pockets) -> None:
    phone, _ = pockets.phone(world)
    order(world, (world.mackerel, 1))
    OutboxRow.objects.update(market_id=-world.market.pk)

    assert pockets.work() == 1

    assert (row().outcome, phone.received) == (OutboxRow.Outcome.DONE, [])
    with in_market(-world.market.pk):
        assert push_senders.current() is None


def test_a_stall_without_such_a_phone_costs_one_question(world: World, pockets: Pockets) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            order(world, (world.mackerel, 1))
        return len(asked)

    with_sender = questions()
    push_senders.use(None)

    assert with_sender - questions() == 1
    assert not OutboxRow.objects.exists()
