from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.queries_policies import policy_rows
from jangteo.domains.payments.rules.policies import Policy
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

LIST, NEW, FILE = "/office/policies/", "/office/policies/new/", "/office/policies/file/"
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
TEN = {"scheme": "onnuri", "area": "", "way": "discount", "rate": "10", "starts": "2026-11-21"}
HEAD = "지역,시작일,종료일,할인율,월한도\r\n"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def rows(world: World) -> list[PolicyRow]:
    with in_market(world.market.pk):
        return policy_rows()


def put(world: World, starts: date, ends: date | None = None, **more: object) -> PolicyRow:
    told = Policy(
        **{"id": "", "scheme": "local", "area": "가람시", "starts": starts, "ends": ends, "discount_bp": 700, **more}  # type: ignore[arg-type]  # of several types
    )
    row = add_policy(market=world.market, actor=SYSTEM, policy=told, origin=Origin("정책.csv", "공고 1호"))
    assert row is not None
    return row


def chosen(*lines: str, name: str = "정책.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, (HEAD + "\r\n".join(lines)).encode("cp949"))}


def hidden(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input type="hidden" name="(name|content|seen)" value="([^"]*)">', page))
    assert set(found) == {"name", "content", "seen"}
    return found


def test_an_empty_list_says_what_to_do(world: World, desk: Client) -> None:
    page = desk.get(LIST).content.decode()

    assert "아직 적어 둔 정책이 없어요" in page
    assert f'href="{FILE}"' in page
    assert f'href="{NEW}"' in page


def test_what_holds_today_stands_before_what_comes_and_what_is_over(world: World, desk: Client) -> None:
    put(world, TODAY - 40 * DAY, TODAY - 20 * DAY, discount_bp=300)
    put(world, TODAY, TODAY + 9 * DAY)
    put(world, TODAY - 5 * DAY, area="", discount_bp=500)
    put(world, TODAY + 10 * DAY, discount_bp=1_250, monthly_cap_won=500_000, refused_goods=frozenset({"fish"}))

    page = desk.get(LIST).content.decode()

    order = [page.index(words) for words in ("7% 할인", "5% 할인", "12.5% 할인", "지난 것 1개", "3% 할인")]
    assert order == sorted(order)
    assert page.count("오늘 우리 시장") == 1
    for words in ("오늘부터 11월 29일 (일)까지", "한 사람이 한 달에 500,000원까지", "안 되는 물건: 생선", "공고 1호"):
        assert words in page


def test_a_scheme_without_a_row_for_today_says_so(world: World, desk: Client) -> None:
    put(world, TODAY + DAY)

    assert "오늘은 지역화폐 정책이 없어서 손님이 쓸 수 없어요." in desk.get(LIST).content.decode()


def test_the_budget_behind_cashback_is_shown(world: World, desk: Client) -> None:
    put(world, TODAY, cashback=True, program="가람 2026")
    assert "지금은 돌려드리지 못해요" in desk.get(LIST).content.decode()

    fund_program(market=world.market, actor=SYSTEM, funding=Funding("1", "가람 2026", 3_000_000))

    assert "남은 예산 3,000,000원" in desk.get(LIST).content.decode()


def test_money_for_a_program_is_written_down_once(world: World, desk: Client) -> None:
    row = put(world, TODAY, cashback=True, program="가람 2026")
    address = f"{LIST}{row.pk}/budget/"
    page = desk.get(address).content.decode()
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)

    asked = desk.post(address, {"key": key, "won": "0"})
    assert asked.status_code == 422
    assert "금액을 숫자로만 적어 주세요." in asked.content.decode()
    for _ in range(2):
        response = desk.post(address, {"key": key, "won": "3000000"})
        assert "예산을 적었어요." in desk.get(response["Location"]).content.decode()

    assert "남은 예산 3,000,000원" in desk.get(LIST).content.decode()


def test_a_policy_without_cashback_has_no_budget(world: World, desk: Client) -> None:
    row = put(world, TODAY)

    assert "예산 넣기" not in desk.get(LIST).content.decode()
    assert desk.post(f"{LIST}{row.pk}/budget/", {"key": "k", "won": "1000"}).status_code == 422


@pytest.mark.parametrize("path", [LIST, NEW, FILE, "/office/wallet/", "{end}", "{budget}"])
def test_english_screens_mark_what_is_korean(world: World, desk: Client, path: str) -> None:
    row = put(world, TODAY, cashback=True, program="가람 2026", refused_kinds=frozenset({"fish"}))
    put(world, TODAY, scheme="onnuri", area="")
    address = path.format(end=f"{LIST}{row.pk}/end/", budget=f"{LIST}{row.pk}/budget/")

    page = desk.get(address, headers={"accept-language": "en"}).content.decode()

    assert unmarked_korean(page) == []


