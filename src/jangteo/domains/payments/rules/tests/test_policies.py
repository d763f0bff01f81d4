from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.policies import (
    Allowed,
    Occasion,
    Policy,
    PolicyBook,
    Refusal,
    StallFacts,
    Why,
    eligibility,
    exclusions,
)
from jangteo.domains.payments.rules.refusals import PoliciesOverlap, PolicyUnsound
from jangteo.domains.payments.rules.tenders import KINDS, RefundTo, TenderKind

K = TenderKind
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
GANGNEUNG = "강원특별자치도 강릉시"
ONNURI = Policy(
    id="onnuri-2026",
    scheme="onnuri",
    area="",
    starts=SPRING,
    ends=AUTUMN,
    discount_bp=1_000,
    refused_kinds=frozenset({"bar"}),
    refused_goods=frozenset({"tobacco", "alcohol"}),
)
FISH = StallFacts("순자네 수산", "fish", frozenset({K.ONNURI_DIGITAL, K.CARD, K.COUPON}), frozenset({"onnuri"}))


def ask(
    *,
    stall: StallFacts = FISH,
    kind: TenderKind = K.ONNURI_DIGITAL,
    scheme: str = "onnuri",
    tags: frozenset[str] = frozenset({"fish"}),
    day: date = SUMMER,
) -> Allowed | Refusal:
    occasion = Occasion(GANGNEUNG, day, PolicyBook([ONNURI]))
    return eligibility(kind, scheme, stall=stall, tags=tags, occasion=occasion)


def test_registered_goods_are_allowed_under_the_row_of_the_day() -> None:
    assert ask() == Allowed(ONNURI)
    assert ask(day=SPRING) == Allowed(ONNURI)
    assert ask(day=AUTUMN) == Allowed(ONNURI)


def test_money_without_a_scheme_needs_no_row() -> None:
    assert ask(kind=K.CARD, scheme="") == Allowed(None)
    assert ask(kind=K.COUPON, scheme="") == Allowed(None)


@pytest.mark.parametrize("day", [SPRING - timedelta(1), AUTUMN + timedelta(1)])
def test_no_row_on_the_day_is_a_no(day: date) -> None:
    facts: dict[str, str | int] = {"scheme": "onnuri", "area": GANGNEUNG, "day": day.isoformat()}
    assert ask(day=day) == Refusal(Why.NO_POLICY, facts)


def test_a_voucher_without_its_scheme_is_a_no() -> None:
    assert ask(scheme="") == Refusal(Why.NO_POLICY, {"scheme": "", "area": GANGNEUNG, "day": "2026-06-01"})


def test_a_stall_that_does_not_take_the_kind_is_a_no() -> None:
    assert ask(kind=K.CASH, scheme="") == Refusal(Why.KIND_NOT_TAKEN, {"stall": "순자네 수산", "kind": "cash"})


def test_a_stall_that_is_not_registered_is_a_no() -> None:
    stall = replace(FISH, schemes=frozenset({"local"}))
    assert ask(stall=stall) == Refusal(Why.NOT_REGISTERED, {"stall": "순자네 수산", "scheme": "onnuri"})


def test_a_refused_business_is_a_no_even_when_registered() -> None:
    facts: dict[str, str | int] = {"stall": "순자네 수산", "business": "bar", "scheme": "onnuri"}
    assert ask(stall=replace(FISH, business="bar")) == Refusal(Why.BUSINESS_REFUSED, facts)


def test_refused_goods_are_a_no_and_are_named() -> None:
    answer = ask(tags=frozenset({"fish", "tobacco", "alcohol"}))
    assert answer == Refusal(Why.GOODS_REFUSED, {"tag": "alcohol", "scheme": "onnuri"})


