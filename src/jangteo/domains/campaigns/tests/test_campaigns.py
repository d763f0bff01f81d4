"""Messages to many, from the press to the report."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.domains.campaigns.actions.change_terms import change_terms
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.actions.stop_campaign import stop_campaign
from jangteo.domains.campaigns.actions.write_template import NewTemplate, write_template
from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.errors import CampaignOver, NobodyToTell, NothingToSay, TemplateIncomplete
from jangteo.domains.campaigns.kinds import Basis, Channel, Fate, Kind, State, TemplateState
from jangteo.domains.campaigns.models import Arrival, Campaign, Dispatch, Recipient
from jangteo.domains.campaigns.proof import Verdict
from jangteo.domains.campaigns.queries import campaign_of, days_left, outcome
from jangteo.domains.campaigns.queries_people import people_of
from jangteo.domains.campaigns.segments import BY_KEY
from jangteo.domains.campaigns.tests.stage import Post, agrees, bought, deliver, phone_of, post, refuses
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.models import User
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Unknown
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def texts() -> Iterator[Post]:
    with post(["JT1"]) as opened:
        yield opened


def wanted(stall: Stall | None, body: str = "오늘 갈치가 좋아요.", segment: str = "all", **more: Any) -> Wanted:
    return Wanted(str(uuid.uuid4()), segment, body, None if stall is None else stall.pk, **more)


def plan(world: World, stall: Stall | None, body: str = "오늘 갈치가 좋아요.", segment: str = "all") -> Campaign:
    return plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted(stall, body, segment))


def fates(campaign: Campaign) -> dict[str, str]:
    with in_market(campaign.market_id):
        rows = Recipient.objects.filter(campaign=campaign).select_related("user")
        return {row.user.phone or "": row.fate for row in rows}


def crowd(world: World, count: int, stall: Stall | None = None) -> None:
    for number in range(count):
        agrees(world, bought(world, stall or world.fish, number))


def test_news_reach_those_who_agreed_and_those_who_bought_of_this_stall_and_nobody_else(
    world: World, texts: Post
) -> None:
    agrees(world, bought(world, world.fish, 1))
    bought(world, world.fish, 2)
    refuses(world, bought(world, world.fish, 3))
    bought(world, world.greens, 4)
    bought(world, world.fish, 5, days_ago=20)

    campaign = plan(world, world.fish)
    assert [type(end) for end in deliver(texts, campaign)] == [Done]

    assert texts.to() == [phone_of(1), phone_of(2), phone_of(5)]
    first = texts.simulator.accepted()[0].draft.text
    assert first.startswith(
        "(광고)장터시장 순자네 수산\n오늘 갈치가 좋아요.\n문의 010-0000-1000\n무료거부 http://jangteo.test/"
    )
    with in_market(world.market.pk):
        listed = campaign_of(campaign.pk)
    assert (listed.sent, listed.held, listed.campaign.state, listed.won) == (3, 0, State.DONE, 129)


def test_of_the_market_as_a_whole_nobody_has_bought(world: World, texts: Post) -> None:
    bought(world, world.fish, 1)

    with pytest.raises(NobodyToTell):
        plan(world, None)

    agrees(world, bought(world, world.greens, 2))
    deliver(texts, plan(world, None))
    assert texts.to() == [phone_of(2)]


def test_who_says_no_between_the_press_and_the_sending_gets_nothing(world: World, texts: Post) -> None:
    one, other = (bought(world, world.fish, number) for number in (1, 2))
    agrees(world, one)
    agrees(world, other)
    campaign = plan(world, world.fish)

    refuses(world, one)
    deliver(texts, campaign)

    assert texts.to() == [phone_of(2)]
    assert fates(campaign) == {phone_of(1): Fate.BARRED, phone_of(2): Fate.SENT}


def test_what_becomes_late_on_its_way_stays_for_nobody_is_woken(world: World, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    campaign = plan(world, world.fish)

    with clock.at(datetime.fromisoformat("2026-11-20T21:00:00+09:00")):
        deliver(texts, campaign)

    assert texts.to() == []
    assert fates(campaign) == {phone_of(1): Fate.BARRED}


def test_put_off_at_night_it_leaves_at_eight(world: World, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    morning = datetime.fromisoformat("2026-11-21T08:00:00+09:00")
    campaign = plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted(world.fish, send_at=morning))
    effects = CampaignEffects(texts.senders)

    with clock.at(morning - timedelta(seconds=1)):
        effects.begin_due()
    assert deliver(texts, campaign) == []
    with clock.at(morning):
        effects.begin_due()
        assert deliver(texts, campaign) == [Done()]

    assert texts.to() == [phone_of(1)]


def test_nobody_gets_more_than_two_a_week_out_of_the_whole_market(world: World, texts: Post) -> None:
    user = bought(world, world.fish, 1)
    for stall in (world.greens, world.tofu_stall):
        bought(world, stall, 1)
    agrees(world, user)

    for stall in (world.fish, world.greens):
        assert deliver(texts, plan(world, stall)) == [Done()]
    with pytest.raises(NobodyToTell):
        plan(world, world.tofu_stall)

    with clock.at(NOON + timedelta(days=7)):
        deliver(texts, plan(world, world.tofu_stall))
    assert len(texts.to()) == 3


def test_two_that_were_planned_before_either_left_do_not_both_give_the_last(world: World, texts: Post) -> None:
    change_terms(market=world.market, actor=SYSTEM, values={"cap_a_week": 1})
    agrees(world, bought(world, world.fish, 1))
    bought(world, world.greens, 1)
    both = [plan(world, stall) for stall in (world.fish, world.greens)]

    for campaign in both:
        deliver(texts, campaign)

    assert texts.to() == [phone_of(1)]


def test_the_same_press_twice_is_one_message(world: World, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    asked = wanted(world.fish)

    one, other = (plan_campaign(market=world.market, actor=SYSTEM, wanted=asked) for _ in range(2))
    deliver(texts, one)
    deliver(texts, one)
    with pytest.raises(CampaignOver):
        stop_campaign(market=world.market, actor=SYSTEM, campaign_id=one.pk)

    assert one == other
    assert texts.to() == [phone_of(1)]


def test_an_answer_that_was_lost_is_looked_for_before_anything_is_sent_again(world: World, texts: Post) -> None:
    crowd(world, 3)
    campaign = plan(world, world.fish)
    texts.simulator.dial.next_up("send_many", "server_error_after_commit")

    assert [type(end) for end in deliver(texts, campaign)] == [Unknown]
    assert set(fates(campaign).values()) == {Fate.CLAIMED}
    assert deliver(texts, campaign) == [Done()]

    assert texts.to() == [phone_of(number) for number in range(3)]
    assert set(fates(campaign).values()) == {Fate.SENT}


def test_one_that_did_not_leave_passes_the_gate_anew(world: World, texts: Post) -> None:
    one, other = (bought(world, world.fish, number) for number in (1, 2))
    agrees(world, one)
    agrees(world, other)
    campaign = plan(world, world.fish)
    texts.simulator.dial.next_up("send_many", "server_error")
    deliver(texts, campaign)

    refuses(world, one)
    deliver(texts, campaign)

    assert texts.to() == [phone_of(2)]


def test_a_number_that_carriers_block_fails_and_the_others_arrive(world: World, texts: Post) -> None:
    crowd(world, 3)
    texts.simulator.texts.blocked = {phone_of(1)}
    campaign = plan(world, world.fish)

    deliver(texts, campaign)

    assert fates(campaign) == {phone_of(0): Fate.SENT, phone_of(1): Fate.FAILED, phone_of(2): Fate.SENT}


def test_stopped_half_way_the_rest_gets_nothing(world: World, texts: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jangteo.domains.campaigns.actions.plan_campaign.BATCH", 5)
    crowd(world, 8)
    campaign = plan(world, world.fish)
    effects, rows = CampaignEffects(texts.senders), list(OutboxRow.objects.filter(topic="campaign.send").order_by("pk"))

    with in_market(world.market.pk):
        effects.send(rows[0])
    stopped = stop_campaign(market=world.market, actor=SYSTEM, campaign_id=campaign.pk, stall_id=world.fish.pk)
    with in_market(world.market.pk):
        effects.send(rows[1])

    assert (len(rows), stopped, len(texts.to())) == (2, 3, 5)
    assert stop_campaign(market=world.market, actor=SYSTEM, campaign_id=campaign.pk) == 0
    with pytest.raises(Campaign.DoesNotExist):
        stop_campaign(market=world.market, actor=SYSTEM, campaign_id=campaign.pk, stall_id=world.greens.pk)


def test_alimtalk_to_who_has_no_kakao_goes_as_a_text_and_is_told_once(world: World, texts: Post) -> None:
    crowd(world, 2)
    change_terms(market=world.market, actor=SYSTEM, values={"profile": "PF1"})
    new = NewTemplate("JT1", "쿠폰", "#{보낸이}\n#{내용}\n#{근거}", Basis.BOUGHT, TemplateState.APPROVED)
    template = write_template(market=world.market, actor=SYSTEM, new=new)
    asked = wanted(world.fish, "1,000원 쿠폰이 왔어요.", kind=Kind.GRANTED, template_id=template.pk)
    campaign = plan_campaign(market=world.market, actor=SYSTEM, wanted=asked)
    texts.simulator.texts.without_kakao = {phone_of(1)}

    deliver(texts, campaign)
    texts.simulator.texts.settle()
    for _ in range(2):
        CampaignEffects(texts.senders).read_reports()

    with in_market(world.market.pk):
        told = dict(Arrival.objects.values_list("dispatch__user__phone", "replaced"))
        assert told == {phone_of(0): False, phone_of(1): True}
        assert set(Dispatch.objects.values_list("channel", flat=True)) == {Channel.ALIMTALK}
        assert campaign_of(campaign.pk).won == 22 + 32


def test_a_template_that_solapi_refuses_is_followed_by_a_text_to_who_agreed(world: World, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    change_terms(market=world.market, actor=SYSTEM, values={"profile": "PF1"})
    new = NewTemplate("GONE", "쿠폰", "#{내용} #{근거}", Basis.BOUGHT, TemplateState.APPROVED)
    template = write_template(market=world.market, actor=SYSTEM, new=new)
    asked = wanted(world.fish, "쿠폰이 왔어요.", kind=Kind.GRANTED, template_id=template.pk)
    campaign = plan_campaign(market=world.market, actor=SYSTEM, wanted=asked)

    assert deliver(texts, campaign) == [Done()]

    (text,) = texts.simulator.accepted()
    assert text.draft.text.startswith("(광고)")
    assert fates(campaign) == {phone_of(1): Fate.SENT}


@pytest.mark.parametrize("body", ["", " \n ", "(광고)"])
def test_nothing_is_not_sent(world: World, body: str) -> None:
    with pytest.raises(NothingToSay):
        plan(world, world.fish, body)


@pytest.mark.parametrize("body", ["#{내용}", "(광고)#{내용}#{근거}", "#{근거}"])
def test_a_template_says_why_and_is_no_advertising(world: World, body: str) -> None:
    new = NewTemplate("JT2", "쿠폰", body, Basis.BOUGHT, TemplateState.DRAFT)
    with pytest.raises(TemplateIncomplete):
        write_template(market=world.market, actor=SYSTEM, new=new)


def test_segments_are_what_their_words_say(world: World) -> None:
    for days_ago in (40, 20, 5):
        bought(world, world.fish, 1, days_ago=days_ago)
    for days_ago in (200, 150, 90):
        bought(world, world.fish, 2, days_ago=days_ago)
    bought(world, world.fish, 3, days_ago=3)
    bought(world, world.greens, 4)
    for _ in range(3):
        bought(world, world.fish, 5)

    def phones(key: str, stall: Stall | None) -> list[int]:
        with in_market(world.market.pk):
            ids = people_of(BY_KEY[key], None if stall is None else stall.pk)
        numbers = {bought_by.pk: number for number, bought_by in users.items()}
        return [numbers[user_id] for user_id in ids]

    users = {number: User.objects.get(phone=phone_of(number)) for number in range(1, 6)}
    assert phones("regular", world.fish) == [1]
    assert phones("lapsed", world.fish) == [2]
    assert phones("new", world.fish) == [3, 5]
    assert phones("today", None) == [4, 5]
    assert phones("all", world.fish) == [1, 2, 3, 5]


def test_what_a_message_did_is_read_from_what_both_groups_bought(
    world: World, texts: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jangteo.domains.campaigns.drawing.LEAST_HELD", 2)
    crowd(world, 15)
    campaign = plan(world, world.fish)
    deliver(texts, campaign)
    back = [int(phone[3:]) for phone, fate in fates(campaign).items() if fate == Fate.SENT][:5]

    with clock.at(NOON + timedelta(days=3)):
        for number in back:
            bought(world, world.fish, number, won=5_000)
        bought(world, world.greens, back[0], won=99_000)
    with clock.at(NOON + timedelta(days=15)):
        bought(world, world.fish, back[0], won=7_000)
    with clock.at(NOON + timedelta(days=5)), in_market(world.market.pk):
        assert (outcome(campaign).is_over, days_left(campaign)) == (False, 9)
    with clock.at(NOON + timedelta(days=16)), in_market(world.market.pk):
        proof = outcome(campaign)

    assert (proof.sent.people, proof.sent.back, sum(proof.sent.won)) == (12, 5, 25_000)
    assert (proof.held.people, proof.held.back, proof.is_over) == (3, 0, True)
    assert proof.verdict is Verdict.UNKNOWN


def test_what_people_said_and_what_was_sent_can_only_be_added_to(world: World, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    deliver(texts, plan(world, world.fish))

    for statement in (
        "UPDATE campaigns_consent SET at = now()",
        "DELETE FROM campaigns_consent",
        "UPDATE campaigns_dispatch SET at = now()",
        "DELETE FROM campaigns_dispatch",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
