"""Telling a person about their own consent. It is no advertising, so it may always be told; at night it waits."""

from __future__ import annotations

import json

from jangteo.domains.campaigns.actions.forget_customer_push import forget_customer_push
from jangteo.domains.campaigns.actions.note_told import note_told
from jangteo.domains.campaigns.kinds import Channel, Kind
from jangteo.domains.campaigns.models import CustomerPush, Notice, Terms
from jangteo.domains.campaigns.ports import Left, Outgoing, Senders, TextsUnknown
from jangteo.domains.campaigns.prices import size_of
from jangteo.domains.campaigns.queries_people import Known, known_of, terms_of
from jangteo.domains.campaigns.rules import is_night
from jangteo.domains.campaigns.wording import Draft, Sender, text_of
from jangteo.domains.people import push_senders
from jangteo.domains.people.push_port import Message, PushOutcome, PushRejected, PushTarget
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown

PUSH_LIVES_S = 7 * 24 * 3600


def tell(senders: Senders, notice_id: int) -> Ending:
    """By push where one of their browsers takes it, else by text. Nobody is woken for it."""
    notice = Notice.objects.select_related("market").get(pk=notice_id)
    if notice.told_at is not None:
        return Done()
    if is_night(clock.now()):
        return Unknown("it waits for the morning")
    terms = terms_of(notice.market)
    known = known_of([notice.user_id], None, None, terms).get(notice.user_id)
    if known is None:
        return Rejected("the account is gone")
    text = text_of(Draft(Kind.NOTICE, notice.text), Sender(notice.market.name, "", ""), Channel.SMS, "")
    if _pushed(notice, known, text):
        note_told(market=notice.market, actor=SYSTEM, notice_id=notice.pk, channel=Channel.PUSH, cost_per_100=0)
        return Done()
    return _texted(senders, notice, known, text, terms)


def _texted(senders: Senders, notice: Notice, known: Known, text: str, terms: Terms) -> Ending:
    if senders.letters is None or not known.phone:
        return Rejected("no way to this person; the page about news shows it")
    key = f"notice:{notice.pk}"
    try:
        left = senders.letters.find(to=known.phone, key=key)
        if left is None or left is Left.REFUSED:
            (answer,) = senders.letters.send_many([Outgoing(key, known.phone, text)])
            left = answer.left
    except TextsUnknown as lost:
        return Unknown(str(lost))
    if left is Left.UNKNOWN:
        return Unknown("nobody knows whether it left")
    if left is Left.REFUSED:
        return Rejected("the carrier refuses the number")
    cost = terms.per_100(size_of(Channel.SMS, text))
    note_told(market=notice.market, actor=SYSTEM, notice_id=notice.pk, channel=Channel.SMS, cost_per_100=cost)
    return Done()


def _pushed(notice: Notice, known: Known, text: str) -> bool:
    sender = push_senders.current()
    facts = {"title": text, "body": "", "url": f"/{notice.market.slug}/news/", "refuse": "", "key": f"n{notice.pk}"}
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    message = Message(text=written, key=f"notice:{notice.pk}", ttl_s=PUSH_LIVES_S, urgency="low")
    done = False
    for phone in known.pushes:
        if sender is None:
            break
        try:
            outcome = sender.send(PushTarget(phone.endpoint, phone.p256dh, phone.auth), message)
        except PushRejected:
            continue
        if outcome is PushOutcome.GONE:
            _forget(notice, phone)
        done = done or outcome is PushOutcome.DELIVERED
    return done


def _forget(notice: Notice, phone: CustomerPush) -> None:
    forget_customer_push(market=notice.market, actor=SYSTEM, user_id=phone.user_id, endpoint=phone.endpoint)
