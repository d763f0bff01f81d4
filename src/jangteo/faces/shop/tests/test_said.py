"""Reviews and questions on the customer's screens."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.tests import pictures
from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.inquiries.actions.answer_inquiry import answer_inquiry
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.models import User
from jangteo.domains.reviews.actions.judge_review import judge_review
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.tests.buying import bought, written
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

pytestmark = pytest.mark.django_db
LONG = "가" * 5_000


def review_url(part: StallPart) -> str:
    return reverse("write_review", args=["jangteo", part.order.token, part.pk])


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_order_asks_once_after_the_goods_were_handed_over(world: World, shopper: Client) -> None:
    waiting, handed = bought(world, handed=False), bought(world)
    before = page(shopper, reverse("order", args=["jangteo", waiting.order.token]))
    after = page(shopper, reverse("order", args=["jangteo", handed.order.token]))

    assert "어떠셨어요?" not in before
    assert "가게에 물어보기" in before
    assert f"{review_url(handed)}?stars=5" in after
    assert "물건에 문제가 있어요" in after
    shopper.post(review_url(handed), {"stars": "5", "words": "좋아요"})
    again = page(shopper, reverse("order", args=["jangteo", handed.order.token]))
    assert "어떠셨어요?" not in again
    assert "내가 쓴 후기 보기" in again


def test_a_face_is_enough_and_the_stall_shows_it_with_a_masked_name(world: World, shopper: Client) -> None:
    part = bought(world)
    form = page(shopper, review_url(part) + "?stars=3")
    assert re.search(r'value="3" checked', form)

    answer = shopper.post(review_url(part), {"stars": "5"}, follow=True)

    assert "후기가 올라갔어요" in answer.content.decode()
    shown = page(shopper, reverse("stall_reviews", args=["jangteo", world.tofu_stall.code]))
    assert "김*나" in shown
    assert "김하나" not in shown
    stall = page(shopper, reverse("stall", args=["jangteo", world.tofu_stall.code]))
    assert "후기 1개" in stall
    assert stall.count(">4.2<") == 1
    shopper.post(review_url(part), {"stars": "5", "good": str(world.tofu.pk)})
    stall = page(shopper, reverse("stall", args=["jangteo", world.tofu_stall.code]))
    # Two about the stall, and on the good's own card the one about it.
    assert [stall.count(words) for words in ("후기 2개", "후기 1개")] == [1, 1]


def test_a_sale_at_the_counter_asks_its_own_customer_and_nobody_else(world: World, shopper: Client) -> None:
    told = ToldSale(world.fish.pk, "cash", (ToldLine(4_000, 4_000),), clock.now(), clock.now(), phone="01000000007")
    sale = record_till_sale(market=world.market, actor=SYSTEM, told=told, key=str(uuid.uuid4()))
    url, review = (reverse(name, args=["jangteo", sale.token]) for name in ("sale", "write_sale_review"))
    assert "어떠셨어요?" not in page(shopper, url)

    shopper.force_login(User.objects.get(phone="01000000007"))
    assert f"{review}?stars=5" in page(shopper, url)
    shopper.post(review, {"stars": "5"})

    again = page(shopper, url)
    assert "어떠셨어요?" not in again
    assert "내가 쓴 후기 보기" in again


def test_what_is_wrong_is_said_and_what_was_written_stays(world: World, shopper: Client) -> None:
    part = bought(world)

    for fields, says in (
        ({"stars": "5", "words": LONG}, "지금 5000자예요. 1000자까지 줄여 주세요."),
        ({"stars": "", "words": "좋아요"}, "얼굴 하나를 골라 주세요."),
        ({"stars": "9", "words": "<script>alert(1)</script>"}, "얼굴 하나를 골라 주세요."),
    ):
        answer = shopper.post(review_url(part), fields)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert says in text
        assert "<script>alert" not in text
        kept = fields["words"].replace("<", "&lt;").replace(">", "&gt;")
        assert kept in text
    assert Review._base_manager.count() == 0


def test_scripts_are_text_and_odd_words_wait_and_their_writer_is_told(world: World, shopper: Client) -> None:
    shopper.post(review_url(bought(world)), {"stars": "5", "words": "<img src=x onerror=alert(1)>"})
    told = shopper.post(review_url(bought(world)), {"stars": "1", "words": "010-1234-5678 전화 주세요"}, follow=True)
    shown = page(shopper, reverse("stall_reviews", args=["jangteo", world.tofu_stall.code]))

    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "010-1234-5678" not in shown
    assert "상인회가 한번 읽어 보고 올려요." in told.content.decode()
    assert "전화번호가 있는 것 같아요" in told.content.decode()


def test_the_writer_reads_why_it_was_hidden_and_can_delete_it(world: World, shopper: Client) -> None:
    review = written(world, 1, "나빠요")
    judge_review(market=world.market, actor=SYSTEM, review_id=review.pk, reason="private")
    own = reverse("own_review", args=["jangteo", review.token])

    assert "다른 사람의 이름이나 전화번호가 있어요" in page(shopper, own)
    shopper.post(reverse("delete_review", args=["jangteo", review.token]))
    page(shopper, own, 404)


@pytest.mark.usefixtures("_media")
def test_photos_are_drawn_anew_and_what_is_none_is_said(world: World, shopper: Client) -> None:
    part = bought(world)
    good = pictures.jpeg(pictures.quarters((160, 120)))
    bad = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = shopper.post(review_url(part), {"stars": "5", "words": "사진", "photos": bad})
    assert answer.status_code == 422
    assert "사진" in answer.content.decode()

    photos = [SimpleUploadedFile(f"{n}.jpg", good, "image/jpeg") for n in range(4)]
    too_many = shopper.post(review_url(part), {"stars": "5", "photos": photos})
    assert "사진은 3장까지 올릴 수 있어요." in too_many.content.decode()
    for photo in photos:
        photo.seek(0)
    shopper.post(review_url(part), {"stars": "5", "photos": photos[:3]})

    with in_market(world.market.pk):
        review = Review.objects.get()
        assert review.photos.count() == 3


def test_a_question_goes_there_and_its_answer_comes_back(world: World, shopper: Client) -> None:
    url = reverse("ask_stall", args=["jangteo", world.fish.code]) + f"?good={world.mackerel.pk}"
    key = re.search(r'name="key" value="([^"]+)"', page(shopper, url))
    assert key is not None
    too_long = shopper.post(url, {"words": LONG, "key": key[1]})
    assert (too_long.status_code, LONG in too_long.content.decode()) == (422, True)

    sent = [shopper.post(url, {"words": "오늘 있어요?", "key": key[1]}) for _ in range(2)]

    assert sent[0]["Location"] == sent[1]["Location"]
    with in_market(world.market.pk):
        inquiry = Inquiry.objects.get()
    assert inquiry.good == world.mackerel
    answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=inquiry.pk, words="네, 있어요.")
    fragment = shopper.get(sent[0]["Location"], headers={"X-Fragment": "inquiry"}).content.decode()
    assert "네, 있어요." in fragment
    assert "<html" not in fragment
    assert "답이 왔어요" in page(shopper, reverse("asked_all", args=["jangteo"]))
    assert "답이 왔어요" not in page(Client(), reverse("asked_all", args=["jangteo"]))


def test_a_key_of_somebody_else_opens_nothing(world: World, shopper: Client) -> None:
    key = "the-key-of-another"
    shopper.post(reverse("ask_stall", args=["jangteo", world.fish.code]), {"words": "비밀", "key": key})

    other = Client().post(reverse("ask_stall", args=["jangteo", world.greens.code]), {"words": "?", "key": key})

    assert other.status_code == 422
    assert "비밀" not in other.content.decode()


def test_goods_that_were_wrong_become_a_claim(world: World, shopper: Client) -> None:
    part = bought(world)
    url = reverse("ask_of_order", args=["jangteo", part.order.token, part.pk])
    form = page(shopper, url)
    line = re.search(r'name="line" value="(\d+)" checked', form)
    assert line is not None

    fields = {"why": "spoiled", "line": line[1], "words": "상했어요", "key": "some-key-1"}
    answer = shopper.post(url, fields, follow=True).content.decode()

    assert "상했거나 망가졌어요" in answer
    twice = shopper.post(url, fields | {"key": "some-key-2"})
    assert "벌써 가게에 말해 뒀어요" in twice.content.decode()


def test_pages_with_ratings_take_the_same_statements_however_many_there_are(
    world: World, shopper: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 4):
        while Review._base_manager.count() < count:
            written(world, words="좋아요")
        with django_assert_max_num_queries(8):
            page(shopper, reverse("stall_reviews", args=["jangteo", world.tofu_stall.code]))


@pytest.fixture
def _media(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path)
