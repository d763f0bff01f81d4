from __future__ import annotations

from datetime import timedelta

from django.test import Client

from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.drafts import NewCoupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import Off
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

LIST, NEW = "/stall/coupons/", "/stall/coupons/new/"


def offered(world: World) -> list[Coupon]:
    with in_market(world.market.pk):
        return list(Coupon.objects.order_by("pk"))


def test_a_coupon_is_opened_with_four_taps_and_taken_back_with_one(world: World, phone: Client) -> None:
    assert LIST in phone.get("/stall/more/regulars/").content.decode()
    assert "첫 손님 1,000원" in phone.get(LIST).content.decode()
    assert "50,000원" in phone.get(NEW, {"ready": "first"}).content.decode()

    answer = phone.post(NEW, {"ready": "first"})

    coupon = offered(world)[0]
    assert (coupon.stall_id, coupon.off_won, coupon.first_only, coupon.stalls) == (
        world.fish.pk,
        1_000,
        True,
        [world.fish.pk],
    )
    assert coupon.ends == clock.calendar_day() + timedelta(days=30)
    page = phone.get(answer["Location"]).content.decode()
    assert "되돌리기" in page
    assert "사장님이 낸 돈" in page
    # A second press opens no second one.
    phone.post(NEW, {"ready": "first"})
    assert len(offered(world)) == 1
    phone.post(f"{LIST}{coupon.pk}/stop/")
    assert offered(world)[0].stopped_at is not None
    assert "아직 열린 쿠폰이 없어요" in phone.get(LIST).content.decode()


def test_what_is_not_ready_and_not_theirs(world: World, phone: Client) -> None:
    other = NewCoupon(name="남의 것", off=Off(won=1_000), stall_id=world.tofu_stall.pk)
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=other)

    assert phone.get(NEW, {"ready": "no"}).status_code == 302
    assert phone.post(f"{LIST}{coupon.pk}/stop/").status_code == 404
    assert offered(world)[0].stopped_at is None
