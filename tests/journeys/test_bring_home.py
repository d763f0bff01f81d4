"""An order comes from the stalls to a door, and the courier has no network for half of the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import FilePayload, expect

from jangteo.domains.delivery.models import Place, Wave
from jangteo.domains.hub.models import Outcome
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.end_ungiven import end_ungiven
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.domains.rounds.models import Stop, StopMove
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, order_row, seat, wants_home
from tests.gathering import gathers, goods_parts
from tests.journeys.phone import Phone, Phones
from tests.journeys.test_association import at_the_office
from tests.journeys.town import Town
from tests.riding import jpeg
from tests.world import World, delivers

KEPT = "가지를 갖고 있다가"


def to_go_now(world: World, *wishes: str) -> tuple[list[PlacedOrder], int]:
    """Cabbage for a wave that leaves in an hour, whatever time it is; every stall is ready."""
    with in_market(world.market.pk):
        known = Place.objects.filter(name="장터동").exists()
    if not known:
        delivers(world)
    gathers(world)
    placed = []
    for wish in wishes:
        wanted = replace(wants_home(world, (world.cabbage, 2)), substitute=wish)
        placed.append(bring(world, wanted))
    wave_id, now = seat(world, placed[0]).wave_id, clock.now()
    with in_market(world.market.pk):
        times = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=3), "cut_off_at": now}
        Wave.objects.filter(pk=wave_id).update(**times)
    for one in placed:
        for part in goods_parts(world, one):
            for step in (accept_part, ready_part):
                step(market=world.market, actor=SYSTEM, part_id=part.pk)
    return placed, wave_id


def set_out(helper: Phone) -> None:
    """Where the worker has not made the tour by itself a moment before."""
    helper.open("/h/tour/")
    begin = helper.page.get_by_role("button", name="돌기 시작")
    if begin.count():
        begin.click()
    expect(helper.see("이번 가게")).to_be_visible()


def walk(helper: Phone, parts: int) -> None:
    set_out(helper)
    for _ in range(parts):
        helper.page.get_by_role("button", name="받았어요").first.click()
        helper.page.wait_for_load_state()
    expect(helper.see("지금 받으러 갈 것이 없어요")).to_be_visible()


def courier_of(town: Town, phone: Phones) -> Phone:
    token = make_entry_link(market=town.world.market, actor=SYSTEM, role=Role.COURIER, name="김배달")
    held = phone(line_breaks=True, opens_offline=True)
    held.open(f"/in/{token}/").page.wait_for_url("**/c/")
    return held


def states(world: World, placed: list[PlacedOrder]) -> list[str]:
    return [order_row(world, one).state for one in placed]


def test_two_orders_reach_their_doors_and_half_of_the_way_is_without_a_network(town: Town, phone: Phones) -> None:
    world = town.world
    placed, wave_id = to_go_now(world, "call", "call")
    desk, held = at_the_office(town, phone), courier_of(town, phone)
    walk(desk, 2)
    desk.open("/h/hub/")
    expect(desk.page.get_by_text("다 모였어요")).to_have_count(2)
    desk.open(f"/office/delivery/waves/{wave_id}/rounds/")
    desk.press("돌기 짜기")
    expect(desk.see("차례를 정했어요")).to_be_visible()

    # The phone hears of the plan itself.
    to_load = held.page.get_by_text("실을 것").locator("visible=true")
    expect(to_load).to_have_count(2)
    for left in (1, 0):
        held.page.locator("[data-row] form button:visible").first.click()
        expect(to_load).to_have_count(left)
    held.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    held.page.reload()

    held.page.context.set_offline(True)
    held.page.get_by_role("link", name="다음 집으로").click()
    held.press("다 왔어요")
    door = FilePayload(name="door.jpg", mimeType="image/jpeg", buffer=jpeg())
    held.page.locator("[data-door]:not([hidden]) input[type=file]").set_input_files(door)
    held.press("문 앞에 두었어요")
    expect(held.page.get_by_role("button", name="다 왔어요").locator("visible=true")).to_be_visible()
    expect(held.see(KEPT)).to_be_visible()
    held.page.reload()
    held.press("다 왔어요")
    held.press("문 앞에 두었어요")
    expect(held.see("2집 가운데 2집")).to_be_visible()
    assert states(world, placed) == ["placed", "placed"]

    held.page.context.set_offline(False)
    expect(held.page.locator("#kept")).to_be_hidden()

    assert states(world, placed) == ["closed", "closed"]
    with in_market(world.market.pk):
        stops = list(Stop.objects.filter(order_id__in=[one.order_id for one in placed]).order_by("position"))
        moves = list(StopMove.objects.filter(stop__in=stops).order_by("pk").values_list("became", flat=True))
        first = Order.objects.get(pk=stops[0].order_id)
    assert sorted(moves) == ["done", "done", "here", "here", "loaded", "loaded"]
    assert [bool(stop.photo) for stop in stops] == [True, False]
    shopper = phone().open(f"/jangteo/order/{first.token}/")
    picture = shopper.page.get_by_alt_text("문 앞에 둔 물건 사진")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth") == 800


def test_a_substitute_is_agreed_on_by_telephone(town: Town, phone: Phones) -> None:
    world = town.world
    (placed,), _wave = to_go_now(world, "call")
    desk = at_the_office(town, phone)
    set_out(desk)
    desk.page.locator("summary", has_text="없대요").click()
    desk.press("네, 없대요")
    expect(desk.page.get_by_role("link", name="손님께 전화하기")).to_have_attribute("href", "tel:01000002000")

    desk.page.locator(".hub-swap").first.click()
    expect(desk.see("이어서 돌기")).to_be_visible()
    desk.open("/h/tour/")
    desk.press("받았어요")

    with in_market(world.market.pk):
        outcome = Outcome.objects.get(missing__order_id=placed.order_id)
    assert (outcome.what, outcome.won <= 7_000) == ("swap", True)
    shopper = phone().open(f"/jangteo/order/{placed.token}/")
    expect(shopper.see("가게에 없던 물건")).to_be_visible()
    expect(shopper.see(f"대신 {outcome.good_name}")).to_be_visible()
    end_ungiven(market=world.market, actor=SYSTEM, order_id=placed.order_id, money_back=True)
