from __future__ import annotations

from typing import cast

import pytest
from structlog.testing import capture_logs

from jangteo.domains.markets.queries import stall_by_code
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.stock.queries import left_of
from jangteo.faces.api.tests.callers import V1, Caller, Json, five_lines, program_of, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World

PARTS = f"{V1}/stall/parts/"
GOODS = f"{V1}/stall/goods/"
DOOR = f"{V1}/stall/door/"


@pytest.fixture
def fish(world: World) -> Caller:
    return program_of(world.market, world.fish)


def only_part(caller: Caller) -> int:
    (part,) = caller.get(PARTS).items
    return cast(int, part["id"])


def lines_of(part: Json) -> dict[str, Json]:
    return {str(line["name"]): line for line in cast(list[Json], part["lines"])}


def test_a_stall_reads_its_tickets_and_no_phone_number(world: World, fish: Caller) -> None:
    placed = Caller().order(five_lines(world))

    (ticket,) = fish.get(PARTS).items

    assert ticket["state"] == "new"
    assert set(lines_of(ticket)) == {"고등어", "갈치"}
    order = cast(Json, ticket["order"])
    assert (order["number"], order["name"], order["tender"]) == (placed.body["number"], "김하나", "at_stall")
    assert set(order) == {"number", "day", "name", "placed_at", "wanted_at", "fulfil", "tender", "note"}
    assert fish.get(f"{PARTS}{ticket['id']}/").body == ticket


def test_tickets_are_filtered_by_state_and_come_in_pages(world: World, fish: Caller) -> None:
    for _ in range(3):
        Caller().order(wish((world.mackerel, 1)))
    first = fish.get(PARTS, limit=2)
    rest = fish.get(PARTS, limit=2, cursor=str(first.body["next_cursor"]))
    fish.post(f"{PARTS}{first.items[0]['id']}/accept/")

    numbers = [cast(Json, ticket["order"])["number"] for ticket in (*first.items, *rest.items)]
    assert numbers == [1, 2, 3]
    assert rest.body["next_cursor"] is None
    assert [ticket["id"] for ticket in fish.get(PARTS, state="accepted").items] == [first.items[0]["id"]]
    assert len(fish.get(PARTS, state="new").items) == 2
    assert fish.get(PARTS, state="awaiting_payment").code == "api.invalid"


def test_a_ticket_goes_from_new_to_handed_over(world: World, fish: Caller) -> None:
    Caller().order(wish((world.mackerel, 1), (world.hairtail, 1)))
    part = f"{PARTS}{only_part(fish)}/"

    assert fish.post(f"{part}accept/").body["state"] == "accepted"
    line_id = lines_of(fish.get(part).body)["갈치"]["id"]
    weighed = fish.post(f"{V1}/stall/lines/{line_id}/weigh/", {"grams": 430}).body
    assert (lines_of(weighed)["갈치"]["final_won"], weighed["due_won"], weighed["is_final"]) == (10750, 18750, True)
    assert fish.post(f"{part}ready/").body["state"] == "ready"
    assert fish.post(f"{part}hand-over/").body["state"] == "handed_over"


def test_the_audit_names_the_program(world: World, fish: Caller) -> None:
    Caller().order(wish((world.mackerel, 1)))
    fish.post(f"{PARTS}{only_part(fish)}/accept/")

    row = AuditRow.objects.get(code="part.accepted")
    assert (row.actor_kind, row.actor_ref.partition(":")[0]) == ("program", "token")


def test_undo_steps_back_once(world: World, fish: Caller) -> None:
    Caller().order(wish((world.mackerel, 1)))
    part = f"{PARTS}{only_part(fish)}/"
    fish.post(f"{part}accept/")

    assert fish.post(f"{part}undo/").body["state"] == "new"
    assert fish.post(f"{part}undo/").code == "ordering.move_not_allowed"


def test_refusing_puts_the_goods_back(world: World, fish: Caller) -> None:
    Caller().order(wish((world.mackerel, 2)))
    part = f"{PARTS}{only_part(fish)}/"

    ticket = fish.post(f"{part}refuse/", {"reason": "too_busy"}).body

    assert (ticket["state"], ticket["refuse_reason"], ticket["due_won"]) == ("refused", "too_busy", 0)
    with in_market(world.market.pk):
        assert left_of([world.mackerel.pk]) == {world.mackerel.pk: 5}


