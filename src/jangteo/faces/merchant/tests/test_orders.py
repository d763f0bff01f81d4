from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.models import Move, StallPart
from jangteo.faces.merchant.tests.part_of import line_of, new_part, part_of, state_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order


def test_an_order_goes_all_the_way_by_plain_forms(world: World, phone: Client) -> None:
    part = new_part(world)

    for verb, state in (("accept", "accepted"), ("ready", "ready"), ("hand-over", "handed_over")):
        response = phone.post(f"/stall/orders/{part.pk}/{verb}/")
        assert response["Location"] == f"/stall/?did={part.pk}"
        assert state_of(part) == state


@pytest.mark.parametrize("verb", ["accept", "ready", "hand-over"])
def test_a_second_tap_changes_nothing_more(world: World, phone: Client, verb: str) -> None:
    part = new_part(world)
    for earlier in ("accept", "ready", "hand-over"):
        phone.post(f"/stall/orders/{part.pk}/{earlier}/")
        if earlier == verb:
            break
    moves = moves_of(part)

    assert phone.post(f"/stall/orders/{part.pk}/{verb}/").status_code == 302
    assert moves_of(part) == moves


def test_the_last_tap_can_be_taken_back(world: World, phone: Client) -> None:
    part = new_part(world)
    accepted = phone.post(f"/stall/orders/{part.pk}/accept/", follow=True).content.decode()

    assert f"{part.order.number}번을 받았어요." in accepted
    assert f'action="/stall/orders/{part.pk}/undo/"' in accepted

    phone.post(f"/stall/orders/{part.pk}/undo/")

    assert state_of(part) == "new"


def test_the_way_back_is_not_offered_an_hour_later(world: World, phone: Client) -> None:
    part = new_part(world)
    phone.post(f"/stall/orders/{part.pk}/accept/")

    with clock.at(clock.now() + timedelta(hours=1)):
        assert f"{part.order.number}번을 받았어요." not in phone.get(f"/stall/?did={part.pk}").content.decode()


@pytest.mark.parametrize("did", ["", "x", "999999999", "-1", "1e9", "٣", "9" * 40])
def test_an_invented_receipt_says_nothing(world: World, phone: Client, did: str) -> None:
    response = phone.get("/stall/", {"did": did})

    assert response.status_code == 200
    assert 'class="toast"' not in response.content.decode()


@pytest.mark.parametrize("reason", [one.value for one in StallPart.STALL_SAYS])
def test_refusing_takes_one_of_three_reasons(world: World, phone: Client, reason: str) -> None:
    part = new_part(world)

    phone.post(f"/stall/orders/{part.pk}/refuse/", {"reason": reason})

    with in_market(world.market.pk):
        refused = StallPart.objects.get(pk=part.pk)
    assert (refused.state, refused.refuse_reason) == ("refused", reason)


def test_refusing_without_a_reason_asks_again(world: World, phone: Client) -> None:
    part = new_part(world)

    assert phone.post(f"/stall/orders/{part.pk}/refuse/", {"reason": "bored"}).status_code == 422
    assert state_of(part) == "new"


def test_the_reasons_stand_on_one_screen(world: World, phone: Client) -> None:
    part = new_part(world)

    page = phone.get(f"/stall/orders/{part.pk}/refuse/").content.decode()

    assert [reason in page for reason in ("다 팔렸어요", "지금 바빠요", "곧 닫아요")] == [True, True, True]


def test_an_order_cancelled_meanwhile_is_explained(world: World, phone: Client) -> None:
    part = new_part(world)
    cancel_order(market=world.market, actor=SYSTEM, order_id=part.order_id)

    response = phone.post(f"/stall/orders/{part.pk}/accept/")

    assert response.status_code == 409
    assert "그사이 주문이 바뀌었어요" in response.content.decode()
    assert state_of(part) == "cancelled"


def test_a_weighed_line_is_next_before_ready(world: World, phone: Client) -> None:
    part = weighed_part(world, phone)

    page = phone.get("/stall/").content.decode()

    assert "갈치 무게 달기" in page
    assert "다 됐어요" not in page
    assert phone.post(f"/stall/orders/{part.pk}/ready/").status_code == 409


def test_the_scale_decides_the_amount(world: World, phone: Client) -> None:
    part = weighed_part(world, phone)

    response = phone.post(weigh_address(part), {"grams": "420"})

    assert response["Location"] == "/stall/"
    assert line_of(part).final_grams == 420
    page = phone.get("/stall/").content.decode()
    assert "10,500원" in page
    assert "다 됐어요" in page


