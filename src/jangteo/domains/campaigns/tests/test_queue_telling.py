"""Whoever waits for the rebate desk is told of their turn: once, while it is true, and the number is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.campaigns.tests.stage import Post, post
from jangteo.domains.ordering.errors import BadPhone
from jangteo.domains.rebates.actions.ask_to_be_told import ask_to_be_told
from jangteo.domains.rebates.actions.call_next import call_next
from jangteo.domains.rebates.actions.move_visit import move_visit
from jangteo.domains.rebates.errors import ToldTooOften, VisitOver
from jangteo.domains.rebates.jobs import forget_old_phones
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rebates.personal import kept
from jangteo.domains.rebates.tests.desks import number, rebate
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Ending, Unknown
from jangteo.kernel.personal import Person
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

S = RebateVisit.State
PHONE = "010-2345-6789"


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


def asks(world: World, visit: RebateVisit, phone: str = PHONE) -> RebateVisit:
    return ask_to_be_told(market=world.market, actor=SYSTEM, visit_id=visit.pk, phone=phone)


def sent(texts: Post) -> list[str]:
    """The worker's round; every text that has left until then, the oldest first."""
    for row in OutboxRow.objects.filter(topic="rebate.tell", status="queued").order_by("pk"):
        row.attempts += 1
        row.status = "queued" if isinstance(_handled(texts, row), Unknown) else "finished"
        row.save()
    return [text.draft.text for text in reversed(texts.simulator.texts.newest_first())]


def _handled(texts: Post, row: OutboxRow) -> Ending:
    with in_market(row.market_id):
        return CampaignEffects(texts.senders).tell_of_turn(row)


def told(visit: RebateVisit) -> tuple[str, str]:
    with in_market(visit.market_id):
        visit.refresh_from_db()
    return visit.told, visit.phone


def test_it_is_told_when_two_are_left_before_and_only_once(world: World, texts: Post) -> None:
    event = rebate(world)
    *_, mine = (number(world, event) for _ in range(5))
    asks(world, mine)
    call_next(market=world.market, actor=SYSTEM, event_id=event.pk)
    assert sent(texts) == []

    call_next(market=world.market, actor=SYSTEM, event_id=event.pk)
    assert sent(texts) == ["[장터시장] 환급 5번, 앞에 2분 계세요. 오실 곳: 고객지원센터 앞"]
    call_next(market=world.market, actor=SYSTEM, event_id=event.pk)
    assert len(sent(texts)) == 1
    assert texts.to() == ["01023456789"]
    with in_market(world.market.pk):
        assert list(Dispatch.objects.values_list("kind", "channel", "cost_per_100")) == [("notice", "sms", 1_320)]


def test_who_asks_when_it_is_their_turn_is_told_at_once(world: World, texts: Post) -> None:
    event = rebate(world)
    called, after, third = (number(world, event) for _ in range(3))
    call_next(market=world.market, actor=SYSTEM, event_id=event.pk)
    asks(world, called)
    asks(world, after, "010-1111-2222")
    asks(world, third, "010-3333-4444")
    assert sent(texts) == [
        "[장터시장] 환급 1번, 차례가 됐어요. 지금 오세요. 오실 곳: 고객지원센터 앞",
        "[장터시장] 환급 2번, 다음 차례예요. 오실 곳: 고객지원센터 앞",
        "[장터시장] 환급 3번, 앞에 1분 계세요. 오실 곳: 고객지원센터 앞",
    ]


def test_what_is_no_longer_true_is_not_told(world: World, texts: Post) -> None:
    event = rebate(world)
    left, taken_back = number(world, event), number(world, event)
    asks(world, left)
    asks(world, taken_back, "010-1111-2222")
    move_visit(market=world.market, actor=SYSTEM, visit_id=left.pk, state=S.LEFT)
    asks(world, taken_back, "")

    assert sent(texts) == []
    assert (told(left), told(taken_back)) == (("", ""), ("", ""))


def test_a_lost_answer_does_not_tell_twice(world: World, texts: Post) -> None:
    visit = asks(world, number(world, rebate(world)))
    texts.simulator.dial.next_up("send_many", "server_error_after_commit")
    assert len(sent(texts)) == 1
    assert len(sent(texts)) == 1
    assert told(visit) == ("told", "01023456789")


def test_the_desk_sees_who_cannot_be_told(world: World, texts: Post) -> None:
    visit = asks(world, number(world, rebate(world)))
    texts.simulator.texts.blocked = {"01023456789"}
    sent(texts)
    assert told(visit)[0] == "lost"


def test_the_number_goes_with_the_turn_and_with_the_day(world: World, texts: Post) -> None:
    event = rebate(world)
    done, forgotten = asks(world, number(world, event)), asks(world, number(world, event), "010-1111-2222")
    with in_market(world.market.pk):
        person = Person(user_id=0, phone="01011112222")
        (part,) = kept(person)
        assert [row["shown"] for row in part.rows] == ["010-****-2222"]
    for state in (S.CALLED, S.DONE):
        move_visit(market=world.market, actor=SYSTEM, visit_id=done.pk, state=state)
    assert told(done) == ("", "")
    with clock.at(NOON + timedelta(hours=15)):
        forget_old_phones()
    assert told(forgotten)[1] == "01011112222"
    with clock.at(NOON + timedelta(hours=17)):
        forget_old_phones()
    assert told(forgotten)[1] == ""


def test_a_wrong_number_and_a_turn_that_is_over_change_nothing(world: World, texts: Post) -> None:
    visit = number(world, rebate(world))
    for wrong in ("+1 212 555 0100", "12", "010-12-3"):
        with pytest.raises(BadPhone):
            asks(world, visit, wrong)
    assert told(visit) == ("", "")
    move_visit(market=world.market, actor=SYSTEM, visit_id=visit.pk, state=S.LEFT)
    with pytest.raises(VisitOver):
        asks(world, visit)


def test_nobodys_telephone_rings_again_and_again(world: World, texts: Post) -> None:
    visit = number(world, rebate(world))
    for last in range(3):
        asks(world, visit, f"010-1111-222{last}")
    with pytest.raises(ToldTooOften):
        asks(world, visit, "010-1111-2229")
    assert len(sent(texts)) == 1
