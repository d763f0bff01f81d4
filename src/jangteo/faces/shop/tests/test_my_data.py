from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.people.models import User
from jangteo.domains.regulars.jobs import Forgetting, end_old_take_outs
from jangteo.domains.regulars.models import Deletion, SignIn, TakeOut
from jangteo.domains.regulars.tests.test_forgetting import bought, customer, paid_at_counter
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.faces.shop.tests.test_enter import Texts, sign_in, texts
from jangteo.kernel import clock
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project import privacy
from tests.world import NOON, World

__all__ = ["texts"]
NUMBER = "010-0000-2000"
MY = "/jangteo/my/"


@pytest.fixture(autouse=True)
def _as_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Effects run outside transactions; a test is inside one."""
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)


@pytest.fixture
def mine(world: World, shopper: Client, texts: Texts) -> Client:
    """Signed in just now, with an order and a payment at a counter."""
    sign_in(shopper, texts, NUMBER)
    bought(world, User.objects.get())
    paid_at_counter(world)
    return shopper


def file_of(mine: Client) -> zipfile.ZipFile:
    mine.post(f"{MY}take/")
    deliver_due(privacy.handlers())
    address = re.search(r'href="(/jangteo/my/take/[^"]+\.zip)"', mine.get(f"{MY}take/").content.decode())
    assert address
    return zipfile.ZipFile(io.BytesIO(mine.get(address[1]).content))


def test_everything_is_told_by_topic_in_a_bounded_number_of_queries(
    world: World, mine: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _more in range(3):
        bought(world, User.objects.get())
    mine.get(MY)
    with django_assert_max_num_queries(45):
        page = text_of(mine.get(MY))
    assert "주문 이름, 전화번호, 배달 주소, 남긴 말, 산 물건 4번" in page
    assert "가게에서 산 것 언제 어느 가게에서 얼마 1번" in page


def test_a_guest_is_led_through_the_door_and_back(world: World, shopper: Client, texts: Texts) -> None:
    door = re.search(r'href="(/jangteo/enter/\?next=[^"]+)"', shopper.get(MY).content.decode())
    assert door
    shopper.post(door[1], {"phone": NUMBER})

    assert shopper.post("/jangteo/enter/code/", {"code": texts.code})["Location"] == MY


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example/jangteo/", "/namdong/my/", "javascript:1"])
def test_the_door_leads_nowhere_else(world: World, shopper: Client, texts: Texts, way: str) -> None:
    shopper.post(f"/jangteo/enter/?next={way}", {"phone": NUMBER})

    assert shopper.post("/jangteo/enter/code/", {"code": texts.code})["Location"] == "/jangteo/orders/"


def test_the_name_is_corrected(world: World, mine: Client) -> None:
    assert mine.post(MY, {"name": " 김하나 ", "email": "never@example.com"}).status_code == 302
    assert list(User.objects.values_list("name", "email")) == [("김하나", "")]


def test_the_number_changes_with_a_code_that_came_to_the_new_one(world: World, mine: Client, texts: Texts) -> None:
    assert mine.post(f"{MY}phone/", {"phone": "010-9999-8888"})["Location"] == f"{MY}phone/code/"
    assert texts.sent[-1][0] == "01099998888"
    right = texts.code
    wrong = "000000" if right != "000000" else "111111"
    assert mine.post(f"{MY}phone/code/", {"code": wrong}).status_code == 422

    assert mine.post(f"{MY}phone/code/", {"code": right})["Location"] == f"{MY}?done=yes"
    assert User.objects.get().phone == "01099998888"


def test_five_wrong_codes_end_the_changing(world: World, mine: Client, texts: Texts) -> None:
    mine.post(f"{MY}phone/", {"phone": "010-9999-8888"})
    wrong = "000000" if texts.code != "000000" else "111111"
    for _try in range(5):
        mine.post(f"{MY}phone/code/", {"code": wrong})

    assert mine.post(f"{MY}phone/code/", {"code": texts.code})["Location"] == f"{MY}phone/"
    assert User.objects.get().phone == "01000002000"


def test_a_number_that_somebody_has_is_not_taken_over(world: World, mine: Client, texts: Texts) -> None:
    customer(world, "01099998888")
    mine.post(f"{MY}phone/", {"phone": "010-9999-8888"})

    answer = mine.post(f"{MY}phone/code/", {"code": texts.code})
    assert "다른 분이 쓰는 번호예요." in text_of(answer)
    assert User.objects.filter(phone="01000002000").exists()


@pytest.mark.parametrize("page", ["take/", "deletion/", "phone/"])
def test_a_phone_left_lying_about_asks_for_a_fresh_code(world: World, mine: Client, page: str) -> None:
    assert "한 번 더 확인할게요" not in text_of(mine.get(f"{MY}{page}"))
    with clock.at(NOON + timedelta(minutes=16)):
        assert "한 번 더 확인할게요" in text_of(mine.get(f"{MY}{page}"))
        assert mine.post(f"{MY}{page}", {"sure": "yes"})["Location"].startswith("/jangteo/enter/?next=")
    with in_market(world.market.pk):
        assert (Deletion.objects.count(), TakeOut.objects.count()) == (0, 0)


def test_whoever_is_signed_in_types_a_fresh_code(world: World, mine: Client, texts: Texts) -> None:
    with clock.at(NOON + timedelta(hours=1)):
        mine.post(f"/jangteo/enter/?next={MY}deletion/", {"phone": NUMBER})
        assert mine.post("/jangteo/enter/code/", {"code": texts.code})["Location"] == f"{MY}deletion/"
        assert "사흘 뒤에 지워요." in text_of(mine.get(f"{MY}deletion/"))
    with in_market(world.market.pk):
        assert SignIn.objects.count() == 2


def test_the_file_has_a_page_tables_and_json(world: World, mine: Client) -> None:
    file = file_of(mine)

    (told,) = json.loads(file.read("내정보.json"))
    assert (told["market"], told["topics"]["orders"][0]["address"]) == ("장터시장", "장터동 101호")
    assert told["topics"]["sales"][0]["won"] == 2000
    assert "문 앞에 놓아 주세요" in file.read("내정보.html").decode()
    assert {"표/1-주문.csv", "표/1-가게에서 산 것.csv", "표/1-들어온 기록.csv"} <= set(file.namelist())


def test_a_name_is_no_formula_in_the_tables(world: World, mine: Client) -> None:
    mine.post(MY, {"name": "=1+1"})
    assert "'=1+1" in file_of(mine).read("표/1-내 번호와 이름.csv").decode()


def test_the_file_is_for_its_person_and_for_a_day(world: World, mine: Client, texts: Texts) -> None:
    file_of(mine)
    with in_market(world.market.pk):
        address = f"{MY}take/{TakeOut.objects.get().token}.zip"
    other = Client()
    sign_in(other, texts, "010-5555-5555")
    assert other.get(address).status_code == 404
    assert "휴대폰 번호로 들어가기" in text_of(Client().get(address))
    with clock.at(NOON + timedelta(days=1)):
        sign_in(mine, texts, NUMBER)
        gone = mine.get(address)
        assert gone.status_code == 409
        assert "파일은 하루만 두어요." in text_of(gone)
        end_old_take_outs()
    with in_market(world.market.pk):
        assert TakeOut.objects.get().content is None


def test_from_the_asking_to_the_proof(world: World, mine: Client, texts: Texts) -> None:
    assert mine.post(f"{MY}deletion/").status_code == 422
    proof = mine.post(f"{MY}deletion/", {"sure": "yes"})["Location"]
    asked = text_of(mine.get(proof))
    assert "010-****-2000" in asked
    assert "김하나" not in asked
    assert "11월 23일" in text_of(mine.get(MY))

    with clock.at(NOON + timedelta(days=3)):
        Forgetting(privacy.tell).run()
        done = text_of(Client().get(proof))
        assert "지운 것 내 번호와 이름" in done
        assert "주문 1번 · 2031. 11. 20.까지" in done
        assert "휴대폰 번호로 들어가기" in text_of(mine.get(MY))
    with in_market(world.market.pk):
        number = Deletion.objects.get().number
    assert texts.sent[-1][0] == "01000002000"
    assert number in texts.sent[-1][1]


def test_stopping_it_leaves_everything_as_it_was(world: World, mine: Client) -> None:
    mine.post(f"{MY}deletion/", {"sure": "yes"})
    assert mine.post(f"{MY}deletion/stop/").status_code == 302
    again = mine.post(f"{MY}deletion/stop/")
    assert again.status_code == 409
    with clock.at(NOON + timedelta(days=3)):
        Forgetting().run()
    assert User.objects.get().phone == "01000002000"


def test_receipts_of_orders_and_counters_stand_in_one_place(
    world: World, mine: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with clock.at(NOON - timedelta(days=40)):
        bought(world, None)
    for _more in range(4):
        paid_at_counter(world)
    mine.get(f"{MY}receipts/")
    with django_assert_max_num_queries(20):
        page = text_of(mine.get(f"{MY}receipts/"))
    assert "2026년 11월 12,000원" in page
    assert "2026년 10월 2,000원" in page
    assert "그런 영수증이 없어요" in text_of(mine.get(f"{MY}receipts/?q=갈치"))
    assert "2026년 11월 12,000원" in text_of(mine.get(f"{MY}receipts/?q=두부"))


def test_a_guest_sees_the_receipts_of_this_phone_only(world: World, shopper: Client) -> None:
    bought(world, None)
    assert "아직 영수증이 없어요" in text_of(shopper.get(f"{MY}receipts/"))


def test_the_page_of_time_limits_says_what_the_program_does(world: World, shopper: Client) -> None:
    page = text_of(shopper.get("/jangteo/privacy/"))
    assert "5년이 지나면 이름과 번호를 지워요 전자상거래법 시행령 6조" in page
    assert "3달이 지나면 모두 지워요 통신비밀보호법 시행령 41조" in page
