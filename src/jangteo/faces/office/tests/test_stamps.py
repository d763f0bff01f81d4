from __future__ import annotations

from django.test import Client

from jangteo.domains.promotions.models import Coupon
from jangteo.domains.stamps.models import Programme
from jangteo.kernel.tenancy import in_market
from tests.world import World

TOLD = {"need": "10", "per": "10000", "off_won": "5000", "budget_won": "500000", "valid_days": "365"}


def words(desk: Client, path: str) -> str:
    return " ".join(desk.get(path).content.decode().split())


def test_one_card_over_the_market_is_begun_stopped_and_begun_again(world: World, desk: Client) -> None:
    assert "아직 없어요" in words(desk, "/office/stamps/")
    assert desk.post("/office/stamps/new/", TOLD)["Location"] == "/office/stamps/?done=stamps"

    with in_market(world.market.pk):
        programme, coupon = Programme.objects.get(), Coupon.objects.get()
    assert (programme.need, programme.per_won, programme.stall_id, programme.reward) == (
        10,
        10_000,
        None,
        "5,000원 쿠폰",
    )
    assert (coupon.shares, coupon.budget_won, coupon.most) == ([["association", 10_000]], 500_000, 100)
    assert "10개 모으면 5,000원 쿠폰" in words(desk, "/office/stamps/")
    assert desk.post("/office/stamps/new/", TOLD).status_code == 422
    desk.post(f"/office/stamps/{programme.pk}/stop/")
    assert "다시 모으기" in words(desk, "/office/stamps/")
    desk.post(f"/office/stamps/{programme.pk}/resume/")
    with in_market(world.market.pk):
        assert Programme.objects.get().stopped_at is None


def test_what_cannot_be_a_card_is_said_beside_its_field(world: World, desk: Client) -> None:
    for wrong in ({"need": "2"}, {"need": "열"}, {"off_won": "0"}, {"budget_won": "4000"}, {"per": "x"}):
        assert desk.post("/office/stamps/new/", TOLD | wrong).status_code == 422
    with in_market(world.market.pk):
        assert not Coupon.objects.exists()


def test_another_markets_card_is_not_found(world: World, other_desk: Client, desk: Client) -> None:
    desk.post("/office/stamps/new/", TOLD)
    with in_market(world.market.pk):
        programme = Programme.objects.get()

    assert other_desk.post(f"/office/stamps/{programme.pk}/stop/").status_code == 404
