from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.domains.stock.models import StockItem
from jangteo.faces._parts.devices import STALL_COOKIE
from jangteo.faces.merchant.good_form import stepped
from jangteo.kernel import clock
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of

ADDRESS = "/stall/goods/new/"


def told(**changed: str) -> dict[str, str]:
    asked = {"name": "참돔", "unit": "1마리", "sold_by": "piece", "price_won": "15000", "made": "domestic"}
    return {**asked, **changed}


def up(phone: Client, **changed: str) -> Good:
    """Put it up and read it back."""
    response = phone.post(ADDRESS, told(**changed))
    found = re.fullmatch(r"/stall/goods/\?new=(\d+)#good-\1", response["Location"])
    assert found is not None
    with in_market(Good._base_manager.get(pk=int(found[1])).market_id):
        return Good.objects.get(pk=int(found[1]))


def goods(world: World) -> int:
    with in_market(world.market.pk):
        return Good.objects.count()


def test_a_good_is_put_up_at_once(world: World, phone: Client, client: Client) -> None:
    good = up(phone)

    assert (good.name, good.unit, good.origin, good.price_won) == ("참돔", "1마리", "국산", 15000)
    assert (good.price_grams, good.unit_grams, good.state, good.position) == (None, None, "on_sale", 2)
    assert (good.stall_id, good.kind_id, good.picture) == (world.fish.pk, world.fish.kind_id, "sea-bream")
    assert good.tax == "exempt"
    assert "참돔" in client.get(f"/jangteo/goods/{good.pk}/").content.decode()


def test_it_is_said_with_the_way_back(world: World, phone: Client) -> None:
    page = phone.post(ADDRESS, told(), follow=True).content.decode()

    assert "참돔, 올렸어요. 지금부터 팔아요." in page
    away = re.search(r"/stall/goods/\d+/away/", page)
    assert away is not None

    page = phone.post(away[0], follow=True).content.decode()

    assert "참돔, 치워 뒀어요." in page
    assert 'name="state" value="on_sale"' in page
    with in_market(world.market.pk):
        assert Good.objects.get(name="참돔").state == "hidden"


def test_what_was_put_away_comes_back(world: World, phone: Client) -> None:
    good = up(phone)
    phone.post(f"/stall/goods/{good.pk}/away/")

    page = phone.post(f"/stall/goods/{good.pk}/sale/", {"state": "on_sale"}, follow=True).content.decode()

    assert "참돔, 다시 팔아요." in page
    with in_market(world.market.pk):
        assert Good.objects.get(pk=good.pk).state == "on_sale"


def test_the_receipt_is_gone_after_a_minute(phone: Client) -> None:
    good = up(phone)

    with clock.at(clock.now() + timedelta(minutes=2)):
        page = phone.get(f"/stall/goods/?new={good.pk}").content.decode()

    assert 'class="toast"' not in page


@pytest.mark.parametrize("number", ["", "0", "99999999999999999999", "one", "-1"])
def test_an_address_that_says_nothing_is_no_receipt(phone: Client, number: str) -> None:
    page = phone.get(f"/stall/goods/?new={number}").content.decode()

    assert 'class="toast"' not in page


def test_sending_the_form_twice_puts_up_one_good(world: World, phone: Client) -> None:
    first, second = up(phone, left="7"), up(phone, left="7")

    assert first.pk == second.pk
    assert goods(world) == 6
    assert AuditRow.objects.filter(code="good.put_up", subject=f"good:{first.pk}").count() == 1


@pytest.mark.parametrize("changed", [{"price_won": "16000"}, {"made_where": "통영"}, {"tax": "taxable"}])
def test_the_same_name_and_unit_in_another_way_is_refused(world: World, phone: Client, changed: dict[str, str]) -> None:
    up(phone)

    response = phone.post(ADDRESS, told(**changed))

    assert response.status_code == 422
    assert "‘참돔 1마리’, 벌써 올라와 있어요." in response.content.decode()
    assert goods(world) == 6


