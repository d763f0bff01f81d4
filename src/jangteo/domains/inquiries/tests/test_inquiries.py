from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.inquiries import errors
from jangteo.domains.inquiries.actions.answer_inquiry import answer_inquiry
from jangteo.domains.inquiries.actions.ask_stall import ask_stall
from jangteo.domains.inquiries.actions.close_inquiry import close_inquiry
from jangteo.domains.inquiries.actions.decide_claim import decide_claim
from jangteo.domains.inquiries.actions.forget_inquiries import forget_inquiries
from jangteo.domains.inquiries.actions.say_more import say_more
from jangteo.domains.inquiries.models import Inquiry, PastInquiries, Said
from jangteo.domains.inquiries.queries import inquiries_at, inquiries_late, inquiry_by_token, verdict_on, waiting_at
from jangteo.domains.inquiries.rules import RIGHTS, Verdict, Why, strictest, verdict
from jangteo.domains.inquiries.wanted import WantedInquiry
from jangteo.domains.markets.models import Kind
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.models import LiveEvent
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import GUEST, NOON, World, wants

STAFF = Actor(ActorKind.STAFF, "device:1")


def asked(world: World, words: str = "오늘 고등어 있어요?", **more: object) -> Inquiry:
    told: dict[str, object] = {"stall_id": world.fish.pk, "words": words, "key": ids.new_token(), **more}
    return ask_stall(market=world.market, actor=GUEST, wanted=WantedInquiry(**told))  # type: ignore[arg-type]  # fields by name


def part_of(world: World, *, handed: bool = True) -> StallPart:
    placed = place_order(market=world.market, actor=GUEST, wanted=wants((world.mackerel, 1)), key=ids.new_token())
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
    for act in (accept_part, ready_part, hand_over_part) if handed else ():
        act(market=world.market, actor=SYSTEM, part_id=part.pk)
    return part


def claimed(world: World, why: Why = Why.SPOILED, part: StallPart | None = None) -> Inquiry:
    part = part or part_of(world)
    with in_market(world.market.pk):
        lines = tuple(Line.objects.filter(part=part).values_list("pk", flat=True))
    return asked(world, "상했어요", part_id=part.pk, why=why.value, line_ids=lines)


def fresh(world: World, inquiry: Inquiry) -> Inquiry:
    with in_market(world.market.pk):
        found = inquiry_by_token(inquiry.token)
    assert found is not None
    return found


def test_a_question_is_answered_and_both_screens_are_told(world: World) -> None:
    with clock.at(NOON):
        inquiry = asked(world, good_id=world.mackerel.pk)
    assert (inquiry.state, inquiry.due_at) == ("waiting", NOON + timedelta(hours=24))

    answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=inquiry.pk, words="네, 있어요.")
    answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=inquiry.pk, words="네, 있어요.")

    found = fresh(world, inquiry)
    assert (found.state, found.due_at) == ("answered", None)
    said = [(one.by, one.words) for one in found.said.all()]
    assert said == [("customer", "오늘 고등어 있어요?"), ("stall", "네, 있어요.")]
    told = LiveEvent.objects.filter(kind__startswith="inquiry_").order_by("pk").values_list("channel", "kind")
    pk, stall = inquiry.pk, world.fish.pk
    assert list(told) == [
        (f"inquiry:{pk}", "inquiry_waiting"),
        (f"stall:{stall}", "inquiry_waiting"),
        (f"inquiry:{pk}", "inquiry_answered"),
        (f"stall:{stall}", "inquiry_answered"),
    ]


def test_the_same_press_twice_is_one_question(world: World) -> None:
    key = ids.new_token()

    assert asked(world, key=key).pk == asked(world, key=key).pk
    with in_market(world.market.pk):
        assert waiting_at(world.fish.pk).count == 1


def test_bad_words_are_refused_in_full_sentences_and_nothing_is_written(world: World) -> None:
    with pytest.raises(errors.WordsTooLong) as no:
        asked(world, "가" * 5_000)
    assert no.value.facts == {"have": 5_000, "most": 1_000}
    for empty in ("", "  \n", "\u200b\x00"):
        with pytest.raises(errors.WordsMissing):
            asked(world, empty)
    with pytest.raises(errors.BadSubject):
        asked(world, good_id=world.kimchi.pk)
    with pytest.raises(errors.BadSubject):
        asked(world, part_id=part_of(world).pk, stall_id=world.stranger.pk)
    assert Inquiry._base_manager.count() == 0


def test_a_stall_sees_its_own_and_only_a_masked_name(world: World) -> None:
    inquiry = claimed(world)

    assert inquiry.asker == "김*나"
    with in_stall(world.market.pk, world.stranger.pk):
        assert inquiries_at(world.stranger.pk) == []
        assert not Inquiry.objects.filter(pk=inquiry.pk).exists()
    with in_stall(world.market.pk, world.stranger.pk), pytest.raises(Inquiry.DoesNotExist):
        answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=inquiry.pk, words="네")


