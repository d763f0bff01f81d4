from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.note_unread import note_unread
from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.models import (
    Break,
    DayClose,
    GatewayDay,
    PayoutAccount,
    PayoutTerms,
    SettlementLine,
    SettlementRun,
)
from jangteo.domains.settlement.modes import RunState
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.office.tests.conftest import entered
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.money.settling import (
    FRIDAY,
    SATURDAY,
    Book,
    approved,
    association_pays,
    at,
    exported,
    has_account,
    line_of,
)
from tests.security.settled import settled
from tests.world import World

BREAKS, RUNS = "/office/money/breaks/", "/office/money/runs/"


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.market)


@pytest.fixture
def second(world: World) -> Client:
    """Another person's computer."""
    return entered(world)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_day_is_told_by_kind_of_money_and_gateway(world: World, desk: Client, book: Book) -> None:
    ref = book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    book.refund(ref, world.fish.pk, 4_000, at(FRIDAY, 13))
    book.at_counter(world.tofu_stall.pk, 2_500, at(FRIDAY))

    with clock.at(at(FRIDAY, 20)):
        page = text(desk, "/office/money/")
        other = text(desk, "/office/money/?day=2026-11-19")

    for words in ("토스페이먼츠", "30,000원", "4,000원", "26,000원", "현금", "2,500원", "28,500원"):
        assert words in page
    assert "이날 움직인 돈이 없어요" in other


@pytest.mark.parametrize("day", ["", "x", "9999-12-31", "0001-01-01"])
def test_an_odd_day_in_the_address_shows_a_day(desk: Client, day: str) -> None:
    assert desk.get("/office/money/", {"day": day}).status_code == 200


