"""The office where a gateway pays the stalls: registering them, handing a run over, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.models import SettlementRun
from jangteo.domains.settlement.tests.payout_desk import MONDAY, PayoutDesk, has_business_number, payout_desk
from jangteo.kernel.tenancy import in_market
from tests.money.settling import FRIDAY, SATURDAY, approved, at, has_account, line_of
from tests.world import World

CONTACT = {"phone": "010-0000-0000", "email": "stall@market.example"}


@pytest.fixture
def paying(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[PayoutDesk]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with payout_desk(world) as opened, opened.on(SATURDAY):
        yield opened


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(run: SettlementRun) -> str:
    return f"/office/money/runs/{run.pk}/"


def test_a_stall_is_registered_at_the_desk_and_its_standing_told(desk: Client, paying: PayoutDesk) -> None:
    fish = paying.world.fish
    account, payee = (f"/office/stalls/{fish.pk}/{page}/" for page in ("account", "payee"))
    assert "결제사에 등록하기" not in text(desk, account)
    has_account(paying.market, fish)
    assert "결제사에 아직 등록하지 않았어요" in text(desk, account)

    refused = desk.post(payee, CONTACT | {"kind": PayeeKind.SOLE_TRADER})
    assert refused.status_code == 422
    assert "사업자 번호를 ‘점포 정보 고치기’에 먼저 적어 주세요" in refused.content.decode()
    has_business_number(paying.market, fish)
    assert desk.post(payee, CONTACT | {"kind": PayeeKind.SOLE_TRADER}).status_code == 302
    assert "결제사에 알리고 있어요" in text(desk, account)
    paying.work()

    assert "사장님 휴대폰으로 본인 확인을 부탁했어요" in text(desk, account)
    paying.simulator.payouts.check_seller(paying.payee(fish).key, "PARTIALLY_APPROVED")
    paying.sweep()
    with paying.on(SATURDAY, hour=15):
        paying.sweep()
    assert "한 번에 1,000만 원까지예요" in text(desk, account)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"phone": "02-123-4567"}, "010으로 시작하는"),
        ({"email": "x"}, "이메일 주소를 다시"),
        ({"kind": "shop"}, "하나를 골라"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    desk: Client, paying: PayoutDesk, told: dict[str, str], says: str
) -> None:
    fish = paying.world.fish
    has_account(paying.market, fish)

    answer = desk.post(f"/office/stalls/{fish.pk}/payee/", CONTACT | {"kind": PayeeKind.PERSON} | told)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_run_is_handed_over_and_followed(desk: Client, paying: PayoutDesk) -> None:
    fish = paying.world.fish
    paying.register(fish)
    run = paying.sold({fish.pk: 30_000})
    assert "결제사로 보내기" in text(desk, page_of(run))

    assert desk.post(page_of(run), {"do": "send"}).status_code == 302
    assert "맡기는 중" in text(desk, page_of(run))
    paying.work()
    page = text(desk, page_of(run))
    assert "11월 23일 (월) 결제사가 가게마다 보내요" in page
    assert "은행 답 파일이 있어요" not in page
    assert desk.post(page_of(run), {"do": "paid"}).status_code == 409
    with paying.on(MONDAY):
        paying.bank()
        paying.sweep()
        assert "다 보냈어요" in text(desk, page_of(run))


def test_stalls_that_keep_it_back_are_named_and_the_others_sent(desk: Client, paying: PayoutDesk) -> None:
    world = paying.world
    paying.register(world.fish)
    has_account(paying.market, world.tofu_stall)
    run = paying.sold({world.fish.pk: 30_000, world.tofu_stall.pk: 8_000})

    page = text(desk, page_of(run))
    assert "보낼 수 없는 가게가 1곳 있어요" in page
    assert "결제사로 보내기" not in page
    assert desk.post(page_of(run), {"do": "send"}).status_code == 409
    desk.post(page_of(run), {"do": "send_ready"})
    paying.work()
    assert paying.states() == ["requested"]
    assert desk.post(page_of(run), {"do": "send_ready"}).status_code == 409
    paying.register(world.tofu_stall)
    assert "결제사로 보내기" in text(desk, page_of(run))
    desk.post(page_of(run), {"do": "send"})
    paying.work()

    assert paying.states() == ["requested", "requested"]


def test_a_refusal_is_told_in_words_and_the_run_sent_again(desk: Client, paying: PayoutDesk) -> None:
    paying.register(paying.world.fish)
    run = paying.sold({paying.world.fish.pk: 30_000})
    paying.simulator.payouts.funded_won = 0
    desk.post(page_of(run), {"do": "send"})
    paying.work()

    page = text(desk, page_of(run))

    assert "결제사 화면에서 잔액과 계좌를 확인해 주세요" in page
    assert "다시 보내기" in page
    assert "INVALID_REQUEST" not in page


def test_a_payout_is_called_back_on_the_statement(desk: Client, other_desk: Client, paying: PayoutDesk) -> None:
    fish = paying.world.fish
    paying.register(fish)
    run = paying.sold({fish.pk: 30_000})
    statement = f"/office/money/statements/{line_of(run, fish).pk}/"
    assert "되부르기" not in text(desk, statement)
    desk.post(page_of(run), {"do": "send"})
    assert desk.post(f"{statement}back/").status_code == 409
    paying.work()
    page = text(desk, statement)
    assert "보내기 전에 되부르기" in page
    assert "은행에서 되돌아왔어요" not in page

    assert other_desk.post(f"{statement}back/").status_code == 404
    assert desk.post(f"{statement}back/").status_code == 302
    assert "되불러 달라고 했어요" in text(desk, statement)
    paying.work()

    assert "보내기 전에 되불렀어요" in text(desk, statement)
    with in_market(paying.market.pk):
        run.refresh_from_db()
    assert run.state == "part_returned"


def test_money_at_another_gateway_takes_the_file(desk: Client, paying: PayoutDesk) -> None:
    fish = paying.world.fish
    paying.register(fish)
    paying.book.sale({fish.pk: 9_000}, at(FRIDAY), more={"clear:kakaopay": 4_000})
    run = approved(paying.market, FRIDAY)

    assert "카카오페이에 있는 돈이 섞여 있어서" in text(desk, page_of(run))
    assert desk.post(page_of(run), {"do": "send"}).status_code == 409
    assert desk.post(page_of(run), {"do": "export"}).status_code == 302
    assert "은행 파일 받기" in text(desk, page_of(run))