def test_what_waits_too_long_is_seen_by_the_association(world: World) -> None:
    with clock.at(NOON):
        question, claim = asked(world), claimed(world)
        say_more(market=world.market, actor=GUEST, token=question.token, words="급해요")

    def late(hours: float) -> list[int]:
        with in_market(world.market.pk):
            return [one.pk for one in inquiries_late(NOON + timedelta(hours=hours))]

    assert late(12) == []
    assert late(12.01) == [claim.pk]
    assert late(24.01) == [claim.pk, question.pk]
    answer_inquiry(market=world.market, actor=STAFF, inquiry_id=question.pk, words="상인회예요.")
    assert late(99) == [claim.pk]
    assert [one.by for one in fresh(world, question).said.all()] == ["customer", "customer", "office"]


def test_a_closed_one_opens_again_with_a_further_word(world: World) -> None:
    inquiry = asked(world)
    close_inquiry(market=world.market, actor=GUEST, token=inquiry.token)
    close_inquiry(market=world.market, actor=GUEST, token=inquiry.token)
    with pytest.raises(errors.InquiryOver):
        answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=inquiry.pk, words="네")

    assert say_more(market=world.market, actor=GUEST, token=inquiry.token, words="아니 잠깐요").state == "waiting"


def test_a_claim_names_goods_that_were_handed_over_and_once(world: World) -> None:
    part = part_of(world, handed=False)
    with pytest.raises(errors.NotHandedOver):
        claimed(world, part=part)
    with pytest.raises(errors.BadSubject):
        asked(world, "상했어요", part_id=part.pk, why="spoiled")
    with pytest.raises(errors.BadSubject):
        asked(world, "상했어요", why="spoiled")
    first = claimed(world)
    with pytest.raises(errors.ClaimOpen):
        claimed(world, part=first.part)


def test_what_the_law_gives_cannot_be_refused(world: World) -> None:
    spoiled, mind = claimed(world), claimed(world, Why.MIND)
    with pytest.raises(errors.MayNotRefuse):
        decide_claim(market=world.market, actor=SYSTEM, inquiry_id=spoiled.pk, accept=False, words="싫어요")
    with pytest.raises(errors.WordsMissing):
        decide_claim(market=world.market, actor=SYSTEM, inquiry_id=mind.pk, accept=False, words=" ")

    no = decide_claim(market=world.market, actor=SYSTEM, inquiry_id=mind.pk, accept=False, words="생선은 어려워요")
    yes = decide_claim(market=world.market, actor=SYSTEM, inquiry_id=spoiled.pk, accept=True, words="")

    assert (no.state, yes.state) == ("declined", "accepted")
    again = decide_claim(market=world.market, actor=SYSTEM, inquiry_id=spoiled.pk, accept=True, words="")
    assert Said._base_manager.filter(inquiry=again).count() == 2
    with pytest.raises(errors.InquiryOver):
        say_more(market=world.market, actor=GUEST, token=spoiled.token, words="더")
    assert say_more(market=world.market, actor=GUEST, token=mind.token, words="그래도요").state == "waiting"


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("why", "kind", "after", "expected"),
    [
        (Why.MIND, "fish", timedelta(0), Verdict.MAY_FRESH),
        (Why.MIND, "home", 7 * DAY, Verdict.MUST),
        (Why.MIND, "home", 7 * DAY + timedelta(seconds=1), Verdict.LATE),
        (Why.SPOILED, "fish", 30 * DAY, Verdict.MUST),
        (Why.WRONG, "vegetables", 30 * DAY + timedelta(seconds=1), Verdict.LATE),
        (Why.SHORT, "meat", DAY, Verdict.MUST),
    ],
)
def test_who_decides_by_reason_goods_and_time(why: Why, kind: str, after: timedelta, expected: Verdict) -> None:
    assert verdict(why, kind, NOON, NOON + after) == expected
    assert set(RIGHTS) == set(Why)


def test_one_thing_that_is_due_makes_the_claim_due(world: World) -> None:
    assert strictest([Verdict.MAY_FRESH, Verdict.MUST, Verdict.LATE]) == Verdict.MUST
    claim = claimed(world, Why.MIND)
    with in_market(world.market.pk):
        assert verdict_on(claim) == Verdict.MAY_FRESH
        Kind.objects.filter(key="fish").update(key="home")
        assert verdict_on(claim) == Verdict.MUST


def test_long_after_the_words_are_gone_and_the_numbers_stay(world: World) -> None:
    with clock.at(NOON):
        old, kept = asked(world), asked(world)
        answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=old.pk, words="네")
    with clock.at(NOON + timedelta(days=1)):
        answer_inquiry(market=world.market, actor=SYSTEM, inquiry_id=kept.pk, words="늦었네요")
    counted = [
        forget_inquiries(market=world.market, actor=SYSTEM, before=NOON + timedelta(hours=hours)) for hours in (0, 1, 1)
    ]
    assert counted == [0, 1, 0]

    assert [one.pk for one in Inquiry._base_manager.all()] == [kept.pk]
    assert Said._base_manager.filter(inquiry_id=old.pk).count() == 0
    past = PastInquiries._base_manager.values_list("count", "in_time", "kind")
    assert list(past) == [(1, 1, "question")]


def test_the_inbox_takes_the_same_statements_for_one_and_for_many(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 4):
        while Inquiry._base_manager.count() < count:
            asked(world)
        with in_market(world.market.pk), django_assert_num_queries(3):
            assert [len(one.said.all()) for one in inquiries_at(world.fish.pk)] == [1] * count
        with in_market(world.market.pk), django_assert_num_queries(1):
            assert waiting_at(world.fish.pk).count == count
