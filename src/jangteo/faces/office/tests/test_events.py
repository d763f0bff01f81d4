from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags
from python_calamine import CalamineWorkbook

from jangteo.domains.campaigns.actions.note_event_told import EventTold, note_event_told
from jangteo.domains.devices.board import Part, Plan, Show
from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.models import Event, SignUpNotice
from jangteo.domains.events.tests.gatherings import comes, event
from jangteo.domains.events.tests.test_flash import starts
from jangteo.domains.rebates.actions.call_next import call_next
from jangteo.domains.rebates.actions.undo_payout import undo_payout
from jangteo.domains.rebates.models import RebateEvent
from jangteo.domains.rebates.tests.desks import number, paid, paper, person, rebate
from jangteo.domains.regulars.models import Look
from jangteo.domains.regulars.rules import UNMASKED_FOR
from jangteo.faces.board.pictures import picture
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

TYPED = {
    "kind": "festival",
    "title": "떡 축제",
    "starts_on": "2026-11-28",
    "starts_at": "10:00",
    "ends_on": "2026-11-28",
    "ends_at": "17:00",
    "place": "중앙 광장",
    "body": "",
    "places": "30명",
    "most_people": "4",
    "waiting": "yes",
}
REBATE = {
    "name": "설 환급행사",
    "place": "정문 앞",
    "starts_on": "2026-11-20",
    "ends_on": "2026-11-22",
    "opens_at": "10:00",
    "closes_at": "17:00",
    "vouchers": "300",
    "voucher_won": "10,000원",
    "agri_won": "0",
    "fish_won": "3,000,000",
    "cap_won": "20000",
    "from_1": "34,000",
    "back_1": "10,000",
    "from_2": "67,000",
    "back_2": "20,000",
    "keep_days": "30",
    "fish_goods": "fish",
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return page.content.decode()


def test_an_event_is_written_looked_at_shown_and_called_off(world: World, desk: Client, client: Client) -> None:
    assert "다가오는 행사가 없어요" in text(desk, "/office/events/")
    written = desk.post("/office/events/new/", {**TYPED, "stalls": [str(world.fish.pk)]})
    with in_market(world.market.pk):
        row = Event.objects.get()
    assert written["Location"] == f"/office/events/{row.pk}/?done=event"
    assert (row.places, row.most_people, row.state) == (30, 4, "draft")
    assert client.get(f"/jangteo/events/{row.pk}/").status_code == 404
    for to, state in (("show", "shown"), ("off", "called_off"), ("show", "shown"), ("hide", "draft")):
        assert desk.post(f"/office/events/{row.pk}/state/", {"to": to}).status_code == 302
        row.refresh_from_db()
        assert row.state == state
    changed = desk.post(f"/office/events/{row.pk}/change/", {**TYPED, "title": "떡 잔치", "places": ""})
    assert changed.status_code == 302
    row.refresh_from_db()
    assert (row.title, row.places) == ("떡 잔치", None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "행사 이름을 적어 주세요"),
        ({"ends_at": "09:00"}, "시작보다 늦은 시간"),
        ({"places": "0"}, "1부터 10,000까지"),
        ({"places": "많이"}, "숫자로 적어 주세요"),
    ],
)
def test_an_event_that_cannot_be_says_why(desk: Client, typed: dict[str, str], said: str) -> None:
    answer = desk.post("/office/events/new/", {**TYPED, **typed})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_who_signed_up_is_seen_and_can_be_taken_off(world: World, desk: Client) -> None:
    found = event(world, places=1)
    first, second = comes(world, found), comes(world, found)
    page = text(desk, f"/office/events/{found.pk}/")
    assert "1자리 중 1명, 기다리는 분 1명" in page
    desk.post(f"/office/events/sign-ups/{first.pk}/cancel/")
    second.refresh_from_db()
    assert second.state == "in"


def test_people_who_signed_up_are_masked_until_somebody_says_why(world: World, desk: Client) -> None:
    found = event(world)
    comes(world, found, phone="010-1234-5678")
    at = f"/office/events/{found.pk}/"
    assert "01012345678" not in text(desk, at)
    assert "010-****-5678" in text(desk, at)
    assert "김*나" in text(desk, at)

    assert desk.post(f"{at}people/", {"reason": ""}).status_code != 302
    assert desk.post(f"{at}people/", {"reason": "전화하려고"})["Location"] == at
    assert "tel:01012345678" in text(desk, at)
    assert "김하나" in text(desk, at)
    paper = text(desk, f"{at}list/")
    assert ("5678" in paper, "010" in paper, "김하나" in paper) == (True, False, False)
    with clock.at(clock.now() + UNMASKED_FOR + timedelta(seconds=1)):
        assert "010-****-5678" in text(desk, at)
    with in_market(world.market.pk):
        looks = Look.objects.order_by("pk").values_list("what", "subject", "people", "reason")
        assert list(looks) == [
            ("event", f"event:{found.pk}", 1, ""),
            ("event.unmasked", f"event:{found.pk}", 1, "전화하려고"),
            ("event.list", f"event:{found.pk}", 1, ""),
        ]
    assert "김장 교실 · 행사 신청한 분들을 열어 봄" in " ".join(strip_tags(text(desk, "/office/looks/")).split())


