"""Nothing of a practice session reaches the real market: every table with a market column is compared, row by row."""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.catalog.models import Good
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment
from jangteo.domains.people import push_senders, senders
from jangteo.domains.people.actions.know_by_number import NOBODYS
from jangteo.domains.people.models import Role
from jangteo.domains.people.push_port import Message, PushOutcome, PushTarget
from jangteo.domains.practice import life
from jangteo.domains.practice.crowd import Crowd
from jangteo.domains.rebates.actions.make_rebate import make_rebate
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rebates.tests.desks import told as new_rebate
from jangteo.domains.reviews.models import Review
from jangteo.domains.settlement.models import SettlementRun
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.helper import urls as helper_urls
from jangteo.faces.merchant import urls as merchant_urls
from jangteo.faces.office import urls as office_urls
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market, unscoped_practice
from jangteo.project import waking, wiring
from tests.world import World, device_of

LATER = timedelta(seconds=30)
# A chance with which a customer wants two things, which are all that the stall has.
BOTH = 0
NOWHERE = "http://127.0.0.1:9"


@dataclass
class Outside:
    """Who was called, and what was texted."""

    calls: list[str] = field(default_factory=list)

    def send(self, *, to: str, text: str, key: str) -> None:
        self.calls.append(text)


@dataclass
class Pushes:
    """A push service that takes everything, and notes it."""

    calls: list[str]
    public_key: str = "key"

    def takes(self, target: PushTarget) -> bool:
        return True

    def send(self, target: PushTarget, message: Message) -> PushOutcome:
        self.calls.append("push")
        return PushOutcome.DELIVERED


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """A gateway and a text sender that are set up, and note whoever asks them for anything."""
    heard = Outside()
    toss = TossGateway(
        base_url=NOWHERE,
        sdk_url=NOWHERE,
        secret_key=secrets.token_hex(),
        client_key="test_ck",
        before_call=lambda: heard.calls.append("toss"),
    )
    monkeypatch.setattr("jangteo.domains.practice.entering.SOLD_YESTERDAY", 3)
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    monkeypatch.setattr(wiring, "card_gateways", lambda: {"toss": toss})
    pushes = Pushes(heard.calls)
    monkeypatch.setattr(waking, "sender", lambda _before_call: pushes)
    push_senders.use(pushes)
    senders.use(heard)
    with gateways.only({"toss": toss}):
        wiring.wire_practice()
        yield heard
    senders.use(None)
    push_senders.use(None)
    toss.close()


@dataclass(frozen=True)
class Class:
    """A stall's phone, an office, a helper and a shopper who practise."""

    stall: Client
    office: Client
    helper: Client
    shopper: Client


@pytest.fixture
def pupils(world: World) -> Class:
    stall, office, helper = Client(), Client(), Client()
    stall.cookies[STALL_COOKIE] = device_of(world, world.fish)
    stall.post("/stall/waking/", {"endpoint": "https://push.example.com/x", "p256dh": "x", "auth": "x"})
    office.cookies[OFFICE_COOKIE] = device_of(world, None, Role.MANAGER)
    helper.cookies[OFFICE_COOKIE] = device_of(world, None, Role.HELPER)
    return Class(stall, office, helper, Client())


