"""Telling the customer of a gathered order that it is on the shelf, and once more that it still waits."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.campaigns.actions.note_call_told import CallTold
from jangteo.domains.campaigns.actions.note_parcel_told import note_parcel_told
from jangteo.domains.campaigns.owed import Owed, approved_template, hand_over, key_of
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.campaigns.queries_people import known_by_number, terms_of
from jangteo.domains.campaigns.rules import is_night
from jangteo.domains.hub.actions.pass_on_parcels import pass_on_parcels
from jangteo.domains.hub.jobs import markets_with_parcel_notices
from jangteo.domains.hub.models import Parcel, ParcelNotice
from jangteo.domains.hub.queries import keep_hours
from jangteo.domains.hub.rules import digits_of
from jangteo.domains.ordering.states import OrderState
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown

About, State = ParcelNotice.About, ParcelNotice.State
# A push that waits longer for its phone comes too late to be of use.
LIVES = timedelta(hours=12)


def tell_due_parcels() -> None:
    """Hand over what is due, in every market; by day."""
    if is_night(clock.now()):
        return
    for market in markets_with_parcel_notices():
        pass_on_parcels(market=market, actor=SYSTEM)


def tell_of_parcel(senders: Senders, notice_id: int, *, again: bool) -> Ending:
    """Once, and only while it stands there complete. Raises ParcelNotice.DoesNotExist."""
    notice = ParcelNotice.objects.select_related("parcel__order", "market").get(pk=notice_id)
    parcel = notice.parcel
    if notice.state != State.WAITING:
        return Done()
    if parcel.given_at is not None or parcel.order.state != OrderState.PLACED:
        note_parcel_told(market=notice.market, actor=SYSTEM, notice_id=notice_id, state=State.DROPPED)
        return Done()
    if parcel.ready_at is None:
        return Done()  # it is passed on anew once it is complete again
    terms = terms_of(notice.market)
    known = known_by_number(parcel.order.phone, terms)
    template = approved_template() if terms.profile else None
    path = f"/{notice.market.slug}/order/{parcel.order.token}/"
    key, text = f"parcel:{notice.pk}", words_of(notice)
    one = Owed(notice.market, key, text, path, again, template, int(LIVES.total_seconds()))
    ending = hand_over(senders, one, known, terms)
    if isinstance(ending, Unknown):
        return ending
    handed = None if isinstance(ending, Rejected) else ending
    told = CallTold(key_of(one, handed.channel) if handed else key, handed, known.user_id or None, text)
    state = State.LOST if handed is None else State.TOLD
    note_parcel_told(market=notice.market, actor=SYSTEM, notice_id=notice_id, state=state, told=told)
    return Done()


def words_of(notice: ParcelNotice) -> str:
    """One line, as the shelf is now."""
    parcel = notice.parcel
    place, until = _place(parcel), _until(parcel)
    number, digits = parcel.order.number, digits_of(parcel.order.token)
    if notice.about == About.AGAIN:
        return f"주문 {number}번이 {place}에서 아직 기다려요. {until}까지 맡아 둬요. 찾는 번호 {digits}"
    return f"주문 {number}번, {place}에 다 모였어요. {until}까지 맡아 둬요. 찾는 번호 {digits}"


def _place(parcel: Parcel) -> str:
    return "모음터" if parcel.shelf is None else f"모음터 선반 {parcel.shelf}번"


def _until(parcel: Parcel) -> str:
    """11월 26일 오후 2시."""
    ready = parcel.ready_at or clock.now()
    here = (ready + timedelta(hours=keep_hours())).astimezone(clock.KST)
    half, hour = ("오전", here.hour) if here.hour < 12 else ("오후", here.hour - 12 or 12)
    return f"{here.month}월 {here.day}일 {half} {hour}시" + (f" {here.minute}분" if here.minute else "")