def test_who_could_not_be_told_is_marked_to_be_called(world: World, desk: Client) -> None:
    found = event(world)
    row, _other = comes(world, found), comes(world, found)
    show_event(market=world.market, actor=SYSTEM, event_id=found.pk, state=Event.State.CALLED_OFF)
    with in_market(world.market.pk):
        notice = SignUpNotice.objects.get(sign_up=row)
    note_event_told(market=world.market, actor=SYSTEM, notice_id=notice.pk, told=EventTold(SignUpNotice.State.LOST))

    assert text(desk, f"/office/events/{found.pk}/").count("문자가 안 갔어요") == 1


def test_a_rebate_is_opened_stopped_and_given_more_paper(world: World, desk: Client) -> None:
    assert "34000" in text(desk, "/office/events/rebates/new/")
    made = desk.post("/office/events/rebates/new/", REBATE)
    with in_market(world.market.pk):
        row = RebateEvent.objects.get()
    assert made["Location"] == f"/office/events/rebates/{row.pk}/?done=rebate"
    again = desk.post("/office/events/rebates/new/", REBATE)
    assert "겹치지 않게" in again.content.decode()
    at = f"/office/events/rebates/{row.pk}/"
    assert desk.post(f"{at}paper/", {"way": "in", "vouchers": "50", "note": "농협"}).status_code == 302
    over = desk.post(f"{at}paper/", {"way": "out", "vouchers": "351"})
    assert (over.status_code, "350장만 남았어요" in over.content.decode()) == (422, True)
    desk.post(f"{at}stop/", {"to": "stop"})
    assert "지금 멈춰 있어요" in text(desk, at)
    desk.post(f"{at}stop/", {"to": "go"})
    assert "지금 멈춰 있어요" not in text(desk, at)


def test_the_report_adds_up_and_names_nobody(world: World, desk: Client) -> None:
    found = rebate(world)
    for phone, won in (("010-1111-2222", 67_000), ("010-3333-4444", 34_000)):
        visit = person(world, found, phone)
        paper(world, visit, fish=won)
        paid(world, visit, 2 if won > 60_000 else 1)
    wrong = person(world, found, "010-5555-6666")
    paper(world, wrong, agri=34_000)
    undo_payout(market=world.market, actor=SYSTEM, payout_id=paid(world, wrong, 1).pk)

    answer = desk.get(f"/office/events/rebates/{found.pk}/report.xlsx?day=2026-11-20")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["총괄", "지급 내역", "영수증", "상품권 재고"]
    sums = {str(name): value for name, value in book.get_sheet_by_name("총괄").to_python()[1:]}
    assert (sums["받은 사람 (명)"], sums["나간 상품권 (장)"], sums["남은 상품권 (장)"]) == (2, 3, 297)
    assert (sums["수산물 환급 금액 (원)"], sums["농축산물 환급 금액 (원)"], sums["수산물 구매 금액 (원)"]) == (
        30_000,
        0,
        101_000,
    )
    paid_rows = book.get_sheet_by_name("지급 내역").to_python()[1:]
    assert [row[5] for row in paid_rows] == [2, 1, 1, -1]
    assert [row[2] for row in paid_rows[:2]] == ["박** 2222", "박** 4444"]
    assert [row[6] for row in book.get_sheet_by_name("영수증").to_python()[1:]] == ["", "", "되돌림"]
    assert b"01011112222" not in answer.content


def test_boards_show_events_flash_sales_and_the_number_called(world: World) -> None:
    found = rebate(world)
    number(world, found)
    call_next(market=world.market, actor=SYSTEM, event_id=found.pk)
    event(world)
    starts(world, world.mackerel)
    with in_market(world.market.pk):
        shown = picture(world.market, Plan(), Part(clock.now().time(), Show.REBATE))
        events = picture(world.market, Plan(), Part(clock.now().time(), Show.EVENTS))
        market = picture(world.market, Plan(lines=("어서 오세요",)), Part(clock.now().time(), Show.MARKET))
    assert [row.number for row in shown["lines"].called] == [1]  # type: ignore[attr-defined]  # facts of a template
    assert [row.price_won for row in events["goods"]] == [5_600]  # type: ignore[attr-defined]  # facts of a template
    lines = market["plan"].lines  # type: ignore[attr-defined]  # facts of a template
    assert lines[0] == "어서 오세요"
    assert lines[1].startswith("떨이 · 순자네 수산 고등어")
    assert len(lines) == 4
