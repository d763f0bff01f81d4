"""What errands and parcels do at their carriers, after commit and outside every transaction. For the worker."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from jangteo.domains.carriers.actions.note_quick import note_quick, refuse_quick
from jangteo.domains.carriers.actions.note_sightings import note_sightings, put_off_look
from jangteo.domains.carriers.actions.stop_quick import forget_stop
from jangteo.domains.carriers.errands import errand_of
from jangteo.domains.carriers.models import Parcel, QuickCall
from jangteo.domains.carriers.ports import CarrierRejected, CarrierUnknown, ParcelTracker, QuickCourier
from jangteo.domains.carriers.queries import calls_to_read, parcels_to_look
from jangteo.domains.carriers.rules import GIVEN_UP_AFTER
from jangteo.domains.carriers.states import QUICK_CAN_STOP, QuickState
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown
from jangteo.kernel.tenancy import in_market

log = structlog.get_logger(__name__)

NOT_SET_UP = "no courier company is set up"
TOO_LATE = "TOO_LATE"


@dataclass(frozen=True, slots=True)
class CarrierEffects:
    """The handlers over what is configured."""

    quick: QuickCourier | None
    tracker: ParcelTracker | None

    def call(self, row: OutboxRow) -> Ending:
        """Call a courier. After a lost answer the errand is looked for first, and never called blindly again."""
        call = _call(row)
        if call.state != QuickState.ASKED:
            return Done()
        if self.quick is None:
            return Unknown(NOT_SET_UP)
        try:
            seen = self.quick.status(ref=call.ref) if row.attempts > 1 else None
            if seen is None and _is_pointless(call):
                return _refused(call, TOO_LATE)
            if seen is None:
                seen = self.quick.order(errand=errand_of(call), ref=call.ref)
        except CarrierRejected as no:
            return _refused(call, no.code)
        except CarrierUnknown as unclear:
            return Unknown(str(unclear))
        note_quick(market=call.market, actor=SYSTEM, call_id=call.pk, seen=seen)
        return Done()

    def stop(self, row: OutboxRow) -> Ending:
        """Have it stopped. One that the company will not stop is read, and goes on."""
        call = _call(row)
        if call.state not in QUICK_CAN_STOP:
            return Done()
        if self.quick is None:
            return Unknown(NOT_SET_UP)
        try:
            if call.state == QuickState.ASKED and self.quick.status(ref=call.ref) is None:
                return Unknown("not called yet")
            seen = self.quick.cancel(ref=call.ref)
        except CarrierRejected as no:
            forget_stop(market=call.market, actor=SYSTEM, call_id=call.pk)
            self._read(call)
            return Rejected(no.code)
        except CarrierUnknown as unclear:
            return Unknown(str(unclear))
        note_quick(market=call.market, actor=SYSTEM, call_id=call.pk, seen=seen)
        return Done()

    def read_hint(self, row: OutboxRow) -> Ending:
        """A message claimed something: read the errand and believe only that."""
        return Done() if self._read(_call(row)) else Unknown("not read")

    def sweep(self) -> None:
        """Ask about every errand that runs, without waiting for messages."""
        if self.quick is not None:
            for call in calls_to_read(clock.now()):
                self._read(call)

    def look(self) -> None:
        """Ask about parcels whose time has come."""
        if self.tracker is not None:
            for parcel in parcels_to_look(clock.now()):
                _look(self.tracker, parcel)

    def _read(self, call: QuickCall) -> bool:
        """False when the company could not be asked."""
        if self.quick is None:
            return False
        try:
            seen = self.quick.status(ref=call.ref)
        except (CarrierRejected, CarrierUnknown) as unclear:
            log.info("quick_not_read", call=call.pk, reason=str(unclear))
            return False
        if seen is not None:
            note_quick(market=call.market, actor=SYSTEM, call_id=call.pk, seen=seen)
        return True


def _call(row: OutboxRow) -> QuickCall:
    return QuickCall.objects.select_related("market", "order").get(pk=row.payload["call_id"])


def _is_pointless(call: QuickCall) -> bool:
    """Nobody waits any more: taken back before it left, or its time is over."""
    return call.stop_asked_at is not None or clock.now() - call.asked_at > GIVEN_UP_AFTER or call.point is None


def _refused(call: QuickCall, code: str) -> Rejected:
    refuse_quick(market=call.market, actor=SYSTEM, call_id=call.pk, code=code)
    return Rejected(code)


def _look(tracker: ParcelTracker, parcel: Parcel) -> None:
    with in_market(parcel.market_id):
        try:
            seen = tracker.track(carrier=parcel.carrier, number=parcel.number)
        except (CarrierRejected, CarrierUnknown) as no:
            log.info("parcel_not_read", parcel=parcel.pk, reason=str(no))
            put_off_look(market=parcel.market, actor=SYSTEM, parcel_id=parcel.pk, why=str(no))
            return
        note_sightings(market=parcel.market, actor=SYSTEM, parcel_id=parcel.pk, seen=seen)
