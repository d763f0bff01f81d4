from __future__ import annotations

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Device, Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of, order


def text(client: Client, address: str = "/office/log/") -> str:
    return client.get(address).content.decode()


def test_rows_are_sentences_with_names(world: World, desk: Client) -> None:
    actor = fish_phone(world)
    placed = order(world, (world.mackerel, 1))
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
    accept_part(market=world.market, actor=actor, part_id=part.pk)
    set_price(market=world.market, actor=actor, good_id=world.mackerel.pk, price_won=8500)

    page = text(desk)

    assert "순자네 수산 사장님" in page
    assert "고등어 1손" in page
    assert "값을 8,000원에서 8,500원으로 바꿨어요." in page
    assert f"{placed.number}번 주문을 받았어요." in page
    assert page.index("8,500원으로") < page.index("주문을 받았어요")


def test_older_rows_are_one_press_away(world: World, desk: Client) -> None:
    for step in range(60):
        set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=9000 + step)

    first = text(desk)
    assert "9,059원으로" in first
    assert "9,000원으로" not in first

    with in_market(world.market.pk):
        newest = AuditRow.objects.filter(market_id=world.market.pk).order_by("-pk")[49].pk
    assert f"?before={newest}" in first
    assert "9,000원으로" in text(desk, f"/office/log/?before={newest}")


def test_an_odd_address_shows_the_newest(desk: Client) -> None:
    for before in ("", "x", "-1", "9" * 40, "٣"):
        assert desk.get("/office/log/", {"before": before}).status_code == 200


def test_another_markets_log_is_its_own(world: World, other_desk: Client) -> None:
    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=8765)

    assert "8,765원으로" not in text(other_desk)


def test_the_log_takes_few_queries(
    world: World, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    actor = fish_phone(world)
    for _ in range(3):
        order(world, (world.mackerel, 1))
        set_price(market=world.market, actor=actor, good_id=world.mackerel.pk, price_won=8100)
        set_price(market=world.market, actor=actor, good_id=world.mackerel.pk, price_won=8000)

    with django_assert_max_num_queries(8):
        desk.get("/office/log/")


def fish_phone(world: World) -> Actor:
    device_of(world, world.fish)
    with in_market(world.market.pk):
        return Actor(ActorKind.STALL, f"device:{Device.objects.get(stall=world.fish).pk}")


def test_what_a_helper_did_for_a_stall_stands_there_under_both_names(world: World, desk: Client) -> None:
    token = make_entry_link(market=world.market, actor=SYSTEM, role=Role.HELPER, name="김하나")
    helper = device_by_secret(bind_device(market=world.market, actor=SYSTEM, token=token))
    assert helper is not None
    actor = Actor(ActorKind.HELPER, f"device:{helper.pk}", f"stall:{world.fish.pk}")
    set_price(market=world.market, actor=actor, good_id=world.mackerel.pk, price_won=9_000)

    assert "김하나 도우미, 순자네 수산 대신" in desk.get("/office/log/").content.decode()