def rows_of(market: Market) -> dict[str, list[str]]:
    """Every row of the market by table, and all rows of tables that belong to people or to the outside."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            columns = {one.column for one in model._meta.concrete_fields}
            if "market_id" in columns:
                where = f"market_id = {market.pk}"
            elif table == Market._meta.db_table:
                where = f"id = {market.pk}"
            elif table == "people_user":
                where = f"coalesce(phone, '') NOT LIKE '{NOBODYS}____'"
            elif table == "kernel_inboxrow":
                where = "true"
            else:
                continue
            cursor.execute(f"SELECT one::text FROM {table} one WHERE {where} ORDER BY 1")  # noqa: S608  # our own names
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> set[str]:
    return {table for table in before if before[table] != after[table]}


def test_a_whole_practice_session_leaves_the_real_market_as_it_was(
    world: World, pupils: Class, outside: Outside
) -> None:
    before = rows_of(world.market)
    assert len(before) > 30
    assert len(before["people_pushsubscription"]) == 1

    copy = session(pupils)

    assert changed(before, rows_of(world.market)) == set()
    assert outside.calls == []
    made = rows_of(copy)
    for table in (
        "ordering_order",
        "ledger_entry",
        "payments_refund",
        "counter_countersale",
        "stamps_stamp",
        "promotions_coupon",
        "promotions_pointterms",
        "inquiries_inquiry",
        "reviews_review",
        "rebates_rebatevisit",
        "events_flashsale",
        "settlement_settlementrun",
        "catalog_pricechange",
        "kernel_auditrow",
        "kernel_outboxrow",
        "kernel_liveevent",
    ):
        assert made[table], table


def test_the_comparison_sees_it_when_the_device_is_not_kept_apart(
    world: World, pupils: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jangteo.faces._parts.devices.seated", lambda request, cookie, real: real)
    before = rows_of(world.market)

    pupils.stall.post("/stall/practice/", {"do": "begin"})
    assert pupils.stall.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "8100"}).status_code == 302

    assert {"catalog_good", "catalog_pricechange", "kernel_auditrow"} <= changed(before, rows_of(world.market))


def test_the_gateway_is_called_when_effects_are_not_kept_apart(
    world: World, pupils: Class, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jangteo.domains.payments.gateways.in_practice", lambda: False)
    monkeypatch.setattr(wiring, "kept_apart", lambda topics: topics)

    pupils.stall.post("/stall/practice/", {"do": "begin"})
    Crowd(the_copy(), random.Random(BOTH)).order(by_card=True)
    work()

    assert "toss" in outside.calls


def session(pupils: Class) -> Market:
    """Order, weigh, hand over, refund, price, sold out, a sale at the counter, a settlement, and shopping."""
    for client, face in ((pupils.stall, "stall"), (pupils.office, "office"), (pupils.helper, "h")):
        assert client.post(f"/{face}/practice/", {"do": "begin"})["Location"] == f"/{face}/practice/"
    copy = the_copy()
    assert pupils.stall.post("/stall/practice/", {"do": "customer"}).status_code == 302
    serve(pupils.stall, copy)
    change_goods(pupils.stall, copy)
    sell_at_the_counter(pupils.stall, copy)
    bring_regulars_back(pupils)
    talk(pupils, copy)
    give_rebates(pupils, copy)
    settle(pupils.office, copy)
    shop(pupils.shopper, copy)
    walk(pupils)
    with clock.at(clock.now() + LATER):
        life.live_on()
    work()
    return copy


def the_copy() -> Market:
    with unscoped_practice():
        (copy,) = Market.objects.filter(state=Market.State.OPEN)
    return copy


def work() -> None:
    for _ in range(6):
        deliver_due(wiring.handlers(), 50)


def serve(phone: Client, copy: Market) -> None:
    """A card order with a weighed good, to its end and back again."""
    with in_market(copy.pk):
        stall_id = StallPart.objects.latest("pk").stall_id
    placed = Crowd(copy, random.Random(BOTH)).order(stall_id, by_card=True)
    work()
    with in_market(copy.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
        weighed = list(Line.objects.filter(part=part, price_grams__isnull=False))
    assert weighed
    here = f"/stall/orders/{part.pk}"
    assert phone.post(f"{here}/accept/").status_code == 302
    for line in weighed:
        assert phone.post(f"{here}/weigh/{line.pk}/", {"grams": "390"}).status_code == 302
    assert phone.post(f"{here}/ready/").status_code == 302
    assert f"{placed.number}번" in phone.get("/stall/").content.decode()
    assert phone.post(f"{here}/hand-over/").status_code == 302
    assert phone.post(f"{here}/refund/", {"line": "all", "key": "once", "sure": "yes"}).status_code in (200, 302)
    work()
    with in_market(copy.pk):
        assert Payment.objects.get(order_ref=placed.ref).refunded_won > 0


def change_goods(phone: Client, copy: Market) -> None:
    with in_market(copy.pk):
        good = Good.objects.get(name="고등어")
    assert phone.post(f"/stall/goods/{good.pk}/", {"price_won": "8100"}).status_code == 302
    assert phone.post(f"/stall/goods/{good.pk}/sale/", {"state": "sold_out"}).status_code == 302


def sell_at_the_counter(phone: Client, copy: Market) -> None:
    """The invented customer scans the code by themselves."""
    key = re.search(r'name="key" value="([^"]+)"', phone.get("/stall/qr/").content.decode())
    assert key
    page = phone.post("/stall/qr/", {"key": key[1], "amount_won": "7,000"})["Location"]
    with clock.at(clock.now() + timedelta(seconds=10)):
        life.live_on()
        assert phone.post(f"{page}answer/", {"received": "yes"}).status_code == 302


def bring_regulars_back(pupils: Class) -> None:
    """A stamp on a number, a coupon, points, a flash sale; news and refusals are only talked about."""
    phone = pupils.stall
    assert phone.post("/stall/stamps/start/", {"ready": "ten"}).status_code == 302
    key = re.search(r'name="key" value="([^"]+)"', phone.get("/stall/stamps/").content.decode())
    assert key
    assert phone.post("/stall/stamps/", {"key": key[1], "who": "010-8765-4321"}).status_code == 302
    assert phone.post("/stall/coupons/new/", {"ready": "first"}).status_code == 302
    assert phone.post("/stall/points/start/").status_code == 302
    saying = "오늘 고등어가 좋아요."
    sure = phone.get("/stall/news/new/", {"body": saying, "segment": "all"}).content.decode()
    assert "연습은 여기까지예요" in sure
    assert "보내기</button>" not in sure
    for last_step in ("send", "try"):
        told = phone.post(f"/stall/news/{last_step}/", {"body": saying, "segment": "all"})
        assert "연습에서는 소식이 진짜로 나가지 않아요" in told.content.decode()
    goods = re.findall(r'name="goods" value="(\d+)"', phone.get("/stall/flash/").content.decode())
    assert phone.post("/stall/flash/", {"percent": "30", "start": "now", "goods": goods}).status_code == 302
    told = pupils.office.post("/office/messages/refusals/", {"numbers": "010-8765-4321"})
    assert "연습에서는 소식이 진짜로 나가지 않아요" in told.content.decode()


def talk(pupils: Class, copy: Market) -> None:
    """A question and its answer, a review and what the stall says to it, and a review event."""
    with in_market(copy.pk):
        part = StallPart.objects.select_related("order", "stall").filter(state=PartState.HANDED_OVER).latest("pk")
    asking = f"/{copy.slug}/stall/{part.stall.code}/ask/"
    key = re.search(r'name="key" value="([^"]+)"', pupils.shopper.get(asking).content.decode())
    assert key
    assert pupils.shopper.post(asking, {"words": "오늘 있어요?", "key": key[1]}).status_code == 302
    saying = f"/{copy.slug}/order/{part.order.token}/review/{part.pk}/"
    assert pupils.shopper.post(saying, {"stars": "5"}).status_code == 302
    with in_market(copy.pk):
        asked, said = Inquiry.objects.get(), Review.objects.get()
    assert pupils.stall.post(f"/stall/asks/{asked.pk}/", {"said": "네, 있어요."}).status_code == 302
    assert pupils.stall.post(f"/stall/reviews/{said.pk}/", {"said": "고마워요."}).status_code == 302
    assert pupils.stall.post(f"/stall/reviews/{said.pk}/report/", {"reason": "insult"}).status_code == 302


def give_rebates(pupils: Class, copy: Market) -> None:
    """A desk that a manager opens and a helper serves: a number, a person, a receipt."""
    make_rebate(market=copy, actor=SYSTEM, new=new_rebate())
    phone = pupils.helper
    assert "환급 창구" in phone.get("/h/").content.decode()
    assert phone.post("/h/rebate/number/", {"key": "a-key-of-its-own", "now": "1"}).status_code == 302
    with in_market(copy.pk):
        visit = RebateVisit.objects.get()
    here = f"/h/rebate/visits/{visit.pk}/"
    assert phone.get(here).status_code == 200
    assert phone.post(f"{here}person/", {"phone": "010-8765-4321", "name": "박순희"}).status_code == 302
    assert phone.post(f"{here}move/", {"to": "miss"}).status_code == 302


def walk(pupils: Class) -> None:
    """Every screen that needs no number in its address opens, or leads to one that does; none says that it cannot."""
    shut = {}
    for client, face, addresses in (
        (pupils.stall, "/", merchant_urls.urlpatterns),
        (pupils.helper, "/h/", helper_urls.urlpatterns),
        (pupils.office, "/office/", office_urls.urlpatterns),
    ):
        paths = [str(one.pattern) for one in addresses]
        for path in (path for path in paths if "<" not in path and not path.endswith(".pdf")):
            answer = client.get(f"{face}{path}")
            if answer.status_code not in (200, 302, 405):
                shut[path] = answer.status_code
    assert shut == {"stall/orders/find/": 404}


def settle(office: Client, copy: Market) -> None:
    yesterday = clock.today() - timedelta(days=1)
    answer = office.post("/office/money/runs/", {"last": yesterday.isoformat()})
    assert answer.status_code == 302
    with in_market(copy.pk):
        run = SettlementRun.objects.get()
    assert run.payout_won > 0
    assert office.post(f"/office/money/runs/{run.pk}/", {"do": "review"}).status_code == 302


def shop(shopper: Client, copy: Market) -> None:
    """In by the help page of the real market; the copy's own shop looks like it."""
    door = shopper.post("/jangteo/practice/", {"do": "begin"})["Location"]
    assert door == f"/{copy.slug}/practice/"
    real = ("", "goods/", "map/", "search/?q=갈치", "help/", "basket/", "orders/", "practice/")
    for page in (*real, "stamps/", "events/", "rebate/", "regulars/", "again/", "asked/", "privacy/"):
        assert "연습이에요." in shopper.get(f"/{copy.slug}/{page}").content.decode()
    assert shopper.post(f"/{copy.slug}/enter/", {"phone": "01012345678"})["Location"] == door
    with in_market(copy.pk):
        assert Order.objects.filter(user_id__isnull=False).count() == 0
        assert OutboxRow.objects.filter(market_id=copy.pk, status=OutboxRow.Status.STUCK).count() == 0
