from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from jangteo.domains.events.models import SignUp
from jangteo.domains.events.tests.gatherings import comes, event
from jangteo.domains.events.tests.test_flash import starts
from jangteo.domains.rebates.actions.call_next import call_next
from jangteo.domains.rebates.models import RebateVisit, TableReceipt
from jangteo.domains.rebates.tests.desks import rebate
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return page.content.decode()


def photo() -> io.BytesIO:
    box = io.BytesIO()
    Image.new("RGB", (60, 200), "#ffffff").save(box, "JPEG")
    box.seek(0)
    box.name = "receipt.jpg"
    return box


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_an_empty_page_of_events_says_so(world: World, client: Client) -> None:
    page = text(client, "/jangteo/events/")
    assert "정해진 행사가 아직 없어요" in page
    assert 'href="/jangteo/events/"' in text(client, "/jangteo/")
    assert "지금은 환급행사가 없어요" in text(client, "/jangteo/rebate/")


def test_the_front_tells_of_all_that_goes_on_in_one_statement(world: World, client: Client) -> None:
    with CaptureQueriesContext(connection) as before:
        text(client, "/jangteo/")
    found = event(world)
    starts(world, world.mackerel)
    rebate(world)
    with CaptureQueriesContext(connection) as after:
        page = text(client, "/jangteo/")
    assert len(after) == len(before)
    assert "떨이 · 순자네 수산 고등어, 오늘 오후 2시까지" in page
    assert f'href="/jangteo/events/{found.pk}/"' in page
    assert "추석 환급행사" in page
    for n in range(20):
        event(world, title=f"행사 {n}")
    with CaptureQueriesContext(connection) as many:
        listed = text(client, "/jangteo/events/")
    assert len(many) <= 8
    assert listed.count("happening-when") == 23


def test_a_stall_that_lets_everything_go_does_not_crowd_out_the_festival(world: World, client: Client) -> None:
    found = event(world)
    starts(world, world.mackerel, world.hairtail)
    rebate(world)
    page = text(client, "/jangteo/")
    shown = [page.index(one) for one in ("고등어, 오늘", f"/jangteo/events/{found.pk}/", "추석 환급행사")]
    assert len(shown) == 3
    assert "갈치, 오늘" not in page


def test_the_day_is_said_once_where_it_is_the_same(world: World, client: Client) -> None:
    assert "내일 낮 12시 ~ 오후 2시" in text(client, f"/jangteo/events/{event(world).pk}/")
    long = event(world, ends_at=NOON + timedelta(days=2))
    assert "내일 낮 12시 ~ 11월 22일 (일) 낮 12시" in text(client, f"/jangteo/events/{long.pk}/")


def test_signing_up_waiting_and_giving_the_place_up(world: World, client: Client) -> None:
    found = event(world, places=1)
    page = text(client, f"/jangteo/events/{found.pk}/")
    said = {"name": "이영희", "phone": "010-7777-8888", "key": key_of(page)}
    mine = client.post(f"/jangteo/events/{found.pk}/", said)["Location"]
    assert client.post(f"/jangteo/events/{found.pk}/", said)["Location"] == mine
    assert "이영희 님, 1명 자리가 있어요" in text(client, mine)
    late = comes(world, found)
    assert "1번째로 기다리고 있어요" in text(client, f"/jangteo/events/mine/{late.token}/")
    assert "빈자리 기다리기" in text(client, f"/jangteo/events/{found.pk}/")
    assert client.post(mine).status_code == 302
    assert "김하나 님, 1명 자리가 있어요" in text(client, f"/jangteo/events/mine/{late.token}/")
    again = client.post(f"/jangteo/events/{found.pk}/", {**said, "phone": late.phone, "key": "another-press"})
    assert (again.status_code, "이 번호로 벌써 신청했어요" in again.content.decode()) == (422, True)
    with in_market(world.market.pk):
        assert SignUp.objects.count() == 2


def test_calendars_can_be_taken_along(world: World, client: Client) -> None:
    found = event(world)
    one = client.get(f"/jangteo/events/{found.pk}.ics")
    assert one["Content-Type"] == "text/calendar; charset=utf-8"
    assert (one.content.count(b"BEGIN:VEVENT"), one.content.count(b"BEGIN:VALARM")) == (1, 2)
    event(world, title="장날")
    assert client.get("/jangteo/events.ics").content.count(b"BEGIN:VEVENT") == 2
    assert client.get("/jangteo/events/999999.ics").status_code == 404


def test_a_number_without_standing_in_line_and_a_receipt_sent_ahead(world: World, client: Client) -> None:
    found = rebate(world)
    page = text(client, "/jangteo/rebate/")
    assert "67,000원부터" in page
    mine = client.post("/jangteo/rebate/", {"key": key_of(page)})["Location"]
    assert "다음 차례예요" in text(client, mine)
    assert "내 번호표 1번 보기" in text(client, "/jangteo/rebate/")
    sent = client.post(mine, {"stall": world.fish.pk, "won": "34,000", "photo": photo()})
    assert sent.status_code == 302
    with in_market(world.market.pk):
        receipt = TableReceipt.objects.get()
    assert (receipt.total_won, receipt.fish_won, receipt.checked) == (34_000, 0, False)
    assert client.get(f"/photo/{receipt.photo}.large").status_code in (200, 404)
    assert "창구에서 볼 거예요" in text(client, mine)
    call_next(market=world.market, actor=SYSTEM, event_id=found.pk)
    part = client.get(mine, headers={"X-Fragment": "rebate_now"}).content.decode()
    assert part.startswith('<div id="rebate-now"') or 'id="rebate-now"' in part[:200]
    assert "지금 오세요!" in part


def test_what_cannot_be_sent_ahead_is_said(world: World, client: Client) -> None:
    rebate(world)
    mine = client.post("/jangteo/rebate/", {"key": "a-press-of-its-own"})["Location"]
    for said, words in (
        ({"won": "0", "photo": photo()}, "1원부터 500만 원까지"),
        ({"won": "34000"}, "영수증이 다 나오게"),
        ({"won": "34000", "photo": io.BytesIO(b"no photo at all")}, "사진"),
    ):
        answer = client.post(mine, {"stall": world.fish.pk, **said})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert client.post(f"{mine}leave/").status_code == 302
    assert "번호표를 내놓으셨어요" in text(client, mine)
    with in_market(world.market.pk):
        assert RebateVisit.objects.get().state == "left"
        assert not TableReceipt.objects.exists()


def test_a_closed_desk_gives_no_numbers(world: World, client: Client) -> None:
    with clock.at(NOON - timedelta(days=1)):
        rebate(world)
    with clock.at(NOON + timedelta(days=2)):
        answer = client.post("/jangteo/rebate/", {"key": "a-press-of-its-own"})
        assert answer.status_code == 200
        assert "지금은 환급행사가 없어요" in answer.content.decode()


def test_every_word_is_marked(world: World, client: Client) -> None:
    found = event(world, title="Kimchi", body="", place="")
    rebate(world)
    for address in (f"/jangteo/events/{found.pk}/", "/jangteo/events/", "/jangteo/rebate/"):
        assert unmarked_korean(text(client, address)) == []