def test_a_policy_is_written_by_hand(world: World, desk: Client) -> None:
    asked = {**TEN, "monthly_cap_won": "1000000", "law": "공고 7호", "refused_kinds": ["tofu"]}

    response = desk.post(NEW, asked)

    assert "정책을 적었어요." in desk.get(response["Location"]).content.decode()
    (row,) = rows(world)
    assert (row.scheme, row.area, row.starts, row.ends) == ("onnuri", "", TODAY + DAY, None)
    assert (row.discount_bp, row.monthly_cap_won, row.refused_kinds) == (1_000, 1_000_000, ["tofu"])
    assert (row.source, row.law, row.min_won) == ("office", "공고 7호", 1)
    assert "온누리상품권 정책을 적었어요. 내일부터예요." in desk.get("/office/log/").content.decode()


def test_cashback_needs_the_budget_that_pays_it(world: World, desk: Client) -> None:
    asked = {**TEN, "scheme": "local", "area": "가람시", "way": "cashback"}

    response = desk.post(NEW, asked)
    assert response.status_code == 422
    assert "어느 사업의 돈으로 돌려주는지 적어 주세요." in response.content.decode()

    desk.post(NEW, {**asked, "program": "가람 2026", "cashback_cap_won": "20000", "cashback_days": "60"})
    (row,) = rows(world)
    assert (row.cashback, row.program, row.cashback_cap_won, row.cashback_days) == (True, "가람 2026", 20_000, 60)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"rate": ""}, "10이나 7.5처럼 적어 주세요."),
        ({"rate": "열"}, "10이나 7.5처럼 적어 주세요."),
        ({"rate": "101"}, "100까지 적을 수 있어요."),
        ({"starts": ""}, "날짜를 골라 주세요."),
        ({"ends": "2026-11-20"}, "시작하는 날보다 늦은 날을 골라 주세요."),
        ({"monthly_cap_won": "많이"}, "금액을 숫자로만 적어 주세요."),
        ({"area": "부산광역시"}, "하나를 골라 주세요."),
    ],
)
def test_what_cannot_be_is_asked_again(world: World, desk: Client, told: dict[str, str], words: str) -> None:
    response = desk.post(NEW, {**TEN, **told})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert rows(world) == []


def test_a_second_policy_for_the_same_day_is_refused_with_both_named(world: World, desk: Client) -> None:
    first = put(world, TODAY, TODAY + 9 * DAY, scheme="onnuri", area="")

    page = desk.post(NEW, TEN).content.decode()

    assert f"{first.pk}번 정책과 새 정책, 내일에 둘 다 해당돼요." in page
    assert len(rows(world)) == 1


def test_a_policy_like_another_goes_on_where_that_one_ends(world: World, desk: Client) -> None:
    row = put(world, TODAY, TODAY + 9 * DAY, monthly_cap_won=500_000)

    page = desk.get(f"{NEW}?like={row.pk}").content.decode()

    assert 'value="2026-11-30"' in page
    assert 'value="500000"' in page
    assert 'value="7"' in page


def test_a_policy_ends_on_the_day_that_is_chosen(world: World, desk: Client) -> None:
    row = put(world, TODAY - DAY)
    address = f"{LIST}{row.pk}/end/"

    early = desk.post(address, {"last_day": "2026-11-19"})
    assert early.status_code == 422
    assert "오늘이나 그 뒤로 적어 주세요." in early.content.decode()

    response = desk.post(address, {"last_day": "2026-11-20"})
    assert "끝나는 날을 적었어요." in desk.get(response["Location"]).content.decode()
    assert rows(world)[0].ends == TODAY


def test_a_policy_that_has_not_begun_is_taken_back_and_the_one_before_goes_on(world: World, desk: Client) -> None:
    put(world, TODAY - DAY, discount_bp=500)
    wrong = put(world, TODAY + DAY, discount_bp=7_000)

    response = desk.post(f"{LIST}{wrong.pk}/take-back/")

    page = desk.get(response["Location"]).content.decode()
    assert "정책을 거뒀어요." in page
    assert page.count(">5% 할인</p>") == 2
    assert [row.discount_bp for row in rows(world) if not row.never_holds] == [500, 500]


def test_a_file_is_shown_first_and_then_taken_in(world: World, desk: Client) -> None:
    put(world, TODAY - DAY, discount_bp=500)

    page = desk.post(FILE, chosen("가람시,2026-12-01,2026-12-31,10%,50만", "속초시,2026-12-01,,5%,")).content.decode()

    assert "정책.csv: 새 정책 1개" in page
    assert "10% 할인" in page
    assert "지역화폐 정책은 11월 30일 (월)까지만 해요." in page
    assert "다른 지역 1개는 그대로 두어요." in page
    assert len(rows(world)) == 1

    response = desk.post(FILE, hidden(page))

    assert "파일의 정책을 적었어요." in desk.get(response["Location"]).content.decode()
    assert [row.discount_bp for row in rows(world)] == [500, 1_000]
    again = desk.post(FILE, chosen("가람시,2026-12-01,2026-12-31,10%,50만")).content.decode()
    assert "이 파일에는 우리 시장에 새로 적을 것이 없어요." in again


