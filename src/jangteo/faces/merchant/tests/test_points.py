from __future__ import annotations

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.models import PointTerms
from jangteo.domains.promotions.queries import point_terms
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

POINTS, START, STOP = "/stall/points/", "/stall/points/start/", "/stall/points/stop/"


def terms(world: World) -> PointTerms | None:
    with in_market(world.market.pk):
        return point_terms(world.fish.pk)


def give(world: World, last: int, won: int) -> None:
    user = register_customer(market=world.market, actor=SYSTEM, phone=f"0105555{last:04d}")
    new = NewPoints(user_id=user.pk, won=won, key=f"points:{last}", stall_id=world.fish.pk)
    grant_points(market=world.market, actor=SYSTEM, new=new)


def text(phone: Client, address: str) -> str:
    return phone.get(address).content.decode()


def test_points_begin_with_one_tap_and_end_with_one(world: World, phone: Client) -> None:
    assert POINTS in text(phone, "/stall/coupons/")
    assert "산 돈의 1% 드리기" in text(phone, POINTS)

    begun = phone.post(START)["Location"]

    known = terms(world)
    assert known is not None
    assert (known.earn_bp, known.lasts_days) == (100, 365)
    assert "되돌리기" in text(phone, begun)
    give(world, 1, 1_200)
    stopped = text(phone, phone.post(STOP)["Location"])
    assert "손님이 가진 1,200원은 그대로 쓸 수 있어요" in stopped
    assert "산 돈의 1% 드리기" in stopped
    known = terms(world)
    assert known is not None
    assert known.earn_bp == 0
    # An address that somebody kept says nothing that is not so.
    assert "이제 손님이" not in text(phone, begun)


def test_another_stall_sees_nothing_of_it(world: World, phone: Client, stranger: Client) -> None:
    give(world, 1, 1_200)

    assert "1,200" in text(phone, POINTS)
    assert "1,200" not in text(stranger, POINTS)


def test_many_customers_cost_no_more_questions(
    world: World, phone: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        give(world, number, 100)

    with django_assert_max_num_queries(24):
        page = text(phone, POINTS)

    assert "손님 12명이" in page