def test_a_weight_over_the_ceiling_is_refused_until_it_is_capped(world: World, fish: Caller) -> None:
    Caller().order(wish((world.hairtail, 1)))
    part = f"{PARTS}{only_part(fish)}/"
    fish.post(f"{part}accept/")
    line_id = lines_of(fish.get(part).body)["갈치"]["id"]
    before = footprint()

    over = fish.post(f"{V1}/stall/lines/{line_id}/weigh/", {"grams": 500})
    assert (over.status, over.code) == (409, "ordering.over_ceiling")
    assert over.body["facts"] == {"name": "갈치", "amount_won": 12500, "ceiling_won": 11500, "most_grams": 460}
    assert footprint() == before

    capped = lines_of(fish.post(f"{V1}/stall/lines/{line_id}/weigh/", {"grams": 500, "cap": True}).body)["갈치"]
    assert (capped["final_won"], capped["capped"], capped["final_grams"]) == (11500, True, 500)


def test_moves_out_of_turn_change_nothing(world: World, fish: Caller) -> None:
    Caller().order(wish((world.hairtail, 1)))
    part = f"{PARTS}{only_part(fish)}/"
    before = footprint()

    assert fish.post(f"{part}ready/").code == "ordering.not_weighed"
    assert fish.post(f"{part}hand-over/").code == "ordering.move_not_allowed"
    assert footprint() == before


def test_a_stall_sets_its_prices_and_what_is_sold_out(world: World, fish: Caller) -> None:
    good = f"{GOODS}{world.mackerel.pk}/"

    assert fish.patch(good, {"price_won": 9000}).body["price_won"] == 9000
    assert fish.patch(good, {"state": "sold_out"}).body["state"] == "sold_out"
    both = fish.patch(good, {"state": "on_sale", "price_won": 8500}).body
    assert (both["state"], both["price_won"], both["left"]) == ("on_sale", 8500, 5)
    before = footprint()
    assert fish.patch(good, {}).body == both
    assert footprint() == before


def test_a_stall_lists_its_goods_with_the_hidden_ones(world: World, fish: Caller) -> None:
    fish.patch(f"{GOODS}{world.hairtail.pk}/", {"state": "hidden"})

    first = fish.get(GOODS, limit=1)
    rest = fish.get(GOODS, limit=1, cursor=str(first.body["next_cursor"]))
    listed = [(good["name"], good["state"]) for good in (*first.items, *rest.items)]
    assert listed == [("고등어", "on_sale"), ("갈치", "hidden")]
    assert rest.body["next_cursor"] is None


def test_a_stall_opens_and_closes_its_door(world: World, fish: Caller) -> None:
    closed = fish.post(DOOR, {"door": "closed"})

    assert closed.body == {"code": world.fish.code, "name": "순자네 수산", "door": "closed"}
    assert Caller().order(wish((world.mackerel, 1))).code == "ordering.stall_closed"
    with in_market(world.market.pk):
        stall = stall_by_code(world.fish.code)
    assert stall is not None
    assert stall.door == "closed"


def test_another_stalls_things_are_not_there(world: World) -> None:
    Caller().order(wish((world.mackerel, 1), (world.hairtail, 1)))
    with in_market(world.market.pk):
        part_id = StallPart.objects.get(stall=world.fish).pk
        line_id = Line.objects.get(good=world.hairtail).pk
    stranger = program_of(world.market, world.stranger)
    before = footprint()

    assert stranger.get(PARTS).items == []
    with capture_logs() as logged:
        denied = [stranger.get(f"{PARTS}{part_id}/")]
        denied += [stranger.post(f"{PARTS}{part_id}/{move}/") for move in ("accept", "ready", "hand-over", "undo")]
        denied += [stranger.post(f"{PARTS}{part_id}/refuse/", {"reason": "sold_out"})]
        denied += [stranger.post(f"{V1}/stall/lines/{line_id}/weigh/", {"grams": 400})]
        denied += [stranger.patch(f"{GOODS}{world.mackerel.pk}/", {"price_won": 1, "state": "hidden"})]

    assert [(answer.status, answer.code) for answer in denied] == [(404, "api.not_found")] * 8
    assert [line["code"] for line in logged] == ["api.not_found"] * 8
    assert {str(line["who"]).partition(":")[0] for line in logged} == {"token"}
    assert footprint() == before


def test_an_unpaid_card_ticket_is_not_shown_yet(world: World, fish: Caller) -> None:
    Caller().order(wish((world.mackerel, 1)))
    part_id = only_part(fish)
    with in_market(world.market.pk):
        StallPart.objects.filter(pk=part_id).update(state="awaiting_payment")

    assert fish.get(PARTS).items == []
    assert fish.get(f"{PARTS}{part_id}/").status == 404
