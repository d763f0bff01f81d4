"""Messages to many leave here. Runs in the worker, outside every transaction; the gate is asked again right before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from jangteo.domains.campaigns.actions.begin_campaign import begin_campaign
from jangteo.domains.campaigns.actions.claim_batch import Claimed, claim_batch, key_of
from jangteo.domains.campaigns.actions.end_campaign import end_campaign
from jangteo.domains.campaigns.actions.note_arrivals import note_arrivals
from jangteo.domains.campaigns.actions.note_sent import Went, note_sent
from jangteo.domains.campaigns.actions.put_back import put_back
from jangteo.domains.campaigns.actions.remind_of_consents import remind_of_consents
from jangteo.domains.campaigns.event_telling import tell_of_event
from jangteo.domains.campaigns.kinds import Channel, Fate, State
from jangteo.domains.campaigns.models import Campaign, Recipient
from jangteo.domains.campaigns.parcel_telling import tell_of_parcel
from jangteo.domains.campaigns.ports import Left, LetterSender, Mail, MailRefused, Outgoing, Senders, TextsUnknown
from jangteo.domains.campaigns.prize_telling import tell_of_prize
from jangteo.domains.campaigns.pushing import push_to_all
from jangteo.domains.campaigns.queries import open_reports
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.campaigns.queue_telling import tell_of_turn
from jangteo.domains.campaigns.reach import message_of
from jangteo.domains.campaigns.telling import tell
from jangteo.domains.campaigns.wording import BASIS_LINES
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import open_markets
from jangteo.domains.people.push_port import Message as Push
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Unknown
from jangteo.kernel.tenancy import in_market

log = structlog.get_logger(__name__)
PUSH_LIVES_S = 12 * 3600
REPORTS_FOR = timedelta(days=3)
# A text is written down after its sender has taken it, by a clock that is not the sender's.
CLOCKS_DIFFER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CampaignEffects:
    """The handlers of `campaign.*` and what comes round, over the senders that are set up."""

    senders: Senders

    def send(self, row: OutboxRow) -> Ending:
        """Send a batch: whoever one way does not reach is tried by the next, until nobody waits."""
        campaign = Campaign.objects.select_related("market", "stall", "good", "template").get(
            pk=int(row.payload["campaign_id"])
        )
        batch = int(row.payload["batch"])
        if self._left_hanging(campaign, batch):
            return Unknown("nobody knows yet whether some left")
        for _ in Channel:
            claimed = claim_batch(market=campaign.market, actor=SYSTEM, campaign_id=campaign.pk, batch=batch)
            went, unsure = self._all(campaign, claimed)
            again = note_sent(market=campaign.market, actor=SYSTEM, campaign_id=campaign.pk, went=went)
            if unsure:
                return Unknown("a sender did not answer")
            if not again:
                break
        end_campaign(market=campaign.market, actor=SYSTEM, campaign_id=campaign.pk)
        return Done()

    def tell(self, row: OutboxRow) -> Ending:
        """Tell a person about their own consent."""
        return tell(self.senders, int(row.payload["notice_id"]), again=row.attempts > 1)

    def tell_of_event(self, row: OutboxRow) -> Ending:
        """Tell somebody who signed up for an event."""
        return tell_of_event(self.senders, int(row.payload["notice_id"]), again=row.attempts > 1)

    def tell_of_prize(self, row: OutboxRow) -> Ending:
        """Tell somebody that they were drawn in a review event."""
        return tell_of_prize(self.senders, int(row.payload["entry"]), again=row.attempts > 1)

    def tell_of_turn(self, row: OutboxRow) -> Ending:
        """Tell somebody that their turn at the rebate desk comes."""
        facts = row.payload
        return tell_of_turn(self.senders, int(facts["visit_id"]), int(facts["telling"]), again=row.attempts > 1)

    def tell_of_parcel(self, row: OutboxRow) -> Ending:
        """Tell the customer of a parcel on the shelf."""
        return tell_of_parcel(self.senders, int(row.payload["notice_id"]), again=row.attempts > 1)

    def begin_due(self) -> None:
        """Begin what was put off until the morning."""
        for market in open_markets():
            with in_market(market.pk):
                due = list(Campaign.objects.filter(state=State.QUEUED, send_at__lte=clock.now()).order_by("pk"))
            for campaign in due:
                begin_campaign(market=market, actor=SYSTEM, campaign_id=campaign.pk)

    def remind(self) -> None:
        """Remind of consents that will be two years old soon."""
        for market in open_markets():
            remind_of_consents(market=market, actor=SYSTEM)

    def read_reports(self) -> None:
        """Ask what became of texts that carriers have not told the end of."""
        for market in open_markets():
            self._read_reports(market)

    def reports(self, row: OutboxRow) -> Ending:
        """The same for one market, because somebody says that there are some."""
        self._read_reports(Market.objects.get(pk=row.market_id))
        return Done()

    def _read_reports(self, market: Market) -> None:
        with in_market(market.pk):
            waiting = open_reports(clock.now() - REPORTS_FOR)
        if waiting and self.senders.letters is not None:
            since = waiting[0].at - CLOCKS_DIFFER
            _read_reports(market, self.senders.letters, {one.key for one in waiting}, since)

    def _left_hanging(self, campaign: Campaign, batch: int) -> bool:
        """Sort out what a worker claimed that died: gone or not. True where the sender does not say."""
        hanging = Recipient.objects.filter(campaign=campaign, batch=batch, fate=Fate.CLAIMED).select_related("user")
        back: list[int] = []
        gone: list[Went] = []
        for one in hanging:
            left = self._found(one)
            if left is Left.UNKNOWN:
                return True
            if left is Left.LEFT:
                gone.append(Went(_as_it_was(one, campaign), True))
            else:
                back.append(one.pk)
        put_back(market=campaign.market, actor=SYSTEM, campaign_id=campaign.pk, recipient_ids=back)
        if gone:
            note_sent(market=campaign.market, actor=SYSTEM, campaign_id=campaign.pk, went=gone)
        return False

    def _found(self, one: Recipient) -> Left | None:
        """A push shows once however often it comes, an e-mail carries its name: only texts are asked for."""
        if one.channel not in (Channel.SMS, Channel.ALIMTALK) or self.senders.letters is None:
            return None
        try:
            return self.senders.letters.find(to=one.user.phone or "", key=key_of(one, one.channel))
        except TextsUnknown:
            return Left.UNKNOWN

    def _all(self, campaign: Campaign, claimed: Sequence[Claimed]) -> tuple[list[Went], bool]:
        """What became of each, and whether of some nobody knows."""
        texts = [one for one in claimed if one.channel in (Channel.SMS, Channel.ALIMTALK)]
        went, unsure = self._texts(campaign, texts)
        for one in claimed:
            if one.channel is Channel.PUSH:
                went.append(self._push(campaign, one))
            elif one.channel is Channel.EMAIL:
                went.append(self._mail(one))
        return went, unsure

    def _texts(self, campaign: Campaign, claimed: Sequence[Claimed]) -> tuple[list[Went], bool]:
        letters = self.senders.letters
        if not claimed or letters is None:
            return [Went(one, False, "no_sender") for one in claimed], False
        try:
            answers = {one.key: one for one in letters.send_many([_outgoing(campaign, one) for one in claimed])}
        except TextsUnknown:
            return [], True
        went = [
            Went(one, answer.left is Left.LEFT, answer.code)
            for one in claimed
            if (answer := answers.get(one.key)) is not None and answer.left is not Left.UNKNOWN
        ]
        return went, len(went) < len(claimed)

    def _push(self, campaign: Campaign, one: Claimed) -> Went:
        """To all browsers of the person; it is enough that one of them has it."""
        left = push_to_all(campaign.market, one.pushes, _push_message(campaign, one))
        return Went(one, left, "" if left else "push_gone")

    def _mail(self, one: Claimed) -> Went:
        if self.senders.mails is None:
            return Went(one, False, "no_sender")
        try:
            self.senders.mails.send(Mail(one.key, one.to, one.subject, one.text, one.refuse_at))
        except (MailRefused, OSError) as no:
            return Went(one, False, type(no).__name__)
        return Went(one, True)


def _outgoing(campaign: Campaign, one: Claimed) -> Outgoing:
    template = campaign.template
    if one.channel is not Channel.ALIMTALK or template is None:
        return Outgoing(one.key, one.to, one.text)
    message = message_of(campaign)
    terms = terms_of(campaign.market)
    variables = (
        ("#{보낸이}", message.sender(terms).name),
        ("#{내용}", campaign.body),
        ("#{근거}", BASIS_LINES[message.draft.basis]),
    )
    return Outgoing(one.key, one.to, one.text, template.code, terms.profile, variables)


def _push_message(campaign: Campaign, one: Claimed) -> Push:
    """The label first, as everywhere; where a tap leads is the good or the stall."""
    head, *rest = one.text.splitlines()
    stall = campaign.stall
    path = f"goods/{campaign.good_id}/" if campaign.good_id else f"stall/{stall.code}/" if stall is not None else ""
    facts = {
        "title": head,
        "body": rest[0] if rest else "",
        "url": f"/{campaign.market.slug}/{path}",
        "refuse": one.refuse_at,
        "key": one.key,
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return Push(text=text, key=one.key, ttl_s=PUSH_LIVES_S, urgency="normal")


def _as_it_was(one: Recipient, campaign: Campaign) -> Claimed:
    """For the log: a worker died before it wrote down what it had sent."""
    from_channel = Channel(one.channel)
    return Claimed(one.pk, one.user_id, key_of(one, one.channel), from_channel, "", campaign.body, "", "", 0)


def _read_reports(market: Market, letters: LetterSender, keys: set[str], since: datetime) -> None:
    try:
        told = letters.reports(since=since)
    except TextsUnknown as lost:
        log.warning("reports_unread", reason=str(lost))
        return
    note_arrivals(market=market, actor=SYSTEM, reports=[one for one in told if one.key in keys])