def late(world: World, book: Book) -> Break:
    """A sale that the gateway does not know of."""
    book.sale({world.fish.pk: 5_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        compare_day(market=world.market, actor=SYSTEM, report=DayReport("toss", FRIDAY, [], []))
    with in_market(world.market.pk):
        return Break.objects.get()


def test_a_break_is_taken_solved_and_opened_again(world: World, desk: Client, second: Client, book: Book) -> None:
    found = late(world, book)
    deed = f"{BREAKS}{found.pk}/"

    assert "맡은 사람 없음" in text(desk, BREAKS)
    assert desk.post("/office/money/day/", {"day": "2026-11-20"}).status_code == 409
    desk.post(deed, {"do": "take"})
    assert "내가 맡았어요" in text(desk, BREAKS)
    assert "다른 분이 맡았어요" in text(second, BREAKS)
    assert desk.post(deed, {"do": "solve", "note": " "}).status_code == 409
    desk.post(deed, {"do": "solve", "note": "결제사에서 곧 보낸다고 해요"})
    assert "모두 맞아요" in text(desk, BREAKS)
    assert "결제사에서 곧 보낸다고 해요" in text(desk, BREAKS)
    desk.post(deed, {"do": "reopen"})
    assert "우리 장부" in text(desk, BREAKS)
    assert desk.post(deed, {"do": "burn"}).status_code == 404


def test_a_day_is_closed_at_the_desk(world: World, desk: Client, book: Book) -> None:
    ref = book.sale({world.fish.pk: 5_000}, at(FRIDAY))
    told = f"t-1,pk-{ref},{ref},5000,DONE,2026-11-20T12:00:00+09:00\n"
    with clock.at(at(SATURDAY)):
        answer = desk.post("/office/money/day/", {"day": "2026-11-20"})
        assert answer.status_code == 409
        assert "토스페이먼츠 기록과 아직 맞춰 보지 못했어요" in answer.content.decode()
        desk.post("/office/money/files/", {"file": SimpleUploadedFile("거래.csv", (HEADINGS + told).encode())})
        desk.post("/office/money/day/", {"day": "2026-11-20"})
        assert "닫은 날" in text(desk, "/office/money/?day=2026-11-20")

    with in_market(world.market.pk):
        assert DayClose.objects.get().day == FRIDAY


HEADINGS = "transactionKey,paymentKey,orderId,amount,status,transactionAt\n"
TRANSACTIONS = HEADINGS + "t-1,pk-1,order-0001,5000,DONE,2026-11-20T12:00:00+09:00\n"


def test_a_report_that_is_not_there_is_seen_with_its_reason(world: World, desk: Client, book: Book) -> None:
    book.sale({world.fish.pk: 5_000}, at(FRIDAY))
    other = Book(world.market, count=100, gateway="naverpay")
    other.sale({world.fish.pk: 7_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        note_unread(market=world.market, actor=SYSTEM, gateway="naverpay", day=FRIDAY, trouble=None)
        note_unread(
            market=world.market, actor=SYSTEM, gateway="toss", day=FRIDAY, trouble=GatewayDay.Trouble.UNANSWERED
        )
        page = text(desk, BREAKS)

    for words in ("맞춰 볼 결제사 기록이 없어요", "네이버페이", "7,000원", "1일째", "맡은 사람 없음"):
        assert words in page
    assert "<b>토스페이먼츠</b>" in page
    assert "30분마다 다시 받아 볼게요" in page


def test_a_file_is_taken_once(world: World, desk: Client) -> None:
    def give() -> str:
        file = SimpleUploadedFile("거래.csv", TRANSACTIONS.encode())
        return desk.post("/office/money/files/", {"file": file}, follow=True).content.decode()

    with clock.at(at(SATURDAY)):
        assert "장부와 맞춰 봤어요" in give()
        assert "벌써 받은 파일이에요" in give()

    with in_market(world.market.pk):
        assert [(row.kind, row.there_won) for row in Break.objects.all()] == [("missing_here", 5_000)]


def test_a_wrong_file_is_answered_with_what_is_missing(desk: Client) -> None:
    file = SimpleUploadedFile("메모.csv", "이름,전화\n하나,1\n".encode())

    answer = desk.post("/office/money/files/", {"file": file})

    assert answer.status_code == 409
    assert desk.post("/office/money/files/").status_code == 409


def test_a_run_goes_from_close_to_its_end_by_two_people(world: World, desk: Client, second: Client, book: Book) -> None:
    association_pays(world.market)
    has_account(world.market, world.fish)
    book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        assert "30,000원" in text(desk, RUNS)
        desk.post(RUNS, {"last": "2026-11-20"})
        with in_market(world.market.pk):
            run = SettlementRun.objects.get()
        address = f"{RUNS}{run.pk}/"
        for who, deed in ((desk, "review"), (desk, "approve")):
            assert who.post(address, {"do": deed}).status_code == 302
        assert "다른 분이 자기 기기에서 한 번 더" in text(desk, address)
        assert desk.post(address, {"do": "approve"}).status_code == 409
        for who, deed in ((second, "approve"), (desk, "export"), (desk, "paid")):
            assert who.post(address, {"do": deed}).status_code == 302
        file = desk.get(f"{address}file/")
        assert "attachment" in file["Content-Disposition"]
        assert file.content == second.get(f"{address}file/").content
        desk.post(address, {"do": "finish"})
        assert "다 끝난 정산이에요" in text(desk, address)

    with in_market(world.market.pk):
        run.refresh_from_db()
    assert run.state == RunState.RECONCILED


def test_a_run_is_dropped_and_closed_again(world: World, desk: Client, book: Book) -> None:
    book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        desk.post(RUNS, {"last": "2026-11-20"})
        with in_market(world.market.pk):
            first = SettlementRun.objects.get()
        desk.post(f"{RUNS}{first.pk}/", {"do": "drop"})
        desk.post(RUNS, {"last": "2026-11-20"})

    with in_market(world.market.pk):
        assert [run.state for run in SettlementRun.objects.order_by("pk")] == ["dropped", "closed"]


def test_the_statement_prints_and_notes_a_return(world: World, desk: Client, book: Book) -> None:
    association_pays(world.market, fee_bp=100)
    has_account(world.market, world.fish)
    book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, _ = exported(world.market, FRIDAY)
        line = line_of(run, world.fish)
        address = f"/office/money/statements/{line.pk}/"
        page = text(desk, address)
        desk.post(address, {"reason": "계좌 해지"})
        after = text(desk, address)

    for words in ("순자네 수산 정산 명세서", "30,000원", "-330원", "29,670원", "카드"):
        assert words in page
    assert "계좌 해지" in after


def test_an_account_needs_a_second_person(world: World, desk: Client, second: Client) -> None:
    address = f"/office/stalls/{world.fish.pk}/account/"

    assert desk.post(address, {"bank": "088", "number": "12", "holder": "순자"}).status_code == 422
    desk.post(address, {"bank": "088", "number": "110-123-456789", "holder": "순자"})
    assert "다른 분이 자기 기기에서 확인해야 해요" in text(desk, address)
    assert desk.post(f"{address}confirm/").status_code == 409
    second.post(f"{address}confirm/")

    with in_market(world.market.pk):
        row = PayoutAccount.objects.get(retired_at=None)
    assert (row.number, row.confirmed_at is not None) == ("110123456789", True)
    assert "신한은행 110123456789 순자" in text(desk, address)


TERMS = {
    "mode": "gateway_pays",
    "registration": "",
    "fee": "0",
    "gateway_fee": "",
    "settle_after": "2",
    "layout": "generic",
    "made": "xlsx",
}


def test_when_money_comes_and_the_form_of_the_file_are_chosen_at_the_desk(world: World, desk: Client) -> None:
    told = TERMS | {"settle_after": "5", "layout": "shinhan_template", "made": "csv"}

    for _ in range(2):
        assert desk.post("/office/money/terms/", told).status_code == 302

    with in_market(world.market.pk):
        row = PayoutTerms.objects.get()
        noted = [row.facts["fields"] for row in AuditRow.objects.filter(code="settlement.terms")]
    assert (row.settle_after, row.layout, row.made) == (5, "shinhan_template", "csv")
    assert noted == ["mode,settle_after,layout,made"]
    assert "정산 조건을 바꿨어요: 누가 보내는지, 들어오는 날, 은행 양식, 파일 종류." in text(desk, "/office/log/")


@pytest.mark.parametrize(
    ("field", "told", "says"),
    [
        ("settle_after", "31", "0부터 30까지 숫자로 적어 주세요."),
        ("settle_after", "", "0부터 30까지 숫자로 적어 주세요."),
        ("layout", "none_template", "하나를 골라 주세요."),
        ("made", "pdf", "하나를 골라 주세요."),
    ],
)
def test_terms_that_cannot_be_meant_are_answered_beside_the_field(
    world: World, desk: Client, field: str, told: str, says: str
) -> None:
    answer = desk.post("/office/money/terms/", TERMS | {field: told})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    with in_market(world.market.pk):
        assert not PayoutTerms.objects.exists()


def test_every_form_of_a_bank_is_shown_with_its_first_lines(desk: Client) -> None:
    with clock.at(at(FRIDAY)):
        page = text(desk, "/office/money/terms/")

    assert "오늘 판 돈이 11월 24일 (화)에 들어와요" in page
    for name, layout in layouts().items():
        assert f'value="{name}"' in page
        assert ",".join(column.heading for column in layout.columns) in page
    assert "000123456789" in page


def test_the_association_pays_only_with_its_registration(world: World, desk: Client) -> None:
    asked = TERMS | {"mode": "association_pays", "fee": "1.5", "gateway_fee": "2.2"}

    refused = desk.post("/office/money/terms/", asked)
    assert refused.status_code == 422
    assert "전자금융거래법 제28조" in refused.content.decode()
    desk.post("/office/money/terms/", {**asked, "registration": "02-001-00001"})

    with in_market(world.market.pk):
        row = PayoutTerms.objects.get()
    assert (row.mode, row.fee_bp, row.gateway_fee_bp) == ("association_pays", 150, 220)
    assert desk.post("/office/money/terms/", {**asked, "mode": "own_contract"}).status_code == 422


def test_another_market_sees_nothing_of_it(world: World, other_desk: Client, book: Book) -> None:
    book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run = approved(world.market, FRIDAY)
        assert "30,000" not in text(other_desk, RUNS)
        assert other_desk.get(f"{RUNS}{run.pk}/").status_code == 404
        with in_market(world.market.pk):
            line = SettlementLine.objects.get()
        assert other_desk.get(f"/office/money/statements/{line.pk}/").status_code == 404


PAGES = (
    "money/",
    "money/breaks/",
    "money/runs/",
    "money/runs/{run_id}/",
    "money/statements/{statement_id}/",
    "money/terms/",
    "stalls/{stall}/account/",
)


@pytest.mark.parametrize("page", PAGES)
def test_korean_names_are_marked_as_korean(world: World, desk: Client, page: str) -> None:
    ids = settled(world.market, world.fish)

    path = page.format(stall=world.fish.pk, **ids)
    answer = desk.get(f"/office/{path}", headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert unmarked_korean(answer.content.decode()) == []