def test_what_changed_meanwhile_is_shown_again(world: World, desk: Client) -> None:
    shown = hidden(desk.post(FILE, chosen("가람시,2026-12-01,,10%,")).content.decode())
    put(world, TODAY - DAY, discount_bp=500)

    page = desk.post(FILE, shown).content.decode()

    assert "지역화폐 정책은 11월 30일 (월)까지만 해요." in page
    assert len(rows(world)) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "파일을 골라 주세요."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "빈 파일이에요."),
        ({"file": SimpleUploadedFile("a.csv", b"1" * 400_001)}, "파일이 너무 커요."),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "CSV나 XLSX로 저장해서"),
        ({"file": SimpleUploadedFile("a.csv", "이름,값".encode())}, "꼭 있어야 하는 칸이 없어요: 시작일, 할인율."),
        (chosen("가람시,2026-12-01,2026-11-01,10%,"), "‘정책.csv’ 파일 2줄의 ‘종료일’ 칸을 읽을 수 없어요."),
        ({"name": "a.csv", "content": "?"}, "읽을 줄이 없어요."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    world: World, desk: Client, sent: dict[str, SimpleUploadedFile], words: str
) -> None:
    response = desk.post(FILE, sent)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert rows(world) == []


def test_prepaid_money_is_off_until_somebody_has_looked_at_the_law(world: World, desk: Client) -> None:
    page = desk.get("/office/wallet/").content.decode()
    assert "꺼져 있어요" in page
    assert "전자금융거래법 제28조" in page
    assert "지역사랑상품권 이용 활성화에 관한 법률" in page

    hasty = desk.post("/office/wallet/", {"on": "yes"})
    assert hasty.status_code == 422
    assert "법을 확인했으면 눌러 주세요." in hasty.content.decode()

    on = desk.post("/office/wallet/", {"on": "yes", "checked": "1"})
    assert "미리 채워 둘 수 있어요." in desk.get(on["Location"]).content.decode()
    off = desk.post("/office/wallet/", {"on": "no"})
    assert "더 채울 수 없어요." in desk.get(off["Location"]).content.decode()


def test_another_market_does_not_see_them(world: World, desk: Client, other_desk: Client) -> None:
    row = put(world, TODAY)

    assert "아직 적어 둔 정책이 없어요" in other_desk.get(LIST).content.decode()
    assert other_desk.get(f"{LIST}{row.pk}/end/").status_code == 404
    assert other_desk.get(f"{NEW}?like={row.pk}").status_code == 404


def test_a_policy_can_start_today_and_take_the_place_of_the_one_that_holds(world: World, desk: Client) -> None:
    first = put(world, TODAY - DAY, scheme="onnuri", area="", discount_bp=500)

    for _ in range(2):
        assert desk.post(NEW, TEN | {"starts": "2026-11-20"}).status_code == 302
    again = desk.post(NEW, TEN | {"starts": "2026-11-20", "rate": "7"})

    assert again.status_code == 302
    assert [(row.starts, row.ends, row.discount_bp) for row in rows(world) if not row.never_holds] == [
        (TODAY - DAY, TODAY - DAY, 500),
        (TODAY, None, 700),
    ]
    page = desk.get(LIST).content.decode()
    assert "다른 것으로 바꿨어요" in page
    assert f"{first.pk}번" in page


def test_what_cannot_pay_beside_a_voucher_is_chosen_and_kept_for_the_next_one(world: World, desk: Client) -> None:
    told = TEN | {"together": "not_all", "excludes": ["card", "onnuri_digital"]}

    none = desk.post(NEW, TEN | {"together": "not_all"})
    desk.post(NEW, told)
    (row,) = rows(world)
    again = desk.get(f"{NEW}?like={row.pk}").content.decode()
    for together in ("any", "usual"):
        desk.post(NEW, TEN | {"together": together, "starts": "2026-11-21"})

    assert none.status_code == 422
    assert "함께 낼 수 없는 돈을 골라 주세요." in none.content.decode()
    assert [row.excludes for row in sorted(rows(world), key=lambda row: row.pk)] == [["card"], [], None]
    assert re.search(r'name="together" value="not_all"[^>]*checked', again)
    assert re.search(r'name="excludes" value="card"[^>]*checked', again)
    assert "함께 낼 수 없는 돈: 카드" in desk.get(LIST).content.decode()


def test_a_file_shows_what_it_changes_beside_what_held_before(world: World, desk: Client) -> None:
    before = put(world, TODAY - DAY, area="", monthly_cap_won=300_000)

    page = desk.post(FILE, chosen("전국,2026-11-20,,12%,500000")).content.decode()
    same_day = desk.post(FILE, chosen("전국,2026-11-25,,12%,")).content.decode()

    assert f"그 전에는 {before.pk}번: 7% 할인, 한 사람이 한 달에 300,000원까지" in page
    assert "11월 19일 (목)까지예요. 오늘 벌써 들어온 주문은 그대로예요." in page
    assert "11월 24일 (화)까지만 해요." in same_day
    assert [row.pk for row in rows(world)] == [before.pk]