def test_the_smallest_area_has_its_own_row() -> None:
    city = replace(ONNURI, id="city", area=GANGNEUNG, discount_bp=1_500)
    province = replace(ONNURI, id="province", area="강원특별자치도")
    book = PolicyBook([ONNURI, city, province])

    assert book.row("onnuri", GANGNEUNG, SUMMER) == city
    assert book.row("onnuri", "강원특별자치도 원주시", SUMMER) == province
    assert book.row("onnuri", "강원특별자치도민", SUMMER) == ONNURI


def test_rows_may_follow_each_other_from_one_day_to_the_next() -> None:
    later = replace(ONNURI, id="later", starts=AUTUMN + timedelta(1), ends=None, discount_bp=1_500)
    book = PolicyBook([later, ONNURI])

    assert [book.row("onnuri", "", AUTUMN + timedelta(days)) for days in (0, 1)] == [ONNURI, later]


def test_overlapping_rows_are_refused_with_both_names() -> None:
    with pytest.raises(PoliciesOverlap) as refused:
        PolicyBook([replace(ONNURI, id="again", starts=AUTUMN, ends=None), ONNURI])

    assert refused.value.facts == {
        "scheme": "onnuri",
        "area": "",
        "first": "onnuri-2026",
        "second": "again",
        "day": "2026-09-01",
    }


@st.composite
def spans(draw: st.DrawFn) -> Policy:
    start = draw(st.integers(0, 12))
    length = draw(st.none() | st.integers(0, 5))
    return Policy(
        id=str(draw(st.uuids())),
        scheme=draw(st.sampled_from(["onnuri", "local"])),
        area=draw(st.sampled_from(["", GANGNEUNG])),
        starts=SPRING + timedelta(start),
        ends=None if length is None else SPRING + timedelta(start + length),
    )


@given(st.lists(spans(), max_size=5))
def test_a_book_is_refused_exactly_when_two_rows_hold_on_a_day(rows: list[Policy]) -> None:
    clash = any(
        len([row for row in rows if (row.scheme, row.area) == place and row.holds_on(SPRING + timedelta(day))]) > 1
        for place in {(row.scheme, row.area) for row in rows}
        for day in range(18)
    )

    try:
        PolicyBook(rows)
    except PoliciesOverlap:
        assert clash
    else:
        assert not clash


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (replace(ONNURI, ends=SPRING - timedelta(1)), "ends"),
        (replace(ONNURI, discount_bp=10_001), "discount_bp"),
        (replace(ONNURI, discount_bp=-1), "discount_bp"),
        (replace(ONNURI, monthly_cap_won=-1), "monthly_cap_won"),
        (replace(ONNURI, payment_cap_won=-1), "payment_cap_won"),
        (replace(ONNURI, min_won=-1), "min_won"),
        (replace(ONNURI, area=" 강릉시"), "area"),
        (replace(ONNURI, scheme=""), "scheme"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(row: Policy, field: str) -> None:
    with pytest.raises(PolicyUnsound) as refused:
        PolicyBook([row])

    assert refused.value.facts == {"policy": "onnuri-2026", "field": field}


def test_two_rows_of_one_name_are_refused() -> None:
    with pytest.raises(PolicyUnsound) as refused:
        PolicyBook([ONNURI, replace(ONNURI, area=GANGNEUNG)])

    assert refused.value.facts == {"policy": "onnuri-2026", "field": "id"}


def test_the_policy_decides_what_is_not_combined_else_the_kind() -> None:
    cards = frozenset({K.CARD, K.EASY_PAY})

    assert exclusions(K.ONNURI_DIGITAL, replace(ONNURI, excludes=cards)) == cards
    assert exclusions(K.ONNURI_DIGITAL, ONNURI) == frozenset(K) - {K.ONNURI_DIGITAL}
    assert exclusions(K.CARD, None) == frozenset()


def test_every_kind_has_its_facts() -> None:
    assert set(KINDS) == set(K)
    assert len({facts.freedom for facts in KINDS.values()}) == len(K)
    assert [kind for kind, facts in KINDS.items() if facts.refund_to is RefundTo.FUNDER] == [K.COUPON]
