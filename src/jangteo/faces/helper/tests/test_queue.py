from __future__ import annotations

import re

from django.test import Client

from jangteo.domains.helping.actions.set_carry_points import set_carry_points
from jangteo.domains.helping.models import HelpCall, Visit
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces._parts.words.help_words import STUCK
from jangteo.faces.helper.scripts import guides
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def called(phone: Client, what: str = "orders") -> str:
    answer = phone.post("/help/jangteo/", {"what": what, "key": "k" * 36})
    assert answer.status_code == 302
    return str(answer["Location"])


def the_call(world: World) -> HelpCall:
    with in_market(world.market.pk):
        return HelpCall.objects.latest("pk")


def test_a_stall_calls_in_two_taps_and_sees_who_comes(world: World, hana: Client, phone: Client) -> None:
    asked = text(phone, "/help/jangteo/")
    assert len(re.findall(r'name="what"', asked)) == 4
    assert "tel:010-0000-0001" in asked
    where = called(phone)
    assert "도우미를 부르고 있어요" in text(phone, where)

    call = the_call(world)
    assert (call.place, call.who, call.phone, call.stall_id) == (
        "순자네 수산 (시장 길)",
        "순자",
        "010-0000-1000",
        world.fish.pk,
    )
    queue = text(hana, "/h/")
    assert "순자네 수산 (시장 길)" in queue
    assert hana.post(f"/h/calls/{call.pk}/take/").status_code == 302
    assert "도우미가 가고 있어요" in text(phone, where)
    assert 'href="tel:010-0000-1000"' in text(hana, "/h/")


def test_a_customer_says_where_they_are(world: World, client: Client) -> None:
    refused = client.post("/help/jangteo/", {"what": "paying", "place": " "})
    assert refused.status_code == 422
    assert "어디인지 다시 적어 주세요" in refused.content.decode()

    client.post("/help/jangteo/", {"what": "paying", "place": "<b>꽃집</b> 앞", "phone": "010-1234-5678"})

    call = the_call(world)
    assert (call.face, call.place, call.phone, call.stall_id) == ("shop", "<b>꽃집</b> 앞", "01012345678", None)


def test_a_place_is_shown_as_words_and_nothing_else(world: World, client: Client, hana: Client) -> None:
    client.post("/help/jangteo/", {"what": "paying", "place": "<b>꽃집</b> 앞"})

    assert "&lt;b&gt;꽃집&lt;/b&gt; 앞" in text(hana, "/h/")
    assert "<b>꽃집" not in text(hana, "/h/")


def test_a_kiosk_calls_with_its_place(world: World, client: Client) -> None:
    assert 'value="북문"' in text(client, "/help/jangteo/?face=kiosk&place=북문")

    client.post("/help/jangteo/", {"what": "orders", "face": "kiosk", "place": "북문"})

    assert (the_call(world).face, the_call(world).place) == ("kiosk", "북문")


def test_nobody_can_ring_the_helpers_all_day(world: World, client: Client) -> None:
    statuses = [client.post("/help/jangteo/", {"what": "paying", "place": f"{n}번 기둥"}).status_code for n in range(9)]

    assert statuses == [302] * 8 + [429]


def test_whoever_called_can_take_it_back(world: World, phone: Client, hana: Client) -> None:
    where = called(phone)

    assert phone.post(where).status_code == 302

    assert "부르기를 그만뒀어요" in text(phone, where)
    assert "순자네 수산" not in text(hana, "/h/")


def test_a_call_is_finished_with_a_visit_and_four_taps(world: World, hana: Client, phone: Client) -> None:
    called(phone)
    call = the_call(world)
    hana.post(f"/h/calls/{call.pk}/take/")

    done = hana.post(f"/h/calls/{call.pk}/done/")
    assert done["Location"] == f"/h/stalls/{world.fish.pk}/visit/?call={call.pk}"
    page = text(hana, done["Location"])
    assert len(re.findall(r'name="stuck"', page)) == len(STUCK) == 6
    assert hana.post(done["Location"], {}).status_code == 422
    kept = hana.post(done["Location"], {"stuck": ["orders"], "key": "v" * 36})

    assert "방문을 적었어요" in text(hana, kept["Location"])
    with in_market(world.market.pk):
        assert [visit.stuck for visit in Visit.objects.all()] == [["orders"]]
    hana.post(f"/h/calls/{call.pk}/leave/")
    assert "제가 갈게요" in text(hana, "/h/")


def test_setting_up_shows_what_is_done(world: World, hana: Client) -> None:
    address = f"/h/stalls/{world.fish.pk}/set-up/"
    assert "5가지 가운데 1가지를 했어요" in text(hana, address)

    hana.post(address, {"step": "sticker", "ticked": "yes"})
    assert "5가지 가운데 2가지를 했어요" in text(hana, address)
    hana.post(address, {"step": "sticker", "ticked": "no"})
    assert "5가지 가운데 1가지를 했어요" in text(hana, address)


def test_a_stall_is_found_by_a_piece_of_its_name(world: World, hana: Client) -> None:
    assert "낯선 반찬" in text(hana, "/h/stalls/")
    found = text(hana, "/h/stalls/?q=순자&for=act")

    assert f"/h/stalls/{world.fish.pk}/act/" in found
    assert "낯선 반찬" not in found
    assert "그런 가게가 없어요" in text(hana, "/h/stalls/?q=우주선")


def test_every_guide_has_short_steps_with_one_thing_to_press() -> None:
    assert list(guides()) == ["pair", "first_goods", "price", "sold_out", "accept", "kiosk", "sticker", "paid"]
    for guide in guides().values():
        assert guide.about in STUCK
        for step in guide.steps:
            assert len(step.say.ko) <= 50
            assert sum(row.here for row in step.rows) == 1


def test_a_guide_is_walked_step_by_step(world: World, hana: Client) -> None:
    assert "4걸음 가운데 1번째" in text(hana, "/h/guides/price/")
    assert "4걸음 가운데 4번째" in text(hana, "/h/guides/price/?step=99")
    assert hana.get("/h/guides/moon/").status_code == 404


def test_english_pages_mark_what_is_korean(world: World, hana: Client, phone: Client) -> None:
    called(phone)
    addresses = ["/h/", "/h/guides/price/", f"/h/stalls/{world.fish.pk}/", f"/h/stalls/{world.fish.pk}/set-up/"]
    for client in (hana, phone):
        client.cookies["django_language"] = "en"

    assert {address: unmarked_korean(text(hana, address)) for address in addresses} == {a: [] for a in addresses}
    assert unmarked_korean(text(phone, "/help/jangteo/")) == []


def test_bags_are_carried_from_where_somebody_stands(world: World, client: Client, hana: Client) -> None:
    assert "짐 들어 드릴까요?" not in text(client, "/help/jangteo/")
    set_carry_points(market=world.market, actor=SYSTEM, names=["주차장"])
    assert 'value="carry:주차장"' in text(client, "/help/jangteo/")

    where = client.post("/help/jangteo/", {"what": "carry:주차장", "place": "꽃집 앞"})["Location"]

    assert "꽃집 앞 → 주차장" in text(client, where)
    assert "짐 들어 주기 → 주차장" in text(hana, "/h/")
    refused = client.post("/help/jangteo/", {"what": "carry:공항", "place": "꽃집 앞"})
    assert (refused.status_code, "정해 둔 곳까지만" in refused.content.decode()) == (422, True)
