"""Questions, claims and reviews on the stall's phone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jangteo.domains.inquiries.actions.ask_stall import ask_stall
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.wanted import WantedInquiry
from jangteo.domains.ordering.models import Line
from jangteo.domains.payments.models import Giveback
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.tests.buying import bought, written
from jangteo.kernel import ids
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World

pytestmark = pytest.mark.django_db


def asked(world: World, why: str = "") -> Inquiry:
    part = bought(world, world.mackerel)
    with in_market(world.market.pk):
        lines = tuple(Line.objects.filter(part=part).values_list("pk", flat=True)) if why else ()
    wanted = WantedInquiry(world.fish.pk, "비린내가 나요", ids.new_token(), part_id=part.pk, why=why, line_ids=lines)
    return ask_stall(market=world.market, actor=GUEST, wanted=wanted)


def state_of(world: World, inquiry: Inquiry) -> str:
    with in_market(world.market.pk):
        return Inquiry.objects.get(pk=inquiry.pk).state


def test_a_question_is_told_once_and_answered_in_two_taps(world: World, phone: Client, stranger: Client) -> None:
    inquiry = asked(world)
    today = phone.get(reverse("merchant:today")).content.decode()
    assert f'data-tell="ask-{inquiry.pk}-1"' in today
    assert "data-call" not in today
    assert "비린내가 나요" in phone.get(reverse("merchant:asks")).content.decode()
    url = reverse("merchant:ask", args=[inquiry.pk])
    shown = phone.get(url).content.decode()
    assert "김*나" in shown
    assert "010-0000-2000" not in shown
    assert "01000002000" not in shown

    answer = phone.post(url, {"said": "네, 있어요. 지금 오시면 돼요."})

    assert answer["Location"] == f"{url}?did=answered"
    assert state_of(world, inquiry) == "answered"
    assert 'data-tell="ask-' not in phone.get(reverse("merchant:today")).content.decode()
    assert stranger.get(url).status_code == 404


def test_an_answer_that_is_too_long_stays_in_the_field(world: World, phone: Client) -> None:
    inquiry = asked(world)
    words = "가" * 1_001

    answer = phone.post(reverse("merchant:ask", args=[inquiry.pk]), {"said": words})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert state_of(world, inquiry) == "waiting"


def test_the_money_of_a_claim_goes_back_once(world: World, phone: Client) -> None:
    inquiry = asked(world, "spoiled")
    url = reverse("merchant:claim_give_back", args=[inquiry.pk])
    shown = phone.get(reverse("merchant:ask", args=[inquiry.pk])).content.decode()
    assert url in shown
    assert reverse("merchant:claim_decline", args=[inquiry.pk]) not in shown
    assert phone.post(reverse("merchant:claim_decline", args=[inquiry.pk]), {"said": "싫어요"}).status_code == 409

    phone.get(url)
    phone.post(url)
    phone.post(url)

    assert state_of(world, inquiry) == "accepted"
    with in_market(world.market.pk):
        assert Giveback.objects.filter(reason=f"decided_claim-{inquiry.pk}").count() <= 1


def test_a_change_of_mind_about_fish_can_be_declined_with_a_reason(world: World, phone: Client) -> None:
    inquiry = asked(world, "mind")
    url = reverse("merchant:claim_decline", args=[inquiry.pk])
    assert url in phone.get(reverse("merchant:ask", args=[inquiry.pk])).content.decode()

    phone.post(url, {"said": "생선은 시간이 지나면 팔 수 없어서요."})

    assert state_of(world, inquiry) == "declined"


def test_a_review_is_answered_or_brought_to_the_association(world: World, phone: Client, stranger: Client) -> None:
    review = written(world, 1, "짜요", part=bought(world, world.mackerel))
    url = reverse("merchant:review", args=[review.pk])
    assert stranger.get(url).status_code == 404
    assert "답글 쓰기" in phone.get(reverse("merchant:reviews")).content.decode()

    phone.post(url, {"said": "고맙습니다."})
    phone.post(reverse("merchant:report_review", args=[review.pk]), {"reason": "untrue"})

    with in_market(world.market.pk):
        kept = Review.objects.get(pk=review.pk)
    assert (kept.answer, kept.state, kept.reports) == ("고맙습니다.", "shown", 1)
