"""Joins carriers to those who are set up: Kakao T for errands, Delivery Tracker for parcels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from jangteo.adapters.kakaot.client import KakaoTAccount, KakaoTCourier
from jangteo.adapters.kakaot.signature import Scheme
from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.trackerdelivery.client import DeliveryTracker
from jangteo.domains.carriers import outside
from jangteo.domains.carriers.effects import CarrierEffects
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.ports import ParcelTracker, QuickCourier
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.periodic import Job
from jangteo.project import environment


@cache
def configured(before_call: Callable[[], None]) -> Outside:
    """Nothing outside is called unless its key is set."""
    return Outside(quick=_quick(before_call), tracker=_tracker(before_call), press=TypstPress())


def join(before_call: Callable[[], None]) -> None:
    """Let carriers call and track by what is set up."""
    outside.use(configured(before_call))


def handlers(before_call: Callable[[], None]) -> dict[str, Handler]:
    """The outbox topics of carriers."""
    effects = _effects(before_call)
    return {"quick.call": effects.call, "quick.stop": effects.stop, "quick.hint": effects.read_hint}


def jobs(before_call: Callable[[], None]) -> list[Job]:
    """What comes round."""
    effects = _effects(before_call)
    return [
        Job("carriers.errands", timedelta(minutes=1), effects.sweep),
        Job("carriers.parcels", timedelta(minutes=5), effects.look),
    ]


def _effects(before_call: Callable[[], None]) -> CarrierEffects:
    found = configured(before_call)
    return CarrierEffects(found.quick, found.tracker)


def _quick(before_call: Callable[[], None]) -> QuickCourier | None:
    vendor, key = environment.text("JANGTEO_KAKAOT_VENDOR"), environment.text("JANGTEO_KAKAOT_KEY")
    if not (vendor and key):
        return None
    account = KakaoTAccount(
        base_url=environment.text("JANGTEO_KAKAOT_URL"),
        vendor=vendor,
        api_key=key,
        scheme=Scheme(environment.text("JANGTEO_KAKAOT_SIGN")),
    )
    return KakaoTCourier(account=account, before_call=before_call)


def _tracker(before_call: Callable[[], None]) -> ParcelTracker | None:
    client_id, secret = environment.text("JANGTEO_TRACKER_ID"), environment.text("JANGTEO_TRACKER_SECRET")
    if not (client_id and secret):
        return None
    return DeliveryTracker(
        base_url=environment.text("JANGTEO_TRACKER_URL"),
        client_id=client_id,
        client_secret=secret,
        before_call=before_call,
    )
