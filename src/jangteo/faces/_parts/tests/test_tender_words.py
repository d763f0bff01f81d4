from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation

from jangteo.domains.payments.rules.policies import Refusal, Why
from jangteo.domains.payments.rules.refusals import PoliciesOverlap, PolicyRowBroken, PolicyTooLate, PolicyUnsound
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.money_sentences import MONEY_SENTENCES
from jangteo.faces._parts.words.particles import by, object_, together, topic
from jangteo.faces._parts.words.tenders import (
    BOUNDS,
    REASONS,
    TENDERS,
    Names,
    rate_words,
    scheme_name,
    tender_name,
    why_words,
)

NAMES = Names(
    today=date(2026, 11, 20),
    stalls={"7": "순금당"},
    lines={"31": "고등어 1손"},
    tenders={"onnuri": "디지털 온누리상품권"},
    kinds={"alcohol": "술"},
)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (
            Refusal(Why.BUSINESS_REFUSED, {"stall": "7", "business": "gold", "scheme": "onnuri"}),
            "순금당은 디지털 온누리상품권을 받지 않는 업종이에요. 다른 돈으로 내 주세요.",
        ),
        (
            Refusal(Why.KIND_NOT_TAKEN, {"stall": "7", "kind": "local_currency"}),
            "순금당은 지역화폐를 받지 않아요. 다른 돈으로 내 주세요.",
        ),
        (
            Refusal(Why.NO_POLICY, {"scheme": "local", "area": "강원특별자치도 강릉시", "day": "2026-11-20"}),
            "오늘, 강릉시에서는 지역화폐를 쓸 수 없어요. 다른 돈으로 내 주세요.",
        ),
        (
            Refusal(Why.NO_POLICY, {"scheme": "강릉페이", "area": "", "day": "2026-11-22"}),
            "11월 22일 (일), 우리 시장에서는 강릉페이를 쓸 수 없어요. 다른 돈으로 내 주세요.",
        ),
        (
            Refusal(Why.NOT_REGISTERED, {"stall": "7", "scheme": "onnuri"}),
            "순금당은 아직 디지털 온누리상품권 가맹점이 아니에요. 다른 돈으로 내 주세요.",
        ),
        (
            Refusal(Why.GOODS_REFUSED, {"tag": "alcohol", "scheme": "onnuri"}),
            "술은 디지털 온누리상품권을 쓸 수 없는 물건이에요. 다른 돈으로 내 주세요.",
        ),
        (
            Refusal(Why.OTHER_GOODS, {"line": "31"}),
            "고등어 1손 살 때는 쓸 수 없어요. 정해진 물건에만 쓸 수 있어요.",
        ),
        (
            Refusal(Why.BELOW_MINIMUM, {"needs_won": 30_000, "goods_won": 21_500}),
            "30,000원부터 쓸 수 있어요. 8,500원어치 더 담으면 돼요.",
        ),
        (
            Refusal(Why.MONTH_USED_UP, {"cap_won": 500_000}),
            "이번 달에 쓸 수 있는 500,000원을 다 썼어요. 다음 달에 다시 쓸 수 있어요.",
        ),
        (Refusal(Why.EMPTY, {}), "남은 금액이 없어요. 채우면 다음에 쓸 수 있어요."),
        (
            Refusal(Why.NOT_COMBINED, {"beside": "onnuri"}),
            "디지털 온누리상품권과 함께 쓸 수 없어요. 하나만 골라 주세요.",
        ),
        (Refusal(Why.NOT_NEEDED, {}), "쓰지 않아도 다 낼 수 있어요."),
        (
            Refusal(Why.SAVES, {"won": 18_000, "discount_bp": 1_000, "saved_won": 1_800, "bound": "monthly_cap"}),
            "10% 아껴요. 이번 달에 쓸 수 있는 만큼이에요.",
        ),
        (
            Refusal(Why.SAVES, {"won": 5_000, "discount_bp": 10_000, "saved_won": 5_000, "bound": "balance"}),
            "5,000원을 덜 내요. 가진 만큼 다 써요.",
        ),
        (Refusal(Why.PAYS, {"won": 9_000, "bound": "shared"}), "나머지를 내요."),
    ],
)
def test_every_why_is_a_sentence_with_its_facts(why: Refusal, words: str) -> None:
    assert why_words(why, NAMES) == words


def test_what_is_saved_afterwards_is_said_so() -> None:
    why = Refusal(Why.SAVES, {"won": 10_000, "discount_bp": 750, "saved_won": 750, "bound": "goods"})

    assert why_words(why, NAMES, later=True) == "7.5%를 나중에 돌려받아요. 쓸 수 있는 물건값을 다 내요."


def test_nothing_is_without_words() -> None:
    assert set(REASONS) == set(Why)
    assert set(TENDERS) == set(TenderKind)
    assert set(BOUNDS) == {"goods", "balance", "payment_cap", "monthly_cap", "whole_lines", "shared"}


def test_english_has_no_particles() -> None:
    with translation.override("en"):
        words = why_words(Refusal(Why.BUSINESS_REFUSED, {"stall": "7", "business": "gold", "scheme": "onnuri"}), NAMES)
        names = [tender_name(TenderKind.CASH), scheme_name("local")]

    assert re.findall(r"[가-힣]+", words) == ["순금당"]
    assert names == ["Cash", "Local currency"]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("온누리상품권", ("은", "을", "과", "으로")),
        ("지역화폐", ("는", "를", "와", "로")),
        ("술", ("은", "을", "과", "로")),
        ("고등어 3", ("은", "을", "과", "으로")),
        ("5호", ("는", "를", "와", "로")),
        ("상품 2", ("는", "를", "와", "로")),
        ("상품 8", ("은", "을", "과", "로")),
        ("LG몰)", ("은", "을", "과", "로")),
        ("Pay", ("는", "를", "와", "로")),
        ("", ("는", "를", "와", "로")),
    ],
)
def test_particles_follow_the_sound(word: str, forms: tuple[str, ...]) -> None:
    assert tuple(join(word).removeprefix(word) for join in (topic, object_, together, by)) == forms


@pytest.mark.parametrize(("points", "words"), [(1_000, "10"), (750, "7.5"), (5, "0.05"), (0, "0"), (10_000, "100")])
def test_rates(points: int, words: str) -> None:
    assert rate_words(points) == words


def test_refusals_of_policies_name_what_they_are_about() -> None:
    told = [
        PoliciesOverlap(scheme="local", area="강릉시", first="4", second="line:3", day="2027-01-01"),
        PolicyTooLate(policy="4", day="2026-11-19"),
        PolicyUnsound(policy="new", field="ends"),
        PolicyRowBroken(file="정책.csv", line=3, column="할인율(%)"),
    ]

    assert [sentence(one) for one in told] == [
        "4번 정책과 파일 3줄, 1월 1일 (금)에 둘 다 해당돼요. 하나의 끝나는 날이나 시작하는 날을 고쳐 주세요.",
        "4번 정책은 벌써 쓰이고 있어요. 지난 날은 바꿀 수 없으니 오늘이나 그 뒤로 적어 주세요.",
        "새 정책의 ‘끝나는 날’ 칸을 다시 봐 주세요.",
        "‘정책.csv’ 파일 3줄의 ‘할인율(%)’ 칸을 읽을 수 없어요. 고쳐서 다시 올려 주세요.",
    ]


def test_sentences_about_numbers_and_files_stand_together() -> None:
    families = [code.partition(".")[0] for code in MONEY_SENTENCES]

    assert len([one for one, other in pairwise(families) if one != other]) == len(set(families)) - 1