def test_what_was_put_away_may_be_put_up_anew(world: World, phone: Client) -> None:
    first = up(phone)
    phone.post(f"/stall/goods/{first.pk}/away/")

    assert up(phone, price_won="16000").pk != first.pk


def test_weighed_goods_are_priced_by_weight(phone: Client) -> None:
    good = up(phone, sold_by="weight", price_grams="100", unit_grams="800", price_won="2600")

    assert (good.price_won, good.price_grams, good.unit_grams) == (2600, 100, 800)


@pytest.mark.parametrize(("unit", "grams"), [("한 근 600g", 600), ("1kg", 1000), ("한 소쿠리 2kg", 2000)])
def test_the_unit_itself_may_say_the_weight(phone: Client, unit: str, grams: int) -> None:
    good = up(phone, sold_by="weight", price_grams="600", unit="", unit_typed=unit)

    assert (good.unit, good.price_grams, good.unit_grams) == (unit, 600, grams)


def test_weights_are_not_kept_for_goods_with_a_price_of_their_own(phone: Client) -> None:
    good = up(phone, price_grams="100", unit_grams="800")

    assert (good.price_grams, good.unit_grams) == (None, None)


@pytest.mark.parametrize(
    ("made", "where", "origin"),
    [
        ("domestic", "", "국산"),
        ("domestic", "제주", "국산(제주)"),
        ("imported", "러시아", "러시아산"),
        ("imported", "노르웨이산", "노르웨이산"),
        ("mixed", "배추: 국산, 고춧가루: 중국산", "배추: 국산, 고춧가루: 중국산"),
    ],
)
def test_origin_is_written_as_on_the_price_card(phone: Client, made: str, where: str, origin: str) -> None:
    assert up(phone, made=made, made_where=where).origin == origin


def test_what_is_typed_stands_before_what_is_tapped(phone: Client) -> None:
    assert up(phone, unit_typed="2마리").unit == "2마리"


def test_a_told_count_is_counted(world: World, phone: Client) -> None:
    good = up(phone, left="7")

    with in_market(world.market.pk):
        assert StockItem.objects.get(good=good).on_hand == 7


def test_nothing_told_counts_nothing(world: World, phone: Client) -> None:
    good = up(phone, left="")

    with in_market(world.market.pk):
        assert not StockItem.objects.filter(good=good).exists()


def test_kind_and_tax_may_be_chosen(world: World, phone: Client) -> None:
    good = up(phone, kind=str(world.tofu_stall.kind_id), tax="taxable")

    assert (good.kind_id, good.tax) == (world.tofu_stall.kind_id, "taxable")


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "가" * 41},
        {"name": "참돔\0"},
        {"unit": ""},
        {"unit": "한 트럭"},
        {"unit_typed": "가" * 21},
        {"price_won": ""},
        {"price_won": "0"},
        {"price_won": "-5"},
        {"price_won": "만원"},
        {"price_won": "10000000"},
        {"price_won": "1.5"},
        {"made": ""},
        {"made": "moon"},
        {"made": "imported"},
        {"made": "mixed", "made_where": " "},
        {"sold_by": "weight"},
        {"sold_by": "weight", "unit_grams": "0"},
        {"sold_by": "weight", "unit_grams": "100000000"},
        {"sold_by": "weight", "unit_grams": "800", "price_grams": "37"},
        {"left": "-1"},
        {"left": "100000"},
        {"kind": "0"},
        {"kind": "생선"},
        {"tax": "free"},
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_put_up(
    world: World, phone: Client, changed: dict[str, str]
) -> None:
    before = AuditRow.objects.count()

    response = phone.post(ADDRESS, told(**changed))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'class="error"' in page
    assert "아직 안 올렸어요" in page
    assert goods(world) == 5
    assert AuditRow.objects.count() == before


def test_what_was_told_is_still_there_after_a_mistake(phone: Client) -> None:
    page = phone.post(ADDRESS, told(price_won="", made_where="제주")).content.decode()

    assert 'value="참돔"' in page
    assert 'value="제주"' in page
    assert re.search(r'value="1마리"[^>]* checked', page)


