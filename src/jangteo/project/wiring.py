"""The only place that joins adapters to domains. Nothing outside is called unless its key is set."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.db import connection

from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.reports import KakaoPayReports
from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.receipts import PortOneReceipts
from jangteo.adapters.portone.reports import PortOneReports
from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.reports import TossReports
from jangteo.domains.catalog.jobs import forget_unseen_photos
from jangteo.domains.counter import papers
from jangteo.domains.delivery.jobs import mark_late_waves
from jangteo.domains.events.jobs import turn_due_flashes
from jangteo.domains.helping.jobs import end_due
from jangteo.domains.hub.jobs import make_due_tours
from jangteo.domains.ledger.jobs import expire_due_holds
from jangteo.domains.ordering.cashback import grant_for_order
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.ordering.jobs import pass_on_left_orders
from jangteo.domains.payments import gateways, payout_gateways
from jangteo.domains.payments.jobs import expire_due_cashback
from jangteo.domains.payments.payouts_port import PayoutGateway
from jangteo.domains.payments.ports import CardGateway
from jangteo.domains.payments.queries import opened_window
from jangteo.domains.payments.receipts_port import CashReceipts
from jangteo.domains.payments.reports_port import GatewayReports, PaymentReports
from jangteo.domains.people import senders
from jangteo.domains.practice import life
from jangteo.domains.practice.effects import kept_apart
from jangteo.domains.practice.play_gateway import PlayGateway, ScreenTexts
from jangteo.domains.promotions.jobs import end_over_coupons, expire_due_points
from jangteo.domains.rebates.jobs import forget_old_phones, wipe_due_persons
from jangteo.domains.reviews.effects import grant_reward
from jangteo.domains.reviews.jobs import draw_due_events
from jangteo.domains.rounds import ways
from jangteo.domains.rounds.jobs import forget_doors, tell_late_rounds
from jangteo.domains.settlement.effects import DailyBooks
from jangteo.domains.settlement.payout_effects import PayoutEffects
from jangteo.domains.stamps.jobs import give_due_rewards, stamp_what_was_bought
from jangteo.kernel.housekeeping import forget_old_rows
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.periodic import Job
from jangteo.project import calls, carriers, counter, environment, messages, privacy, routing, waking


class NetworkInsideTransaction(RuntimeError):
    """A gateway was about to be called while a transaction was open."""


def refuse_inside_transaction() -> None:
    """Called before every outgoing request."""
    if connection.in_atomic_block:
        raise NetworkInsideTransaction


@cache
def card_gateways() -> dict[str, CardGateway]:
    """The configured gateways by name, those that come first before others that can do the same."""
    found = {one.name: one for one in (_toss(), _portone(), _kakaopay()) if one is not None}
    first = environment.text("JANGTEO_CARD_GATEWAY")
    return {name: found[name] for name in sorted(found, key=lambda name: name != first)}


def _toss() -> CardGateway | None:
    secret = environment.text("JANGTEO_TOSS_SECRET_KEY")
    if not secret:
        return None
    return TossGateway(
        base_url=environment.text("JANGTEO_TOSS_API_URL"),
        sdk_url=environment.text("JANGTEO_TOSS_SDK_URL"),
        secret_key=secret,
        client_key=environment.text("JANGTEO_TOSS_CLIENT_KEY"),
        before_call=refuse_inside_transaction,
    )


@cache
def gateway_reports() -> dict[str, GatewayReports]:
    """Those of the configured gateways that list what they moved, by name."""
    found: dict[str, GatewayReports] = {}
    secret, account = environment.text("JANGTEO_TOSS_SECRET_KEY"), _portone_account()
    if secret:
        url = environment.text("JANGTEO_TOSS_API_URL")
        found["toss"] = TossReports(base_url=url, secret_key=secret, before_call=refuse_inside_transaction)
    if account is not None:
        url = environment.text("JANGTEO_PORTONE_API_URL")
        found["portone"] = PortOneReports(base_url=url, account=account, before_call=refuse_inside_transaction)
    return found


@cache
def payment_reports() -> dict[str, PaymentReports]:
    """Those that have no lists and are asked payment by payment."""
    shop = _kakaopay_shop()
    return {} if shop is None else {"kakaopay": KakaoPayReports(shop=shop, before_call=refuse_inside_transaction)}


@cache
def payers() -> dict[str, PayoutGateway]:
    """Those of the configured gateways that pay stalls out, by name."""
    secret, security = environment.text("JANGTEO_TOSS_SECRET_KEY"), environment.text("JANGTEO_TOSS_SECURITY_KEY")
    if not (secret and security):
        return {}
    toss = TossPayouts(
        base_url=environment.text("JANGTEO_TOSS_API_URL"),
        secret_key=secret,
        security_key=security,
        before_call=refuse_inside_transaction,
    )
    return {toss.name: toss}


def _portone() -> CardGateway | None:
    account = _portone_account()
    if account is None:
        return None
    return PortOneGateway(
        base_url=environment.text("JANGTEO_PORTONE_API_URL"),
        sdk_url=environment.text("JANGTEO_PORTONE_SDK_URL"),
        window_urls=tuple(environment.names("JANGTEO_PORTONE_WINDOW_URLS")),
        account=account,
        before_call=refuse_inside_transaction,
    )


def _portone_account() -> PortOneAccount | None:
    secret, channel = (
        environment.text("JANGTEO_PORTONE_API_SECRET"),
        environment.text("JANGTEO_PORTONE_CARD_CHANNEL_KEY"),
    )
    if not (secret and channel):
        return None
    return PortOneAccount(
        store_id=environment.text("JANGTEO_PORTONE_STORE_ID"),
        channel_key=channel,
        api_secret=secret,
        webhook_secret=environment.text("JANGTEO_PORTONE_WEBHOOK_SECRET"),
        live=not environment.yes("JANGTEO_PORTONE_TEST_CHANNEL"),
    )


def _kakaopay() -> CardGateway | None:
    shop = _kakaopay_shop()
    if shop is None:
        return None
    return KakaoPayGateway(shop=shop, find_opened=opened_window, before_call=refuse_inside_transaction)


def _kakaopay_shop() -> KakaoPayShop | None:
    secret = environment.text("JANGTEO_KAKAOPAY_SECRET_KEY")
    if not secret:
        return None
    return KakaoPayShop(
        base_url=environment.text("JANGTEO_KAKAOPAY_API_URL"),
        secret_key=secret,
        cid=environment.text("JANGTEO_KAKAOPAY_CID"),
        cid_secret=environment.text("JANGTEO_KAKAOPAY_CID_SECRET"),
        receipt_url=environment.text("JANGTEO_KAKAOPAY_RECEIPT_URL"),
        window_urls=tuple(environment.names("JANGTEO_KAKAOPAY_WINDOW_URLS")),
    )


@cache
def cash_receipts() -> CashReceipts | None:
    """Who issues cash receipts, None where nobody is set up."""
    secret = environment.text("JANGTEO_PORTONE_API_SECRET")
    if not secret:
        return None
    account = PortOneAccount(
        store_id=environment.text("JANGTEO_PORTONE_STORE_ID"),
        channel_key=environment.text("JANGTEO_PORTONE_CHANNEL_KEY"),
        api_secret=secret,
    )
    url = environment.text("JANGTEO_PORTONE_API_URL")
    return PortOneReceipts(base_url=url, account=account, before_call=refuse_inside_transaction)


def handlers() -> dict[str, Handler]:
    """Outbox topics and who handles them; of what people practise nothing leaves."""
    counter.join(cash_receipts())
    waking.join(refuse_inside_transaction)
    carriers.join(refuse_inside_transaction)
    messages.join(refuse_inside_transaction)
    wire_practice()
    card, payouts = CardEffects(card_gateways()), PayoutEffects(payers())
    topics: dict[str, Handler] = {
        "payment.confirm": card.confirm,
        "payment.refund": card.refund,
        "payment.hint": card.read_hint,
        "cashback.grant": grant_for_order,
        "payee.tell": payouts.tell_payee,
        "payout.send": payouts.send,
        "payout.call_back": payouts.call_back,
        "payout.hint": payouts.read_hint,
        "review.reward": grant_reward,
        **carriers.handlers(refuse_inside_transaction),
        **calls.handlers(),
        **counter.handlers(cash_receipts()),
        **privacy.handlers(),
        **waking.handlers(refuse_inside_transaction),
        **messages.handlers(refuse_inside_transaction),
    }
    return kept_apart(topics)


def jobs() -> list[Job]:
    """What comes round, and how often."""
    counter.join(cash_receipts())
    waking.join(refuse_inside_transaction)
    carriers.join(refuse_inside_transaction)
    messages.join(refuse_inside_transaction)
    wire_practice()
    card = CardEffects(card_gateways())
    return [
        Job("ordering.pass_on", timedelta(seconds=15), pass_on_left_orders),
        Job("payments.sweep", timedelta(seconds=20), card.sweep),
        Job("ledger.expire_holds", timedelta(minutes=1), expire_due_holds),
        Job("payments.expire_cashback", timedelta(hours=1), expire_due_cashback),
        Job("promotions.expire_points", timedelta(hours=1), expire_due_points),
        Job("promotions.end_coupons", timedelta(hours=1), end_over_coupons),
        Job("settlement.payouts", timedelta(minutes=10), PayoutEffects(payers()).sweep),
        Job("settlement.books", timedelta(minutes=30), DailyBooks(gateway_reports(), payment_reports()).run),
        Job("reviews.draw", timedelta(minutes=5), draw_due_events),
        Job("stamps.bought", timedelta(seconds=15), stamp_what_was_bought),
        Job("stamps.rewards", timedelta(seconds=15), give_due_rewards),
        Job("practice.live_on", life.EVERY, life.live_on),
        Job("practice.close_left", timedelta(minutes=10), life.close_left_copies),
        Job("helping.end_due", timedelta(minutes=1), end_due),
        Job("hub.tours", timedelta(minutes=1), make_due_tours),
        Job("delivery.late", timedelta(minutes=1), mark_late_waves),
        Job("rounds.late", timedelta(minutes=1), tell_late_rounds),
        Job("rounds.doors", timedelta(hours=24), forget_doors),
        Job("events.flashes", timedelta(seconds=15), turn_due_flashes),
        Job("rebates.wipe", timedelta(hours=6), wipe_due_persons),
        Job("rebates.phones", timedelta(hours=1), forget_old_phones),
        Job("kernel.forget", timedelta(hours=1), forget_old_rows),
        Job("catalog.photos", timedelta(hours=24), forget_unseen_photos),
        *carriers.jobs(refuse_inside_transaction),
        *counter.jobs(cash_receipts()),
        *privacy.jobs(),
        *messages.jobs(refuse_inside_transaction),
    ]


def wire_practice() -> None:
    """What stands in for the outside where people practise, whatever is configured."""
    play = PlayGateway()
    gateways.use_in_practice({play.name: play})
    senders.use_in_practice(ScreenTexts())


def wire() -> None:
    """Hand the configured adapters to the domains that asked for them."""
    gateways.use(card_gateways(), deposit_hours=environment.number("JANGTEO_DEPOSIT_HOURS"))
    payout_gateways.use(payers())
    wire_practice()
    counter.join(cash_receipts())
    waking.join(refuse_inside_transaction)
    carriers.join(refuse_inside_transaction)
    messages.join(refuse_inside_transaction)
    ways.use(ways.Ways(routing.router(), routing.distances(refuse_inside_transaction)))
    papers.use(TypstPress())
    key = environment.text("JANGTEO_SOLAPI_KEY")
    if key:
        senders.use(
            SolapiSender(
                base_url=environment.text("JANGTEO_SOLAPI_URL"),
                api_key=key,
                api_secret=environment.text("JANGTEO_SOLAPI_SECRET"),
                sender=environment.text("JANGTEO_SOLAPI_SENDER"),
                before_call=refuse_inside_transaction,
            )
        )