def test_two_weighed_lines_follow_one_another(world: World, phone: Client) -> None:
    part = weighed_part(world, phone)
    first = weigh_address(part)
    second = line_of(part)
    second.pk = None
    second.save(force_insert=True)

    response = phone.post(first, {"grams": "420"})

    assert response["Location"] == f"/stall/orders/{part.pk}/weigh/{second.pk}/"


@pytest.mark.parametrize(
    "fields", [{}, {"grams": ""}, {"grams": "0"}, {"grams": "-5"}, {"grams": "많이"}, {"grams": "200001"}]
)
def test_a_weight_that_cannot_be_is_asked_again(world: World, phone: Client, fields: dict[str, str]) -> None:
    part = weighed_part(world, phone)

    response = phone.post(weigh_address(part), fields)

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert line_of(part).final_grams is None


def test_above_the_ceiling_the_stall_chooses(world: World, phone: Client) -> None:
    part = weighed_part(world, phone)

    asked = phone.post(weigh_address(part), {"grams": "600"})

    page = asked.content.decode()
    assert asked.status_code == 409
    assert "15,000원" in page
    assert "11,500원만 받고 다 드리기" in page
    assert line_of(part).final_grams is None


def test_the_ceiling_is_taken_and_the_rest_given(world: World, phone: Client) -> None:
    part = weighed_part(world, phone)

    phone.post(weigh_address(part), {"grams": "600", "cap": "on"})

    line = line_of(part)
    assert (line.final_grams, line.capped) == (600, True)
    assert "11,500원" in phone.get("/stall/").content.decode()


def test_a_line_of_another_order_is_not_weighed_here(world: World, phone: Client) -> None:
    one, other = weighed_part(world, phone), weighed_part(world, phone)

    response = phone.post(f"/stall/orders/{one.pk}/weigh/{line_of(other).pk}/", {"grams": "420"})

    assert response.status_code == 404
    assert line_of(other).final_grams is None


def test_a_piece_is_not_weighed(world: World, phone: Client) -> None:
    part = new_part(world)
    phone.post(f"/stall/orders/{part.pk}/accept/")

    assert phone.get(weigh_address(part)).status_code == 404


def test_the_sheet_shows_what_is_over(world: World, phone: Client) -> None:
    part = new_part(world)
    phone.post(f"/stall/orders/{part.pk}/refuse/", {"reason": "closing"})

    page = phone.get("/stall/orders/").content.decode()

    assert "오늘 끝난 주문" in page
    assert "못 받았어요" in page


def test_yesterdays_orders_are_not_on_the_sheet(world: World, phone: Client) -> None:
    part = new_part(world)
    phone.post(f"/stall/orders/{part.pk}/refuse/", {"reason": "closing"})

    with clock.at(clock.now() + timedelta(days=1)):
        assert "오늘 끝난 주문" not in phone.get("/stall/orders/").content.decode()


def test_one_ticket_has_the_customers_number(world: World, phone: Client) -> None:
    part = new_part(world)

    page = phone.get(f"/stall/orders/{part.pk}/").content.decode()

    assert 'href="tel:01000002000"' in page


def weighed_part(world: World, phone: Client) -> StallPart:
    """An accepted order of one hairtail: 10,000 won or so, 11,500 at the most."""
    part = part_of(world, order(world, (world.hairtail, 1)).order_id, world.fish)
    phone.post(f"/stall/orders/{part.pk}/accept/")
    return part


def weigh_address(part: StallPart) -> str:
    return f"/stall/orders/{part.pk}/weigh/{line_of(part).pk}/"


def moves_of(part: StallPart) -> int:
    with in_market(part.market_id):
        return Move.objects.filter(part=part).count()


def test_keys_press_the_buttons_of_the_first_slips(world: World, phone: Client) -> None:
    first, second = new_part(world), new_part(world)

    page = phone.get("/stall/").content.decode()

    assert page.count('data-key="1"') == page.count('data-key="3"') == 1
    assert page.index(f"/stall/orders/{first.pk}/accept/") < page.index('data-key="1"')
    assert f"/stall/orders/{second.pk}/accept/" not in page


def test_an_answer_from_the_list_stays_on_the_list(world: World, phone: Client) -> None:
    part = new_part(world)

    answer = phone.post(f"/stall/orders/{part.pk}/accept/", {"next": "orders"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/stall/orders/?did={part.pk}"
    page = answer.content.decode()
    assert f"{part.order.number}번을 받았어요." in page
    assert page.count('data-key="2"') == 1


def test_a_stall_cannot_say_what_only_the_association_says(world: World, phone: Client) -> None:
    part = new_part(world)

    phone.post(f"/stall/orders/{part.pk}/refuse/", {"reason": "ungiven"})

    with in_market(world.market.pk):
        assert StallPart.objects.get(pk=part.pk).state == "new"