def test_the_dial_turns_without_scripts_and_puts_nothing_up(world: World, phone: Client) -> None:
    response = phone.post(ADDRESS, told(price_won="15000", made="", step="500"))

    page = response.content.decode()
    assert response.status_code == 200
    assert re.search(r'name="price_won" value="15500"', page)
    assert 'value="참돔"' in page
    assert 'class="error"' not in page
    assert goods(world) == 5


@pytest.mark.parametrize(
    ("price", "step", "becomes"),
    [
        ("15000", "500", "15500"),
        ("15000", "-1000", "14000"),
        ("", "1000", "1000"),
        ("", "-100", ""),
        ("100", "-100", "100"),
        ("9999990", "1000", "9999990"),
        ("만원", "500", "500"),
        ("15000", "7", "15000"),
        ("9" * 5000, "100", "100"),
    ],
)
def test_steps_of_the_dial(price: str, step: str, becomes: str) -> None:
    assert stepped(price, step) == becomes


def test_the_enter_key_puts_up_and_does_not_turn_the_dial(phone: Client) -> None:
    page = phone.get(ADDRESS).content.decode()
    form = page[page.index("<new-good") :]

    first = re.search(r"<button[^>]*>", form)

    assert first is not None
    assert "step" not in first[0]


def test_the_card_shows_what_is_typed_so_far(phone: Client) -> None:
    page = phone.get(f"{ADDRESS}card/", {"name": "갈치", "unit": "1마리", "price_won": "9000"}).content.decode()

    assert "<b>갈치</b> 1마리" in page
    assert "9,000" in page
    assert re.search(r"/goods/hairtail\.\w+\.webp", page)
    assert "<html" not in page


def test_a_card_of_nothing_and_of_nonsense_still_has_a_picture(phone: Client) -> None:
    for asked in ({}, {"name": "<b>x</b>", "price_won": "x", "kind": "x", "sold_by": "x", "unit_grams": "x"}):
        response = phone.get(f"{ADDRESS}card/", asked)
        assert response.status_code == 200
        assert re.search(r"/goods/kind-fish\.\w+\.webp", response.content.decode())
        assert "<b>x</b>" not in response.content.decode()


def test_today_and_the_shelf_lead_here(phone: Client) -> None:
    for address in ("/stall/", "/stall/goods/"):
        assert f'href="{ADDRESS}"' in phone.get(address).content.decode()


def test_an_empty_shelf_leads_here(world: World, client: Client) -> None:
    with in_market(world.market.pk):
        Good.objects.filter(stall=world.greens).update(state="hidden")
    client.cookies[STALL_COOKIE] = device_of(world, world.greens)

    page = client.get("/stall/goods/").content.decode()

    assert "첫 물건 올리기" in page


def test_another_stalls_good_cannot_be_put_away(world: World, stranger: Client) -> None:
    assert stranger.post(f"/stall/goods/{world.mackerel.pk}/away/").status_code == 404

    with in_market(world.market.pk):
        assert Good.objects.get(pk=world.mackerel.pk).state == "on_sale"


def test_goods_go_to_the_own_stall_whatever_the_form_says(world: World, stranger: Client) -> None:
    good = up(stranger, stall=str(world.fish.pk), stall_id=str(world.fish.pk))

    assert good.stall_id == world.stranger.pk


@pytest.mark.parametrize("address", [ADDRESS, "/stall/goods/{good}/away/"])
def test_without_a_device_nothing_changes(world: World, client: Client, address: str) -> None:
    assert client.post(address.format(good=world.mackerel.pk), told()).status_code == 403
    assert client.get(f"{ADDRESS}card/").status_code == 403

    assert goods(world) == 5
    with in_market(world.market.pk):
        assert Good.objects.get(pk=world.mackerel.pk).state == "on_sale"


def test_a_form_of_another_site_is_refused(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[STALL_COOKIE] = device_of(world, world.fish)

    assert strict.post(ADDRESS, told()).status_code == 403
    assert goods(world) == 5


def test_looking_puts_nothing_away(world: World, phone: Client) -> None:
    assert phone.get(f"/stall/goods/{world.mackerel.pk}/away/").status_code == 405
